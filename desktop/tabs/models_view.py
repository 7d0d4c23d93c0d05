"""The Models tab as it looks: the cards, the devices, the pane. What happens is in `models.py`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from desktop.edition import why_no_converting
from desktop.tabs.models_actions import ModelsActions
from desktop.tabs.models_detail import ModelDetail
from desktop.tabs.models_devices import DevicesPage
from desktop.tabs.models_list import ModelList
from desktop.tabs.models_state import Page
from desktop.tabs.models_words import ModelsWords
from desktop.widgets.banner import Banner
from desktop.widgets.choice import Choice
from desktop.widgets.drop import Dropped, DropTarget
from desktop.widgets.tools import edge
from engine import imports

#: Points above and below the cards.
MARGIN = 8

PAGES: tuple[Page, Page] = ("models", "devices")


class ModelsView(QWidget):
    """The widgets and their places. Over the same stage lie the cards and the devices."""

    def __init__(self, actions: ModelsActions, words: ModelsWords, parent: QWidget) -> None:
        super().__init__(parent)
        stage = QWidget()
        stage.setAutoFillBackground(True)
        stage.setBackgroundRole(QPalette.ColorRole.Base)
        self.list = ModelList(self.tr("Models"))
        self.devices = DevicesPage(actions, words)
        self._pages = QStackedLayout(stage)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.devices)
        self.banner = Banner(stage)
        self.banner.installEventFilter(self)
        self._make_room()
        self.detail = ModelDetail(actions, words)
        self._edge = edge()
        self.page = Choice(self.tr("Show"), [self.tr("Models"), self.tr("Devices")], stretch=False)
        self.page.follow(actions.pages)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(stage, 1)
        left.addWidget(self._bar())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._edge)
        row.addWidget(self.detail)
        self.drops = DropTarget(self, takes=may_take)

    def _bar(self) -> QWidget:
        bar, hint = QWidget(), QLabel(why_no_converting() or self.tr("Drop weights anywhere here to import them"))
        hint.setProperty("quiet", True)
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 20, 8)
        row.addWidget(self.page)
        row.addWidget(hint, 1)
        return bar

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            self._make_room()
        return False

    def _make_room(self) -> None:
        """What is said shall not cover the first card."""
        top = self.banner.geometry().bottom() if self.banner.isVisible() else 0
        self.list.leave_free(top + MARGIN, MARGIN)

    def show_page(self, page: Page) -> None:
        """The cards with the pane, or the devices alone."""
        self.page.choose(PAGES.index(page))
        self._pages.setCurrentIndex(PAGES.index(page))
        for widget in (self._edge, self.detail):
            widget.setVisible(page == "models")


def may_take(dropped: Dropped) -> bool:
    """Whether something that is held over the tab may be a model."""
    return any(imports.may_be_model(path) for path in dropped.paths)

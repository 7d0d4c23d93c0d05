"""The Generate tab as it looks: the grid, the bar under it, the panel. What happens is in `generate.py`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from desktop.tabs.generate_actions import GenerateActions
from desktop.tabs.generate_panel import GeneratePanel
from desktop.tabs.generate_state import Page
from desktop.widgets.banner import Banner
from desktop.widgets.choice import Choice
from desktop.widgets.drop import DropTarget
from desktop.widgets.grid import PictureGrid
from desktop.widgets.large import LargeView
from desktop.widgets.tools import edge, tool

PAGES: tuple[Page, Page] = ("sets", "favourites")


class GenerateView(QWidget):
    """The widgets and their places. Over the same stage lie the grid, one picture as large as it fits, or words."""

    def __init__(self, actions: GenerateActions, parent: QWidget) -> None:
        super().__init__(parent)
        stage = QWidget()
        stage.setAutoFillBackground(True)
        stage.setBackgroundRole(QPalette.ColorRole.Base)
        self.grid = PictureGrid(self.tr("Pictures"))
        self.large = LargeView(self.tr("Picture, large"))
        self._words = QLabel()
        self._words.setProperty("quiet", True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setContentsMargins(48, 48, 48, 48)
        self._pages = QStackedLayout(stage)
        for page in (self.grid, self.large, self._words):
            self._pages.addWidget(page)
        self.banner = Banner(stage)
        self.panel = GeneratePanel(actions)
        self.page = Choice(self.tr("Show"), [self.tr("Drawn"), self.tr("Favourites")], stretch=False)
        self.page.follow(actions.pages)
        self._place = QLabel()
        self._place.setProperty("quiet", True)
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place.setMinimumWidth(64)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(stage, 1)
        left.addWidget(self._bar(actions))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(edge())
        row.addWidget(self.panel)
        self.drops = DropTarget(self)

    def _bar(self, actions: GenerateActions) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(4)
        row.addWidget(self.page)
        row.addSpacing(12)
        row.addWidget(tool(actions.back))
        row.addWidget(self._place)
        row.addWidget(tool(actions.forward))
        row.addStretch()
        for action in (actions.larger, actions.favourite, actions.copy):
            row.addWidget(tool(action))
        return bar

    def show_place(self, words: str) -> None:
        """Which of the drawn sets is seen."""
        self._place.setText(words)

    def show_words(self, words: str) -> None:
        """A sentence in place of pictures."""
        self._words.setText(words)
        self._pages.setCurrentWidget(self._words)

    def show_pictures(self) -> None:
        """The grid, unless a picture is looked at closer."""
        if self._pages.currentWidget() is self._words:
            self._pages.setCurrentWidget(self.grid)

    @property
    def is_close(self) -> bool:
        """Whether one picture is seen large."""
        return self._pages.currentWidget() is self.large

    def look_closer(self, close: bool) -> None:
        """One picture, or the grid."""
        seen = self.large if close else self.grid
        self._pages.setCurrentWidget(seen)
        seen.setFocus(Qt.FocusReason.OtherFocusReason)

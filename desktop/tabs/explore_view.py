"""The Explore tab as it looks: the map, the bar under it, the panel. What happens is in `explore.py`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop import samples
from desktop.background import Background
from desktop.tabs.explore_actions import ExploreActions
from desktop.tabs.explore_compare import SideBySide
from desktop.tabs.explore_map import MapView, Tool
from desktop.tabs.explore_panel import ExplorePanel
from desktop.tabs.explore_sheet import Sheet
from desktop.tabs.explore_state import COLOURINGS, LAYOUTS, Colouring, Layout
from desktop.tabs.explore_words import ExploreWords
from desktop.widgets.banner import Banner
from desktop.widgets.choice import Choice
from desktop.widgets.drop import DropTarget
from desktop.widgets.empty import EmptyState
from desktop.widgets.large import LargeView
from desktop.widgets.model_choice import DropDown
from desktop.widgets.tools import edge, tool


class ExploreView(QWidget):
    """The widgets and their places. Over the same stage lie the invitation, the map, one picture, or look-alikes."""

    coloured = Signal(str)  #: a `Colouring`
    laid_out = Signal(str)  #: a `Layout`

    def __init__(
        self,
        actions: ExploreActions,
        words: ExploreWords,
        sheet: Sheet,
        reading: Background,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        stage = QWidget()
        stage.setAutoFillBackground(True)
        stage.setBackgroundRole(QPalette.ColorRole.Base)
        self.empty = EmptyState(
            self.tr("Drop a folder of pictures here"),
            self.tr("A map shows which pictures are alike, which are odd, and which there are twice."),
            self.tr("Explore a folder…"),
            self.tr("Ctrl+O opens · Ctrl+V pastes · nothing is changed, nothing leaves this computer"),
            samples=samples.folder(),
        )
        self.map = MapView(sheet)
        self.large = LargeView(self.tr("Picture, large"))
        self.compare = SideBySide(reading)
        self._pages = QStackedLayout(stage)
        for page in (self.empty, self.map, self.large, self.compare):
            self._pages.addWidget(page)
        self.banner = Banner(stage)
        self.panel = ExplorePanel(actions, words, sheet)
        self.tool = Choice(
            self.tr("Dragging"), [self.tr("Move"), self.tr("Rectangle"), self.tr("Lasso")], stretch=False
        )
        self.tool.follow(actions.tools)
        self.layouts = Choice(self.tr("Map"), [self.tr("Neighbours"), self.tr("Main lines")], stretch=False)
        self.layouts.set_tip(0, self.tr("What is alike lies together: best for finding groups."))
        self.layouts.set_tip(1, self.tr("Along the two main differences of the pictures: distances can be trusted."))
        self.colouring = DropDown(self.tr("Colours of the map"))
        for words_of_one in (self.tr("Colours: oddness"), self.tr("Colours: kinds"), self.tr("Colours: tags")):
            self.colouring.addItem(words_of_one)
        self.colouring.setFixedWidth(164)
        self._work = [bar := self._bar(actions), side := edge(), self.panel]
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(stage, 1)
        left.addWidget(bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(side)
        row.addWidget(self.panel)
        self.drops = DropTarget(self)
        self.colouring.activated.connect(lambda index: self.coloured.emit(COLOURINGS[index]))
        self.layouts.chosen.connect(lambda index: self.laid_out.emit(LAYOUTS[index]))
        self.tool.chosen.connect(self.set_tool)
        self.show_work(False)

    def _bar(self, actions: ExploreActions) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.tool)
        row.addWidget(self.layouts)
        row.addWidget(self.colouring)
        row.addStretch()
        row.setSpacing(4)
        for action in (actions.larger, actions.copy, actions.report):
            row.addWidget(tool(action))
        return bar

    def show_work(self, work: bool) -> None:
        """The map and its controls, or the invitation."""
        for widget in self._work:
            widget.setVisible(work)
        if work == (self._pages.currentWidget() is self.empty):
            self._pages.setCurrentWidget(self.map if work else self.empty)

    def set_tool(self, index: int) -> None:
        """What dragging does, by its place in the row."""
        self.tool.choose(index)
        self.map.tool = list(Tool)[index]

    def show_ways(self, colouring: Colouring, layout: Layout, has_neighbours: bool) -> None:
        """How the map is coloured and laid out."""
        self.colouring.setCurrentIndex(COLOURINGS.index(colouring))
        self.layouts.choose(LAYOUTS.index(layout if has_neighbours else "components"))
        self.layouts.setVisible(has_neighbours)

    @property
    def page(self) -> QWidget:
        """What is seen on the stage."""
        return self._pages.currentWidget() or self.empty

    def turn_to(self, page: QWidget) -> None:
        """The map, one picture large, or look-alikes; the keyboard goes there, too."""
        if self.page is not page and self.page is not self.empty:
            self._pages.setCurrentWidget(page)
            for control in (self.tool, self.layouts, self.colouring):
                control.setEnabled(page is self.map)
            page.setFocus(Qt.FocusReason.OtherFocusReason)

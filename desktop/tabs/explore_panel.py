"""The panel of the Explore tab: the folder and the model, a list of one kind, what is chosen and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QStackedWidget, QToolButton, QVBoxLayout

from desktop import theme
from desktop.tabs.explore_actions import ExploreActions
from desktop.tabs.explore_list import PictureList
from desktop.tabs.explore_pages import AlikePage, OddPage, quiet
from desktop.tabs.explore_sheet import Sheet
from desktop.tabs.explore_state import MODES, ExploreState
from desktop.tabs.explore_tags_page import TagsPage
from desktop.tabs.explore_words import ExploreWords
from desktop.widgets.action_button import action_button
from desktop.widgets.choice import Choice
from desktop.widgets.model_choice import ModelChoice
from desktop.widgets.tools import SidePanel, bare, lay_out, line

WIDTH = 340


class ExplorePanel(SidePanel):
    """Shows the state; its pages say what the user wants."""

    left_out_asked = Signal()  #: which files could not be read?

    def __init__(self, actions: ExploreActions, words: ExploreWords, sheet: Sheet) -> None:
        super().__init__(WIDTH)
        self.folder = QLabel()
        self.folder.setTextFormat(Qt.TextFormat.PlainText)
        self.folder.setContentsMargins(2, 0, 2, 0)
        font = self.folder.font()
        font.setBold(True)
        self.folder.setFont(font)
        self.count = quiet()
        self.left_out = bare(QToolButton())
        self.left_out.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.left_out.setToolTip(self.tr("Show which, and why"))
        self.left_out.setAccessibleName(self.tr("Files that could not be read"))
        theme.set_icon(self.left_out, "warning")
        self.left_out.clicked.connect(self.left_out_asked)
        self.left_out.hide()
        self.model = ModelChoice("encode")
        self.mode = Choice(self.tr("List"), [action.text() for action in actions.modes])
        self.mode.follow(actions.modes)
        self.odd = OddPage(actions, words, sheet)
        self.alike = AlikePage(actions, words, sheet)
        self.tags = TagsPage(actions, words, sheet)
        self._pages = QStackedWidget()
        for page in (self.odd, self.alike, self.tags):
            self._pages.addWidget(page)
        self.about = quiet()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setMinimumHeight(2 * QFontMetrics(self.about.font()).lineSpacing())
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(8)
        for widget in (self.folder, self.count):
            column.addWidget(widget)
        column.addWidget(self.left_out, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.model)
        column.addSpacing(4)
        column.addWidget(line())
        column.addSpacing(4)
        column.addWidget(self.mode)
        column.addWidget(self._pages, 1)
        column.addWidget(self.about)
        self.bin = action_button(actions.bin, self.tr("To the bin…"))
        self.copy_to = action_button(actions.copy_to, self.tr("Copy to…"))
        lay_out(self, column, self.copy_to, self.bin)

    @property
    def lists(self) -> list[PictureList]:
        """Of all pages."""
        return [self.odd.list, self.alike.list, self.tags.list]

    def show_state(self, state: ExploreState) -> None:
        """Bring the page that is seen to the state; the others are brought to it when they are turned to."""
        number = MODES.index(state.mode)
        self.mode.choose(number)
        self._pages.setCurrentIndex(number)
        (self.odd, self.alike, self.tags)[number].show_state(state)
        self.model.choose(state.model)

    def show_chosen(self, state: ExploreState, words: str) -> None:
        """What is chosen, in words and in the list that is seen."""
        self.about.setText(words)
        self.about.setToolTip(words)
        self.lists[MODES.index(state.mode)].show_chosen(state.chosen)

    def show_folder(self, name: str, place: str, count: str, left_out: str) -> None:
        """Whose map it is, how many pictures it has, and how many files could not be read."""
        room = WIDTH - 44
        self.folder.setText(self.folder.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room))
        self.folder.setToolTip(place)
        self.count.setText(count)
        self.left_out.setText(left_out)
        self.left_out.setVisible(bool(left_out))

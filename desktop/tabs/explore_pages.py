"""What the panel of the Explore tab lists: the odd ones, or the look-alikes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.tabs.explore_actions import ExploreActions
from desktop.tabs.explore_list import PictureList, Row
from desktop.tabs.explore_sheet import Sheet
from desktop.tabs.explore_state import MEASURES, ExploreState
from desktop.tabs.explore_words import ExploreWords
from desktop.widgets.action_button import action_button
from desktop.widgets.choice import Choice, Switch


def quiet(words: str = "") -> QLabel:
    """A line that stays in the background."""
    label = QLabel(words)
    label.setProperty("quiet", True)
    label.setWordWrap(True)
    label.setContentsMargins(2, 0, 2, 0)
    return label


def column_of(page: QWidget) -> QVBoxLayout:
    """A page's own column."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column


class OddPage(QWidget):
    """The pictures in the order of their oddness."""

    measured = Signal(str)  #: what a picture is to be odd for

    def __init__(self, actions: ExploreActions, words: ExploreWords, sheet: Sheet) -> None:
        super().__init__()
        self._words = words
        self.measure = Choice(self.tr("Odd"), [self.tr("All told"), self.tr("In this folder")])
        self.measure.set_tip(0, self.tr("Unlike what the model has learnt, unlike the rest of this folder, or both."))
        self.measure.set_tip(1, self.tr("Unlike the rest of this folder, whatever the model knows."))
        self.heat = Switch(actions.heat.text())
        self.heat.setAccessibleName(actions.heat.text())
        self.heat.setToolTip(self.tr("Yellow is where the model draws the picture most wrong. (H)"))
        self.list = PictureList(self.tr("Odd ones, the oddest first"), sheet)
        column = column_of(self)
        column.addWidget(self.measure)
        column.addWidget(self.heat)
        column.addWidget(self.list, 1)
        self.measure.chosen.connect(lambda index: self.measured.emit(MEASURES[index]))
        self.heat.clicked.connect(lambda: actions.heat.trigger())
        actions.heat.toggled.connect(self.heat.setChecked)

    def show_state(self, state: ExploreState) -> None:
        self.measure.choose(MEASURES.index(state.measure))
        self.list.atlas = state.atlas
        words = self._words
        rows = [Row((p,), words.name(state, p), words.of_odd(state, p)) for p in state.odd_first()]
        self.list.show_rows(rows)


class AlikePage(QWidget):
    """The groups of pictures that look alike."""

    def __init__(self, actions: ExploreActions, words: ExploreWords, sheet: Sheet) -> None:
        super().__init__()
        self._words = words
        self._about = quiet()
        self.list = PictureList(self.tr("Groups of look-alikes"), sheet)
        column = column_of(self)
        column.addWidget(self._about)
        column.addWidget(self.list, 1)
        column.addWidget(action_button(actions.keep_best))

    def show_state(self, state: ExploreState) -> None:
        looks = state.looks()
        self.list.atlas = state.atlas
        rows = [
            Row(look.pictures, self._words.of_group(look), self._words.name(state, look.pictures[0])) for look in looks
        ]
        self.list.show_rows(rows)
        if rows:
            self._about.setText(
                self.tr("The best of each group stands first: the one with the most pixels. Space compares them.")
            )
        else:
            self._about.setText(self.tr("No two pictures look alike."))


def side_by_side(*widgets: QWidget) -> QHBoxLayout:
    """Buttons beside each other."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row

"""The page of tags: which there are, what is probably one of them, and what they can be made into."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop.tabs.explore_actions import ExploreActions
from desktop.tabs.explore_colours import KINDS, PLAIN, is_dark
from desktop.tabs.explore_list import PictureList, Row
from desktop.tabs.explore_pages import column_of, quiet, side_by_side
from desktop.tabs.explore_sheet import Sheet
from desktop.tabs.explore_state import ExploreState
from desktop.tabs.explore_words import ExploreWords
from desktop.widgets.action_button import action_button

LONGEST_NAME = 60
#: Tags that are seen at once; more scroll.
SHOWN = 5
#: Height of a tag in points.
LINE = 26


class TagNames(QListWidget):
    """The tags with their numbers. Letters and digits are the tab's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class TagsPage(QWidget):
    """Shows the tags and says what the user wants of them."""

    given = Signal(str)  #: the chosen pictures get this tag
    turned_to = Signal(str)  #: the suggestions for this tag are to be seen
    renamed = Signal(str, str)
    dropped = Signal(str)

    def __init__(self, actions: ExploreActions, words: ExploreWords, sheet: Sheet) -> None:
        super().__init__()
        self._words = words
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("New tag for the chosen pictures"))
        self.name.setAccessibleName(self.tr("New tag"))
        self.give = self._button(self.tr("Tag"), self.tr("Give the chosen pictures this tag."))
        self.names = TagNames()
        self.names.setAccessibleName(self.tr("Tags"))
        self.names.setObjectName("card")
        self.names.setUniformItemSizes(True)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = quiet()
        self._suggested = QLabel()
        self._suggested.setTextFormat(Qt.TextFormat.PlainText)
        self.list = PictureList(self.tr("Suggestions"), sheet)
        self.accept = action_button(actions.accept, self.tr("Yes (Y)"))
        self.refuse = action_button(actions.refuse, self.tr("No (X)"))
        self._rename, self._drop = QAction(self.tr("Rename this tag…")), QAction(self.tr("Remove this tag"))
        self._rename.setShortcut(QKeySequence("F2"))
        self._rename.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._sure = QAction(self.tr("Count sure suggestions as tags"))
        self._sure.setCheckable(True)
        self._sure.setToolTip(self.tr("Suggestions of 90 % and more go to sub-folders and tables, too."))
        self.use = self._button(self.tr("With the tags…"), self.tr("Sub-folders, a table, a slider; rename, remove."))
        menu = QMenu(self.use)
        menu.setToolTipsVisible(True)
        menu.addActions([actions.to_folders, actions.to_csv, actions.to_slider])
        menu.addSeparator()
        menu.addAction(self._sure)
        menu.addSeparator()
        menu.addActions([self._rename, self._drop])
        self.use.setMenu(menu)
        self.names.addActions([self._rename, self._drop])
        self.names.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._with_tags = [self.names, self.use]
        self._with_suggestions = [self._suggested, self.list, self.accept, self.refuse]
        self._lay_out()
        self.name.returnPressed.connect(self._give)
        self.name.textChanged.connect(lambda _text: self._enable())
        self.give.clicked.connect(self._give)
        self._rename.triggered.connect(self._ask_name)
        self._drop.triggered.connect(lambda: self.dropped.emit(self.tag))
        self.names.currentItemChanged.connect(lambda _now, _before: self.turned_to.emit(self.tag))
        self._possible = False
        self.show_possible(False)

    def _button(self, words: str, tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.rstrip("…"))
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        column = column_of(self)
        row = side_by_side(self.name)
        self.give.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.give)
        column.addLayout(row)
        column.addWidget(self.names)
        column.addWidget(self._hint)
        column.addWidget(self._suggested)
        column.addWidget(self.list, 1)
        column.addLayout(side_by_side(self.accept, self.refuse))
        column.addStretch()
        column.addWidget(self.use)

    # -- showing ------------------------------------------------------------------------------------

    @property
    def sure_too(self) -> bool:
        """Whether sure suggestions count as tags."""
        return self._sure.isChecked()

    @property
    def tag(self) -> str:
        """The tag at hand, "" for none."""
        item = self.names.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def show_state(self, state: ExploreState) -> None:
        counts, names = state.counts(), list(state.tags.names)
        self.names.blockSignals(True)
        while self.names.count() > len(names):
            self.names.takeItem(self.names.count() - 1)
        while self.names.count() < len(names):
            self.names.addItem(QListWidgetItem())
        for number, name in enumerate(names):
            item = self.names.item(number)
            key = f"{number + 1}  " if number < 9 else "    "
            item.setText(f"{key}{name} · {counts[name]}")
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setIcon(_swatch(number, is_dark()))
            item.setSizeHint(QSize(0, LINE))
        self.names.setCurrentRow(names.index(state.tag) if state.tag in names else -1)
        self.names.blockSignals(False)
        self.names.setFixedHeight(LINE * min(len(names), SHOWN) + 4)
        for part in self._with_tags:
            part.setVisible(bool(names))
        self.list.atlas = state.atlas
        rows = [
            Row((p,), self._words.name(state, p), self._words.suggested(probability))
            for p, probability in state.suggestions()
        ]
        self.list.show_rows(rows)
        self._suggested.setText(self.tr("Probably “%1”").replace("%1", state.tag))
        for part in self._with_suggestions:
            part.setVisible(bool(rows))
        self._hint.setText(self._hint_for(state, bool(rows)))
        self._hint.setVisible(bool(self._hint.text()))

    def show_possible(self, possible: bool) -> None:
        """Whether there are pictures that could be tagged."""
        self._possible = possible
        self._enable()

    def _hint_for(self, state: ExploreState, found: bool) -> str:
        if found:
            return ""
        if not state.tags.names:
            return self.tr("Choose a few pictures, five or so, and give them a tag: the others are then suggested.")
        return self.tr("Nothing else looks like “%1”.").replace("%1", state.tag)

    def _enable(self) -> None:
        self.give.setEnabled(self._possible and bool(self.name.text().strip()))

    # -- what the user wants ------------------------------------------------------------------------

    def _give(self) -> None:
        name = self.name.text().strip()
        if name and self._possible:
            self.name.clear()
            self.given.emit(name)

    def _ask_name(self) -> None:
        before = self.tag
        if before:
            after, agreed = QInputDialog.getText(
                self, self.tr("Rename the tag"), self.tr("New name of “%1”").replace("%1", before), text=before
            )
            if agreed and after.strip() and after.strip() != before:
                self.renamed.emit(before, after.strip()[:LONGEST_NAME])


def _swatch(number: int, dark: bool) -> QIcon:
    """The colour of a tag on the map."""
    pixmap = QPixmap(12, 12)
    pixmap.fill(QColor((*KINDS[dark], PLAIN[dark])[min(number, len(KINDS[dark]))]))
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon

"""The page of the history as it looks: search above, thumbnails, and what is known of the chosen result."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop.history import Entry
from desktop.history_actions import HistoryActions
from desktop.scale import HEADING, sized
from desktop.widgets.action_button import action_button
from desktop.widgets.choice import Choice, Switch
from desktop.widgets.grid import PictureGrid, Tile
from desktop.widgets.tools import bare, edge, lay_out, line, tool

#: The tabs whose results can be listed alone, in the order of the choice.
TABS = ("", "restore", "generate", "sliders", "interpolate", "finetune")
#: Side of a cell in points, at least and at most.
CELL, LARGEST_CELL = 150, 210
WIDTH = 300


class HistoryGrid(PictureGrid):
    """Thumbnails of one size, however many there are."""

    centred = False

    def arrange(self, count: int, width: int, height: int) -> tuple[int, int]:
        columns = max(width // CELL, 1)
        return columns, max(min(width // columns, LARGEST_CELL), 16)


class HistoryView(QWidget):
    """The widgets and their places. What happens is in `history_page.py`."""

    asked = Signal()  #: other words are searched, or another kind

    def __init__(self, actions: HistoryActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: dict[str, Entry] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search names, models, folders"))
        self.search.setAccessibleName(self.tr("Search the history"))
        self.search.setClearButtonEnabled(True)
        kinds = [
            self.tr("All"),
            self.tr("Restored"),
            self.tr("Drawn"),
            self.tr("Sliders"),
            self.tr("Journeys"),
            self.tr("Models"),
        ]
        self.kind = Choice(self.tr("What to list"), kinds, stretch=False)
        self.loved = Switch(self.tr("Favourites"))
        self.loved.setAccessibleName(self.tr("Only favourites"))
        self.grid = HistoryGrid(self.tr("Results, the newest first"))
        self.grid.tiles.maker = self._pixmap
        self._nothing = QLabel()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("quiet", True)
        self._count = QLabel()
        self._count.setProperty("quiet", True)
        self._count.setContentsMargins(24, 4, 24, 8)
        stage = QWidget()
        self._pages = QStackedLayout(stage)
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self._nothing)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(stage, 1)
        left.addWidget(self._count)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(edge())
        body.addWidget(self._panel(actions))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(actions))
        column.addWidget(line())
        column.addLayout(body, 1)
        self.search.textChanged.connect(lambda _: self.asked.emit())
        self.kind.chosen.connect(lambda _: self.asked.emit())
        self.loved.toggled.connect(lambda _: self.asked.emit())

    def _head(self, actions: HistoryActions) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 20, 8)
        row.setSpacing(12)
        title = QLabel(self.tr("History"))
        title.setFont(sized(title.font(), HEADING))
        row.addWidget(tool(actions.back))
        row.addWidget(title)
        row.addWidget(self.search, 1)
        row.addWidget(self.kind)
        row.addWidget(self.loved)
        return head

    def _panel(self, actions: HistoryActions) -> QWidget:
        panel = QWidget()
        panel.setFixedWidth(WIDTH)
        self._title, self._about = QLabel(), QLabel()
        self._title.setFont(sized(self._title.font(), HEADING))
        self._title.setWordWrap(True)
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setProperty("quiet", True)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._heart = bare(QToolButton())
        self._heart.setDefaultAction(actions.favourite)
        self._heart.setAccessibleName(actions.favourite.text())
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._heart, 0, Qt.AlignmentFlag.AlignTop)
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(8)
        body.addLayout(top)
        body.addWidget(self._about)
        body.addSpacing(8)
        for action in (actions.show_file, actions.to_restore, actions.to_sliders, actions.to_interpolate):
            body.addWidget(action_button(action))
        body.addStretch()
        for action in (actions.forget, actions.bin):
            body.addWidget(action_button(action))
        again = action_button(actions.again)
        again.setProperty("strong", True)
        lay_out(panel, body, action_button(actions.open), again)
        return panel

    # -- showing --------------------------------------------------------------------------------

    def show_entries(self, entries: list[Entry], most: int) -> None:
        """``most``: how many are shown at a time."""
        self._entries = {str(entry.id): entry for entry in entries}
        tiles = [Tile(key, self.words(entry), loved=entry.favourite) for key, entry in self._entries.items()]
        self.grid.show_tiles(tiles)
        if entries:
            self._pages.setCurrentWidget(self.grid)
        else:
            searched = self.search.text() or self.kind.index or self.loved.isChecked()
            self._nothing.setText(
                self.tr("Nothing in the history is like that.")
                if searched
                else self.tr("Whatever you restore, draw or teach is found again here.")
            )
            self._pages.setCurrentWidget(self._nothing)
        count = self.tr("%Ln result(s)", "", len(entries))
        self._count.setText(
            self.tr("The newest {most} of them are shown.").format(most=most) if len(entries) >= most else count
        )

    def entry(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def kind_of(self, entry: Entry) -> str:
        """What sort of result it is, in words."""
        return {
            "restore": self.tr("Restored photo"),
            "generate": self.tr("Drawn by chance"),
            "sliders": self.tr("Picture by sliders"),
            "interpolate": self.tr("Journey between pictures"),
            "finetune": self.tr("Model that learnt"),
        }.get(entry.tab, entry.tab)

    def words(self, entry: Entry) -> str:
        """One line about a result, for its tooltip and for screen readers."""
        when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(entry.made)), QLocale.FormatType.ShortFormat)
        return f"{entry.title} · {self.kind_of(entry)} · {when}"

    def show_chosen(self, chosen: list[Entry], file_there: bool) -> None:
        """What is known of the chosen results. ``file_there``: that of the only one."""
        if len(chosen) != 1:
            self._title.setText(self.tr("%Ln result(s) chosen", "", len(chosen)) if chosen else self.tr("History"))
            self._about.setText("" if chosen else self.tr("Choose a result to see what made it."))
            return
        (entry,) = chosen
        when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(entry.made)), QLocale.FormatType.LongFormat)
        lines = [self.kind_of(entry), when]
        if entry.model:
            lines.append(self.tr("Model: {name}").format(name=entry.model))
        if entry.source:
            lines.append(self.tr("Made of: {file}").format(file=entry.source))
        if not entry.file:
            lines.append(self.tr("Not saved as a file."))
        elif file_there:
            lines.append(self.tr("File: {file}").format(file=entry.file))
        else:
            lines.append(self.tr("“{file}” is not there any more.").format(file=Path(entry.file).name))
        self._title.setText(entry.title)
        self._about.setText("\n".join(lines))

    def _pixmap(self, key: str) -> QPixmap | None:
        entry = self._entries.get(key)
        if entry is None or not entry.thumbnail:
            return None
        name, pixmap = f"history-{key}-{hash(entry.thumbnail)}", QPixmap()
        if not QPixmapCache.find(name, pixmap):
            pixmap.loadFromData(entry.thumbnail)
            QPixmapCache.insert(name, pixmap)
        return pixmap

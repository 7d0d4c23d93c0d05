"""Page 1 of the wizard: which folder. Its lights, its pictures, and lessons that could be gone on with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from desktop import samples
from desktop.edition import why_no_learning
from desktop.sentences import local
from desktop.tabs.finetune_actions import FinetuneActions
from desktop.tabs.finetune_folder import FolderState
from desktop.tabs.finetune_page import WizardPage, plain, quiet
from desktop.tabs.finetune_unfinished import UnfinishedList
from desktop.tabs.finetune_words import FinetuneWords
from desktop.widgets.action_button import action_button
from desktop.widgets.empty import EmptyState
from desktop.widgets.grid import PictureGrid, Tile
from desktop.widgets.lamp import Lamp
from desktop.widgets.model_choice import DropDown
from desktop.widgets.note import Note
from desktop.widgets.tools import edge, scrolled
from engine.lessons import GOALS, UNUSED, Found, Goal, Unfinished

#: Points of a picture's cell, and of the panel beside the grid.
CELL, PANEL = 112, 310


class FolderGrid(PictureGrid):
    """The pictures of the folder. A click or Space leaves one out, or takes it back."""

    ticked = Signal(list)  #: the keys of the pictures

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setDragEnabled(False)
        self._pressed: str | None = None
        self.clicked.connect(self._clicked)

    def arrange(self, count: int, width: int, height: int) -> tuple[int, int]:
        """Cells of one size: the thumbnails are small."""
        return max(width // CELL, 1), CELL

    def _clicked(self, index: QModelIndex) -> None:
        if not QGuiApplication.keyboardModifiers():  # with Shift or Ctrl pictures are chosen
            self.ticked.emit([self.tiles.key(index.row())])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            chosen = self.chosen_keys() or ([self.current_key] if self.current_key else [])
            if chosen:
                self.ticked.emit(chosen)
        else:
            super().keyPressEvent(event)


class FolderPage(WizardPage):
    """An invitation, or the folder that was chosen."""

    filter_chosen = Signal(str)  #: a `Filter`
    look_again_asked = Signal()

    def __init__(self, actions: FinetuneActions, words: FinetuneWords, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("FolderPage", "Which pictures shall it learn?"), "", parent)
        self._words = words
        self._folder = FolderState()
        self.invitation = EmptyState(
            self.tr("Drop a folder of pictures here"),
            self.tr("Fruit, faces, scans of one album: whatever belongs together. Sub-folders become labels."),
            self.tr("Choose a folder…"),
            self.tr("Ctrl+O chooses · Ctrl+V pastes · 20 pictures are few, 200 are plenty"),
            inset=1,
            samples=samples.folder(),
        )
        self.invitation.open_asked.connect(actions.open.trigger)
        self.unfinished = UnfinishedList(words)
        self.grid = FolderGrid(self.tr("Pictures of the folder"))
        self.grid.tiles.maker = self._thumbnail
        self._found = self._build_found(actions, words)
        if sentence := why_no_learning():
            self.edition = Note()
            self.column.addWidget(self.edition)
            self.edition.say(sentence)
            self.column.addSpacing(16)
        first = self._first = QWidget()
        inner = QHBoxLayout(first)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(20)
        inner.addWidget(self.invitation, 3)
        inner.addWidget(self.unfinished, 2)
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)  # before its pages, which would be windows of their own for a moment
        self._stack.addWidget(first)
        self._stack.addWidget(self._found)

    def _build_found(self, actions: FinetuneActions, words: FinetuneWords) -> QWidget:
        self.filter = DropDown(self.tr("Which pictures are shown"))
        self.filter.setMinimumWidth(190)
        self.filter.activated.connect(lambda: self.filter_chosen.emit(self.filter.currentData()))
        self._where, self._state, self._labels = QLabel(), quiet(), quiet()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Looking at the pictures"))
        self.trouble = Note()
        self.trouble.acted.connect(self.look_again_asked)
        self.notes = [Note() for _ in range(4)]
        self.lamps: dict[Goal, Lamp] = {goal: Lamp() for goal in GOALS}
        self._light_words = {goal: quiet() for goal in GOALS}
        panel = QWidget()
        side = QVBoxLayout(panel)
        side.setContentsMargins(0, 0, 16, 0)
        side.setSpacing(0)
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        side.addWidget(self._where)
        side.addSpacing(2)
        side.addWidget(self._state)
        side.addSpacing(8)
        side.addWidget(self._bar)
        side.addSpacing(8)
        side.addWidget(self.trouble)
        self._lights = QWidget()
        lights = QVBoxLayout(self._lights)
        lights.setContentsMargins(0, 6, 0, 6)
        lights.setSpacing(12)
        for goal in GOALS:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(self.lamps[goal], 0, Qt.AlignmentFlag.AlignTop)
            both = QVBoxLayout()
            both.setSpacing(2)
            both.addWidget(plain(words.goal(goal)))
            both.addWidget(self._light_words[goal])
            row.addLayout(both, 1)
            lights.addLayout(row)
        side.addWidget(self._lights)
        for note in self.notes:
            side.addSpacing(8)
            side.addWidget(note)
        side.addSpacing(8)
        side.addWidget(self._labels)
        side.addStretch()
        area = scrolled(panel)
        area.setFixedWidth(PANEL)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.filter)
        bar.addStretch()
        bar.addWidget(action_button(actions.open, self.tr("Another folder…")))
        self.filter.setSizePolicy(self.filter.sizePolicy().Policy.Fixed, self.filter.sizePolicy().Policy.Fixed)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(bar)
        right.addWidget(self.grid, 1)
        found = QWidget()
        row = QHBoxLayout(found)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(area)
        row.addWidget(edge())
        row.addLayout(right, 1)
        return found

    # -- showing ----------------------------------------------------------------------------------

    def show_unfinished(self, lessons: Sequence[Unfinished]) -> None:
        self.unfinished.show_lessons(lessons)

    def show_folder(self, folder: FolderState) -> None:
        """How far the look at it is, and what was found."""
        self._folder = folder
        self._stack.setCurrentIndex(1 if folder.folder else 0)
        fitting = QSizePolicy.Policy.Ignored if folder.folder else QSizePolicy.Policy.Preferred
        self._first.setSizePolicy(fitting, fitting)  # or the page would scroll to make room for what is not seen
        if folder.folder is None:
            self.help.setText(self.tr("They stay where they are and never leave this computer."))
            return
        self.help.setText(self.tr("A click or Space leaves a picture out, or takes it back."))
        name = folder.folder.name or str(folder.folder)
        metrics = self._where.fontMetrics()
        self._where.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, PANEL - 30))
        self._where.setToolTip(str(folder.folder))
        self._state.setText("" if folder.trouble else self._words.looking(folder))
        self._bar.setVisible(folder.looking)
        self._bar.setRange(0, folder.total)
        self._bar.setValue(folder.done)
        self.trouble.say(folder.trouble, "warning", self.tr("Look again") if folder.trouble else "")
        self._show_lights(folder)
        self._labels.setText(self._words.labels(folder))
        notes = folder.checked.notes[: len(self.notes)] if folder.checked else ()
        for note, sentence in zip(self.notes, (*notes, *[""] * len(self.notes)), strict=False):
            note.say(sentence)
        self._show_pictures(folder)

    def _show_lights(self, folder: FolderState) -> None:
        self._lights.setVisible(bool(folder.lights))
        for light in folder.lights:
            lamp = self.lamps[light.goal]
            lamp.show_colour(light.colour)
            self._light_words[light.goal].setText(
                self.tr("%1. %2").replace("%1", lamp.word(light.colour)).replace("%2", self._words.light(light))
            )

    def _show_pictures(self, folder: FolderState) -> None:
        counts = folder.counts
        chosen = folder.filter if folder.filter in counts else "all"
        self.filter.clear()
        for which, count in counts.items():
            self.filter.addItem(self._words.filter(which, count), which)
        self.filter.setCurrentIndex(max(self.filter.findData(chosen), 0))
        self.filter.setEnabled(len(counts) > 1)
        self.grid.show_tiles([self._tile(folder, found) for found in folder.shown])

    def _tile(self, folder: FolderState, found: Found) -> Tile:
        used = folder.is_used(found)
        sign = "" if found.finding in ("good", "small") else "copy" if found.finding == "alike" else "warning"
        if found.file in folder.left_out:
            sign = "close"
        unreadable = found.finding == "unreadable"
        return Tile(
            found.file,
            found.file if unreadable else self._words.picture(found, used),
            trouble=local(found.reason) if unreadable else "",
            faded=not used,
            sign="" if unreadable else sign,
        )

    def _thumbnail(self, key: str) -> QPixmap | None:
        """Made when it is painted and kept for a while: twenty thousand at once would fill the memory."""
        found = self._folder.files.get(key)
        if found is None or not found.thumbnail:
            return None
        name = f"{self._folder.folder}/{key}"
        pixmap = QPixmap()
        if not QPixmapCache.find(name, pixmap):
            pixmap.loadFromData(found.thumbnail)
            QPixmapCache.insert(name, pixmap)
        return pixmap

    def can_tick(self, keys: Sequence[str]) -> bool:
        """Whether any of these pictures could be left out or taken back."""
        files = self._folder.files
        return any(key in files and files[key].finding not in UNUSED for key in keys)

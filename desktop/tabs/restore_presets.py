"""Presets in the Restore tab: chosen from a list, saved under a name, renamed, deleted, shared as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QToolButton, QWidget

from desktop import file_dialogs, theme
from desktop.background import Background
from desktop.preferences import Preferences
from desktop.sentences import local
from desktop.tabs.undo import Change
from desktop.widgets.model_choice import DropDown
from desktop.widgets.tools import bare
from engine import presets
from engine.errors import DarkroomError
from engine.jobs import RestoreSettings
from engine.presets import SHIPPED, Preset, PresetError

SUFFIX = ".json"


class PresetRow(QWidget):
    """The list of presets, and a button with what can be done about them."""

    chosen = Signal(object)  #: by the user: a `Preset`
    save_asked = Signal()
    rename_asked = Signal(object)  #: one of the user's own
    delete_asked = Signal(object)  #: the same
    export_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: tuple[Preset, ...] = ()
        self._shown: Preset | None = None
        self.box = DropDown(self.tr("Preset"))
        self.box.setPlaceholderText(self.tr("Own settings"))
        self.more = bare(QToolButton())
        theme.set_icon(self.more, "menu")
        self.more.setAccessibleName(self.tr("Presets"))
        self.more.setToolTip(self.tr("Save, rename, delete and share presets"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.save = menu.addAction(self.tr("Save as a preset…"), self.save_asked.emit)
        self.rename = menu.addAction(self.tr("Rename…"), lambda: self.rename_asked.emit(self._shown))
        self.delete = menu.addAction(self.tr("Delete"), lambda: self.delete_asked.emit(self._shown))
        menu.addSeparator()
        self.export = menu.addAction(self.tr("Export as a file…"), self.export_asked.emit)
        self.take = menu.addAction(self.tr("Import from files…"), self.import_asked.emit)
        self.more.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 1)
        row.addWidget(self.more)
        self.box.activated.connect(self._activated)
        self.show_presets(())

    def show_presets(self, own: Sequence[Preset]) -> None:
        """Those that come with the app, then the user's own."""
        self._own = tuple(own)
        with QSignalBlocker(self.box):
            self.box.clear()
            for preset in SHIPPED:
                self.box.addItem(local(preset.name), preset)
            if self._own:
                self.box.insertSeparator(self.box.count())
            for preset in self._own:
                self.box.addItem(preset.name, preset)
        self._show_preset()

    def show_settings(self, settings: RestoreSettings) -> None:
        """Which preset these settings are, if any."""
        self._shown = next((preset for preset in (*SHIPPED, *self._own) if preset.is_in(settings)), None)
        self._show_preset()

    def _show_preset(self) -> None:
        presets = [self.box.itemData(row) for row in range(self.box.count())]
        self.box.setCurrentIndex(presets.index(self._shown) if self._shown in presets else -1)
        for action in (self.rename, self.delete):
            action.setEnabled(self._shown in self._own)
        self.save.setEnabled(self._shown is None)

    def _activated(self, row: int) -> None:
        preset = self.box.itemData(row)
        if isinstance(preset, Preset):
            self.chosen.emit(preset)


class Presets(QObject):
    """The user's own presets: every change can be undone and is written in the background."""

    changed = Signal()
    failed = Signal(str)  #: one sentence

    def __init__(self, row: PresetRow, undo: QUndoStack, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._row, self._undo, self._preferences, self._parent = row, undo, preferences, parent
        self._background = Background(parent=self)
        self._loaded = False
        self.own: tuple[Preset, ...] = ()
        row.rename_asked.connect(self.rename)
        row.delete_asked.connect(self.delete)
        row.import_asked.connect(self._ask_for_files)

    def load(self) -> None:
        """Read them, for the first time: the window starts without."""
        if not self._loaded:
            self._loaded = True
            self._background.run(presets.load, self._show, self._fail)

    def _show(self, own: tuple[Preset, ...]) -> None:
        self.own = own
        self._row.show_presets(own)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DarkroomError):
            raise error
        self.failed.emit(local(str(error)))

    def _push(self, words: str, own: Sequence[Preset]) -> None:
        if tuple(own) != self.own:
            self._undo.push(Change(words, self.own, tuple(own), self._keep))

    def _keep(self, own: tuple[Preset, ...]) -> None:
        self._show(own)
        self._background.run(lambda: presets.save(own), None, self._fail)

    # -- changes --------------------------------------------------------------------------------

    def save(self, settings: RestoreSettings) -> None:
        """Ask for a name, and keep the settings under it; one that has the name already is replaced."""
        name = self._name(self.tr("Save as a preset"), "")
        if name:
            self._take(self.tr("Save a preset"), lambda: [presets.of(name, settings)])

    def rename(self, preset: Preset) -> None:
        name = self._name(self.tr("Rename the preset"), preset.name)
        if not name or name == preset.name:
            return
        if any(other.name.casefold() == name.casefold() for other in self.own if other is not preset):
            self.failed.emit(self.tr("There is a preset “{name}” already.").format(name=name))
            return
        try:
            renamed = presets.of(name, preset.over(RestoreSettings()))
        except PresetError as error:
            self._fail(error)
            return
        self._push(self.tr("Rename a preset"), [renamed if other == preset else other for other in self.own])

    def delete(self, preset: Preset) -> None:
        self._push(self.tr("Delete a preset"), [other for other in self.own if other != preset])

    def _take(self, words: str, make: Callable[[], list[Preset]]) -> None:
        try:
            new = make()
        except PresetError as error:
            self._fail(error)
            return
        names = {preset.name.casefold() for preset in new}
        self._push(words, [*(other for other in self.own if other.name.casefold() not in names), *new])

    def _name(self, title: str, before: str) -> str:
        name, agreed = QInputDialog.getText(self._parent, title, self.tr("Name"), text=before)
        return name.strip() if agreed else ""

    # -- files ----------------------------------------------------------------------------------

    def take_files(self, paths: Sequence[Path]) -> None:
        """Presets that others have shared."""
        self._take(self.tr("Import presets"), lambda: [presets.read_shared(path) for path in paths])

    def _ask_for_files(self) -> None:
        words, kinds = self.tr("Import presets"), self.tr("Presets") + f" (*{SUFFIX})"
        files = file_dialogs.files_to_open(self._parent, words, self._preferences.place("presets"), kinds)
        if files:
            self._preferences.set_folder("presets", files[0].parent)
            self.take_files(files)

    def export(self, settings: RestoreSettings) -> None:
        """Ask for a place and write the settings there, under the name of their preset or of the file."""
        known = next((preset for preset in (*self.own, *SHIPPED) if preset.is_in(settings)), None)
        name = known.name if known else self.tr("Preset")
        suggested = self._preferences.place("presets") / f"{name}{SUFFIX}"
        words, kinds = self.tr("Export the preset"), self.tr("Presets") + f" (*{SUFFIX})"
        target = file_dialogs.place_to_save(self._parent, words, suggested, kinds)
        if target is None:
            return
        if not target.name.lower().endswith(SUFFIX):
            target = target.with_name(target.name + SUFFIX)
        self._preferences.set_folder("presets", target.parent)
        self._background.run(
            lambda: presets.write_shared(known or presets.of(target.stem, settings), target, overwrite=True),
            None,
            self._fail,
        )

    def close(self) -> None:
        self._background.finish()
        self._background.close()

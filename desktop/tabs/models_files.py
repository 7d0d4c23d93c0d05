"""The dialogs of the Models tab, which begin where the user was last. Each returns nothing when it is cancelled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from desktop import file_dialogs
from desktop.preferences import Preferences
from desktop.widgets.question import agreed
from engine.imports import ONE_FILE, SUFFIXES


class ModelsDialogs(QObject):
    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._parent, self._preferences = parent, preferences

    def files_to_import(self) -> list[Path]:
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        models, every = self.tr("Models"), self.tr("All files")
        kinds = f"{models} ({patterns});;{every} (*)"
        begin = self._preferences.place("models")
        files = file_dialogs.files_to_open(self._parent, self.tr("Import models"), begin, kinds)
        if files:
            self._preferences.set_folder("models", files[0].parent)
        return files

    def folder_to_import(self) -> list[Path]:
        begin = self._preferences.place("models")
        folder = file_dialogs.folder(self._parent, self.tr("Import a folder with a model"), begin)
        if folder is None:
            return []
        self._preferences.set_folder("models", folder.parent)
        return [folder]

    def place_to_export(self, model: str) -> tuple[Path, bool] | None:
        """Where a model goes, and whether the user agreed to replace what lies there."""
        suggested = self._preferences.place("save") / f"{model}{ONE_FILE}"
        kinds = self.tr("Models of this program") + f" (*{ONE_FILE})"
        typed = file_dialogs.place_to_save(self._parent, self.tr("Export the model as one file"), suggested, kinds)
        if typed is None:
            return None
        target = typed if typed.name.lower().endswith(ONE_FILE) else typed.with_name(typed.name + ONE_FILE)
        self._preferences.set_folder("save", target.parent)
        return target, target == typed

    def new_name(self, name: str) -> str:
        """Another name for a model, "" for none."""
        title, label = self.tr("Rename the model"), self.tr("What shall it be called?")
        chosen, given = QInputDialog.getText(self._parent, title, label, QLineEdit.EchoMode.Normal, name)
        return chosen.strip() if given else ""

    def may_remove(self, name: str) -> bool:
        """Whether the user is sure."""
        return agreed(
            self._parent,
            self.tr("Move the model “%1” to the bin?").replace("%1", name),
            self.tr("Pictures it has drawn stay, but cannot be drawn again without it."),
            self.tr("Move to the bin"),
            destructive=True,
        )

    def may_stop_import(self) -> bool:
        """Whether the window shall close although a model is being imported."""
        return agreed(
            self._parent,
            self.tr("A model is being imported."),
            self.tr("Closing the window stops it. Nothing half-made is left, and the file stays as it is."),
            self.tr("Close"),
            destructive=True,
        )

"""The dialogs of the Models tab, which begin where the user was last. Each returns nothing when it is cancelled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

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
        names, _ = QFileDialog.getOpenFileNames(
            self._parent, self.tr("Import models"), str(self._preferences.place("models")), kinds
        )
        if names:
            self._preferences.set_folder("models", Path(names[0]).parent)
        return [Path(name) for name in names]

    def folder_to_import(self) -> list[Path]:
        name = QFileDialog.getExistingDirectory(
            self._parent, self.tr("Import a folder with a model"), str(self._preferences.place("models"))
        )
        if not name:
            return []
        self._preferences.set_folder("models", Path(name).parent)
        return [Path(name)]

    def place_to_export(self, model: str) -> tuple[Path, bool] | None:
        """Where a model goes, and whether the user agreed to replace what lies there."""
        suggested = str(self._preferences.place("save") / f"{model}{ONE_FILE}")
        kinds = self.tr("Models of this program") + f" (*{ONE_FILE})"
        name, _ = QFileDialog.getSaveFileName(self._parent, self.tr("Export the model as one file"), suggested, kinds)
        if not name:
            return None
        target = Path(name) if name.lower().endswith(ONE_FILE) else Path(name + ONE_FILE)
        self._preferences.set_folder("save", target.parent)
        return target, target == Path(name)

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

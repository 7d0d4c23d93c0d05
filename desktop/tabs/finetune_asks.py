"""The questions of the Fine-tune tab that stand in a dialog of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import file_dialogs
from desktop.preferences import Preferences
from desktop.widgets.question import agreed


class FinetuneAsks(QObject):
    """Each returns nothing, or False, when it is cancelled."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._parent, self._preferences = parent, preferences

    def folder(self) -> Path | None:
        """A folder of pictures."""
        begin = self._preferences.place("open")
        folder = file_dialogs.folder(self._parent, self.tr("Choose a folder of pictures"), begin)
        if folder:
            self._preferences.set_folder("open", folder.parent)
        return folder

    def may_throw_away(self, name: str) -> bool:
        return agreed(
            self._parent,
            self.tr("Throw away what “%1” has learnt?").replace("%1", name),
            self.tr("It cannot be brought back. Your pictures and the base model stay as they are."),
            self.tr("Throw away"),
            destructive=True,
        )

    def may_close(self, name: str) -> bool:
        return agreed(
            self._parent,
            self.tr("“%1” is still learning.").replace("%1", name),
            self.tr("It stops now and keeps what it has learnt: go on later in this tab, on its first page."),
            self.tr("Stop and close"),
        )

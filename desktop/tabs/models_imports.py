"""Imports files one after the other, each by a command of this program beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.command import Command
from desktop.tabs.models_queue import ImportQueue
from engine.imports import Imported, Said


class Imports(QObject):
    """What waits and what came of it is in ``queue``."""

    changed = Signal()  #: something began, went on or ended
    imported = Signal(object)  #: an `Imported`: its model is on the shelf
    finished = Signal()  #: nothing waits any more

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.queue = ImportQueue()
        self._command: Command | None = None

    def add(self, paths: Sequence[Path]) -> list[Path]:
        """Import what may be models; the rest is returned."""
        rest = self.queue.add(paths)
        self._go_on()
        return rest

    def cancel(self) -> None:
        """Stop the one at work and forget those that wait."""
        self.queue.cancel()
        if self._command is not None:
            self._command.end()
        self.changed.emit()

    def resume(self) -> None:
        """Go on with what was cancelled."""
        self.queue.again()
        self._go_on()

    def _go_on(self) -> None:
        weights = self.queue.due()
        if weights is not None:
            command = Command(["models", "import", *map(str, weights), "--json"], Said, self)
            command.said.connect(self._hear)
            command.ended.connect(lambda code, complaint: self._ended(command, code, complaint))
            self._command = command
            command.start()
        self.changed.emit()

    def _hear(self, message: Said) -> None:
        self.queue.said(message)
        if isinstance(message, Imported):
            self.imported.emit(message)
        self.changed.emit()

    def _ended(self, command: Command, code: int, complaint: str) -> None:
        command.deleteLater()
        self._command = None
        name = self.queue.current[0].name if self.queue.current else ""
        died = self.tr("“%1”: the import broke off unexpectedly.").replace("%1", name)
        self.queue.ended(died if code == -1 or not complaint else complaint)
        self._go_on()
        if not self.queue.running:
            self.finished.emit()

    def close(self) -> None:
        """The window closes: nothing is imported any more, and nothing half-made is left."""
        self.queue.cancel()
        if self._command is not None:
            self._command.ended.disconnect()
            self._command.close_down()
            self._command = None

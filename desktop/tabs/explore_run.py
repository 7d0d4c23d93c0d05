"""The command that looks at a folder, ``latent-darkroom explore``, as the tab sees it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.command import Command
from engine.atlas import Began, Enough, Explored, LeftOut, Line, Mapped, Note, Step


class Looking(QObject):
    """One run at a time. A run that was stopped, or died, goes on where it was when it is started again."""

    changed = Signal()  #: how far it is
    mapped = Signal()  #: there is a new map on the disk
    noted = Signal(str)  #: one sentence for the user
    done = Signal(object)  #: an `Explored`
    failed = Signal(str, bool)  #: what went wrong, "" where nobody knows, and whether it died of it

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._command: Command | None = None
        self._explored: Explored | None = None
        self.began: Began | None = None
        self.step: Step | None = None
        self.left_out: list[LeftOut] = []
        self.stopped = False  #: the user wanted no more of it

    @property
    def running(self) -> bool:
        return self._command is not None

    def start(self, folder: Path, model: str, more: Sequence[str] = ()) -> None:
        """Look at a folder; ``more`` are other arguments of the command."""
        self.forget()
        command = Command(["explore", str(folder), "--model", model, "--json", *more], Line, self)
        command.said.connect(lambda line: self._hear(command, line))
        command.ended.connect(lambda code, complaint: self._end(command, code, complaint))
        self._command = command
        command.start()
        self.changed.emit()

    def stop(self) -> None:
        """End after the pictures at hand; what was seen is kept."""
        if self._command is not None:
            self.stopped = True
            self._command.tell(Enough())
            self._command.end()

    def forget(self) -> None:
        """What runs is of no interest any more: it ends by itself."""
        if self._command is not None:
            self._command.tell(Enough())
            self._command.end()
        self._command = self.began = self.step = self._explored = None
        self.left_out, self.stopped = [], False

    def close_down(self) -> None:
        """The window closes."""
        for command in self.findChildren(Command):
            command.close_down()

    def _hear(self, command: Command, line: object) -> None:
        if command is not self._command:
            return
        match line:
            case Began():
                self.began = line
            case Step():
                self.step = line
            case Mapped():
                self.mapped.emit()
            case LeftOut():
                self.left_out.append(line)
            case Note():
                self.noted.emit(line.sentence)
            case Explored():
                self._explored = line
        self.changed.emit()

    def _end(self, command: Command, code: int, complaint: str) -> None:
        command.deleteLater()
        if command is not self._command:
            return
        self._command = self.step = None
        self.changed.emit()
        if self._explored is not None:
            self.done.emit(self._explored)
        elif not self.stopped:
            self.failed.emit(complaint if code >= 0 else "", code < 0)

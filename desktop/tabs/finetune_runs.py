"""The commands that the Fine-tune tab runs beside the window: at most one of each kind at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import msgspec
from PySide6.QtCore import QObject

from desktop.command import Command
from engine import lessons

Kind = Literal["check", "trial", "lesson", "list", "discard"]
_LINES: dict[Kind, Any] = {
    "check": lessons.Look,
    "trial": lessons.Trial,
    "lesson": lessons.Lesson,
    "list": lessons.Unfinished,
    "discard": lessons.Lesson,
}
#: Milliseconds a lesson may take to write its state when the window closes.
SAVING = 30_000


class FinetuneRuns(QObject):
    """Each kind has one place: a newer command of it ends the older one, whose words are not heard any more.

    A lesson is never ended by another: there is one at a time.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._commands: dict[Kind, Command] = {}

    def start(
        self,
        kind: Kind,
        arguments: Sequence[str],
        said: Callable[[Any], None],
        ended: Callable[[int, str], None],
        first: msgspec.Struct | None = None,
    ) -> None:
        """Run a command; ``first`` is told to it at once."""
        self.drop(kind)
        command = self._commands[kind] = Command(arguments, _LINES[kind], self)
        command.said.connect(said)
        command.ended.connect(lambda code, complaint: self._end(kind, command, code, complaint, ended))
        command.start()
        if first is not None:
            command.tell(first)

    def _end(self, kind: Kind, command: Command, code: int, complaint: str, ended: Callable[[int, str], None]) -> None:
        if self._commands.get(kind) is command:
            del self._commands[kind]
        command.deleteLater()
        ended(code, complaint)

    def running(self, kind: Kind) -> bool:
        return kind in self._commands

    def pid(self, kind: Kind) -> int:
        """The process at work, or 0."""
        return self._commands[kind].pid if kind in self._commands else 0

    def drop(self, kind: Kind) -> None:
        """End a command whose words nobody waits for."""
        command = self._commands.pop(kind, None)
        if command is not None:
            command.drop()

    def tell(self, order: lessons.Order) -> None:
        """Say something to the lesson."""
        if "lesson" in self._commands:
            self._commands["lesson"].tell(order)

    def close_down(self) -> None:
        """End them all; a lesson writes its state first."""
        for kind, command in list(self._commands.items()):
            command.blockSignals(True)
            if kind in ("lesson", "discard"):
                command.close_down(SAVING)
            else:
                command.drop()
                command.close_down()
        self._commands.clear()

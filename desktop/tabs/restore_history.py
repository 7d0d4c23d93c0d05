"""Undo for the settings of photos."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from engine.jobs import RestoreSettings

Apply = Callable[[dict[int, RestoreSettings]], None]

#: Changes of one control that follow each other within this many seconds are undone together.
PAUSE = 1.0


class ChangeSettings(QUndoCommand):
    """Settings of one photo or of many, before and after. ``field`` names the control that was moved."""

    def __init__(
        self,
        words: str,
        field: str,
        before: dict[int, RestoreSettings],
        after: dict[int, RestoreSettings],
        apply: Apply,
    ) -> None:
        super().__init__(words)
        self._field, self._before, self._after, self._apply = field, before, after, apply
        self._time = time.monotonic()

    def redo(self) -> None:
        self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ChangeSettings) or other._field != self._field:
            return False
        if other._after.keys() != self._after.keys() or other._time - self._time > PAUSE:
            return False
        self._after, self._time = other._after, other._time
        return True

"""Undo for the plan of the Interpolate tab."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from desktop.tabs.interpolate_plan import Plan

#: Changes of one control that follow each other within this many seconds are undone together.
PAUSE = 1.0


class ChangePlan(QUndoCommand):
    """The plan before and after. ``field`` names the control that was moved; changes without one stay apart."""

    def __init__(self, words: str, before: Plan, after: Plan, apply: Callable[[Plan], None], field: str = "") -> None:
        super().__init__(words)
        self._before, self._after, self._apply, self._field = before, after, apply, field
        self._time = time.monotonic()

    def redo(self) -> None:
        self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ChangePlan) or not self._field or other._field != self._field:
            return False
        if other._time - self._time > PAUSE:
            return False
        self._after, self._time = other._after, other._time
        return True

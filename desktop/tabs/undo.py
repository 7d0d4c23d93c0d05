"""Undo in every tab: what was and what is, and how to show either."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtGui import QUndoCommand

#: Changes of one control that follow each other within this many seconds are undone together.
PAUSE = 1.0


class Change(QUndoCommand):
    """From ``before`` to ``after``, either of which ``apply`` brings about.

    ``control`` says what was moved; changes without one stay apart. One that is ``held`` by the mouse goes
    on with the same change, however slowly. A change that is ``made`` already is not applied when it is pushed.
    """

    def __init__(
        self,
        words: str,
        before: Any,
        after: Any,
        apply: Callable[[Any], None],
        control: Hashable = "",
        *,
        held: bool = False,
        made: bool = False,
    ) -> None:
        super().__init__(words)
        self._before, self._after, self._apply, self._control = before, after, apply, control
        self._held, self._made, self._time = held, made, time.monotonic()

    def redo(self) -> None:
        if self._made:
            self._made = False
        else:
            self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Change) or not self._control or other._control != self._control:
            return False
        if not other._held and other._time - self._time > PAUSE:
            return False
        self._after, self._time = other._after, other._time
        return True

"""Undo in the Generate tab: drawing, favourites, settings."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from desktop.tabs.generate_state import Moment

#: Changes of one control that follow each other within this many seconds are undone together.
PAUSE = 1.0


class Change(QUndoCommand):
    """From one moment to another. ``control`` names the control that was moved, "" for none.

    The change was made already: to push it does nothing.
    """

    def __init__(
        self, words: str, before: Moment, after: Moment, restore: Callable[[Moment], None], control: str = ""
    ) -> None:
        super().__init__(words)
        self._before, self._after, self._restore, self._control = before, after, restore, control
        self._time = time.monotonic()
        self._made = True

    def redo(self) -> None:
        if self._made:
            self._made = False
        else:
            self._restore(self._after)

    def undo(self) -> None:
        self._restore(self._before)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Change) or not self._control or other._control != self._control:
            return False
        if other._time - self._time > PAUSE:
            return False
        self._after, self._time = other._after, other._time
        return True

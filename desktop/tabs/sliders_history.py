"""Undo in the Sliders tab: what lies on the desk, and sliders that the user made."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from desktop.tabs.sliders_desk import Desk
from engine.directions import Direction

#: Changes of one control that follow each other within this many seconds are undone together.
PAUSE = 1.0


class ChangeDesk(QUndoCommand):
    """The desk before and after. ``control`` names the slider that was moved, "" for none.

    A slider that is ``held`` by the mouse goes on with the same change, however slowly.
    """

    def __init__(
        self,
        words: str,
        before: Desk,
        after: Desk,
        apply: Callable[[Desk], None],
        control: str = "",
        held: bool = False,
    ) -> None:
        super().__init__(words)
        self._before, self._after, self._apply = before, after, apply
        self._control, self._held, self._time = control, held, time.monotonic()

    def redo(self) -> None:
        self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ChangeDesk) or not self._control or other._control != self._control:
            return False
        if not other._held and other._time - self._time > PAUSE:
            return False
        self._after, self._time = other._after, other._time
        return True


class ForgetSlider(QUndoCommand):
    """A slider of the user goes, and comes back."""

    def __init__(
        self,
        words: str,
        slider: Direction,
        forget: Callable[[str], None],
        keep: Callable[[Direction], None],
    ) -> None:
        super().__init__(words)
        self._slider, self._forget, self._keep = slider, forget, keep

    def redo(self) -> None:
        self._forget(self._slider.name)

    def undo(self) -> None:
        self._keep(self._slider)

"""Undo in the Sliders tab of what does not lie on the desk: sliders that the user made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from engine.directions import Direction


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

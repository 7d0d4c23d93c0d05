"""What takes long with the files of a model, off the window's thread: check every byte, write it to one file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from engine import shelf
from engine.errors import Cancelled, ModelError

#: Steps of progress that are told, at most.
STEPS = 200


class ShelfWork(QObject):
    """One job after the other, each of which can be cancelled."""

    progressed = Signal(str, float)  #: the model, and 0..1 of the job at work
    verified = Signal(str, str)  #: the model, and what is wrong with it: "" if nothing is
    exported = Signal(str, str)  #: the model, and the name of the file
    failed = Signal(str, str)  #: the model, and one sentence
    cancelled = Signal(str)  #: the model

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(parent=self)
        self._stop = threading.Event()

    def verify(self, model: str) -> None:
        """Compare every byte with the card."""
        self._run(
            model,
            lambda told, stopped: shelf.verify(model, told, stopped),
            lambda _: self.verified.emit(model, ""),
            lambda sentence: self.verified.emit(model, sentence),
        )

    def export(self, model: str, target: Path, overwrite: bool) -> None:
        """Write a model to one file."""
        self._run(
            model,
            lambda told, stopped: shelf.export(model, target, overwrite, told, stopped),
            lambda path: self.exported.emit(model, path.name),
            lambda sentence: self.failed.emit(model, sentence),
        )

    def cancel(self) -> None:
        """Stop the job at work."""
        self._stop.set()

    def close(self) -> None:
        self._stop.set()
        self._background.close()

    def _run(
        self,
        model: str,
        work: Callable[[shelf.OnStep, shelf.IsCancelled], Any],
        then: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        stop, told = threading.Event(), self._teller(model)
        self._stop = stop

        def ended(error: Exception) -> None:
            if isinstance(error, Cancelled):
                self.cancelled.emit(model)
            else:
                failed(str(error) if isinstance(error, ModelError | OSError) else f"{type(error).__name__}: {error}")

        self._background.run(lambda: work(told, stop.is_set), then, ended)

    def _teller(self, model: str) -> shelf.OnStep:
        """Tells the window of progress, not more often than can be seen."""
        last = -1

        def tell(done: int, total: int) -> None:
            nonlocal last
            step = STEPS * done // max(total, 1)
            if step != last:
                last = step
                self.progressed.emit(model, step / STEPS)

        return tell

"""Work off the window's thread: a function goes in, what comes of it arrives on the window's thread."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal


class Background(QObject):
    """A few threads. With one thread, work is done in the order it was given."""

    _finished = Signal(object, object)

    def __init__(self, threads: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._finished.connect(lambda then, result: then(result), Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``work``, then call ``then`` with its result. An exception goes to ``failed``, or to the crash log."""

        def job() -> None:
            try:
                result = work()
            except Exception as error:
                self._tell(failed or _report, error)
            else:
                if then is not None:
                    self._tell(then, result)

        self._pool.start(job)

    def _tell(self, then: Callable[[Any], None], result: Any) -> None:
        with contextlib.suppress(RuntimeError):  # Qt has deleted this object, and with it whoever wanted to know
            self._finished.emit(then, result)

    def finish(self) -> None:
        """Wait until all is done that was given so far."""
        self._pool.waitForDone()

    def close(self) -> None:
        """Forget what has not begun and wait for the rest."""
        self._pool.clear()
        self._pool.waitForDone()


def _report(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)

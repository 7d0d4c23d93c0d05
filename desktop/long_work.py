"""Work that takes longer than somebody looks at it: the title and the taskbar say how far it is, the computer stays
awake, and whoever is elsewhere is told when it has ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.widgets.status import StatusLine

#: Seconds of work after which it shows outside of the tab, and after which its end is told to who looks elsewhere.
SOON, LONG = 2.0, 20.0


@dataclass
class _Work:
    since: float
    fraction: float = 0.0


class LongWork(QObject):
    """Hears the status lines of all tabs. What has worked longest is what is shown."""

    changed = Signal(object)  #: 0..1 of the work, in whole percents; None: nothing takes long
    ended = Signal(str, str)  #: the name of a tab whose long work came to its end, and what its line says of it

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._works: dict[str, _Work] = {}
        self._shown: float | None = None

    def follow(self, name: str, line: StatusLine) -> None:
        """Hear the line of a tab from now on."""
        line.worked.connect(lambda fraction: self._work(name, fraction))
        line.rested.connect(lambda message, cancelled: self._rest(name, message, cancelled))

    def _work(self, name: str, fraction: float) -> None:
        work = self._works.setdefault(name, _Work(self._clock()))
        work.fraction = fraction
        self._show()

    def _rest(self, name: str, message: str, cancelled: bool) -> None:
        work = self._works.pop(name, None)
        if work is not None:
            self._show()
            if not cancelled and self._clock() - work.since >= LONG:
                self.ended.emit(name, message)

    def _show(self) -> None:
        now = self._clock()
        longest = min(self._works.values(), key=lambda work: work.since, default=None)
        shown = None
        if longest is not None and now - longest.since >= SOON:
            shown = round(min(max(longest.fraction, 0.0), 1.0), 2)
        if shown != self._shown:
            self._shown = shown
            self.changed.emit(shown)

"""Watches a Qt event loop from a thread of its own: how long was it deaf, and what did it do meanwhile?"""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

#: Seconds that count as a block; between two beats of the loop; and between two looks at it.
BLOCK, BEAT, LOOK = 0.2, 0.01, 0.02
#: Seconds after which the loop will never come back.
HANGING = 60.0

_SCHEDULED = Path(f"/proc/self/task/{os.getpid()}/schedstat")  # of the first thread, whose number is the process's


def _waited() -> float:
    """Seconds this thread was ready and had no processor, as other programs had it. 0 where the system hides it."""
    try:
        return int(_SCHEDULED.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


@dataclass
class Block:
    """The loop heard nothing for ``seconds``, the time it waited for a processor left out."""

    seconds: float
    busy: float  #: of them, how long its thread calculated; the rest it waited for a lock, a disk, another thread
    stack: list[str] = field(repr=False)  #: places in the program, the innermost last


class Watchdog(QObject):
    """`blocks` holds what was found since it was made, in the thread of the loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocks: list[Block] = []
        self.longest = 0.0
        self._beaten, self._waited, self._worked = time.perf_counter(), _waited(), time.thread_time()
        self._stack: list[str] = []
        self._loop = threading.get_ident()
        self._over = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(int(BEAT * 1000))
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        self._beat()
        self._timer.stop()
        self._over.set()

    def _beat(self) -> None:
        now, waited, worked = time.perf_counter(), _waited(), time.thread_time()
        seconds = now - self._beaten - (waited - self._waited)
        self.longest = max(self.longest, seconds)
        if seconds > BLOCK:
            self.blocks.append(Block(round(seconds, 3), round(worked - self._worked, 3), self._stack))
        self._beaten, self._waited, self._worked, self._stack = now, waited, worked, []

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            silent = time.perf_counter() - self._beaten
            if silent > BLOCK / 2 and not self._stack:
                self._stack = self._look()  # in the middle of it, as nobody knows how long it will be
            if silent - (_waited() - self._waited) > HANGING:
                print("The event loop hangs:", *self._look(), sep="\n  ", file=sys.stderr, flush=True)
                os._exit(3)

    def _look(self) -> list[str]:
        """Where the loop's thread is. Its frames are let go at once: they hold painters, which must be gone in time."""
        frame, places = sys._current_frames().get(self._loop), []
        while frame is not None:
            places.append(f"{frame.f_code.co_filename.rpartition('/')[2]}:{frame.f_lineno} {frame.f_code.co_name}")
            frame = frame.f_back
        return places[::-1]

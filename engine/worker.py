"""A thread that does jobs in the order they came, and can be told to forget some."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

#: Seconds without a job after which memory is given back.
PATIENCE = 120.0


class Worker:
    """A thread that takes jobs in the order they came, and can be told to forget some.

    ``rest`` is called there, once, when no job has come for `PATIENCE` seconds.
    """

    def __init__(self, name: str, handle: Callable[[object], None], rest: Callable[[], None] | None = None) -> None:
        self._handle, self._jobs, self._news = handle, deque[object](), threading.Condition()
        self._rest = rest
        self.running: object = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, job: object) -> None:
        with self._news:
            self._jobs.append(job)
            self._news.notify()

    def drop(self, which: Callable[[object], bool]) -> bool:
        """Forget waiting jobs. Returns whether there were any."""
        with self._news:
            before = len(self._jobs)
            self._jobs = deque(job for job in self._jobs if not which(job))
            return len(self._jobs) < before

    def close(self) -> None:
        """Finish the running job, forget the rest."""
        with self._news:
            self._jobs.clear()
            self._closed = True
            self._news.notify()
        self._thread.join(timeout=10)

    def _work(self) -> None:
        while True:
            with self._news:
                self.running = None
                idle = not self._news.wait_for(lambda: self._jobs or self._closed, PATIENCE if self._rest else None)
                if idle and self._rest:
                    self._rest()
                    self._news.wait_for(lambda: self._jobs or self._closed)
                if self._closed:
                    return
                self.running = self._jobs.popleft()
            self._handle(self.running)

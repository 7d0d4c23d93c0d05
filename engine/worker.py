"""A thread that does jobs in the order they came, and can be told to forget some."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from engine import workspace

#: Seconds without a job after which the memory that models worked in is given back, and further ones after which
#: the models are.
PAUSE, PATIENCE = 2.0, 120.0


@dataclass(frozen=True)
class Rest:
    """What is done when no job has come for ``after`` seconds, since the last one or the rest before."""

    after: float
    do: Callable[[], None]


def resting(release: Callable[[], None]) -> tuple[Rest, Rest]:
    """The rests of a worker that runs models, which ``release`` gives back."""
    return Rest(PAUSE, workspace.give_back), Rest(PATIENCE, release)


class Worker:
    """A thread that takes jobs in the order they came, and can be told to forget some.

    ``rests`` follow each other there while no job comes.
    """

    def __init__(self, name: str, handle: Callable[[object], None], *rests: Rest) -> None:
        self._handle, self._jobs, self._news = handle, deque[object](), threading.Condition()
        self._rests = rests
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
        rests = iter(self._rests)
        while True:
            rest = next(rests, None)
            with self._news:
                self.running = None
                came = self._news.wait_for(lambda: self._jobs or self._closed, rest and rest.after)
                if self._closed:
                    return
                if came:
                    self.running = self._jobs.popleft()
            if self.running is not None:
                self._handle(self.running)
                rests = iter(self._rests)
            elif rest:
                rest.do()

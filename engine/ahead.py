"""Work on many things in order, a few ahead of whoever takes the results."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def done_ahead(
    work: Callable[[Thing], Result], things: Iterable[Thing], ahead: int = 8, threads: int = 2
) -> Iterator[tuple[Thing, Result]]:
    """Each thing with what ``work`` makes of it, in order; at most ``ahead`` results wait, whatever their number.

    What ``work`` raises is raised where its result would come.
    """
    waiting: deque[tuple[Thing, Future[Result]]] = deque()
    with ThreadPoolExecutor(threads, "ahead") as pool:
        try:
            for thing in things:
                waiting.append((thing, pool.submit(work, thing)))
                if len(waiting) > ahead:
                    first, future = waiting.popleft()
                    yield first, future.result()
            for first, future in waiting:
                yield first, future.result()
        finally:
            pool.shutdown(cancel_futures=True)

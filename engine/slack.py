"""Memory that is free again goes back to the system.

The C library of Linux keeps what was freed, in as many pools as there are threads: after some hundred photos a fifth
of what the engine seems to need is such slack. Elsewhere nothing is done.
"""

from __future__ import annotations

import ctypes
import functools
import time
from collections.abc import Callable

#: Seconds between two times at least: it takes some milliseconds.
PAUSE = 5.0

_last = 0.0


def give_back() -> None:
    """Call it after a job that needed much."""
    global _last
    now = time.monotonic()
    if now - _last >= PAUSE:
        _last = now
        _trim()(0)


@functools.cache
def _trim() -> Callable[[int], object]:
    """``malloc_trim`` of glibc, or nothing."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return lambda _pad: None

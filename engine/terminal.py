"""What every command of the terminal shares: exit codes, a progress line, arguments with bounds."""

from __future__ import annotations

import argparse
import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator

DONE, SOME_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


class WrongUse(Exception):
    """The command line makes no sense. One sentence."""


class Line:
    """A progress line on a terminal, and nothing where stderr is not one."""

    def __init__(self, label: str, *, shown: bool) -> None:
        self.label, self.began = label, time.perf_counter()
        self.shown = shown and sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        if self.shown:
            left = (time.perf_counter() - self.began) / done * (total - done)
            bar = "#" * round(20 * done / total)
            text = f"\r{self.label}  {bar:-<20} {100 * done // total:3d} %  {left:.0f} s left "
            print(text, end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def lines_heard() -> Iterator[bytes]:
    """The lines of standard input until it is closed, for a thread that waits for them.

    Not through Python's buffer: its lock, held by a waiting thread, makes the interpreter abort at its end.
    """
    heard = b""
    while piece := os.read(sys.stdin.fileno(), 65536):
        *lines, heard = (heard + piece).split(b"\n")
        yield from lines


def told_to_end() -> threading.Event:
    """Set as soon as anything comes on standard input or it is closed; never where it is no pipe."""
    told = threading.Event()

    def listen() -> None:
        next(lines_heard(), None)
        told.set()

    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return told  # there is no standard input
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        threading.Thread(target=listen, name="ear", daemon=True).start()
    return told


def number(kind: type, low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {low} to {high}")
        return value

    return read


def auto_or(kind: type, low: float, high: float) -> Callable[[str], float | None]:
    read = number(kind, low, high)
    return lambda text: None if text == "auto" else read(text)


def one_of(switch: dict[str, bool | None]) -> Callable[[str], bool | None]:
    def read(text: str) -> bool | None:
        if text not in switch:
            raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(switch)}")
        return switch[text]

    return read

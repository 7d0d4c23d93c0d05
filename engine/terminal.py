"""What every command of the terminal shares: exit codes, a progress line, arguments with bounds."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

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

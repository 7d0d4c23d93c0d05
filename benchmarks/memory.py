"""How much memory the window and its engine take while a long batch goes through them."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.bench import Bench
from benchmarks.killed import Window, photos_of
from benchmarks.table import Table

PHOTOS = 500
#: After so many photos everything is loaded that will be.
FIRST = 20
#: Longest side of a photo in pixels.
SIDE = 160
#: Seconds that the batch may take.
PATIENCE = 3600.0
#: Looks at the memory at each of the two moments, and the seconds between them.
LOOKS, REST = 30, 0.2


def measure(photos: list[Path], home: Path, first: int = FIRST, say=lambda _: None) -> list[tuple[float, float]]:
    """Megabytes of the window and of its engine, after the ``first`` photos, on the way, and at the end."""
    target = home / "results"
    target.mkdir(parents=True)
    window, taken, done = Window(home, target, photos), [], 0
    try:
        for what, *_words in window.lines(PATIENCE):
            if what == "done":
                done += 1
                if done == first or (done > first and done % max(len(photos) // 10, 1) == 0):
                    taken.append(megabytes(window.process.pid))
                    say(f"{done} photos: {taken[-1][0]:.0f} and {taken[-1][1]:.0f} MB")
            elif what == "rest":
                break
        taken.append(megabytes(window.process.pid))
    finally:
        window.close()
    if done < len(photos):
        raise RuntimeError(f"The window stopped after {done} photos.")
    return taken


def megabytes(process: int) -> tuple[float, float]:
    """What the process and the largest of its children have in memory besides pages of files: the least of some
    seconds, for what the photo at hand needs comes and goes."""
    looks = []
    for _ in range(LOOKS):
        window, children = psutil.Process(process), [0.0]
        for child in window.children():
            with contextlib.suppress(psutil.NoSuchProcess):  # what starts a process may be gone again
                children.append(_own(child))
        looks.append((_own(window), max(children)))
        time.sleep(REST)
    return min(look[0] for look in looks), min(look[1] for look in looks)


def _own(process: psutil.Process) -> float:
    """Pages of programs and libraries are left out: whether they count as a process's own (USS) depends on what else
    runs on the computer."""
    info = process.memory_info()
    return (info.rss - info.shared) / 1e6


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    pictures = [picture.pixels for picture in bench.sets.pictures("CBSD68")[:20]]
    with tempfile.TemporaryDirectory() as folder:
        photos = photos_of(pictures, Path(folder) / "photos", PHOTOS, SIDE)
        taken = measure(photos, Path(folder) / "home", say=bench.say)
    table = Table(f"Memory in a batch of {PHOTOS} photos: MB", ["", f"after {FIRST}", f"after {PHOTOS}", "growth, %"])
    for name, before, after in zip(("window", "engine"), taken[0], taken[-1], strict=True):
        table.add(name, f"{before:.0f}", f"{after:.0f}", f"{100 * (after / before - 1):+.1f}")
    table.notes = [f"Without pages of files; photos of {SIDE} pixels, saved as they come."]
    yield table

"""JPEG in grey on Classic5: once at three qualities, and twice with the second grid moved or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.bench import Bench, given
from benchmarks.harm import jpeg
from benchmarks.measure import psnr
from benchmarks.table import Table

QUALITIES = (10, 20, 40)
FIRST, SECOND = 10, 30  # qualities when compressed twice
MOVED = (3, 4)  # rows and columns cut off between the two
#: Compressed by MATLAB, whose files measure 27.82 dB at quality 10 and 32.43 dB at 40.
PUBLISHED = {
    "DnCNN-3": (29.40, 31.63, 33.77),
    "FBCNN": (30.12, None, 34.35),
}

#: A compressed photo and the lowest quality it went through to restored pixels.
Method = Callable[[np.ndarray, int], np.ndarray]


def tables(bench: Bench) -> Iterator[Table]:
    clean = [picture.pixels for picture in bench.sets.pictures("Classic5")]
    twice = f"quality {FIRST}, then {SECOND}"
    columns = [*(f"quality {q}" for q in QUALITIES), twice, f"{twice}, moved"]
    table = Table(f"JPEG: Classic5 in grey ({len(clean)} photos), PSNR in dB", ["", *columns])

    methods: dict[str, Method] = {"the file": lambda x, _: x}
    if bench.ours:
        methods["**ours**, quality given"] = lambda x, quality: bench.restore(x, given(jpeg=quality))
        methods["**ours**, Automatic"] = lambda x, _: bench.restore(x)
    for name, method in methods.items():
        bench.say(name)
        once = [score(method, [(jpeg(x, q, grey=True), x) for x in clean], q) for q in QUALITIES]
        again = [score(method, [compressed_twice(x, moved) for x in clean], FIRST) for moved in ((0, 0), MOVED)]
        table.add(name, *once, *again)
    for name, numbers in PUBLISHED.items():
        table.add(f"{name} (published)", *numbers, None, None)

    table.notes = [
        "Compressed by Pillow. When compressed twice, the lower quality is what is given; "
        f"moved: {MOVED[0]} rows and {MOVED[1]} columns are cut off in between, so the two grids of blocks differ.",
        *bench.left_out,
    ]
    yield table


def compressed_twice(pixels: np.ndarray, moved: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A grey photo that was compressed, cropped at its top and left, and compressed again; and the clean crop."""
    rows, columns = moved
    first = jpeg(pixels, FIRST, grey=True)[rows:, columns:]
    return jpeg(first, SECOND, grey=True), pixels[rows:, columns:]


def score(method: Method, pairs: list[tuple[np.ndarray, np.ndarray]], quality: int) -> float:
    """Mean PSNR in dB over pairs of a compressed photo and the clean one."""
    return float(np.mean([psnr(method(dirty, quality), clean) for dirty, clean in pairs]))

"""Exact tiling.

A network whose output pixel depends on input pixels at most ``reach`` away gives the same result
for a tile as for the whole photo, if the tile is fed with a halo of that width and the halo is cut
off again. So tiles need no blending, and their size is only a matter of memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from engine.jobs import Box
from engine.sending import numbers
from engine.sessions import Graphs, OutOfMemory

#: Largest tile with its halo, in pixels. One pixel costs about 350 bytes of activations.
TILE_AREA = 2_800_000

Fed = TypeVar("Fed")


@dataclass(frozen=True)
class Tile:
    """``core`` is what the tile contributes, ``fed`` what the network sees; boxes of the padded photo."""

    core: Box
    fed: Box

    @property
    def inside(self) -> tuple[slice, slice]:
        """Where the core lies in the tile's output: rows, columns."""
        left, top, right, bottom = self.core
        return slice(top - self.fed[1], bottom - self.fed[1]), slice(left - self.fed[0], right - self.fed[0])


def tiles(width: int, height: int, reach: int, multiple: int, area: int = TILE_AREA) -> list[Tile]:
    """Cut a photo into the grid of tiles that costs the least work with no tile above ``area`` pixels.

    ``width`` and ``height`` are the photo's, rounded up to ``multiple`` here. Every core starts at a
    multiple of ``multiple``, and the halo is ``reach`` wide except at the photo's own border.
    """
    width, height = round_up(width, multiple), round_up(height, multiple)
    best, least = None, None
    if width * height <= area:
        return [Tile((0, 0, width, height), (0, 0, width, height))]
    for columns in range(1, width // multiple + 1):
        xs = _stretches(width, columns, reach, multiple)
        widest = max(end - start for _, (start, end) in xs)
        # As few rows as fit, more would only add halos: with a halo on both sides, or (two rows, or
        # one) with less.
        tallest = area // widest
        inner = max(multiple, (tallest - 2 * reach) // multiple * multiple)
        rows = 1 if height <= tallest else 2 if height <= 2 * (tallest - reach) else -(-height // inner)
        ys = _stretches(height, rows, reach, multiple)
        work = sum(e - s for _, (s, e) in xs) * sum(e - s for _, (s, e) in ys)
        fits = widest * max(end - start for _, (start, end) in ys) <= area
        if least is None or (not fits, work) < least:
            best, least = (xs, ys), (not fits, work)
        if widest <= 4 * reach:  # narrower columns never pay
            break
    assert best is not None
    return [
        Tile((x0, y0, x1, y1), (left, top, right, bottom))
        for (y0, y1), (top, bottom) in best[1]
        for (x0, x1), (left, right) in best[0]
    ]


_Stretch = tuple[tuple[int, int], tuple[int, int]]


def _stretches(length: int, parts: int, reach: int, multiple: int) -> list[_Stretch]:
    """A side in at most ``parts`` equal stretches: (start, end), and the same with the halo."""
    step = round_up(-(-length // parts), multiple)
    starts = range(0, length, step)
    return [((s, min(s + step, length)), (max(0, s - reach), min(s + step + reach, length))) for s in starts]


def halves(tile: Tile, width: int, height: int, reach: int, multiple: int) -> list[Tile]:
    """A tile as two, cut across its longer side. Raises `OutOfMemory` where that would not make it much smaller."""
    left, top, right, bottom = tile.core
    if right - left >= bottom - top:
        middle = left + round_up((right - left) // 2, multiple)
        cores = [(left, top, middle, bottom), (middle, top, right, bottom)]
    else:
        middle = top + round_up((bottom - top) // 2, multiple)
        cores = [(left, top, right, middle), (left, middle, right, bottom)]
    made = [around(core, width, height, reach, multiple) for core in cores if core[0] < core[2] and core[1] < core[3]]
    if len(made) < 2 or max(_fed_area(half) for half in made) > 0.85 * _fed_area(tile):
        raise OutOfMemory("There is not enough memory, not even for a small part of the picture.")
    return made


def each_tile(
    grid: Sequence[Tile],
    ready: Callable[[Tile], Fed],
    work: Callable[[Tile, Fed], None],
    graphs: Graphs,
    size: tuple[int, int],
    reach: int,
    multiple: int,
) -> Iterator[tuple[Tile, int]]:
    """Do ``work`` for every tile of a picture of ``size`` (width, height); yields each that is done, and how many wait.

    ``ready`` makes what the work on a tile is fed with; beside a device that computes by itself, while that works on
    the tile before. A tile that does not fit into memory is halved, and so are those to come.
    """
    waiting, largest = deque(grid), None
    with _Ahead(ready, graphs.apart) as ahead:
        while waiting:
            tile = waiting.popleft()
            if largest and _fed_area(tile) > largest:
                waiting.extendleft(reversed(halves(tile, *size, reach, multiple)))
                continue
            try:
                fed = ahead.take(tile)
                ahead.begin(waiting[0] if waiting else None)
                work(tile, fed)
            except OutOfMemory:
                smaller = halves(tile, *size, reach, multiple)
                graphs.halve()
                largest = max(_fed_area(half) for half in smaller)
                waiting.extendleft(reversed(smaller))
                continue
            yield tile, len(waiting)


class _Ahead(Generic[Fed]):
    """One tile that is made ready in a thread of its own, or none where nothing would be won."""

    def __init__(self, ready: Callable[[Tile], Fed], threaded: bool) -> None:
        self._ready = ready
        self._pool = ThreadPoolExecutor(1, "ready") if threaded else None
        self._coming: tuple[Tile, Future[Fed]] | None = None

    def begin(self, tile: Tile | None) -> None:
        if self._pool and tile:
            self._coming = tile, self._pool.submit(self._ready, tile)

    def take(self, tile: Tile) -> Fed:
        coming, self._coming = self._coming, None
        if coming and coming[0] is tile:
            return coming[1].result()
        if coming:
            wait([coming[1]])  # tiles were halved; still one at a time is made ready
        return self._ready(tile)

    def __enter__(self) -> _Ahead[Fed]:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _fed_area(tile: Tile) -> int:
    left, top, right, bottom = tile.fed
    return (right - left) * (bottom - top)


def round_up(value: int, multiple: int) -> int:
    """The least multiple of ``multiple`` that is not below ``value``."""
    return -(-value // multiple) * multiple


def around(box: Box, width: int, height: int, reach: int, multiple: int) -> Tile:
    """A tile for any box of a photo, its edges moved outwards to multiples."""
    width, height = round_up(width, multiple), round_up(height, multiple)
    left, top = (v // multiple * multiple for v in box[:2])
    right, bottom = (min(round_up(v, multiple), end) for v, end in zip(box[2:], (width, height), strict=True))
    fed = (max(0, left - reach), max(0, top - reach), min(width, right + reach), min(height, bottom + reach))
    return Tile((left, top, right, bottom), fed)


def codes(photo: np.ndarray, box: Box) -> np.ndarray:
    """The box of a photo [H, W, 3] as [1, h, w, 3] of its own type, mirrored where it leaves the photo."""
    left, top, right, bottom = box
    height, width = photo.shape[:2]
    part = photo[top : min(bottom, height), left : min(right, width)]
    missing = (bottom - top - part.shape[0], right - left - part.shape[1])
    if any(missing):
        # "symmetric" repeats the edge pixel and so works from a single pixel on.
        part = np.pad(part, ((0, missing[0]), (0, missing[1]), (0, 0)), mode="symmetric")
    return part[None]


def cut(photo: np.ndarray, box: Box) -> np.ndarray:
    """The box of a photo [H, W, 3] as network input [1, 3, h, w], float32 in [0, 1], mirrored as `codes` does."""
    return numbers(codes(photo, box))

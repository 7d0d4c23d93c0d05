"""Where the pictures of a map lie: what is near what, what is inside a line, what is seen from how far. Knows no Qt.

    places = Places(atlas.positions)
    places.toward(12, (1, 0))          # the next picture to the right of the 12th
    places.levels <= level_at(56 / 900)

Positions are in [0, 1], y downwards. All arrays are small (20,000 pictures are 160 kB), so that looking
at all of them takes less than an index would.
"""

from __future__ import annotations

import math

import numpy as np

#: Levels of detail: on level L the pictures that are seen are 2 ** (-L / 2) of the map's side apart.
LEVELS = 23
#: Pictures at one place (copies) are laid so far from each other.
_APART = 2.0 ** (-(LEVELS - 1) / 2)
#: Row and column of a cell and of those around it, as steps.
_AROUND = np.array([(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)])


class Places:
    """The places of all pictures of a map. ``there`` [N] says which are to be seen, all of them where it is None.

    Building it takes about a tenth of a second for 20,000 pictures.
    """

    def __init__(self, positions: np.ndarray, there: np.ndarray | None = None) -> None:
        self.there = np.ones(len(positions), bool) if there is None else there
        self.points = spread(np.asarray(positions, np.float64)).astype(np.float32)  #: [N, 2]
        self.levels = thinned(self.points, self.there)  #: [N] uint8: from which level on a picture is seen

    def __len__(self) -> int:
        return len(self.points)

    def nearest(self, point: tuple[float, float]) -> tuple[int, float]:
        """The picture nearest to a point, and its distance. (-1, inf) where there is none."""
        if not self.there.any():
            return -1, math.inf
        gaps = np.where(self.there, ((self.points - np.asarray(point, np.float32)) ** 2).sum(1), np.inf)
        best = int(gaps.argmin())
        return best, math.sqrt(float(gaps[best]))

    def within(self, left: float, top: float, right: float, bottom: float) -> np.ndarray:
        """[n] the pictures in a box."""
        x, y = self.points.T
        return np.flatnonzero(self.there & (x >= left) & (x <= right) & (y >= top) & (y <= bottom))

    def inside(self, line: np.ndarray) -> np.ndarray:
        """[n] the pictures inside a closed ``line`` [m, 2], by the even-odd rule."""
        if len(line) < 3:
            return np.zeros(0, np.int64)
        (left, top), (right, bottom) = line.min(0), line.max(0)
        near = self.within(left, top, right, bottom)
        x, y = self.points[near].T.astype(np.float64)
        odd = np.zeros(len(near), bool)
        for (x0, y0), (x1, y1) in zip(line, np.roll(line, -1, axis=0), strict=True):
            crosses = (y0 > y) != (y1 > y)
            at = x0 + (y - y0) * (x1 - x0) / np.where(y1 == y0, 1.0, y1 - y0)
            odd ^= crosses & (x < at)
        return near[odd]

    def toward(self, picture: int, way: tuple[int, int]) -> int | None:
        """The nearest picture in a direction: (1, 0) is right, (0, 1) down. What lies aside counts twice as far.

        Only what lies within 45 degrees of the direction is taken, so that four arrow keys reach every picture.
        """
        gap = self.points - self.points[picture]
        along = gap @ np.asarray(way, np.float32)
        aside = np.abs(gap @ np.asarray((way[1], way[0]), np.float32))
        ahead = self.there & (along > 0) & (aside <= along)
        if not ahead.any():
            return None
        return int(np.where(ahead, along + 2 * aside, np.inf).argmin())


def level_at(distance: float) -> int:
    """The level on which pictures are at least ``distance`` (share of the map's side) apart; -1: on none."""
    return min(math.floor(-2 * math.log2(distance) + 1e-9), LEVELS - 1) if distance <= 1 else -1


def spread(positions: np.ndarray) -> np.ndarray:
    """The positions [N, 2], where pictures that lie at the very same place are moved a little apart, in rows."""
    _, first, which = np.unique(positions.round(7), axis=0, return_index=True, return_inverse=True)
    which = which.ravel()
    if len(first) == len(positions):
        return positions
    order = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[order], np.arange(len(first)))
    number = np.empty(len(positions), np.int64)  # among those at the same place
    number[order] = np.arange(len(positions)) - starts[which[order]]
    columns = np.ceil(np.sqrt(np.bincount(which)))[which].astype(np.int64)
    moved = positions + _APART * np.stack([number % columns, number // columns], 1)
    return np.where((number > 0)[:, None], moved, positions)


def thinned(points: np.ndarray, there: np.ndarray | None = None) -> np.ndarray:
    """[N] uint8: the coarsest level on which each picture is seen, so that on every level those seen do not overlap
    as squares whose side is the level's distance; `LEVELS` for what is never seen.

    What is seen on a level stays on all finer ones. A Poisson-disk sample by levels: the cells of each level are
    filled in four turns, in each of which no two cells touch, so that a whole turn is one step of array arithmetic.
    """
    levels = np.full(len(points), LEVELS, np.uint8)
    there = np.ones(len(points), bool) if there is None else there
    priority = np.random.default_rng(0).permutation(len(points))
    left = priority[there[priority]]
    for level in range(LEVELS):
        if not len(left):
            break
        distance = 2.0 ** (-level / 2)
        side = int(1 / distance) + 4
        taken = np.full(side * side, -1, np.int32)
        seen = np.flatnonzero(levels < LEVELS)
        column, row = _cells(points[seen], distance)
        taken[row * side + column] = seen
        column, row = _cells(points[left], distance)
        turns = column % 2 + 2 * (row % 2)
        for turn in range(4):
            mine = turns == turn
            candidates, cell = left[mine], row[mine] * side + column[mine]
            for step in _AROUND @ (side, 1):
                other = taken[cell + step]
                met = np.flatnonzero(other >= 0)
                gap = np.abs(points[candidates[met]] - points[other[met]])
                close = np.zeros(len(cell), bool)
                close[met] = (gap[:, 0] < distance) & (gap[:, 1] < distance)
                candidates, cell = candidates[~close], cell[~close]
            cell, first = np.unique(cell, return_index=True)
            levels[candidates[first]] = level
            taken[cell] = candidates[first]
        left = left[levels[left] == LEVELS]
    return levels


def _cells(points: np.ndarray, distance: float) -> tuple[np.ndarray, np.ndarray]:
    """Column and row of each point, with one empty cell before the first."""
    cells = np.floor(points.astype(np.float64).clip(0, 1) / distance).astype(np.int64) + 1
    return cells[:, 0], cells[:, 1]

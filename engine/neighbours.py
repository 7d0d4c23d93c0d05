"""What is near what in a space of many numbers: exact nearest neighbours, and two small things made of distances."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

#: Rows of the distances that are in memory at once.
_ROWS = 1000


def nearest(
    space: np.ndarray, count: int, on_part: Callable[[int, int], None] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The nearest others of each row [N, D], nearest first: their places and squared distances, [N, count] each.

    Exact: N x N distances, never more than `_ROWS` x N of them at once. ``on_part`` hears how many rows are done.
    """
    places, gaps = [], []
    for start in range(0, len(space), _ROWS):
        gap = squared_distances(space[start : start + _ROWS], space)
        gap[np.arange(len(gap)), start + np.arange(len(gap))] = np.inf
        near = np.argpartition(gap, count, axis=1)[:, :count]
        gap = np.take_along_axis(gap, near, axis=1)
        order = np.argsort(gap, axis=1)
        places.append(np.take_along_axis(near, order, axis=1))
        gaps.append(np.take_along_axis(gap, order, axis=1))
        if on_part:
            on_part(min(start + _ROWS, len(space)), len(space))
    return np.concatenate(places), np.concatenate(gaps)


def squared_distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """[N, M] of rows [N, D] and [M, D]."""
    return np.maximum((a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T, 0.0)


def group_means(space: np.ndarray, means: np.ndarray, rounds: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """k-means (Lloyd, 1982) from ``means`` [K, D] on: the group of each row [N] and the groups' means [K, D]."""
    means = means.astype(np.float64)
    owner = np.zeros(len(space), np.int64)
    for _ in range(rounds):
        owner = np.concatenate([squared_distances(part, means).argmin(1) for part in parts(space)])
        for group in range(len(means)):
            mine = owner == group
            if mine.any():
                means[group] = space[mine].mean(0)
    return owner, means


def spread_out(space: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Rows [count, D] far from each other, to begin with (k-means++: Arthur and Vassilvitskii, 2007)."""
    chosen = [int(rng.integers(len(space)))]
    gaps = squared_distances(space, space[chosen])[:, 0]
    while len(chosen) < count:
        total = gaps.sum()
        chosen.append(int(rng.choice(len(space), p=gaps / total)) if total > 0 else int(rng.integers(len(space))))
        gaps = np.minimum(gaps, squared_distances(space, space[chosen[-1:]])[:, 0])
    return space[chosen]


def parts(space: np.ndarray) -> list[np.ndarray]:
    """A space in pieces of few rows."""
    return [space[start : start + _ROWS] for start in range(0, len(space), _ROWS)]

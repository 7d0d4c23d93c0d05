"""Masks of pixels or blocks."""

from __future__ import annotations

import numpy as np


def wider(mask: np.ndarray) -> np.ndarray:
    """A mask [h, w] with every pixel beside, above, below and across one of its own."""
    for axis in (0, 1):
        wide = mask.copy()
        a, b = (np.moveaxis(m, axis, 0) for m in (wide, mask))
        a[1:] |= b[:-1]
        a[:-1] |= b[1:]
        mask = wide
    return mask


def linked(mask: np.ndarray, through: np.ndarray, steps: int) -> np.ndarray:
    """A mask [h, w] with what chains of at most ``steps`` neighbours, all in ``through`` [h, w], link to it."""
    width = mask.shape[1] + 2
    # A border of pixels that are never linked saves every test for the edge.
    found, open_ = np.pad(mask, 1).ravel(), np.pad(through & ~mask, 1).ravel()
    ring = np.array([-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1])
    last = np.flatnonzero(found)
    for _ in range(steps):
        beside = np.unique(last[:, None] + ring)
        last = beside[open_[beside]]
        if not last.size:
            break
        found[last], open_[last] = True, False
    return found.reshape(-1, width)[1:-1, 1:-1]

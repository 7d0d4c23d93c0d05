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

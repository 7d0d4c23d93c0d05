"""Random numbers that belong to places of a photo, so that a tile draws what the whole would."""

from __future__ import annotations

import numpy as np


def field(seed: int, level: int, channels: int, top: int, left: int, height: int, width: int, row: int) -> np.ndarray:
    """N(0, 1) for a window of a latent, [1, channels, height, width] float32.

    ``top`` and ``left`` place the window in the whole latent, whose rows are ``row`` wide. Every
    row of every channel has a counter-based generator of its own (Salmon et al., Parallel Random
    Numbers: As Easy as 1, 2, 3, 2011), keyed by seed, level and place.
    """
    out = np.empty((1, channels, height, width), dtype=np.float32)
    for y in range(height):
        key = np.array([seed, level], dtype=np.uint64)
        generator = np.random.Generator(np.random.Philox(key=key, counter=[0, 0, top + y, 0]))
        line = generator.standard_normal((channels, row), dtype=np.float32)
        out[0, :, y] = line[:, left : left + width]
    return out

"""Ways between two latents that stay where pictures are."""

from __future__ import annotations

import numpy as np

#: Below this angle, in radians, a sphere is flat.
_FLAT = 1e-3


def turned(a: np.ndarray, b: np.ndarray, share: float) -> np.ndarray:
    """From ``a`` to ``b`` along the sphere, the length changing evenly.

    N(0, I) has its mass near a sphere; a straight line would cut through where no picture lies
    (White, Sampling Generative Networks, 2016).
    """
    lengths = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if min(lengths) < _FLAT:
        return (1 - share) * a + share * b
    cosine = float(np.sum(a * b)) / (lengths[0] * lengths[1])
    angle = float(np.arccos(np.clip(cosine, -1.0, 1.0)))
    if not _FLAT < angle < np.pi - _FLAT:
        return (1 - share) * a + share * b
    length = (1 - share) * lengths[0] + share * lengths[1]
    direction = np.sin((1 - share) * angle) * a / lengths[0] + np.sin(share * angle) * b / lengths[1]
    return direction * (length / np.sin(angle))

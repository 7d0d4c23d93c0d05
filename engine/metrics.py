"""How close two pictures are."""

from __future__ import annotations

import math

import numpy as np


def psnr(seen: np.ndarray, true: np.ndarray, peak: float = 255.0) -> float:
    """Peak signal-to-noise ratio in dB over all pixels and colours; infinite for equal pictures.

    Both of the same shape, in units in which ``peak`` is white.
    """
    error = np.mean((np.asarray(seen, np.float64) - np.asarray(true, np.float64)) ** 2)
    return math.inf if error == 0 else 10 * math.log10(peak**2 / float(error))

"""The spectrum of a photo in figures: what noise and blur leave in its 8x8 blocks.

Noise is the floor below which the quietest blocks never fall; blur is what the liveliest ones lack
at high frequencies. So: the energy of every block in bands of its cosine transform, for luma and
for colour, and how those energies are spread over the photo. Some of this is in Pyatykh et al.
(Image Noise Level Estimation by Principal Component Analysis, 2013), which looks for the quietest
blocks alone; here a small network weighs it all (`engine.nets.damage`).
"""

from __future__ import annotations

import numpy as np

_BLOCK = 8
#: Frequencies (row + column) of each band.
_BANDS = ((1, 2), (2, 3), (3, 5), (5, 7), (7, 9), (9, 11), (11, 15))
_QUANTILES = (0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99)
#: Length of what `describe` returns.
FIGURES = 2 * len(_BANDS) * len(_QUANTILES)

_at = np.arange(_BLOCK)
_COSINES = np.sqrt(2 / _BLOCK) * np.cos(np.pi * np.outer(_at, 2 * _at + 1) / (2 * _BLOCK))
_COSINES[0] /= np.sqrt(2)
_COSINES = _COSINES.astype(np.float32)
_FREQUENCY = np.add.outer(_at, _at)
#: Colours turned so that white noise stays white and as strong: luma, and two of colour alone.
_TURN = np.array(
    [[3**-0.5, 2**-0.5, 6**-0.5], [3**-0.5, -(2**-0.5), 6**-0.5], [3**-0.5, 0, -2 * 6**-0.5]], dtype=np.float32
)


def energies(crop: np.ndarray) -> np.ndarray:
    """Energy of each whole 8x8 block of a crop [H, W, 3], float in about [0, 1], [blocks, 2 x bands]: first
    luma, then colour. As the binary logarithm of a standard deviation on the 8-bit scale."""
    rows, columns = crop.shape[0] // _BLOCK, crop.shape[1] // _BLOCK
    turned = crop[: rows * _BLOCK, : columns * _BLOCK] @ (255 * _TURN)
    blocks = turned.reshape(rows, _BLOCK, columns, _BLOCK, 3).transpose(0, 2, 4, 1, 3)
    power = np.square(_COSINES @ blocks @ _COSINES.T).reshape(rows * columns, 3, _BLOCK, _BLOCK)
    bands = [power[:, :, (low <= _FREQUENCY) & (high > _FREQUENCY)].mean(axis=2) for low, high in _BANDS]
    luma = np.stack([band[:, 0] for band in bands], axis=1)
    color = np.stack([band[:, 1:].mean(axis=1) for band in bands], axis=1)
    # A twelfth is what rounding to whole levels leaves; nothing below a part of that can be told.
    return 0.5 * np.log2(np.concatenate([luma, color], axis=1) + 0.02)


def describe(crops: list[np.ndarray]) -> np.ndarray:
    """The figures of a photo from crops of it ([H, W, 3] each, at least 8x8 in all), float32 [FIGURES]."""
    spread = np.quantile(np.concatenate([energies(crop) for crop in crops]), _QUANTILES, axis=0)
    return spread.astype(np.float32).ravel()

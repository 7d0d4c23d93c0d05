"""The spectrum of a photo in figures: what noise and blur leave in its 8x8 blocks.

Noise is the floor below which the quietest blocks never fall; blur is what the liveliest ones lack
at high frequencies. So: the energy of every block in bands of its cosine transform, for luma and
for colour, and how those energies are spread over the photo. Some of this is in Pyatykh et al.
(Image Noise Level Estimation by Principal Component Analysis, 2013), which looks for the quietest
blocks alone; here a small network weighs it all (`engine.nets.damage`).

A photo on disk has no room beyond black and white, so strong noise is cut off there and seems weaker than
it is. How much is cut off tells by how much: a block's colours are stretched to what they were.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

_BLOCK = 8
#: Frequencies (row + column) of each band.
_BANDS = ((1, 2), (2, 3), (3, 5), (5, 7), (7, 9), (9, 11), (11, 15))
_QUANTILES = (0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99)
#: Energies of a block of one colour are all below this: `energies` has no number below -2.83.
_EVEN = -2.5
#: Share of pixels that repeat the one beside: below 0.01 under noise of 5 levels or more, half in a photo of JPEG
#: quality 10, 0.57 and more on pages and drawings.
_DRAWN = 0.53
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

#: Share of a block's values cut off at black or white up to which it is stretched: beyond, too little is left to tell.
_MOST_CUT = 0.5


def _left_of(cut: float) -> float:
    """What cutting the share ``cut`` off one side of a normal distribution leaves of its standard deviation."""
    at = NormalDist().inv_cdf(cut)
    density = NormalDist().pdf(at)
    mean, square = at * cut + density, at * at * cut + 1 - cut + at * density
    return (square - mean**2) ** 0.5


_CUT = np.linspace(0, _MOST_CUT, 65)
_STRETCH = np.array([1.0, *(1 / _left_of(share) for share in _CUT[1:])])


def _uncut(blocks: np.ndarray) -> np.ndarray:
    """Blocks [..., 8, 8] of one colour each, stretched about their means as if nothing had been cut off."""
    # What was never cut off may lie beyond black and white, and is not counted.
    cut = (blocks == 0) | (blocks == 1)
    share = cut.mean(axis=(-2, -1), keepdims=True)
    if not share.any():
        return blocks
    mean = blocks.mean(axis=(-2, -1), keepdims=True)
    return mean + (blocks - mean) * np.interp(share, _CUT, _STRETCH).astype(blocks.dtype)


def energies(crop: np.ndarray) -> np.ndarray:
    """Energy of each whole 8x8 block of a crop [H, W, 3], float in about [0, 1], [blocks, 2 x bands]: first
    luma, then colour. As the binary logarithm of a standard deviation on the 8-bit scale."""
    rows, columns = crop.shape[0] // _BLOCK, crop.shape[1] // _BLOCK
    whole = crop[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK, 3)
    blocks = _uncut(whole.transpose(0, 2, 4, 1, 3))
    blocks = np.einsum("rckij,kn->rcnij", blocks, 255 * _TURN, optimize=True)
    power = np.square(_COSINES @ blocks @ _COSINES.T).reshape(rows * columns, 3, _BLOCK, _BLOCK)
    bands = [power[:, :, (low <= _FREQUENCY) & (high > _FREQUENCY)].mean(axis=2) for low, high in _BANDS]
    luma = np.stack([band[:, 0] for band in bands], axis=1)
    color = np.stack([band[:, 1:].mean(axis=1) for band in bands], axis=1)
    # A twelfth is what rounding to whole levels leaves; nothing below a part of that can be told.
    return 0.5 * np.log2(np.concatenate([luma, color], axis=1) + 0.02)


def describe(crops: list[np.ndarray]) -> np.ndarray:
    """The figures of a photo from crops of it ([H, W, 3] each, at least 8x8 in all), float32 [FIGURES].

    Blocks of one colour do not count: they are borders, and no sign of a photo without noise. They do where they are
    most of the picture, or where pixels repeat in the other blocks as well: that is a page or a drawing.
    """
    found = np.concatenate([energies(crop) for crop in crops])
    lively = found.max(axis=1) > _EVEN
    if lively.mean() > 0.5 and np.concatenate([_repeated(crop) for crop in crops])[lively].mean() < _DRAWN:
        found = found[lively]
    return np.quantile(found, _QUANTILES, axis=0).astype(np.float32).ravel()


def _repeated(crop: np.ndarray) -> np.ndarray:
    """The share of the pixels of each whole 8x8 block that are as the one to their left, [blocks]."""
    rows, columns = crop.shape[0] // _BLOCK, crop.shape[1] // _BLOCK
    blocks = crop[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK, 3)
    same = (blocks[:, :, :, 1:] == blocks[:, :, :, :-1]).all(axis=4)
    return same.mean(axis=(1, 3)).ravel()

"""The JPEG quality a photo went through, read off its pixels.

Decompressed JPEG coefficients lie on a comb: multiples of the quantisation step, blurred by the
rounding of pixels to 8 bits. The step of each frequency that explains the coefficients best gives
the table and so the quality (after Fan and de Queiroz, Identification of Bitmap Compression
History, 2003). A file's header would say it too, but not of a scan that was saved as PNG since.

A photo that was compressed, cropped and compressed again has a second grid. On that one the combs are
blurred by the later rounding, but coarser than it, or they would not matter: their phase shows them.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from engine.tones import luma, white

#: Steps of the first twelve luma frequencies at quality 50 (ITU-T T.81, annex K), and where they are.
_PLACES = [(0, 0), (0, 1), (1, 0), (2, 0), (1, 1), (0, 2), (0, 3), (1, 2), (2, 1), (3, 0), (2, 2), (1, 3)]
_BASE = np.array([16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 16, 19], dtype=np.float64)
_QUALITIES = np.arange(3, 99)
#: The cosines of the transform [8, 8], and the pictures [64, 12] of the frequencies above.
_BASIS = 0.5 * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
_BASIS[0] *= np.sqrt(0.5)
_PROJECTION = np.stack([np.outer(_BASIS[v], _BASIS[u]).ravel() for v, u in _PLACES], axis=1).astype(np.float32)
#: Standard deviation of a luma coefficient around its comb, from rounding three colours to bytes: the root
#: of (0.299^2 + 0.587^2 + 0.114^2) / 12, and a little for the conversion.
_ROUNDING = 0.22
_OUTLIERS = 0.1
#: Blocks looked at, and the least evidence (nats a coefficient) that counts as a comb.
_BLOCKS, _EVIDENCE = 1500, 0.25
#: Qualities that are tried on every other grid, a tenth of a step apart; from 63 on hardly anything is left to see.
_TRIED = (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 22, 25, 28, 31, 35, 40, 45, 50, 56, 62)
#: Blocks looked at on each of them; the least that counts as a comb, in standard deviations of chance and as the
#: mean cosine. Photos of CBSD68 reach 2.5 where there is none.
_FEW_BLOCKS, _LEAST_CHANCE, _LEAST_COSINE = 200, 7.0, 0.2
#: Grids that are looked at closely, and different values from which on a frequency has a say.
_LOOKED_AT, _LEAST_VALUES = 6, 12


def jpeg_quality(photo: np.ndarray) -> int:
    """Lowest quality 3..98 that a photo [H, W, 3] was compressed at, or 0 where there is no sign of that.

    From about 90 on the combs are finer than the rounding, and there is little to undo.
    ``photo`` is uint8, uint16, or float32 in [0, 1]. Looks for the block grid at every offset.
    """
    if min(photo.shape[:2]) < 24:
        return 0
    part = _middle(photo).astype(np.float32) * np.float32(255.0 / white(photo.dtype))
    if np.abs(part - np.rint(part)).max() > 0.05:
        return 0  # never was 8 bits, or was computed on since
    y = luma(part)[..., 0]
    grid = _offset(y), _offset(y.T)
    last = _last_quality(y[grid[0] :, grid[1] :])
    earlier = _earlier_quality(y, grid if last else None)
    return min(last, earlier) if last and earlier else last or earlier


def _last_quality(y: np.ndarray) -> int:
    """The quality at which luma [h, w], whose grid starts at its corner, was compressed last."""
    coefficients = _dct(y)
    steps, weights = zip(*(_step(coefficients[:, v, u]) for v, u in _PLACES), strict=True)
    weight = np.array(weights)
    if np.count_nonzero(weight) < 4:
        return 0
    tables = _tables(_QUALITIES)
    # One frequency may be read wrongly; it must not outvote the others.
    misfit = np.minimum(1.0, np.abs(np.log(tables) - np.log(np.array(steps, dtype=np.float64))))
    cost = (misfit * weight).sum(axis=1) / weight.sum()
    best = int(np.argmin(cost))
    return int(_QUALITIES[best]) if cost[best] < 0.35 else 0


def _tables(qualities: np.ndarray) -> np.ndarray:
    """The steps of `_PLACES` at some qualities, [n, 12], as the Independent JPEG Group's library has them."""
    scale = np.where(qualities < 50, 5000 / qualities, 200 - 2.0 * qualities)[:, None]
    return np.clip(np.floor((_BASE * scale + 50) / 100), 1, 255)


def _earlier_quality(y: np.ndarray, grid: tuple[int, int] | None) -> int:
    """The lowest quality at which luma [h, w] was compressed on any grid but ``grid``, or 0."""
    found = []
    for place in ((row, column) for row in range(8) for column in range(8)):
        if place != grid:
            chances, cosines = _phases(_coefficients(y, place, _FEW_BLOCKS), np.array(_TRIED))
            at = int(np.argmax(chances))
            if chances[at] > _LEAST_CHANCE and cosines[at] > _LEAST_COSINE:
                found.append((_TRIED[at], place))
    # Half of a step fits as well: what another grid leaves here is never coarser than what it is itself.
    for about, place in sorted(found)[:_LOOKED_AT]:
        near = np.arange(max(3, int(0.85 * about)), int(1.15 * about) + 2)
        values = _coefficients(y, place, _BLOCKS)
        quality = near[np.argmax(_phases(values, near)[0])]
        if _all_agree(values, quality):
            return int(quality)
    return 0


def _all_agree(values: np.ndarray, quality: int) -> bool:
    """Whether the coefficients [n, 12] of nearly all frequencies lie on their combs: of what is no photo, or repeats
    itself, some do by chance."""
    heard = []
    for column, step in zip(values.T, _tables(np.array([quality]))[0], strict=True):
        # A value counts once, or a flat picture would fit whatever goes through its few values.
        multiple = np.unique(column.round(1)) / step
        far = multiple[(np.abs(multiple) > 0.5) & (np.abs(multiple) < 3)]
        if len(far) >= _LEAST_VALUES:
            heard.append(np.cos(2 * np.pi * far).mean() > _LEAST_COSINE)
    return len(heard) >= 4 and float(np.mean(heard)) >= 0.75


def _coefficients(y: np.ndarray, place: tuple[int, int], most: int) -> np.ndarray:
    """Coefficients at `_PLACES` of blocks spread over luma, whose grid starts at ``place``: [n, 12] float32."""
    blocks = sliding_window_view(y, (8, 8))[place[0] :: 8, place[1] :: 8].reshape(-1, 64)
    return (blocks[:: max(1, len(blocks) // most)] - np.float32(128)) @ _PROJECTION


def _phases(values: np.ndarray, qualities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How well coefficients [n, 12] lie on the combs of each quality: the sum of the cosines of their phases, in
    standard deviations of chance, and their mean.

    Values nearest to zero say nothing, and far ones little: a step hardly off puts them out of phase.
    """
    chances, cosines = [], []
    for table in _tables(qualities):
        multiple = values / table.astype(np.float32)
        far = np.abs(multiple)
        cosine = np.cos(2 * np.pi * multiple[(far > 0.5) & (far < 3)])
        chances.append(cosine.sum() / np.sqrt(len(cosine) / 2 + 1))
        cosines.append(cosine.sum() / max(1, len(cosine)))
    return np.array(chances), np.array(cosines)


def _middle(photo: np.ndarray, side: int = 1024) -> np.ndarray:
    """The middle of a photo, cut at multiples of eight."""
    h, w = photo.shape[:2]
    top, left = max(0, h - side) // 16 * 8, max(0, w - side) // 16 * 8
    return photo[top : top + side, left : left + side]


def _offset(y: np.ndarray) -> int:
    """Rows before the first block edge: where second differences across rows are largest, modulo 8."""
    bend = np.abs(y[:-3] - 3 * y[1:-2] + 3 * y[2:-1] - y[3:])
    mean = bend.mean(axis=1)
    mean = mean[: len(mean) // 8 * 8].reshape(-1, 8).mean(axis=0)
    return (int(np.argmax(mean)) + 2) % 8


def _dct(y: np.ndarray) -> np.ndarray:
    """Orthonormal DCT-II of 8x8 blocks spread over a picture: [n, 8, 8]."""
    h, w = (n // 8 * 8 for n in y.shape)
    blocks = y[:h, :w].reshape(h // 8, 8, w // 8, 8).swapaxes(1, 2).reshape(-1, 8, 8)
    blocks = blocks[:: max(1, len(blocks) // _BLOCKS)] - 128
    basis = _BASIS.astype(np.float32)
    return basis @ blocks @ basis.T


def _step(values: np.ndarray) -> tuple[int, float]:
    """The quantisation step that explains coefficients [n] best, and how sure that is (0: not at all).

    Log likelihood of a comb against no comb; only values that are not quantised to zero count, for
    natural coefficients crowd around zero anyway.
    """
    steps = np.arange(2, 129, dtype=np.float32)[:, None]
    multiple = np.rint(values[None] / steps)
    rest = values[None] - multiple * steps
    density = steps * np.exp(-0.5 * (rest / _ROUNDING) ** 2) / (_ROUNDING * math.sqrt(2 * math.pi))
    evidence = np.log((1 - _OUTLIERS) * density + _OUTLIERS)
    # A step larger than the values explains nothing; zeros inside a wide bin speak for it all the
    # same, if they are as close to zero as rounding leaves them.
    counted = (multiple != 0) | (np.abs(rest) > 3 * _ROUNDING)
    total = (evidence * counted).sum(axis=1)
    count = counted.sum(axis=1)
    best = int(np.argmax(total))
    # One value many times over, as in a flat picture, fits every comb through it.
    if len(np.unique(multiple[best])) < 3:
        return 1, 0.0
    if count[best] < 20 or total[best] < _EVIDENCE * count[best] or total[best] < 12:
        return 1, 0.0
    return int(steps[best, 0]), float(min(1.0, total[best] / 200))

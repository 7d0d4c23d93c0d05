"""The JPEG quality a photo went through, read off its pixels.

Decompressed JPEG coefficients lie on a comb: multiples of the quantisation step, blurred by the
rounding of pixels to 8 bits. The step of each frequency that explains the coefficients best gives
the table and so the quality (after Fan and de Queiroz, Identification of Bitmap Compression
History, 2003). A file's header would say it too, but not of a scan that was saved as PNG since.
"""

from __future__ import annotations

import numpy as np

from engine.tones import luma, white

#: Steps of the first twelve luma frequencies at quality 50 (ITU-T T.81, annex K), and where they are.
_PLACES = [(0, 0), (0, 1), (1, 0), (2, 0), (1, 1), (0, 2), (0, 3), (1, 2), (2, 1), (3, 0), (2, 2), (1, 3)]
_BASE = np.array([16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 16, 19], dtype=np.float64)
_QUALITIES = np.arange(3, 99)
#: Standard deviation of a luma coefficient around its comb, from rounding three colours to bytes: the root
#: of (0.299^2 + 0.587^2 + 0.114^2) / 12, and a little for the conversion.
_ROUNDING = 0.22
_OUTLIERS = 0.1
#: Blocks looked at, and the least evidence (nats a coefficient) that counts as a comb.
_BLOCKS, _EVIDENCE = 1500, 0.25


def jpeg_quality(photo: np.ndarray) -> int:
    """Quality 3..98 of the last compression of a photo [H, W, 3], or 0 where there is no sign of one.

    From about 90 on the combs are finer than the rounding, and there is little to undo.
    ``photo`` is uint8, uint16, or float32 in [0, 1]. Looks for the block grid at every offset.
    """
    if min(photo.shape[:2]) < 24:
        return 0
    part = _middle(photo).astype(np.float32) * np.float32(255.0 / white(photo.dtype))
    if np.abs(part - np.rint(part)).max() > 0.05:
        return 0  # never was 8 bits, or was computed on since
    y = luma(part)[..., 0]
    coefficients = _dct(y[_offset(y) :, _offset(y.T) :])
    steps, weights = zip(*(_step(coefficients[:, v, u]) for v, u in _PLACES), strict=True)
    weight = np.array(weights)
    if np.count_nonzero(weight) < 4:
        return 0
    scale = np.where(_QUALITIES < 50, 5000 / _QUALITIES, 200 - 2.0 * _QUALITIES)[:, None]
    tables = np.clip(np.floor((_BASE * scale + 50) / 100), 1, 255)
    # One frequency may be read wrongly; it must not outvote the others.
    misfit = np.minimum(1.0, np.abs(np.log(tables) - np.log(np.array(steps, dtype=np.float64))))
    cost = (misfit * weight).sum(axis=1) / weight.sum()
    best = int(np.argmin(cost))
    return int(_QUALITIES[best]) if cost[best] < 0.35 else 0


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
    k = np.arange(8)
    basis = 0.5 * np.cos((2 * k[None] + 1) * k[:, None] * np.pi / 16)
    basis[0] *= np.sqrt(0.5)
    return basis @ blocks @ basis.T


def _step(values: np.ndarray) -> tuple[int, float]:
    """The quantisation step that explains coefficients [n] best, and how sure that is (0: not at all).

    Log likelihood of a comb against no comb; only values that are not quantised to zero count, for
    natural coefficients crowd around zero anyway.
    """
    steps = np.arange(2, 129, dtype=np.float32)[:, None]
    multiple = np.rint(values[None] / steps)
    rest = values[None] - multiple * steps
    density = steps * np.exp(-0.5 * (rest / _ROUNDING) ** 2) / (_ROUNDING * np.sqrt(2 * np.pi))
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

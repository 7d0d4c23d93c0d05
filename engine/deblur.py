"""Undo a blur whose width is known, with the model as the prior.

A soft photo is y = h * x + n. What the model knows of photos and what h does to them take turns (half-quadratic
splitting; Zhang et al., Plug-and-Play Image Restoration with Deep Denoiser Prior, 2021, section 4): the blur is divided
out in Fourier space as far as the noise allows, which makes new noise, and the model, told how much, takes that away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

#: Takes noise of a standard deviation, on the 8-bit scale, off a photo [1, 3, h, w] in [0, 1].
Denoise = Callable[[np.ndarray, float], np.ndarray]

#: How often they take turns; noise that the model is told the first and the last time, at least, on the 8-bit scale.
_TURNS, _FIRST, _LAST = 3, 20.0, 4.0
#: How much the model counts beside the photo (lambda there, 0.23).
_WEIGHT = 0.12
#: Narrower blur, coarser noise and lower JPEG quality are left to the network, which undoes what it is told in one go:
#: no more is won, and the edges of JPEG's blocks would be sharpened as well.
_LEAST_RADIUS, _MOST_NOISE, _LEAST_QUALITY = 0.5, 8.0, 55
#: From which radius on an estimated blur is undone, and how much narrower: one that is taken for a third too wide makes
#: rings (3 to 4 dB worse than leaving it), for a third too narrow still helps, and readings are 0.8 to 1.3 times true.
_SURE_RADIUS, _CAUTION = 0.8, 0.1
#: ... and up to which: what seems softer is a picture without edges (a sky, a wash of colour), or beyond help.
_SOFTEST = 3.5
#: Least noise that is reckoned with: rounding, and what the kernel gets wrong. JPEG adds an error of its own.
_FLOOR, _JPEG_FLOOR, _FINE_JPEG = 2.0, 3.0, 90
#: A blur that is read as less, in pixels, is none.
SHARP = 0.3


@dataclass(frozen=True)
class Blur:
    """Gaussian blur of this ``radius`` in pixels, under this ``noise`` on the 8-bit scale."""

    radius: float
    noise: float


def to_undo(told: float | None, estimated: float, noise: float, jpeg: int) -> Blur | None:
    """The blur to undo here, if it is worth it; ``told`` is what the user says, if anything, ``jpeg`` a quality or 0.

    The width of a blur under JPEG's own cannot be read well enough to trust an estimate.
    """
    rough = 0 < jpeg < _FINE_JPEG
    sure = _SURE_RADIUS <= estimated <= _SOFTEST and not rough
    radius = told if told is not None else estimated - _CAUTION if sure else 0.0
    if radius < _LEAST_RADIUS or noise > _MOST_NOISE or 0 < jpeg < _LEAST_QUALITY:
        return None
    return Blur(radius, max(noise, _JPEG_FLOOR if jpeg else _FLOOR))


def handed_over(estimated: float, noise: float, jpeg: int) -> float | None:
    """What a user who takes over from Automatic tells of the blur, so that nothing changes: what is undone, 0 of a
    photo that is sharp, or None where the model is left to judge."""
    undone = to_undo(None, estimated, noise, jpeg)
    return round(undone.radius, 1) if undone else 0.0 if estimated < SHARP else None


def sharpened(photo: np.ndarray, blur: Blur, denoise: Denoise) -> tuple[np.ndarray, float]:
    """``photo`` [1, 3, h, w] in [0, 1] without its blur, and the noise left in it for the model to take off."""
    levels = np.geomspace(max(_FIRST, 2 * blur.noise), max(_LAST, blur.noise), _TURNS)
    margin = int(np.ceil(4 * blur.radius)) + 8
    height, width = photo.shape[2:]
    # Mirrored beyond the border, to a size that the transform is fast for.
    pad = [(margin, _smooth(side + 2 * margin) - side - margin) for side in (height, width)]

    def wide(x: np.ndarray) -> np.ndarray:
        return np.fft.rfft2(np.pad(x, ((0, 0), (0, 0), *pad), mode="symmetric"))

    rows, columns = (side + sum(p) for side, p in zip((height, width), pad, strict=True))
    transfer = _transfer(rows, columns, blur.radius)
    seen = transfer * wide(photo)
    known = sharp = photo
    for level in levels:
        weight = np.float32(_WEIGHT * (blur.noise / level) ** 2)
        sharp = np.fft.irfft2((seen + weight * wide(known)) / (transfer**2 + weight), s=(rows, columns))
        sharp = sharp[:, :, margin : margin + height, margin : margin + width].clip(0, 1).astype(np.float32)
        if level > levels[-1]:
            known = denoise(sharp, float(level))
    return sharp, float(levels[-1])


def _transfer(height: int, width: int, radius: float) -> np.ndarray:
    """What a Gaussian of ``radius`` leaves of each frequency, [height, width // 2 + 1] float32."""
    squared = np.fft.fftfreq(height)[:, None] ** 2 + np.fft.rfftfreq(width)[None] ** 2
    return np.exp(-2 * (np.pi * radius) ** 2 * squared).astype(np.float32)


def _smooth(size: int) -> int:
    """The least number from ``size`` on that has no prime factor above 5."""
    while True:
        rest = size
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return size
        size += 1

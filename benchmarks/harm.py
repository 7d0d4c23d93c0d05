"""What is done to clean pictures before they are restored. numpy and Pillow only; every seed is fixed.

Separate from `engine.training.degrade` on purpose: a model must not be measured by the code that
trained it.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from benchmarks.measure import to_bytes


def add_noise(pixels: np.ndarray, sigma: float, *, clip: bool, seed: int = 0) -> np.ndarray:
    """White Gaussian noise of ``sigma`` (8-bit scale) on a picture of uint8 or float around [0, 1].

    ``clip`` gives an 8-bit file (uint8), as a photo on disk is; without it the picture stays float32 and
    leaves [0, 1], which is how published tables are measured.
    """
    noise = np.random.default_rng(seed).normal(0.0, sigma / 255.0, pixels.shape)
    noisy = (_unit(pixels) + noise).astype(np.float32)
    return to_bytes(noisy) if clip else noisy


def gaussian_kernel(radius: float) -> np.ndarray:
    """A Gaussian of standard deviation ``radius`` pixels, [2k+1, 2k+1] with k = four radii, sum 1."""
    axis = _gaussian(radius)
    return np.outer(axis, axis)


def blur(pixels: np.ndarray, radius: float) -> np.ndarray:
    """Gaussian blur with mirrored borders. [H, W, C] uint8 or float to float32."""
    weights = _gaussian(radius)
    reach = len(weights) // 2
    x = _unit(pixels)
    for axis in (0, 1):
        padded = np.pad(x, [(reach, reach) if i == axis else (0, 0) for i in range(x.ndim)], mode="symmetric")
        shifted = sliding_window_view(padded, len(weights), axis=axis)
        x = shifted @ weights
    return x.astype(np.float32)


def jpeg(pixels: np.ndarray, quality: int, grey: bool = False) -> np.ndarray:
    """Compress [H, W, 3] uint8 by Pillow (4:2:0, one channel where ``grey``) and decode it again."""
    image = Image.fromarray(pixels).convert("L") if grey else Image.fromarray(pixels)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))


def scratch(pixels: np.ndarray, mask: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Lay film damage over [H, W, 3] uint8: nearly white twice out of three times, otherwise nearly black, at
    an opacity of 0.7 to 1. ``mask`` [H, W] in [0, 1]."""
    cover = (mask * rng.uniform(0.7, 1.0))[..., None]
    tone = rng.uniform(0.85, 1.0) if rng.uniform() < 2 / 3 else rng.uniform(0.0, 0.15)
    return to_bytes(_unit(pixels) * (1 - cover) + tone * cover)


def _gaussian(radius: float) -> np.ndarray:
    reach = int(np.ceil(4 * radius))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / radius) ** 2)
    return weights / weights.sum()


def _unit(pixels: np.ndarray) -> np.ndarray:
    return pixels / 255.0 if pixels.dtype == np.uint8 else pixels.astype(np.float64)

"""The old-photo mix: lens blur, grain, fading, scratches and JPEG on the same photo, in this order.

Fading is modelled in optical density, as it happens to a print: each dye loses a share of its
density, and the paper gains a stain (Wilhelm, The Permanence and Care of Color Photographs, 1993).
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from benchmarks.harm import blur, jpeg, scratch
from benchmarks.measure import to_bytes

SEED = 1968
_DEEPEST = 2.0  # density of a print's black
_DISPLAY = 2.2  # gamma


def age(pixels: np.ndarray, mask: np.ndarray, index: int) -> np.ndarray:
    """Age the photo [H, W, 3] uint8 number ``index`` in its own way; the same every time. ``mask`` is film damage in
    [0, 1], of any size."""
    rng = np.random.default_rng([SEED, index])
    x = blur(pixels, rng.uniform(0.5, 1.5))
    x = x + grain(x.shape, rng) * rng.uniform(4, 14) / 255.0
    x = fade(x, loss=rng.uniform(0.05, 0.3) + rng.uniform(0, 0.1, 3), stain=rng.uniform(0, [0.05, 0.1, 0.2]))
    damaged = scratch(to_bytes(x), fitted(mask, pixels.shape[:2]), rng)
    return jpeg(damaged, int(rng.integers(40, 86)))


def grain(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Film grain of standard deviation 1: clumps of about a pixel, mostly the same in all colours. [H, W, 3]."""
    h, w, colours = shape
    clumps = blur(rng.normal(size=(h, w, 1 + colours)), 0.6)
    mixed = 0.9 * clumps[..., :1] + np.sqrt(1 - 0.9**2) * clumps[..., 1:]
    return mixed / mixed.std()


def fade(pixels: np.ndarray, loss: np.ndarray, stain: np.ndarray) -> np.ndarray:
    """Take the share ``loss`` [3] of the density of each dye and add ``stain`` [3] (optical density, red to blue).
    [H, W, 3] float around [0, 1], in and out."""
    light = np.clip(pixels, 0, 1).astype(np.float64) ** _DISPLAY
    density = -np.log10(np.maximum(light, 10**-_DEEPEST))
    return (10 ** -(density * (1 - loss) + stain)) ** (1 / _DISPLAY)


def fitted(mask: np.ndarray, size: tuple[int, ...]) -> np.ndarray:
    """``mask`` enlarged evenly until it covers (height, width), and cut off beyond."""
    h, w = size
    scale = max(h / mask.shape[0], w / mask.shape[1])
    enlarged = (max(w, round(mask.shape[1] * scale)), max(h, round(mask.shape[0] * scale)))
    image = Image.fromarray(to_bytes(mask)).resize(enlarged, Image.Resampling.BICUBIC)
    return np.asarray(image, np.float32)[:h, :w] / 255.0

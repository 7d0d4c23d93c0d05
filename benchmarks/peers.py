"""Classical methods of OpenCV and scikit-image, each as pixels to pixels, [H, W, 3] uint8.

Each has one number to tune. It is tuned for the peer's own best PSNR on a few pictures of the set
(`tuned`), with the clean pictures at hand: a favour that nobody gets in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import cv2  # pyright: ignore[reportMissingImports]
import numpy as np
from skimage import restoration  # pyright: ignore[reportMissingImports]

from benchmarks.measure import psnr, to_bytes

_FEW = 11  # every so many pictures are tuned on
_BORDER = 24  # pixels mirrored around a photo before it is deconvolved, or its borders ring


def tuned(
    method: Callable[[np.ndarray, float], np.ndarray],
    grid: Sequence[float],
    harmed: Sequence[np.ndarray],
    clean: Sequence[np.ndarray],
) -> float:
    """The value of ``grid`` with the best mean PSNR on every eleventh picture."""
    pairs = list(zip(harmed, clean, strict=True))[::_FEW]

    def score(value: float) -> float:
        return float(np.mean([psnr(method(dirty, value), right) for dirty, right in pairs]))

    return max(grid, key=score)


def each(method: Callable[[np.ndarray], np.ndarray], pictures: Iterable[np.ndarray], threads: int) -> list[np.ndarray]:
    """``method`` on all pictures in order, ``threads`` at a time (these libraries let go of Python's lock)."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(method, pictures))


def non_local_means(pixels: np.ndarray, h: float) -> np.ndarray:
    """OpenCV's fast non-local means for colour (Buades et al., 2011): windows of 7 pixels, searched for in 21.
    ``h`` is the filter strength of both lightness and colour; about 0.6 noise levels is best."""
    return cv2.fastNlMeansDenoisingColored(pixels, None, h, h, 7, 21)


def total_variation(pixels: np.ndarray, weight: float) -> np.ndarray:
    """scikit-image's split-Bregman total variation (Goldstein and Osher, 2009). The more ``weight``, the closer to
    the photo."""
    return to_bytes(restoration.denoise_tv_bregman(pixels / 255.0, weight=weight, channel_axis=-1))


def richardson_lucy(pixels: np.ndarray, kernel: np.ndarray, iterations: float) -> np.ndarray:
    """scikit-image's Richardson-Lucy deconvolution, knowing the true ``kernel``. Few iterations stay blurred, many
    raise the noise."""

    def channel(x: np.ndarray) -> np.ndarray:
        return restoration.richardson_lucy(x, kernel, num_iter=int(iterations))

    return _by_channel(channel, pixels)


def unsupervised_wiener(pixels: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """scikit-image's Wiener filter that finds its own regularisation (Orieux et al., 2010), knowing the true
    ``kernel``."""
    return _by_channel(lambda x: restoration.unsupervised_wiener(x, kernel, rng=0)[0], pixels)


def telea(pixels: np.ndarray, mask: np.ndarray, threshold: float) -> np.ndarray:
    """OpenCV's inpainting (Telea, 2004) of all that ``mask`` [H, W] in [0, 1] covers by more than ``threshold``."""
    return cv2.inpaint(pixels, (mask > threshold).astype(np.uint8), 3, cv2.INPAINT_TELEA)


def _by_channel(method: Callable[[np.ndarray], np.ndarray], pixels: np.ndarray) -> np.ndarray:
    around = ((_BORDER, _BORDER), (_BORDER, _BORDER), (0, 0))
    x = np.pad(pixels / 255.0, around, mode="symmetric")
    result = np.stack([method(x[..., c]) for c in range(3)], axis=-1)
    return to_bytes(result[_BORDER:-_BORDER, _BORDER:-_BORDER])

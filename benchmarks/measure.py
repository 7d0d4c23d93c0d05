"""How good a result is: PSNR, SSIM, colour difference, and how well doubt foretells error.

Pictures are [H, W, C]: uint8, or float around [0, 1].
"""

from __future__ import annotations

import math

import numpy as np

from engine import metrics


def to_bytes(pixels: np.ndarray) -> np.ndarray:
    """What a file on disk keeps: clamped and rounded to uint8. Bytes are passed through."""
    if pixels.dtype == np.uint8:
        return pixels
    return np.rint(np.clip(pixels, 0.0, 1.0) * 255.0).astype(np.uint8)


def psnr(result: np.ndarray, clean: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB from the squared error over all pixels and channels, both pictures
    as bytes. Infinite where they are equal. Sets are averaged in dB, as the literature does."""
    return metrics.psnr(to_bytes(result), to_bytes(clean))


def ssim(result: np.ndarray, clean: np.ndarray) -> float:
    """Structural similarity (Wang et al., 2004), Gaussian windows of 1.5 pixels, mean of the channels."""
    from skimage.metrics import structural_similarity  # pyright: ignore[reportMissingImports]

    similarity = structural_similarity(
        to_bytes(clean),
        to_bytes(result),
        channel_axis=-1,
        data_range=255,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
    )
    return float(similarity)  # pyright: ignore[reportArgumentType]


def colour_difference(result: np.ndarray, clean: np.ndarray) -> float:
    """Mean CIEDE2000 (Sharma et al., 2005); 1 is just visible side by side."""
    from skimage.color import deltaE_ciede2000, rgb2lab  # pyright: ignore[reportMissingImports]

    return float(np.mean(deltaE_ciede2000(rgb2lab(to_bytes(clean)), rgb2lab(to_bytes(result)))))


def match_tones(result: np.ndarray, clean: np.ndarray) -> np.ndarray:
    """``result`` after the gain and offset of each channel that bring it closest to ``clean``: what is left of
    the error is texture, not tone. [H, W, C] uint8."""
    matched = np.empty(result.shape, np.float64)
    for channel in range(result.shape[2]):
        x, y = (to_bytes(p)[..., channel].astype(np.float64) for p in (result, clean))
        gain = np.mean((x - x.mean()) * (y - y.mean())) / max(float(x.var()), 1e-9)
        matched[..., channel] = (x - x.mean()) * gain + y.mean()
    return to_bytes(matched / 255.0)


def clipped(photos: list[np.ndarray]) -> float:
    """Share of the values of uint8 photos that are 0 or 255, where detail may have been lost."""
    return float(np.mean([np.mean((photo == 0) | (photo == 255)) for photo in photos]))


def blocks(values: np.ndarray, size: int = 8) -> np.ndarray:
    """Means over ``size`` x ``size`` blocks of [H, W], flattened; what is left over at right and bottom is dropped."""
    h, w = (length // size * size for length in values.shape)
    return values[:h, :w].reshape(h // size, size, w // size, size).mean(axis=(1, 3)).ravel()


def rank_correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Spearman's: Pearson's correlation of the ranks, equal values sharing their mean rank. 0 where one is constant."""
    x, y = (_ranks(np.asarray(values, np.float64).ravel()) for values in (a, b))
    x, y = x - x.mean(), y - y.mean()
    scale = math.sqrt(float(x @ x) * float(y @ y))
    return float(x @ y) / scale if scale > 0 else 0.0


def _ranks(values: np.ndarray) -> np.ndarray:
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2.0)[where]


def coverage(error: np.ndarray, deviation: np.ndarray, times: float = 2.0) -> float:
    """Share of errors [H, W, C] that lie within ``times`` standard deviations [H, W] of zero, 0..1."""
    return float(np.mean(np.abs(error) <= times * deviation[..., None]))

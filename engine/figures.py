"""What can be measured on any small picture, and so become a slider: its light, its colours, its shape."""

from __future__ import annotations

import numpy as np

from engine.tones import LUMA


def figures(pictures: np.ndarray) -> dict[str, np.ndarray]:
    """Figures of pictures [N, H, W, 3] uint8, each an array [N]:

    brightness (mean luma), contrast (its standard deviation), saturation (distance of colours from
    grey), warmth (red against blue); and of what stands out from the colour of the border: size
    (share of the picture) and roundness (how much of the circle around it, it fills; 1 for a disc).
    """
    x = pictures.astype(np.float32) / 255
    luma = x @ LUMA
    border = np.concatenate([x[:, 0], x[:, -1], x[:, :, 0], x[:, :, -1]], axis=1)
    paper = np.median(border, axis=1)[:, None, None]
    stands_out = np.abs(x - paper).max(axis=3) > 0.12
    size = stands_out.mean(axis=(1, 2))
    return {
        "brightness": luma.mean(axis=(1, 2)),
        "contrast": luma.std(axis=(1, 2)),
        "saturation": (x.max(axis=3) - x.min(axis=3)).mean(axis=(1, 2)),
        "warmth": (x[..., 0] - x[..., 2]).mean(axis=(1, 2)),
        "size": size,
        "roundness": _roundness(stands_out, size),
    }


def _roundness(mask: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Area against the second moment: ``area / (2 pi (variance along x + along y))``, 1 for a disc, less for
    anything longer or more scattered. 0 where nothing stands out."""
    height, width = mask.shape[1:]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    area = np.maximum(size * height * width, 1.0)
    moments = [(mask * axis).sum(axis=(1, 2)) / area for axis in (x, y, x * x, y * y)]
    scatter = moments[2] - moments[0] ** 2 + moments[3] - moments[1] ** 2
    return np.where(size > 0, area / (np.pi * 2 * np.maximum(scatter, 1.0)), 0.0)

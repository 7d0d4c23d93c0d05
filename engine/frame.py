"""Any picture brought to the frame of a generative model: a square part of it, scaled."""

from __future__ import annotations

import numpy as np
from PIL import Image

from engine.jobs import Box


def middle_square(width: int, height: int) -> Box:
    """The largest square in the middle of a picture."""
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return left, top, left + side, top + side


def framed(pixels: np.ndarray, side: int, box: Box | None = None) -> np.ndarray:
    """A part of ``pixels`` [H, W, 3] uint8 or uint16 as [side, side, 3] uint8.

    ``box`` may reach beyond the picture, which then ends in its own border colours, and need not be
    square, for then it is stretched; None is `middle_square`.
    """
    height, width = pixels.shape[:2]
    left, top, right, bottom = box or middle_square(width, height)
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    if pixels.dtype == np.uint16:
        pixels = np.rint(pixels / np.float32(257)).astype(np.uint8)
    inside = (max(left, 0), max(top, 0), min(right, width), min(bottom, height))
    if inside[0] >= inside[2] or inside[1] >= inside[3]:
        raise ValueError(f"The box {box} is not on a picture of {width} x {height} pixels.")
    part = pixels[inside[1] : inside[3], inside[0] : inside[2]]
    beyond = ((inside[1] - top, bottom - inside[3]), (inside[0] - left, right - inside[2]), (0, 0))
    if any(map(any, beyond)):
        # At most a picture's size on each side, lest a forged box asks for gigabytes.
        limit = max(width, height)
        part = np.pad(part, [(min(a, limit), min(b, limit)) for a, b in beyond], mode="edge")
    image = Image.fromarray(np.ascontiguousarray(part))
    return np.asarray(image.resize((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0))

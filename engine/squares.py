"""Any picture on a square, as the generative models learn them."""

from __future__ import annotations

import numpy as np
from PIL import Image


def squared(pixels: np.ndarray, side: int) -> np.ndarray:
    """A picture [H, W, 3] uint8 as [side, side, 3] uint8: on a square of the median colour of its border, scaled."""
    height, width = pixels.shape[:2]
    image = Image.fromarray(pixels)
    if width != height:
        border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        size = max(width, height)
        square = Image.new("RGB", (size, size), tuple(int(v) for v in np.median(border, axis=0)))
        square.paste(image, ((size - width) // 2, (size - height) // 2))
        image = square
    if image.width != side:
        image = image.resize((side, side), Image.Resampling.LANCZOS)
    return np.array(image)

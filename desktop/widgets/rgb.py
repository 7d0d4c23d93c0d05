"""Pictures as they come from the engine (rows of red, green, blue, 8 bits each) and as Qt paints them."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage


def image_of(pixels: bytes, width: int, height: int) -> QImage:
    """[height, width, 3] uint8 as an image that owns its memory."""
    if len(pixels) != 3 * width * height:
        raise ValueError(f"{len(pixels)} bytes are no picture of {width} x {height}.")
    return QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


def images_of(pixels: bytes, side: int) -> list[QImage]:
    """[n, side, side, 3] uint8 (see `engine.jobs.Drawn`) as n images."""
    size = 3 * side * side
    return [image_of(pixels[start : start + size], side, side) for start in range(0, len(pixels), size)]


def array_of(image: QImage) -> np.ndarray:
    """An image without transparency as [height, width, 3] uint8."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())  # padded to 4 bytes
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def bytes_of(image: QImage) -> bytes:
    """The reverse of `image_of`."""
    return array_of(image).tobytes()

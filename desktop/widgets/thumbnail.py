"""Small pictures for the filmstrip, made off the window's thread."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from desktop.widgets.picture import colour_image, eight_bits

#: Of packed thumbnails, as JPEG has it.
QUALITY = 88


def of_pixels(path: str, size: QSize) -> QImage:
    """A thumbnail of a .npy picture, at most ``size`` pixels. Raises OSError or ValueError."""
    pixels = np.load(path, mmap_mode="r")
    height, width = pixels.shape[:2]
    # Twice as fine as needed, then scaled smoothly: touches few pixels of a large photo.
    step = max(1, min(height // (2 * size.height()), width // (2 * size.width())))
    return scaled(colour_image(eight_bits(pixels[::step, ::step])), size)


def of_file(path: Path, size: QSize) -> QImage:
    """A thumbnail of a file that was not opened yet; a null image where Qt does not read it."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    enough = whole.scaled(size * 2, Qt.AspectRatioMode.KeepAspectRatio)
    if whole.isValid() and enough.width() < whole.width():
        reader.setScaledSize(enough)
    image = reader.read()
    return image if image.isNull() else scaled(image, size)


def scaled(image: QImage, size: QSize) -> QImage:
    """The picture made smaller to fit ``size``, smoothly; a smaller one as it is."""
    if image.width() <= size.width() and image.height() <= size.height():
        return image
    return image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def packed(image: QImage) -> bytes:
    """A thumbnail as a JPEG, some twenty times smaller; nothing of a null image."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.isNull():
        writer = QImageWriter(buffer, QByteArray(b"jpeg"))
        writer.setQuality(QUALITY)
        writer.write(image)
    return bytes(buffer.data().data())

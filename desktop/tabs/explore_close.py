"""Pictures of a folder read from their files, and what lies over them: where the model draws them wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.widgets import thumbnail
from desktop.widgets.picture import DOUBT_FULL, colour_image, doubt_image
from engine.errors import PhotoError

#: Longest side of a picture that is looked at closely, in pixels.
LARGE = 1600
#: Error in the units of `engine.atlas.Atlas.heats` that has the full colour, where nothing is worse: 16 levels of 256.
_FULL = 64


def read(path: Path, side: int = LARGE) -> QImage:
    """The upright picture in a file, its longer side ``side`` pixels at most. For a worker. Raises `PhotoError`."""
    if not path.exists():
        raise PhotoError(path, "it is not there (any more)")
    image = thumbnail.of_file(path, QSize(side, side))
    if image.isNull():  # of a kind that Qt does not read
        from engine.scaled import read_scaled

        image = thumbnail.scaled(colour_image(read_scaled(path, side).pixels), QSize(side, side))
    return image


def read_square(path: Path, side: int, whole: bool) -> QImage:
    """What of a picture is shown on ``side`` pixels: all of it, or the middle square. For a worker.

    Raises `PhotoError`.
    """
    image = read(path, side if whole else 2 * side)
    return image if whole else thumbnail.scaled(image.copy(middle(image.size(), whole)), QSize(side, side))


def middle(size: QSize, whole: bool) -> QRect:
    """The square that the model saw of a picture of this size: around all of it, or in its middle."""
    side = max(size.width(), size.height()) if whole else min(size.width(), size.height())
    return QRect((size.width() - side) // 2, (size.height() - side) // 2, side, side)


def content(size: QSize, side: int, whole: bool) -> QRect:
    """Where on a square of ``side`` pixels a picture of this size lies: the reverse of `middle`."""
    if not whole or not size.isValid():
        return QRect(0, 0, side, side)
    fitted = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    return QRect((side - fitted.width()) // 2, (side - fitted.height()) // 2, fitted.width(), fitted.height())


def with_heat(image: QImage, heat: np.ndarray, whole: bool) -> QImage:
    """The picture under a veil that says where the model draws it wrong: ``heat`` [n, n] uint8 over what it saw."""
    if image.isNull():
        return image
    share = heat.astype(np.float32) / max(float(heat.max()), _FULL)
    veil = doubt_image((share * DOUBT_FULL).astype(np.uint8))
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(grey)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    square = middle(image.size(), whole)
    # Scaled here: a painter would show the edges of so few pixels.
    smooth, ignore = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
    painter.drawImage(square.topLeft(), veil.scaled(square.size(), ignore, smooth))
    painter.end()
    return grey

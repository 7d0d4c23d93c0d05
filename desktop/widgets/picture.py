"""A picture in a memory-mapped .npy file, ready to be drawn at any scale: halved copies, crops of them as QImage."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

Box = tuple[int, int, int, int]
Painter = Callable[[np.ndarray], QImage]

#: Halving stops where the longer side is at most this many pixels.
SMALLEST = 512
#: Rows halved at a time: bounds what a large photo needs beside its halved copies.
STRIP = 512
#: A crop reaches this far (share of its size) beyond what was asked, so that a small pan needs no new one.
MARGIN = 0.25


class Picture:
    """Pixels [height, width, 3] or [height, width], uint8 or uint16, and copies of it at 1/2, 1/4, ... of the size.

    `build` and `patch` work through many pixels: call them off the window's thread. `crop` touches
    only what is visible.
    """

    def __init__(self, pixels: np.ndarray, levels: list[np.ndarray] | None = None) -> None:
        self.levels = [pixels, *(levels or [])]
        self._crops: dict[Painter, tuple[int, QRect, QImage]] = {}

    @classmethod
    def open(cls, path: str) -> Picture:
        """Map a .npy and build its smaller copies. Raises OSError or ValueError on a file that is none."""
        picture = cls(np.load(path, mmap_mode="r"))
        picture.build()
        return picture

    @property
    def width(self) -> int:
        return self.levels[0].shape[1]

    @property
    def height(self) -> int:
        return self.levels[0].shape[0]

    def build(self) -> None:
        """Make the halved copies from level 0."""
        while max(self.levels[-1].shape[:2]) > SMALLEST:
            finer = self.levels[-1]
            shape = (-(-finer.shape[0] // 2), -(-finer.shape[1] // 2), *finer.shape[2:])
            self.levels.append(np.empty(shape, np.uint8))
            self._halve(len(self.levels) - 1, 0, 0, shape[1], shape[0])

    def private_copy(self, path: str) -> Picture:
        """The same picture, of the file ``path``, to `patch`: what is written stays in memory, the file as it is."""
        return Picture(np.load(path, mmap_mode="c"), [level.copy() for level in self.levels[1:]])

    def patch(self, source: np.ndarray, box: Box) -> None:
        """Take the pixels of ``box`` from ``source``, which has this picture's shape and type."""
        left, top, right, bottom = box
        self.levels[0][top:bottom, left:right] = source[top:bottom, left:right]
        for level in range(1, len(self.levels)):
            left, top, right, bottom = left // 2, top // 2, -(-right // 2), -(-bottom // 2)
            self._halve(level, left, top, right, bottom)
        self._crops = {}

    def _halve(self, level: int, left: int, top: int, right: int, bottom: int) -> None:
        """Fill a box of a level with the means of 2 x 2 pixels of the finer one; at odd edges of fewer."""
        finer, coarser = self.levels[level - 1], self.levels[level]
        right, bottom = min(right, coarser.shape[1]), min(bottom, coarser.shape[0])
        for start in range(top, bottom, STRIP):
            end = min(start + STRIP, bottom)
            block = eight_bits(finer[2 * start : 2 * end, 2 * left : 2 * right])
            odd = [(0, size % 2) for size in block.shape[:2]]
            if any(after for _, after in odd):
                block = np.pad(block, [*odd, *[(0, 0)] * (block.ndim - 2)], mode="edge")
            total = block[0::2].astype(np.uint16)
            total += block[1::2]
            total = total[:, 0::2] + total[:, 1::2]
            total += 2
            coarser[start:end, left:right] = total >> 2

    def level_for(self, zoom: float) -> int:
        """The smallest copy that still has at least a pixel for each pixel of the screen at ``zoom``."""
        wanted = math.floor(math.log2(1 / zoom) + 1e-6) if zoom < 1 else 0
        return min(max(wanted, 0), len(self.levels) - 1)

    def crop(self, level: int, wanted: QRect, paint: Painter) -> tuple[QRect, QImage]:
        """The part of a level that holds ``wanted`` (in its pixels), made into an image by ``paint``."""
        crops = self._crops  # a patch in the worker starts a new one: what is made of old pixels is not kept
        kept = crops.get(paint)
        whole = QRect(0, 0, self.levels[level].shape[1], self.levels[level].shape[0])
        wanted = wanted.intersected(whole)
        if kept and kept[0] == level and kept[1].contains(wanted):
            return kept[1], kept[2]
        more_x, more_y = round(wanted.width() * MARGIN), round(wanted.height() * MARGIN)
        area = wanted.adjusted(-more_x, -more_y, more_x, more_y).intersected(whole)
        rows, columns = slice(area.top(), area.bottom() + 1), slice(area.left(), area.right() + 1)
        image = paint(eight_bits(self.levels[level][rows, columns]))
        crops[paint] = (level, area, image)
        return area, image


def eight_bits(pixels: np.ndarray) -> np.ndarray:
    """uint8 of uint8 or uint16 pixels."""
    if pixels.dtype == np.uint8:
        return pixels
    return np.minimum((pixels.astype(np.uint32) + 128) // 257, 255).astype(np.uint8)


def colour_image(pixels: np.ndarray) -> QImage:
    """[height, width, 3] uint8 as a QImage that owns its memory."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


def grey_image(pixels: np.ndarray) -> QImage:
    """[height, width, 3] uint8 without its colours."""
    return (
        colour_image(pixels)
        .convertToFormat(QImage.Format.Format_Grayscale8)
        .convertToFormat(QImage.Format.Format_RGB32)
    )


#: Doubt from none to much: lightness grows all the way and blue turns to yellow, which every common colour
#: blindness tells apart (after cividis: Nunez, Anderton and Renslow, 2018). (position, red, green, blue, opacity)
_DOUBT_STOPS = (
    (0.00, 10, 38, 92, 30),
    (0.15, 42, 74, 122, 70),
    (0.35, 102, 110, 126, 110),
    (0.60, 172, 158, 108, 150),
    (1.00, 255, 228, 74, 215),
)
#: Eight times the expected error; full colour is reached at 16 of the 256 levels of an 8-bit picture.
DOUBT_FULL = 128


def doubt_colour(doubt: float) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity for a doubt of 0..1."""
    positions = [stop[0] for stop in _DOUBT_STOPS]
    channels = [np.interp(doubt, positions, [stop[i] for stop in _DOUBT_STOPS]) for i in range(1, 5)]
    red, green, blue, opacity = (round(float(channel)) for channel in channels)
    return red, green, blue, opacity


def _doubt_table() -> list[int]:
    table = []
    for value in range(256):
        red, green, blue, opacity = doubt_colour(min(value / DOUBT_FULL, 1.0))
        table.append(opacity << 24 | red << 16 | green << 8 | blue)
    return table


_TABLE = _doubt_table()


def doubt_image(pixels: np.ndarray) -> QImage:
    """[height, width] uint8 of `engine.jobs.Restored.doubt` as a veil of colours."""
    height, width = pixels.shape
    data = np.ascontiguousarray(pixels)
    image = QImage(data.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(_TABLE)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)

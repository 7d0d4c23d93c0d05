"""Thousands of dots at once, painted by array arithmetic: a painter called for each would take too long."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

#: Share of a dot's edge that covers what is under it.
_EDGE = 0.45


def dots(points: np.ndarray, colours: np.ndarray, size: tuple[int, int], radius: float) -> QImage:
    """A clear picture of ``size`` (width, height) with a disc at each of ``points`` [n, 2], in pixels.

    ``colours`` [n] are 0xRRGGBB; the last point lies on top. The picture owns its memory.
    """
    width, height = size
    reach = int(np.ceil(radius)) + 1
    sheet = np.zeros((height + 2 * reach, width + 2 * reach), np.uint32)
    x, y = (np.rint(points).astype(np.int64) + reach).T
    seen = (x >= reach) & (x < width + reach) & (y >= reach) & (y < height + reach)
    x, y, colours = x[seen], y[seen], colours[seen].astype(np.uint32)
    place, flat = y * sheet.shape[1] + x, sheet.reshape(-1)
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    far = np.hypot(rows, columns)
    steps = rows * sheet.shape[1] + columns
    # All edges first, so that no edge covers a neighbour's middle.
    for ring, ink in (
        ((far > radius - 0.35) & (far <= radius + 0.6), _pale(colours)),
        (far <= radius - 0.35, colours | 0xFF000000),
    ):
        for step in steps[ring]:
            flat[place + step] = ink
    inside = np.ascontiguousarray(sheet[reach : reach + height, reach : reach + width])
    return QImage(inside.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _pale(colours: np.ndarray) -> np.ndarray:
    """The colours half clear, premultiplied."""
    share = round(255 * _EDGE)
    channels = [((colours >> shift & 0xFF) * share // 255) << shift for shift in (16, 8, 0)]
    return channels[0] | channels[1] | channels[2] | np.uint32(share << 24)

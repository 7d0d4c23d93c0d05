"""A drawing for what is painted by hand, read from its file and coloured only once: lists paint hundreds."""

from __future__ import annotations

import functools

from PySide6.QtGui import QColor, QPixmap

from desktop import theme


@functools.lru_cache(maxsize=128)
def drawing(name: str, colour: str, side: int, scale: float) -> QPixmap:
    """As `theme.pixmap`; ``colour`` is #rrggbb."""
    return theme.pixmap(name, QColor(colour), side, scale)

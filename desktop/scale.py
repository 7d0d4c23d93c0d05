"""One scale of type and one of spaces, for the whole window."""

from __future__ import annotations

from PySide6.QtGui import QFont

#: Points between things and around them; a test sees that there are no others.
SPACES = (0, 2, 4, 6, 8, 12, 16, 20, 24, 32, 40, 48)
#: Type, in sizes of the window's own: what stands under pictures, over a group, and over a page.
SMALL, HEADING, TITLE = 0.88, 1.15, 1.6


def sized(font: QFont, times: float) -> QFont:
    """A font in one of the sizes above. The window's own size stays the system's."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * times)
    return made

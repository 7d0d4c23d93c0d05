"""Whether things may move that need not: the one question that every animation asks before it begins.

The playing of an interpolation is what the user asked to see, and is not asked about.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

_CHOSEN = "reduced-motion"


def reduced() -> bool:
    """True: show a still sign in place of an animation. The user has said so, here or to the system."""
    app, hints = QGuiApplication.instance(), QGuiApplication.styleHints()
    system = hints.accessibility()  # belongs to `hints`, which must outlive it
    chosen = app is not None and bool(app.property(_CHOSEN))
    return chosen or system.motionPreference() is Qt.MotionPreference.ReducedMotion


def choose(still: bool) -> None:
    """What the user chose in the menu; False leaves it to the system."""
    app = QGuiApplication.instance()
    assert app is not None
    app.setProperty(_CHOSEN, still)

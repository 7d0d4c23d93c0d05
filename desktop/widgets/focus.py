"""The ring around what has the keyboard: one look, and one rule of when it is seen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

#: Points of the ring's line.
WIDTH = 2.0

_Reason, _Key = Qt.FocusReason, Qt.Key
_BY_KEYS = (_Reason.TabFocusReason, _Reason.BacktabFocusReason, _Reason.ShortcutFocusReason)
#: Keys by which people find their way; a letter is a command, also for those who use the mouse.
_WAYS = {_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End}
_WAYS |= {_Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Space, _Key.Key_Return, _Key.Key_Enter, _Key.Key_Tab}


class FocusRing(QObject):
    """Watches a widget and says whether it is to show that it has the keyboard: not after it was clicked."""

    _keyboard: ClassVar[bool] = False  # whether the keyboard was used last, and not the mouse

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    @property
    def shown(self) -> bool:
        return FocusRing._keyboard and self._widget.hasFocus()

    def draw(self, painter: QPainter, shape: QRectF | None = None, radius: float = 0.0) -> None:
        """Draw the ring, if it is to be seen, just inside of ``shape`` (default: all of the widget)."""
        if self.shown:
            inside = WIDTH / 2
            whole = QRectF(self._widget.rect()) if shape is None else shape
            painter.setPen(pen(self._widget.palette()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(inside, inside, -inside, -inside), radius, radius)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.gotFocus() and event.reason() in (*_BY_KEYS, _Reason.MouseFocusReason):
                FocusRing._keyboard = event.reason() in _BY_KEYS
            self._widget.update()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._see(False)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _WAYS:
            self._see(True)
        return False

    def _see(self, keyboard: bool) -> None:
        if FocusRing._keyboard != keyboard:
            FocusRing._keyboard = keyboard
            self._widget.update()


def pen(colours: QPalette) -> QPen:
    """What the ring is drawn with."""
    return QPen(colours.color(QPalette.ColorRole.Accent), WIDTH)

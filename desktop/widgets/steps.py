"""The steps of a wizard in a row: which are done, which is at hand, which are still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets import spoken

#: Points of a number's disc, and between a step and the next.
_DISC, _GAP = 22, 26


class Steps(QWidget):
    """Shows where the user is; it is no control. Screen readers are told the same in words."""

    spoken_role = QAccessible.Role.Indicator

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names, self._position = list(names), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go_to(0)

    @property
    def position(self) -> int:
        return self._position

    def go_to(self, position: int) -> None:
        """The step at hand, from 0."""
        self._position = position
        words = self.tr("Step %1 of %2: %3").replace("%1", str(position + 1)).replace("%2", str(len(self._names)))
        self.setAccessibleName(words.replace("%3", self._names[position]))
        spoken.changed(self)
        self.update()

    def spoken_value(self) -> str:
        return self._names[self._position]

    def sizeHint(self) -> QSize:
        return QSize(round(self._width()), _DISC + 10)

    def _width(self) -> float:
        metrics = self.fontMetrics()
        return sum(_DISC + 8 + metrics.horizontalAdvance(name) for name in self._names) + _GAP * (len(self._names) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours, metrics = QPalette.ColorRole, self.palette(), self.fontMetrics()
        # Where they do not all fit only the one at hand is named.
        named = self._width() <= self.width()
        x, middle = 1.0, self.height() / 2
        for number, name in enumerate(self._names):
            here, done = number == self._position, number < self._position
            disc = self._mirrored(QRectF(x, middle - _DISC / 2, _DISC, _DISC))
            painter.setPen(QPen(colours.color(role.WindowText if here else role.Dark), 1.3))
            painter.setBrush(colours.color(role.WindowText) if here else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc)
            if done:
                pen = QPen(colours.color(role.PlaceholderText), 1.6, c=Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                tip = disc.center() + QPointF(-1.2, 3.4)
                painter.drawPolyline([tip + QPointF(-3.4, -3.6), tip, tip + QPointF(6, -7.2)])
            else:
                painter.setPen(colours.color(role.Window if here else role.PlaceholderText))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            x += _DISC + 8
            if named or here:
                painter.setPen(colours.color(role.WindowText if here else role.PlaceholderText))
                width = metrics.horizontalAdvance(name)
                place = self._mirrored(QRectF(x, 0, width + 2, self.height()))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
                x += width
            if number < len(self._names) - 1:
                painter.setPen(QPen(colours.color(role.Mid), 1))
                between = self._mirrored(QRectF(x + 7, middle, _GAP - 14, 0))
                painter.drawLine(between.topLeft(), between.topRight())
            x += _GAP

    def _mirrored(self, place: QRectF) -> QRectF:
        """From the other side, where words run from right to left."""
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - place.left())
        return place

"""A traffic light that does not need its colours: a tick in a circle, a triangle, a cross in a square, and a word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.lessons import Colour

#: From the palette of Okabe and Ito (Color Universal Design, 2008), which colour-blind people tell apart.
COLOURS: dict[Colour, str] = {"green": "#009e73", "yellow": "#e69f00", "red": "#d55e00"}
INK = QColor("#141414")


class Lamp(QWidget):
    """One lamp. Its word stands beside it, in a label of its own."""

    spoken_role = QAccessible.Role.Indicator

    def __init__(self, side: int = 22, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._colour: Colour = "green"
        self.setFixedSize(side, side)

    def show_colour(self, colour: Colour) -> None:
        """Another colour and its shape."""
        self._colour = colour
        self.setAccessibleName(self.word(colour))
        self.setToolTip(self.word(colour))
        self.update()

    def word(self, colour: Colour) -> str:
        """What a colour means."""
        words = {"green": self.tr("Good"), "yellow": self.tr("It may do"), "red": self.tr("Not enough")}
        return words[colour]

    def spoken_value(self) -> str:
        return self.word(self._colour)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._side / 22, self._side / 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS[self._colour]))
        pen = QPen(INK, 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        match self._colour:
            case "green":
                painter.drawEllipse(QRectF(1, 1, 20, 20))
                painter.setPen(pen)
                painter.drawPolyline([QPointF(6.5, 11.5), QPointF(9.8, 14.6), QPointF(15.5, 7.8)])
            case "yellow":
                painter.drawPolygon(QPolygonF([QPointF(11, 1.5), QPointF(21.5, 20.5), QPointF(0.5, 20.5)]))
                painter.setPen(pen)
                painter.drawLine(QPointF(11, 8.5), QPointF(11, 13.5))
                painter.drawPoint(QPointF(11, 17))
            case _:
                painter.drawRoundedRect(QRectF(1.5, 1.5, 19, 19), 3, 3)
                painter.setPen(pen)
                painter.drawLine(QPointF(7, 7), QPointF(15, 15))
                painter.drawLine(QPointF(15, 7), QPointF(7, 15))

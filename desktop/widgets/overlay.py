"""What is drawn over pictures: the divider, captions, the legend of doubt. White on black that is a little clear."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen

from desktop.scale import SMALL, sized
from desktop.widgets.picture import doubt_colour

INK = QColor(255, 255, 255, 235)
#: Under words: dark enough for them to be read also over a white sky.
PLATE = QColor(0, 0, 0, 165)


def divider(painter: QPainter, x: float, shown: QRectF, ratio: float) -> None:
    """A line through the visible picture ``shown`` and its knob; ``ratio`` is screen pixels to a point."""
    painter.fillRect(QRectF(x - ratio, shown.top(), 2 * ratio, shown.height()), INK)
    knob = QPointF(x, shown.center().y())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 60), ratio))
    painter.setBrush(QColor(255, 255, 255, 240))
    painter.drawEllipse(knob, 11 * ratio, 11 * ratio)
    painter.setPen(QPen(QColor(60, 60, 60), 1.6 * ratio, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    for side in (-1, 1):
        tip = knob + QPointF(side * 6 * ratio, 0)
        back, rise = QPointF(-side * 2.8 * ratio, 0), QPointF(0, 2.8 * ratio)
        painter.drawPolyline([tip + back + rise, tip, tip + back - rise])


def caption(painter: QPainter, shown: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
    """A word in an upper corner of the visible picture ``shown``, in points."""
    _use_small_font(painter)
    size = painter.fontMetrics().size(0, text) + QSize(16, 8)
    at = shown.topLeft() + QPointF(10, 10)
    if side is Qt.AlignmentFlag.AlignRight:
        at.setX(shown.right() - 10 - size.width())
    place = QRectF(at, size.toSizeF())
    _plate(painter, place)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def legend(painter: QPainter, height: int, sure: str, unsure: str) -> None:
    """What the colours of doubt mean, at the lower left of a canvas of this height."""
    _use_small_font(painter)
    metrics, bar = painter.fontMetrics(), 120
    place = QRectF(12, height - 42, metrics.horizontalAdvance(sure) + bar + metrics.horizontalAdvance(unsure) + 44, 30)
    _plate(painter, place)
    inside = place.adjusted(12, 0, -12, 0)
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, sure)
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, unsure)
    strip = QRectF(place.left() + 22 + metrics.horizontalAdvance(sure), place.center().y() - 3, bar, 6)
    colours = QLinearGradient(strip.topLeft(), strip.topRight())
    for step in range(11):
        colours.setColorAt(step / 10, QColor(*doubt_colour(step / 10)[:3]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours)
    painter.drawRoundedRect(strip, 3, 3)


def _use_small_font(painter: QPainter) -> None:
    painter.setFont(sized(painter.font(), SMALL))


def _plate(painter: QPainter, place: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PLATE)
    painter.drawRoundedRect(place, 5, 5)
    painter.setPen(INK)

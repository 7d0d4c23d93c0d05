"""A small chart of curves: axes with readable numbers, a point that the arrow keys move, its values in words.

Curves differ by how they are drawn (with points, dashed), not by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.scale import SMALL, sized
from desktop.widgets import spoken
from desktop.widgets.focus import FocusRing

#: Points around the plot: left for numbers, top for the reading, right, bottom for numbers and the name.
_LEFT, _TOP, _RIGHT, _BOTTOM = 54, 34, 18, 44
#: About so many numbers stand at an axis.
_TICKS = 5
#: Seconds between two of them on an axis of time.
_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


@dataclass(frozen=True)
class Curve:
    """Points (x, y) in the order of x. A plain one is a dashed line: what the others are held against."""

    name: str
    points: tuple[tuple[float, float], ...]
    plain: bool = False


class Chart(QWidget):
    """Shows a few curves over the time in seconds. Left and Right, Home and End read it point by point."""

    spoken_role = QAccessible.Role.Chart

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: list[Curve] = []
        self._y_words: Callable[[float], str] = lambda value: f"{value:g}"
        self._least = 0.0  # span of the upright axis
        self._best: float | None = None  # the x that is marked
        self._best_name = ""
        self._at: int | None = None  # the point that is read; None: the last
        self._ring = FocusRing(self)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(260, 170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_curves(
        self,
        curves: Sequence[Curve],
        y_words: Callable[[float], str],
        best: float | None = None,
        best_name: str = "",
        least: float = 0.0,
    ) -> None:
        """``y_words``: a value in words, with its unit; ``best``: the x that is marked as ``best_name``.

        ``least``: the upright axis spans so much at least, so that what hardly changes looks like it.
        """
        self._curves, self._y_words = [curve for curve in curves if curve.points], y_words
        self._best, self._best_name, self._least = best, best_name, least
        spoken.changed(self)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    # -- reading ----------------------------------------------------------------------------------

    @property
    def _places(self) -> list[float]:
        return sorted({x for curve in self._curves if not curve.plain for x, _ in curve.points})

    @property
    def reading(self) -> str:
        """The values at the point that is read, in words."""
        places = self._places
        if not places:
            return ""
        x = places[-1 if self._at is None else min(self._at, len(places) - 1)]
        values = [f"{curve.name} {self._y_words(_value(curve, x))}" for curve in self._curves]
        best = [self._best_name] if x == self._best and self._best_name else []
        return " · ".join([clock(x), *values, *best])

    def spoken_value(self) -> str:
        return self.reading or self.tr("The first point comes soon.")

    def _read(self, index: int | None) -> None:
        last = len(self._places) - 1
        self._at = None if index is None or index >= last else max(index, 0)
        spoken.changed(self)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._places) - 1
        at = last if self._at is None else self._at
        steps = {Qt.Key.Key_Left: at - 1, Qt.Key.Key_Right: at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() in steps and not event.modifiers():
            self._read(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        places = self._places
        if places:
            scale = self._scales()[0]
            self._read(min(range(len(places)), key=lambda n: abs(scale(places[n]) - event.position().x())))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._read(None)
        super().leaveEvent(event)

    # -- drawing ----------------------------------------------------------------------------------

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _bounds(self) -> tuple[list[float], list[float]]:
        """The numbers at both axes; the first and the last are the ends."""
        points = [point for curve in self._curves for point in curve.points]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        room = max(self._least - (max(ys) - min(ys)), 0.0) / 2
        return time_ticks(min(xs), max(xs)), ticks(min(ys) - room, max(ys) + room)

    def _scales(self) -> tuple[Callable[[float], float], Callable[[float], float]]:
        (x_ticks, y_ticks), plot = self._bounds(), self._plot()
        wide, high = x_ticks[-1] - x_ticks[0], y_ticks[-1] - y_ticks[0]
        return (
            lambda x: plot.left() + plot.width() * (x - x_ticks[0]) / wide,
            lambda y: plot.bottom() - plot.height() * (y - y_ticks[0]) / high,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours = QPalette.ColorRole, self.palette()
        painter.setPen(QPen(colours.color(role.Mid), 1))
        painter.setBrush(colours.color(role.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        self._ring.draw(painter, radius=8)
        painter.setFont(sized(painter.font(), SMALL))
        if not self._places:
            painter.setPen(colours.color(role.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.spoken_value())
            return
        self._draw_axes(painter)
        for curve in self._curves:
            self._draw_curve(painter, curve)
        self._draw_reading(painter)

    def _draw_axes(self, painter: QPainter) -> None:
        role, colours, plot = QPalette.ColorRole, self.palette(), self._plot()
        (x_ticks, y_ticks), (to_x, to_y) = self._bounds(), self._scales()
        digits = decimals(y_ticks)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for y in y_ticks:
            painter.setPen(QPen(colours.color(role.Mid), 1))
            painter.drawLine(QPointF(plot.left(), to_y(y)), QPointF(plot.right(), to_y(y)))
            painter.setPen(colours.color(role.PlaceholderText))
            painter.drawText(QRectF(0, to_y(y) - 10, _LEFT - 8, 20), right, f"{y:.{digits}f}")
        metrics, free = painter.fontMetrics(), plot.left() - 40
        for x in x_ticks:
            words = clock(x)
            width = metrics.horizontalAdvance(words) + 12
            place = QRectF(min(to_x(x) - width / 2, self.width() - width - 2), plot.bottom() + 8, width, 18)
            if place.left() >= free:
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
                free = place.right()

    def _draw_curve(self, painter: QPainter, curve: Curve) -> None:
        role, colours, plot = QPalette.ColorRole, self.palette(), self._plot()
        to_x, to_y = self._scales()
        ink = colours.color(role.PlaceholderText if curve.plain else role.Accent)
        pen = QPen(ink, 1.6 if curve.plain else 2.2, j=Qt.PenJoinStyle.RoundJoin)
        points = [QPointF(to_x(x), to_y(y)) for x, y in curve.points]
        if curve.plain:
            pen.setDashPattern([5, 4])
            points = [QPointF(plot.left(), points[0].y()), *points, QPointF(plot.right(), points[-1].y())]
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        if not curve.plain and len(points) <= plot.width() / 8:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            for point in points:
                painter.drawEllipse(point, 2.6, 2.6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        for point, (x, _) in zip(points, curve.points, strict=False):
            if not curve.plain and x == self._best:
                painter.setPen(QPen(colours.color(role.WindowText), 1.6))
                painter.drawEllipse(point, 6.5, 6.5)

    def _draw_reading(self, painter: QPainter) -> None:
        role, colours, plot = QPalette.ColorRole, self.palette(), self._plot()
        places = self._places
        if self._at is not None:
            x = self._scales()[0](places[min(self._at, len(places) - 1)])
            painter.setPen(QPen(colours.color(role.WindowText), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setPen(colours.color(role.WindowText))
        place = QRectF(14, 8, self.width() - 28, 20)
        words = painter.fontMetrics().elidedText(self.reading, Qt.TextElideMode.ElideRight, round(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def _value(curve: Curve, x: float) -> float:
    """The value at the nearest point to the left of x, or at the first."""
    return next((y for place, y in reversed(curve.points) if place <= x), curve.points[0][1])


def ticks(low: float, high: float) -> list[float]:
    """About `_TICKS` round numbers (1, 2 or 5 times a power of ten apart) that enclose ``low`` and ``high``."""
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-6):
        room = max(abs(low), 1e-3) * 0.05
        low, high = low - room, high + room
    rough = (high - low) / _TICKS
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def time_ticks(low: float, high: float) -> list[float]:
    """The same for seconds: whole seconds, minutes or hours apart."""
    step = next((step for step in _SECONDS if step * _TICKS >= high - low), 3600 * math.ceil((high - low) / 18000))
    first = math.floor(low / step)
    return [float(step * number) for number in range(first, max(math.ceil(high / step), first + 1) + 1)]


def clock(seconds: float) -> str:
    """ "0:14", "12:03", "1:02:03", whole seconds that have gone by."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def decimals(numbers: Sequence[float]) -> int:
    """How many digits after the point tell these numbers, a step apart, from each other."""
    step = abs(numbers[1] - numbers[0])
    return max(0, -math.floor(math.log10(step) + 1e-9))

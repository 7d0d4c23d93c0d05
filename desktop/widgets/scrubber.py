"""A place on the way from picture to picture: a track with a tick at each of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from desktop.widgets.slider import Track

#: Positions of the track from one picture to the next.
STEPS = 240
#: Points within which a place beside a picture is the picture.
SNAP = 5


class Scrubber(Track):
    """Runs from 0 to ``length``, where whole numbers are the pictures. Page keys go from tick to tick."""

    moved = Signal(float)  #: by the user: the place

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.length = 1
        self.setAccessibleName(name)
        self.setSingleStep(STEPS // 24)
        self.setPageStep(STEPS)
        self.show_way(1)
        self.say("1")
        self.valueChanged.connect(lambda value: self.moved.emit(value / STEPS))

    @property
    def place(self) -> float:
        return self.value() / STEPS

    def show_way(self, length: int) -> None:
        """Another way, without telling that anything was moved."""
        self.length = length
        self.blockSignals(True)
        self.setRange(0, length * STEPS)
        self.blockSignals(False)
        self.update()

    def show_place(self, place: float) -> None:
        """Move the handle without telling that the user did."""
        self.blockSignals(True)
        self.setValue(round(place * STEPS))
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 34)

    def _value_at(self, x: float) -> int:
        """The ticks attract the handle: whoever comes near wants to see the picture itself."""
        value = super()._value_at(x)
        tick = round(value / STEPS) * STEPS
        return tick if abs(self._x(tick) - x) <= SNAP else value

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for tick in range(self.length + 1):
            middle = QPointF(self._x(tick * STEPS), self.height() / 2)
            painter.drawRoundedRect(QRectF(middle.x() - 1, middle.y() - 8, 2, 16), 1, 1)
        painter.end()
        super().paintEvent(event)

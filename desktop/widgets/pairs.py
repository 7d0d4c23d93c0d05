"""A few pictures of one scene side by side, each with its name under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

#: Points around the pictures and between them, and of a name's line.
_MARGIN, _GAP, _NAME = 12, 12, 26
#: A small picture is enlarged at most so many times.
_LARGEST = 12


@dataclass(frozen=True)
class Pane:
    """A picture and what it is."""

    name: str
    image: QImage


class Panes(QWidget):
    """All pictures as large as fit, in one row or two. Left and Right ask for another scene."""

    stepped = Signal(int)  #: to the next (1) or the previous (-1) scene

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes: list[Pane] = []
        self._ring = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_panes(self, panes: Sequence[Pane], words: str) -> None:
        """``words`` say what the scene is."""
        self.panes = [pane for pane in panes if not pane.image.isNull()]
        self.setAccessibleDescription(f"{words}: {', '.join(pane.name for pane in self.panes)}" if panes else words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours = QPalette.ColorRole, self.palette()
        painter.setPen(QPen(colours.color(role.Accent), 1.5) if self._ring else QPen(colours.color(role.Mid), 1))
        painter.setBrush(colours.color(role.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        for pane, cell in zip(self.panes, self._cells(), strict=True):
            room = cell.adjusted(0, 0, 0, -_NAME)
            size = pane.image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            size = size.boundedTo(pane.image.size().toSizeF() * _LARGEST)
            place = QRectF(room.topLeft(), size)
            place.moveCenter(room.center())
            ratio = self.devicePixelRatioF()
            # Qt's smooth scaling weighs all pixels; a painter's looks at four only.
            smooth, ignore = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
            painter.drawImage(place, pane.image.scaled((size * ratio).toSize(), ignore, smooth))
            painter.setPen(colours.color(role.PlaceholderText))
            words = QRectF(cell.left(), place.bottom() + 4, cell.width(), _NAME - 4)
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, pane.name)

    def _cells(self) -> list[QRectF]:
        """Where the pictures and their names go: in the number of columns that makes them largest."""
        count = len(self.panes)
        if not count:
            return []
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN + 4)
        sides = {}
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            wide, high = (room.width() + _GAP) / columns - _GAP, (room.height() + _GAP / 2) / rows - _GAP / 2
            sides[columns] = min(wide, high - _NAME), wide, high
        columns = max(sides, key=lambda number: sides[number][0])
        _, wide, high = sides[columns]
        return [
            QRectF(
                room.left() + (number % columns) * (wide + _GAP),
                room.top() + (number // columns) * (high + _GAP / 2),
                wide,
                high,
            )
            for number in range(count)
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._ring = event.type() == QEvent.Type.FocusIn
            self.update()
        return super().event(event)

"""A few pictures of one scene side by side, each with its name under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from desktop.widgets import spoken
from desktop.widgets.drop import drag_out, mime_of
from desktop.widgets.focus import FocusRing

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
    spoken_role = QAccessible.Role.Graphic

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes: list[Pane] = []
        self._ring, self._words = FocusRing(self), ""
        self._pressed: QPointF | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_panes(self, panes: Sequence[Pane], words: str) -> None:
        """``words`` say what the scene is."""
        self.panes = [pane for pane in panes if not pane.image.isNull()]
        self._words = f"{words}: {', '.join(pane.name for pane in self.panes)}" if panes else words
        spoken.changed(self)
        self.update()

    def joined(self) -> QImage:
        """All pictures with their names, as they are seen."""
        return self.grab().toImage()

    def copy(self) -> None:
        """Put the pictures on the clipboard, side by side."""
        if self.panes:
            QGuiApplication.clipboard().setImage(self.joined())

    def spoken_value(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours = QPalette.ColorRole, self.palette()
        painter.setPen(QPen(colours.color(role.Mid), 1))
        painter.setBrush(colours.color(role.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        self._ring.draw(painter, radius=8)
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The picture under the pointer goes out."""
        pressed = self._pressed
        if pressed is None or (event.position() - pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        for pane, cell in zip(self.panes, self._cells(), strict=True):
            if cell.contains(pressed):
                drag_out(self, mime_of([], pane.image))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.panes:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.tr("Copy"), self.copy)
            menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

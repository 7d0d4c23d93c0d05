"""A photo with a square frame to drag and resize: the part that is to be used."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets import focus, spoken
from desktop.widgets.focus import FocusRing
from desktop.widgets.square import Box, Square

MARGIN = 24
#: Points around a corner that take hold of it.
GRIP = 14
#: Share of the frame by which a key moves it, and factor by which one resizes it.
STEP, GROW = 0.02, 1.05

_CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))


class CropFrame(QWidget):
    """Arrow keys move the frame, plus and minus or the wheel resize it, 0 makes it as large as it can be."""

    moved = Signal()  #: by the user: `box` is another one
    closed = Signal()  #: Enter or Escape: the user is done
    spoken_role = QAccessible.Role.Graphic

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._square = Square((1, 1))
        self._held: tuple[int, int] | str | None = None  # a corner, or "all" of it
        self._last = QPointF()
        self._ring = FocusRing(self)
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            self.tr("Arrow keys move the frame, plus and minus resize it, 0 makes it as large as it can be.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def box(self) -> Box:
        """In pixels of the photo."""
        return self._square.box

    def show_photo(self, image: QImage | None, size: tuple[int, int], box: Box | None) -> None:
        """``image`` may be smaller than the photo, whose width and height is ``size``. None: it is being read."""
        self._image, self._square = image, Square(size, box)
        self._held = None
        spoken.changed(self)
        self.update()

    def spoken_value(self) -> str:
        if self._image is None:
            return self.tr("Opening…")
        left, top, right, _ = self.box
        words = self.tr("{side} by {side} pixels, {left} from the left, {top} from the top")
        return words.format(side=right - left, left=left, top=top)

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    # -- geometry -------------------------------------------------------------------------------

    def _place(self) -> QRectF:
        """Where the photo lies, in points."""
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        width, height = self._square.size
        scale = max(min(room.width() / width, room.height() / height), 1e-6)
        place = QRectF(0, 0, width * scale, height * scale)
        place.moveCenter(room.center())
        return place

    def _scale(self) -> float:
        """Points to a pixel of the photo."""
        return self._place().width() / self._square.size[0]

    def _frame(self) -> QRectF:
        place, scale, square = self._place(), self._scale(), self._square
        side = square.side * scale
        return QRectF(place.left() + square.left * scale, place.top() + square.top * scale, side, side)

    def _hold_at(self, point: QPointF) -> tuple[int, int] | str | None:
        frame = self._frame()
        for corner in _CORNERS:
            at = QPointF(frame.left() + corner[0] * frame.width(), frame.top() + corner[1] * frame.height())
            if (point - at).manhattanLength() <= GRIP:
                return corner
        return "all" if frame.contains(point) else None

    # -- drawing --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours, role = self.palette(), QPalette.ColorRole
        painter.fillRect(self.rect(), colours.color(role.Base))
        if self._image is None:
            painter.setPen(colours.color(role.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Opening…"))
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place, frame = self._place(), self._frame()
        painter.drawImage(place, self._image)
        outside = QPainterPath()
        outside.addRect(place)
        outside.addRect(frame)
        painter.fillPath(outside, QColor(0, 0, 0, 150))
        thirds = QColor(255, 255, 255, 70)
        painter.setPen(QPen(thirds, 1))
        for third in (1, 2):
            x, y = frame.left() + third * frame.width() / 3, frame.top() + third * frame.height() / 3
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        painter.setPen(focus.pen(colours) if self._ring.shown else QPen(QColor(255, 255, 255, 230), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
        painter.setBrush(QColor(255, 255, 255, 240))
        for corner in _CORNERS:
            at = QPointF(frame.left() + corner[0] * frame.width(), frame.top() + corner[1] * frame.height())
            painter.drawEllipse(at, 5, 5)

    # -- mouse and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._image is not None:
            self._held, self._last = self._hold_at(event.position()), event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._held is None:
            self._set_cursor(self._hold_at(point))
            return
        scale = self._scale()
        if isinstance(self._held, tuple):
            place = self._place()
            self._square.drag_corner(
                self._held, ((point.x() - place.left()) / scale, (point.y() - place.top()) / scale)
            )
        else:
            step = (point - self._last) / scale
            self._square.move(step.x(), step.y())
        self._last = point
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def _set_cursor(self, hold: tuple[int, int] | str | None) -> None:
        if self._image is None or hold is None:
            self.unsetCursor()
        elif isinstance(hold, tuple):
            falling = hold[0] == hold[1]
            self.setCursor(Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor)
        else:
            self.setCursor(Qt.CursorShape.SizeAllCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._image is not None:
            self._square.zoom(GROW ** (-event.angleDelta().y() / 120))
            self._tell()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, far = event.key(), max(self._square.side * STEP, 1.0)
        ways = {
            Qt.Key.Key_Left: (-far, 0),
            Qt.Key.Key_Right: (far, 0),
            Qt.Key.Key_Up: (0, -far),
            Qt.Key.Key_Down: (0, far),
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.closed.emit()
            return
        if self._image is None:
            super().keyPressEvent(event)
            return
        if key in ways:
            self._square.move(*ways[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._square.zoom(GROW)
        elif key == Qt.Key.Key_Minus:
            self._square.zoom(1 / GROW)
        elif key == Qt.Key.Key_0:
            self._square = Square(self._square.size)
        else:
            super().keyPressEvent(event)
            return
        self._tell()

    def _tell(self) -> None:
        spoken.changed(self)
        self.update()
        self.moved.emit()

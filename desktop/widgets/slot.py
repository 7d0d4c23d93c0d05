"""A place for one picture: drop, paste or choose one; copy it, drag it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
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
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop import motion
from desktop.widgets import spoken
from desktop.widgets.drop import DropTarget, drag_out, mime_of, read
from desktop.widgets.focus import FocusRing

#: Points around the picture.
MARGIN = 6
#: Milliseconds between two positions of the turning arc, and degrees between them.
TURN, STEP = 60, 24


class Slot(QWidget):
    """Shows one picture, fitted and smoothly enlarged, or ``invite`` while there is none."""

    dropped = Signal(object)  #: a `desktop.widgets.drop.Dropped`, dropped or pasted, possibly empty
    clicked = Signal()  #: the empty slot was pressed: the user wants to choose a file
    menu_asked = Signal(QPoint)  #: where on the screen

    def __init__(self, name: str, invite: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invite = invite
        self._image: QImage | None = None
        self._fitted: QPixmap | None = None  # the picture as large as it is shown
        self._pressed: QPointF | None = None
        self._ring = FocusRing(self)
        self._busy = False
        self._angle = 0
        self._turning = QTimer(self)
        self._turning.setInterval(TURN)
        self._turning.timeout.connect(self._turn)
        self.file_for_drag: Callable[[], Path | None] | None = None  #: the file that stands for the picture outside
        self.setAccessibleName(name)
        self.setAccessibleDescription(invite)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(64, 64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        DropTarget(self, also_ours=True).dropped.connect(self.dropped)
        self._dress()

    @property
    def image(self) -> QImage | None:
        """The picture in full size."""
        return self._image

    def show_image(self, image: QImage | None) -> None:
        """Another picture, or none."""
        self._image = image if image is not None and not image.isNull() else None
        self._fitted = None
        self._dress()
        spoken.changed(self)
        self.update()

    def show_busy(self, busy: bool) -> None:
        """An arc over what is shown: something better is on its way. It turns, unless nothing is to move."""
        if busy != self._busy:
            self._busy = busy
            self._turning.start() if busy and not motion.reduced() else self._turning.stop()
            spoken.changed(self)
            self.update()

    @property
    def spoken_role(self) -> QAccessible.Role:
        return QAccessible.Role.Button if self._image is None else QAccessible.Role.Graphic

    def spoken_value(self) -> str:
        if self._busy:
            return self.tr("a picture is on its way")
        if self._image is None:
            return self.tr("empty")
        return self.tr("{width} by {height} pixels").format(width=self._image.width(), height=self._image.height())

    def copy(self) -> None:
        """Put the picture on the clipboard, with its file if there is one."""
        if self._image is not None:
            QGuiApplication.clipboard().setMimeData(self._mime())

    def sizeHint(self) -> QSize:
        return QSize(160, 160)

    def _mime(self) -> QMimeData:
        path = self.file_for_drag() if self.file_for_drag else None
        return mime_of([path] if path else [], self._image)

    def _turn(self) -> None:
        self._angle = (self._angle + STEP) % 360
        self.update()

    def _dress(self) -> None:
        if self._image is None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    # -- drawing --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours = QPalette.ColorRole, self.palette()
        outline = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(colours.color(role.Base))
        if self._image is None:
            pen = QPen(colours.color(role.Dark), 1.5)
            pen.setDashPattern([5, 5])
            painter.setPen(pen)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(outline, 8, 8)
        if self._image is None:
            if not self._busy:
                painter.setPen(colours.color(role.PlaceholderText))
                words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect().adjusted(14, 14, -14, -14), words, self._invite)
        else:
            place = self._place(self._image)
            painter.drawPixmap(place.topLeft(), self._picture(self._image, place.size()))
        if self._busy:
            self._draw_arc(painter)
        self._ring.draw(painter, radius=8)

    def _place(self, image: QImage) -> QRect:
        """Where the picture lies: as large as fits, in the middle."""
        room = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(0, 0), size.expandedTo(QSize(1, 1)))
        place.moveCenter(room.center())
        return place

    def _picture(self, image: QImage, size: QSize) -> QPixmap:
        wanted = size * self.devicePixelRatioF()
        if self._fitted is None or self._fitted.size() != wanted:
            smooth, ignore = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
            self._fitted = QPixmap.fromImage(image.scaled(wanted, ignore, smooth))
            self._fitted.setDevicePixelRatio(self.devicePixelRatioF())
        return self._fitted

    def _draw_arc(self, painter: QPainter) -> None:
        middle = QRectF(self.rect()).center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        painter.setOpacity(0.45)
        painter.drawEllipse(middle, 16, 16)
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(Qt.GlobalColor.white, 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(QRectF(middle.x() - 9, middle.y() - 9, 18, 18), -self._angle * 16, 100 * 16)

    # -- mouse and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self._image is None:
            return
        if (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self._drag(self._image)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self._image is None and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def _drag(self, image: QImage) -> None:
        drag_out(self, self._mime(), image)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_asked.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().center()))

    def event(self, event: QEvent) -> bool:
        # Copy and paste are the slot's while it has the focus, whatever the window does with these keys.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        copies = event.matches(QKeySequence.StandardKey.Copy) and self._image is not None
        return copies or event.matches(QKeySequence.StandardKey.Paste)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.dropped.emit(read(QGuiApplication.clipboard().mimeData()))
        elif event.matches(QKeySequence.StandardKey.Copy) and self._image is not None:
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._image is None:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

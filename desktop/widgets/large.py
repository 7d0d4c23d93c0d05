"""One picture as large as it fits."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widgets import spoken
from desktop.widgets.focus import FocusRing

#: Points around the picture, and of its name under it.
MARGIN, CAPTION = 28, 34
#: A small picture is enlarged at most so many times: beyond that there is nothing more to see.
LARGEST = 12


class LargeView(QWidget):
    """Shows a picture and its name. Arrow keys ask for the next one; Space, Enter, Escape or two clicks close it."""

    closed = Signal()
    stepped = Signal(int)  #: to the next (1) or the previous (-1) picture
    drag_asked = Signal()
    menu_asked = Signal(QPoint)  #: where on the screen
    spoken_role = QAccessible.Role.Graphic

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._ring = "", FocusRing(self)
        self.image: QImage | None = None
        self._pressed: QPoint | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.mapToGlobal(at)))

    def show_image(self, image: QImage | None, words: str) -> None:
        """``words`` name the picture; None: it is not there yet."""
        self.image, self._words = image, words
        spoken.changed(self)
        self.update()

    def spoken_value(self) -> str:
        return self._words

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        role, colours = QPalette.ColorRole, self.palette()
        room = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN - CAPTION)
        if self.image is not None and room.isValid():
            ratio = self.devicePixelRatioF()
            fitted = self.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            size = fitted.boundedTo(self.image.size() * LARGEST)
            pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
            # Qt's smooth scaling weighs all pixels; a painter's looks at four only.
            scaled = self.image.scaled(
                pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(room).center())
            painter.drawImage(place, scaled)
        painter.setPen(colours.color(role.PlaceholderText))
        line = QRectF(MARGIN, self.height() - MARGIN - CAPTION + 14, self.width() - 2 * MARGIN, CAPTION)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._words)
        self._ring.draw(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key in (Qt.Key.Key_Left, Qt.Key.Key_Up) else 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.drag_asked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.closed.emit()

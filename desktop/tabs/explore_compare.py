"""Look-alikes side by side, each with what tells it from the others, and a mark on those that stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop.background import Background
from desktop.tabs import explore_close
from desktop.widgets import spoken
from desktop.widgets.focus import FocusRing
from desktop.widgets.grid import arrange

#: Pictures that are compared at once.
MOST = 12
#: Points around a picture, and of the two lines under it.
GAP, WORDS = 14, 44


class SideBySide(QWidget):
    """Arrow keys go from one to the next, Space and a click mark what stays, Enter and Escape close."""

    closed = Signal()
    marked = Signal()  #: what stays has changed
    spoken_role = QAccessible.Role.Graphic

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.pictures: tuple[int, ...] = ()
        self.kept: set[int] = set()
        self._paths: dict[int, Path] = {}
        self._words: Callable[[int], tuple[str, str]] = lambda _picture: ("", "")
        self._images: dict[int, QImage] = {}
        self._current = 0
        self._ring = FocusRing(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pictures that look alike"))

    def show_pictures(self, paths: dict[int, Path], words: Callable[[int], tuple[str, str]]) -> None:
        """Pictures, the best first, which stays unless the user says otherwise; ``words`` are a name and a line."""
        self.pictures, self._paths, self._words = tuple(paths)[:MOST], paths, words
        self.kept, self._images, self._current = set(self.pictures[:1]), {}, 0
        for picture in self.pictures:
            self._read(picture, paths[picture])
        spoken.changed(self)
        self.update()

    def _read(self, picture: int, path: Path) -> None:
        def then(image: QImage) -> None:
            if self._paths.get(picture) == path:
                self._images[picture] = image
                self.update()

        self._background.run(lambda: explore_close.read(path, 900), then, lambda _error: None)

    def spoken_value(self) -> str:
        if not self.pictures:
            return ""
        picture = self.pictures[self._current]
        stays = self.tr("stays") if picture in self.kept else self.tr("to the bin")
        return " · ".join((*self._words(picture), stays))

    def _rooms(self) -> list[QRectF]:
        count = max(len(self.pictures), 1)
        columns, _ = arrange(count, self.width(), self.height())
        rows = -(-count // columns)
        width, height = self.width() / columns, self.height() / rows
        return [
            QRectF(n % columns * width, n // columns * height, width, height).adjusted(GAP, GAP, -GAP, -GAP)
            for n in range(len(self.pictures))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, role, colours = QPainter(self), QPalette.ColorRole, self.palette()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for number, (picture, room) in enumerate(zip(self.pictures, self._rooms(), strict=True)):
            stays = picture in self.kept
            image, inner = self._images.get(picture), room.adjusted(0, 0, 0, -WORDS)
            place = inner
            if image is not None:
                place = QRectF(inner.topLeft(), image.size().toSizeF().scaled(inner.size(), _KEEP))
                place.moveCenter(inner.center())
                ratio = self.devicePixelRatioF()
                size = QSize(round(place.width() * ratio), round(place.height() * ratio))
                painter.setOpacity(1.0 if stays else 0.45)
                painter.drawImage(place, image.scaled(size, _KEEP, Qt.TransformationMode.SmoothTransformation))
                painter.setOpacity(1.0)
            here = number == self._current
            ink = colours.color(role.Accent if self._ring.shown else role.WindowText)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if here:
                painter.setPen(QPen(ink, 2))
                painter.drawRoundedRect(place.adjusted(-4, -4, 4, 4), 4, 4)
            title, line = self._words(picture)
            text = QRectF(room.left(), room.bottom() - WORDS + 8, room.width(), WORDS / 2)
            metrics = painter.fontMetrics()
            mark = self.tr("Stays") if stays else self.tr("To the bin")
            painter.setPen(colours.color(role.WindowText if stays else role.PlaceholderText))
            name = metrics.elidedText(f"{mark} · {title}", Qt.TextElideMode.ElideMiddle, int(text.width()))
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, name)
            painter.setPen(colours.color(role.PlaceholderText))
            text.translate(0, WORDS / 2 - 3)
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, metrics.elidedText(line, _RIGHT, int(text.width())))

    def _turn(self, number: int) -> None:
        """Mark a picture, or take the mark away; one stays in any case."""
        picture = self.pictures[number]
        kept = self.kept ^ {picture}
        if kept:
            self.kept = kept
            self.marked.emit()
        spoken.changed(self)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, room in enumerate(self._rooms()):
            if room.contains(event.position()) and event.button() is Qt.MouseButton.LeftButton:
                self._current = number
                self._turn(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = event.key(), {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if key in step and self.pictures:
            self._current = min(max(self._current + step[Qt.Key(key)], 0), len(self.pictures) - 1)
            spoken.changed(self)
            self.update()
        elif key == Qt.Key.Key_Space and self.pictures:
            self._turn(self._current)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.closed.emit()
        else:
            super().keyPressEvent(event)


_KEEP, _RIGHT = Qt.AspectRatioMode.KeepAspectRatio, Qt.TextElideMode.ElideRight

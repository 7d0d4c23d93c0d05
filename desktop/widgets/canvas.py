"""The place for pictures: an original and its result with one zoom and pan, compared in four ways.

It draws what is on screen and nothing else: a crop of the copy that fits the zoom. Strength is how
opaque the result is painted over the original, so moving that slider costs a repaint.
"""

from __future__ import annotations

import enum

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets import overlay, spoken
from desktop.widgets.focus import FocusRing
from desktop.widgets.picture import Painter, Picture, colour_image, doubt_image, grey_image
from desktop.widgets.view import View

#: Screen points around the divider that take hold of it.
GRIP = 12
#: Around a picture that fits.
MARGIN = 18
#: Between the two pictures shown side by side.
GAP = 14
#: From this zoom on pixels are drawn as squares: whoever looks this closely wants to see them.
SQUARES = 4.0


class Mode(enum.Enum):
    """Ways to compare."""

    SPLIT = "split"
    SIDE_BY_SIDE = "side by side"
    HOLD = "hold"
    DOUBT = "doubt"


class Canvas(QWidget):
    """Original, result and doubt of one photo. Any of them may be missing yet."""

    zoomed = Signal(float)  #: screen pixels for a picture pixel; 0: there is no picture
    spoken_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = View()
        self.mode = Mode.SPLIT
        self.divider = 0.5  #: share of the visible picture that lies left of it
        self.strength = 1.0
        self.captions = True  #: "Before" and "After"
        self._original: Picture | None = None
        self._result: Picture | None = None
        self._doubt: Picture | None = None
        self._message = ""
        self._holding = False
        self._space = False
        self._ring = FocusRing(self)
        self._drag: str | None = None
        self._last = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move, plus and minus zoom, 0 fits, 1 shows real pixels, B held shows the original.")
        )

    # -- what is shown --------------------------------------------------------------------------

    def show_pictures(self, original: Picture | None, result: Picture | None, doubt: Picture | None) -> None:
        """Show these; zoom and place stay where the size is the same."""
        self._original, self._result, self._doubt = original, result, doubt
        if original is not None:
            self._message = ""
            self.view.show((original.width, original.height))
            self._resize_view()
        self._tell()

    def show_message(self, message: str) -> None:
        """A quiet sentence instead of a picture."""
        self._original = self._result = self._doubt = None
        self._message = message
        self._tell()

    def set_mode(self, mode: Mode) -> None:
        self.mode = mode
        self._resize_view()
        self._tell()

    def set_strength(self, strength: float) -> None:
        self.strength = strength
        self.update()

    def set_holding(self, holding: bool) -> None:
        """Show the original for as long as this is on."""
        if holding != self._holding:
            self._holding = holding
            spoken.changed(self)
            self.update()

    def fit(self) -> None:
        self.view.fit()
        self._tell()

    def zoom_to(self, zoom: float) -> None:
        """``zoom`` is screen pixels for one picture pixel: 1 shows the real pixels."""
        self.view.zoom_to(zoom)
        self._tell()

    def visible_box(self) -> tuple[int, int, int, int] | None:
        """The box of picture pixels on screen, None where there is no picture or the whole of it is visible."""
        if self._original is None or self.view.fitted:
            return None
        return self.view.visible()

    def _tell(self) -> None:
        self.zoomed.emit(self.view.zoom if self._original else 0.0)
        spoken.changed(self)
        self.update()

    def spoken_value(self) -> str:
        if self._original is None:
            return self._message
        size = self.tr("{width} by {height} pixels at {zoom} %")
        size = size.format(width=self._original.width, height=self._original.height, zoom=round(100 * self.view.zoom))
        if not self.captions:
            return size
        ways = {
            Mode.SPLIT: self.tr("before and after, divided at {share} %").format(share=round(100 * self.divider)),
            Mode.SIDE_BY_SIDE: self.tr("before and after, side by side"),
            Mode.HOLD: self.tr("after"),
            Mode.DOUBT: self.tr("where the model is unsure"),
        }
        shown = self.tr("before") if self._holding or self._result is None else ways[self.mode]
        return f"{shown}, {size}"

    # -- geometry -------------------------------------------------------------------------------

    def _panes(self) -> list[QRect]:
        """Where pictures are drawn, in screen pixels: two beside each other, or one."""
        size = self.size() * self.devicePixelRatioF()
        if self.mode is not Mode.SIDE_BY_SIDE:
            return [QRect(QPoint(0, 0), size)]
        width = (size.width() - round(GAP * self.devicePixelRatioF())) // 2
        return [
            QRect(0, 0, width, size.height()),
            QRect(size.width() - width, 0, width, size.height()),
        ]

    def _resize_view(self) -> None:
        pane = self._panes()[0]
        self.view.margin = round(MARGIN * self.devicePixelRatioF())
        self.view.resize((pane.width(), pane.height()))

    def _picture_rect(self) -> QRectF:
        """The visible part of the picture in a pane, in screen pixels relative to the pane."""
        x, y = self.view.origin
        whole = QRectF(x, y, self.view.picture[0] * self.view.zoom, self.view.picture[1] * self.view.zoom)
        return whole.intersected(QRectF(0, 0, *self.view.viewport))

    def _divider_x(self) -> float:
        shown = self._picture_rect()
        return shown.left() + self.divider * shown.width()

    def _in_pane(self, point: QPointF) -> tuple[float, float]:
        """A point of the widget as screen pixels relative to the pane it lies in."""
        point = point * self.devicePixelRatioF()
        panes = self._panes()
        pane = panes[-1] if point.x() >= panes[-1].left() else panes[0]
        return point.x() - pane.left(), point.y() - pane.top()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_view()
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    # -- drawing --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self._original is None:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._message)
        else:
            painter.save()
            painter.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
            self._draw_pictures(painter)
            painter.restore()
        self._ring.draw(painter)

    def _draw_pictures(self, painter: QPainter) -> None:
        panes = self._panes()
        if self._holding or self._result is None:
            for pane in panes:
                self._draw(painter, pane, self._original, colour_image)
                self._caption(painter, pane, self.tr("Before"), Qt.AlignmentFlag.AlignLeft)
        elif self.mode is Mode.SIDE_BY_SIDE:
            self._draw(painter, panes[0], self._original, colour_image)
            self._draw_result(painter, panes[1])
            self._caption(painter, panes[0], self.tr("Before"), Qt.AlignmentFlag.AlignLeft)
            self._caption(painter, panes[1], self.tr("After"), Qt.AlignmentFlag.AlignLeft)
        elif self.mode is Mode.SPLIT:
            self._draw_split(painter, panes[0])
        elif self.mode is Mode.DOUBT:
            self._draw(painter, panes[0], self._result, grey_image)
            self._draw(painter, panes[0], self._doubt, doubt_image)
            painter.save()
            painter.resetTransform()
            overlay.legend(painter, self.height(), self.tr("certain"), self.tr("a guess"))
            painter.restore()
        else:
            self._draw_result(painter, panes[0])
            self._caption(painter, panes[0], self.tr("After"), Qt.AlignmentFlag.AlignRight)

    def _draw_split(self, painter: QPainter, pane: QRect) -> None:
        x = round(self._divider_x())
        self._draw(painter, pane.adjusted(0, 0, x - pane.width(), 0), self._original, colour_image)
        self._draw_result(painter, pane.adjusted(x, 0, 0, 0))
        shown, ratio = self._picture_rect(), self.devicePixelRatioF()
        overlay.divider(painter, x, shown, ratio)
        if x - shown.left() > 90 * ratio:
            self._caption(painter, pane, self.tr("Before"), Qt.AlignmentFlag.AlignLeft)
        if shown.right() - x > 90 * ratio:
            self._caption(painter, pane, self.tr("After"), Qt.AlignmentFlag.AlignRight)

    def _draw_result(self, painter: QPainter, clip: QRect) -> None:
        if self.strength < 1:
            self._draw(painter, clip, self._original, colour_image)
        if self.strength > 0:
            painter.setOpacity(self.strength)
            self._draw(painter, clip, self._result, colour_image)
            painter.setOpacity(1.0)

    def _draw(self, painter: QPainter, clip: QRect, picture: Picture | None, paint: Painter) -> None:
        """Draw the visible part of a picture into its pane, inside ``clip`` only."""
        if picture is None or clip.width() <= 0:
            return
        pane = next(pane for pane in self._panes() if pane.contains(clip.center()))
        level = picture.level_for(self.view.zoom)
        scale = 2**level
        left, top, right, bottom = (value // scale for value in self.view.visible())
        area, image = picture.crop(level, QRect(left, top, right - left + 1, bottom - top + 1), paint)
        x, y = self.view.origin
        painter.save()
        painter.setClipRect(clip)
        smooth = self.view.fitted or self.view.zoom < SQUARES
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        zoom = self.view.zoom * scale
        painter.setTransform(QTransform(zoom, 0, 0, zoom, pane.left() + x, pane.top() + y), True)
        painter.drawImage(area.topLeft(), image)
        painter.restore()

    def _caption(self, painter: QPainter, pane: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        if not self.captions:
            return
        ratio = self.devicePixelRatioF()
        shown = self._picture_rect().translated(pane.topLeft().toPointF())
        in_points = QRectF(shown.topLeft() / ratio, shown.size() / ratio)
        painter.save()
        painter.resetTransform()
        overlay.caption(painter, in_points, text, side)
        painter.restore()

    # -- mouse and keys -------------------------------------------------------------------------

    def _near_divider(self, point: QPointF) -> bool:
        if self.mode is not Mode.SPLIT or self._result is None or self._space:
            return False
        ratio = self.devicePixelRatioF()
        shown = self._picture_rect()
        inside = shown.top() <= point.y() * ratio <= shown.bottom()
        return inside and abs(point.x() * ratio - self._divider_x()) <= GRIP * ratio

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._original is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        self._last = event.position()
        left = event.button() is Qt.MouseButton.LeftButton
        self._drag = "divider" if left and self._near_divider(event.position()) else "pan"
        if left and self.mode is Mode.HOLD and not self._space:
            self.set_holding(True)
        self._set_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag == "divider":
            shown = self._picture_rect()
            along = event.position().x() * self.devicePixelRatioF() - shown.left()
            self.divider = min(max(along / max(shown.width(), 1), 0.0), 1.0)
            self.update()
        elif self._drag == "pan":
            step = (event.position() - self._last) * self.devicePixelRatioF()
            self._last = event.position()
            self.view.pan(step.x(), step.y())
            self._tell()
        self._set_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self.set_holding(False)
        self._set_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between the whole picture and its real pixels at the cursor."""
        if self.view.fitted:
            self.view.zoom_to(1.0, self._in_pane(event.position()))
        else:
            self.view.fit()
        self._tell()

    def _set_cursor(self, point: QPointF) -> None:
        if self._drag == "divider" or (self._drag is None and self._near_divider(point)):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._drag == "pan":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._original is not None and self.view.zoom > self.view.fit_zoom:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._original is None:
            event.ignore()
            return
        steps = event.angleDelta().y() / 120
        self.view.zoom_to(self.view.zoom * 2 ** (steps / 3), self._in_pane(event.position()))
        self._tell()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.view.zoom_to(self.view.zoom * (1 + event.value()), self._in_pane(event.position()))
            self._tell()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, far = event.key(), 80 * self.devicePixelRatioF()
        moves = {
            Qt.Key.Key_Left: (far, 0),
            Qt.Key.Key_Right: (-far, 0),
            Qt.Key.Key_Up: (0, far),
            Qt.Key.Key_Down: (0, -far),
        }
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shifted and self.mode is Mode.SPLIT and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.divider = min(max(self.divider + (0.05 if key == Qt.Key.Key_Right else -0.05), 0.0), 1.0)
            spoken.changed(self)
            self.update()
        elif key in moves:
            self.view.pan(*moves[Qt.Key(key)])
            self._tell()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_to(self.view.zoom * 1.25)
        elif key == Qt.Key.Key_Minus:
            self.zoom_to(self.view.zoom / 1.25)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.zoom_to(1.0)
        elif key == Qt.Key.Key_B and not event.isAutoRepeat():
            self.set_holding(True)
        elif key == Qt.Key.Key_Space:
            self._space = True
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.isAutoRepeat():
            self.set_holding(False)
        elif event.key() == Qt.Key.Key_Space:
            self._space = False
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        self.set_holding(False)
        super().focusOutEvent(event)

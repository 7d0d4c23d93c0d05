"""The map under the user's hands: what a click, a drag, the wheel and keys do."""

from __future__ import annotations

import enum

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.tabs.explore_scene import MapScene
from desktop.tabs.explore_sheet import Sheet

_SEVERAL = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class Tool(enum.Enum):
    """What dragging with the left button does."""

    MOVE = "move"
    RECTANGLE = "rectangle"
    LASSO = "lasso"


class MapView(MapScene):
    """Says what the user chooses, and changes nothing by itself but the view."""

    picked = Signal(object, str)  #: pictures [n], and "only", "more" or "turn" as in `ExploreState.choose`
    opened = Signal(int)  #: a picture is to be seen large
    between = Signal(float, float)  #: a place where there is no picture
    menu_asked = Signal(QPoint)  #: for the chosen pictures; where on the screen
    drag_asked = Signal()  #: the chosen pictures are being dragged out

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, parent)
        self.tool = Tool.MOVE
        self._drag: str | None = None
        self._pressed, self._last = QPointF(), QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # -- mouse --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._drag = "pan"
        elif event.button() is Qt.MouseButton.LeftButton:
            self._drag = "click"
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._drag == "click" and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._begin_drag(event.modifiers())
        if self._drag == "pan":
            step = (at - self._last) * self.devicePixelRatioF()
            self.view.pan(step.x(), step.y())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._drag in ("rectangle", "lasso"):
            self.line.append(at)
        self._last = at
        if self._drag is not None:
            self.update()

    def _begin_drag(self, modifiers: Qt.KeyboardModifier) -> None:
        """Dragging moves the map, or draws a line; Shift and Ctrl draw a lasso with any tool."""
        shifted = modifiers & _SEVERAL
        picture = self.picture_at(self._pressed)
        if self.tool is Tool.MOVE and not shifted:
            self._drag = "pan"
            if picture is not None and self.chosen[picture]:
                self._drag = None
                self.drag_asked.emit()
        else:
            self._drag = "lasso" if self.tool is Tool.MOVE else self.tool.value
            self.line, self.line_is_box = [self._pressed], self._drag == "rectangle"

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag, line, self.line = self._drag, None, self.line, []
        self.unsetCursor()
        self.update()
        how = "more" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "only"
        if drag == "rectangle":
            (left, top), (right, bottom) = self.on_map(line[0]), self.on_map(event.position())
            box = min(left, right), min(top, bottom), max(left, right), max(top, bottom)
            self.picked.emit(self.places.within(*box), how)
        elif drag == "lasso":
            self.picked.emit(self.places.inside(np.array([self.on_map(point) for point in line])), how)
        elif drag == "click":
            self._click(event)

    def _click(self, event: QMouseEvent) -> None:
        picture = self.picture_at(event.position())
        several = bool(event.modifiers() & _SEVERAL)
        if picture is not None:
            self.picked.emit(np.array([picture]), "turn" if several else "only")
        elif not several:
            self.picked.emit(np.zeros(0, np.int64), "only")
            x, y = self.on_map(event.position())
            if 0 <= x <= 1 and 0 <= y <= 1:
                self.between.emit(x, y)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        picture = self.picture_at(event.position())
        if picture is not None:
            self.opened.emit(picture)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(2 ** (event.angleDelta().y() / 360), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            picture = self.picture_at(event.pos().toPointF())
            QToolTip.showText(event.globalPos(), "" if picture is None else self.words(picture), self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        picture = self.picture_at(event.pos().toPointF()) if by_mouse else self.current
        if picture is not None and not self.chosen[picture]:
            self.picked.emit(np.array([picture]), "only")
        if self.chosen.any():
            self.menu_asked.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().center()))

    # -- keys ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        kind = Qt.Key
        ways = {kind.Key_Left: (-1, 0), kind.Key_Right: (1, 0), kind.Key_Up: (0, -1), kind.Key_Down: (0, 1)}
        if event.key() in ways:
            more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(ways[kind(event.key())], more)
        elif event.key() in (kind.Key_Space, kind.Key_Return, kind.Key_Enter) and not event.modifiers():
            if self.current is not None:
                self.opened.emit(self.current)
        elif event.key() in (kind.Key_Plus, kind.Key_Equal):
            self.zoom_by(1.5)
        elif event.key() == kind.Key_Minus:
            self.zoom_by(1 / 1.5)
        elif event.key() == kind.Key_0:
            self.fit()
        elif event.key() == kind.Key_Escape:
            self.picked.emit(np.zeros(0, np.int64), "only")
            self.show_drawn(None)
        else:
            super().keyPressEvent(event)

    def _step(self, way: tuple[int, int], more: bool) -> None:
        if self.current is None:
            picture, _ = self.places.nearest(self.middle)
            picture = None if picture < 0 else picture
        else:
            picture = self.places.toward(self.current, way)
        if picture is not None:
            self.picked.emit(np.array([picture]), "more" if more else "only")
            self.look_at(picture)

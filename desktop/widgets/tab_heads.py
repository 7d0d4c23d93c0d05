"""The names of the tabs. What is dragged over one opens its tab after a moment, and may be dropped there."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, QRectF, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.widgets.drop import read

#: Milliseconds that something is held over a name before its tab opens.
MOMENT = 600


class TabHeads(QTabBar):
    dropped = Signal(int, object)  #: on which name, and a `Dropped`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._lit: frozenset[int] = frozenset()
        self._under = -1
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(MOMENT)
        self._waiting.timeout.connect(self._open)

    @property
    def lit(self) -> frozenset[int]:
        """Which names shine because their tabs take what is dragged."""
        return self._lit

    def light(self, which: Collection[int]) -> None:
        self._lit = frozenset(which)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._hold(event.position().toPoint())
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._hold(event.position().toPoint())
        if self._under >= 0:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._let_go()

    def dropEvent(self, event: QDropEvent) -> None:
        under, dropped = self.tabAt(event.position().toPoint()), read(event.mimeData())
        self._let_go()
        if under >= 0:
            event.acceptProposedAction()
            self.dropped.emit(under, dropped)

    def _hold(self, at: QPoint) -> None:
        under = self.tabAt(at)
        if under != self._under:
            self._under = under
            if under >= 0 and under != self.currentIndex():
                self._waiting.start()
            else:
                self._waiting.stop()

    def _let_go(self) -> None:
        self._waiting.stop()
        self._under = -1

    def _open(self) -> None:
        if self._under >= 0:
            self.setCurrentIndex(self._under)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._lit:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Accent)
        for number in self._lit:
            words = self.fontMetrics().horizontalAdvance(self.tabText(number))
            place = QRectF(self.tabRect(number))
            plate = QRectF(place.left() - 8, place.top() + 5, words + 20, place.height() - 14)
            wash = accent
            wash.setAlpha(40)
            painter.setBrush(wash)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1))
            painter.drawRoundedRect(plate.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1)), 6, 6)

"""A row of thumbnails with a state each. It knows `Frame`s, not photos or jobs: any tab can fill it."""

from __future__ import annotations

import enum
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.scale import SMALL, sized
from desktop.widgets import thumbnail

AnyIndex = QModelIndex | QPersistentModelIndex

#: Points of a thumbnail's room and of its whole cell.
THUMBNAIL = QSize(104, 74)
CELL = QSize(120, 108)


#: Thumbnails that are ready to be painted.
UNPACKED = 64


class Mark(enum.Enum):
    """What is drawn on a thumbnail."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    SAVED = "saved"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Frame:
    """One photo of the strip. ``key`` tells it from the others; ``progress`` is 0..1 while it is worked on."""

    key: int
    name: str
    mark: Mark
    words: str  #: the state for the tooltip and for screen readers
    progress: float = 0.0


class FilmstripModel(QAbstractListModel):
    """The frames in order, and a picture for each that has one yet."""

    KeyRole = Qt.ItemDataRole.UserRole
    FrameRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: list[Frame] = []
        self._thumbnails: dict[int, bytes] = {}  # packed: there may be thousands
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()  # of those that were painted last

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._frames)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        frame = self._frames[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return frame.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{frame.name}\n{frame.words}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{frame.name}, {frame.words}"
            case Qt.ItemDataRole.DecorationRole:
                return self._pixmap(frame.key)
            case self.KeyRole:
                return frame.key
            case self.FrameRole:
                return frame
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def show_frames(self, frames: Sequence[Frame]) -> None:
        """Bring the strip to these frames; new ones are at the end, the order of the others stays."""
        keys = {frame.key for frame in frames}
        for row in reversed(range(len(self._frames))):
            if self._frames[row].key not in keys:
                self.beginRemoveRows(QModelIndex(), row, row)
                key = self._frames.pop(row).key
                self._thumbnails.pop(key, None)
                self._pixmaps.pop(key, None)
                self.endRemoveRows()
        for row, frame in enumerate(frames[: len(self._frames)]):
            if self._frames[row] != frame:
                self._frames[row] = frame
                self.dataChanged.emit(self.index(row), self.index(row))
        if len(frames) > len(self._frames):
            self.beginInsertRows(QModelIndex(), len(self._frames), len(frames) - 1)
            self._frames += frames[len(self._frames) :]
            self.endInsertRows()

    def set_thumbnail(self, key: int, image: QImage) -> None:
        row = self.row(key)
        if row is not None and not image.isNull():
            self._thumbnails[key] = thumbnail.packed(image)
            self._pixmaps.pop(key, None)
            self.dataChanged.emit(self.index(row), self.index(row))

    def _pixmap(self, key: int) -> QPixmap | None:
        if key in self._thumbnails and key not in self._pixmaps:
            pixmap = QPixmap()
            pixmap.loadFromData(self._thumbnails[key])
            self._pixmaps[key] = pixmap
            while len(self._pixmaps) > UNPACKED:
                self._pixmaps.popitem(last=False)
        return self._pixmaps.get(key)

    def row(self, key: int) -> int | None:
        return next((row for row, frame in enumerate(self._frames) if frame.key == key), None)


class _FrameDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        frame = index.data(FilmstripModel.FrameRole)
        drawn = index.data(Qt.ItemDataRole.DecorationRole)
        role, colours, cell = QPalette.ColorRole, QGuiApplication.palette(), QRect(option.rect)
        room = QRect(cell.left() + 8, cell.top() + 8, THUMBNAIL.width(), THUMBNAIL.height())
        pale = frame.mark in (Mark.WAITING, Mark.FAILED, Mark.STOPPED)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        picture = QRectF(room)
        if isinstance(drawn, QPixmap):
            size = drawn.deviceIndependentSize().scaled(room.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
            picture.setSize(size)
            picture.moveCenter(QRectF(room).center())
            outline = QPainterPath()
            outline.addRoundedRect(picture, 3, 3)
            painter.save()
            painter.setClipPath(outline)
            painter.setOpacity(0.4 if pale else 1.0)
            painter.drawPixmap(picture, drawn, QRectF(drawn.rect()))
            painter.restore()
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(role.Button))
            painter.drawRoundedRect(picture, 3, 3)
        self._draw_mark(painter, frame, picture, option)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(colours.color(role.Accent if focused else role.WindowText), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(picture.adjusted(-3, -3, 3, 3), 5, 5)
        painter.setFont(sized(option.font, SMALL))
        painter.setPen(colours.color(role.WindowText if selected else role.PlaceholderText))
        text = QRect(cell.left() + 4, room.bottom() + 6, cell.width() - 8, cell.bottom() - room.bottom() - 6)
        name = painter.fontMetrics().elidedText(frame.name, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, name)
        painter.restore()

    def _draw_mark(self, painter: QPainter, frame: Frame, picture: QRectF, option: QStyleOptionViewItem) -> None:
        accent = QGuiApplication.palette().color(QPalette.ColorRole.Accent)
        painter.setPen(Qt.PenStyle.NoPen)
        if frame.mark is Mark.WORKING:
            bar = QRectF(picture.left() + 5, picture.bottom() - 9, picture.width() - 10, 4)
            painter.setBrush(Qt.GlobalColor.black)
            painter.setOpacity(0.55)
            painter.drawRoundedRect(bar.adjusted(-1, -1, 1, 1), 3, 3)
            painter.setOpacity(1.0)
            painter.setBrush(accent)
            bar.setWidth(max(bar.width() * frame.progress, 4))
            painter.drawRoundedRect(bar, 2, 2)
            return
        sign = {Mark.SAVED: "check", Mark.FAILED: "warning", Mark.STOPPED: "stopped"}.get(frame.mark)
        if sign is None:
            return
        badge = QRectF(picture.right() - 23, picture.bottom() - 23, 18, 18)
        painter.setBrush(Qt.GlobalColor.black)
        painter.setOpacity(0.6)
        painter.drawEllipse(badge)
        painter.setOpacity(1.0)
        # The badge is dark in every theme.
        colour = QColor(theme.DARK.accent if frame.mark is Mark.FAILED else theme.DARK.text)
        side = painter.device().devicePixelRatioF()
        painter.drawPixmap(badge.adjusted(3, 3, -3, -3).toRect().topLeft(), theme.pixmap(sign, colour, 12, side))


class Filmstrip(QListView):
    """The strip itself. The current frame is the one shown; several can be chosen to be removed."""

    current_changed = Signal(object)  #: the key of the frame, None for none
    drag_asked = Signal(int)  #: a frame is being dragged out
    menu_asked = Signal(object, object)  #: keys, where on the screen

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frames = FilmstripModel(self)
        self.setModel(self.frames)
        self.setItemDelegate(_FrameDelegate(self))
        self.setAccessibleName(name)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(self.chosen_keys(), self.viewport().mapToGlobal(at))
        )
        self.setFixedHeight(CELL.height() + 12)
        self.selectionModel().currentChanged.connect(lambda now, _: self.current_changed.emit(self._key(now)))

    def _key(self, index: AnyIndex) -> int | None:
        key = index.data(FilmstripModel.KeyRole) if index.isValid() else None
        return key if isinstance(key, int) else None

    @property
    def current_key(self) -> int | None:
        return self._key(self.currentIndex())

    def chosen_keys(self) -> list[int]:
        return [key for index in self.selectedIndexes() if (key := self._key(index)) is not None]

    def go_to(self, key: int) -> None:
        row = self.frames.row(key)
        if row is not None:
            self.go_to_row(row)

    def go_to_row(self, row: int) -> None:
        # Not setCurrentIndex: that looks at the keyboard and, while Ctrl is down for a shortcut, deselects.
        self.selectionModel().setCurrentIndex(self.frames.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def step(self, by: int) -> None:
        """Go ``by`` frames to the right, or to the left."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.frames.rowCount():
            self.go_to_row(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def startDrag(self, actions: Qt.DropAction) -> None:
        key = self.current_key
        if key is not None:
            self.drag_asked.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text():
            event.ignore()  # letters are shortcuts of the tab, not a search by name
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.horizontalScrollBar()
        delta = event.angleDelta()
        bar.setValue(bar.value() - (delta.y() or delta.x()))
        event.accept()


def keep_selection(strip: Filmstrip, change: Callable[[], None]) -> None:
    """Run a change of the frames; where the current frame goes, its neighbour becomes current."""
    row = strip.currentIndex().row()
    change()
    if not strip.currentIndex().isValid() and strip.frames.rowCount():
        strip.go_to_row(min(max(row, 0), strip.frames.rowCount() - 1))

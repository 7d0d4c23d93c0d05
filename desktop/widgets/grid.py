"""A grid of pictures that fills as they come. It knows `Tile`s, not models or recipes: any tab can fill it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent, QPainter, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme

AnyIndex = QModelIndex | QPersistentModelIndex

#: Points around the whole grid, and around each picture in its cell.
MARGIN, GAP = 20, 6
#: Smallest and largest cell in points. Where the smallest do not all fit, the grid scrolls.
SMALLEST, LARGEST = 104, 340
#: A layout whose last row is full is preferred to one whose cells are larger, up to this share.
FULL_ROWS = 0.85
#: How much is seen of a picture that does not count.
FADED = 0.3

_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)


@dataclass(frozen=True)
class Tile:
    """One place of the grid. ``key`` tells it from the others."""

    key: str
    words: str  #: for the tooltip and for screen readers
    loved: bool = False
    trouble: str = ""  #: why there will be no picture
    faded: bool = False  #: it does not count
    sign: str = ""  #: a drawing at the lower left, such as "close"


class GridModel(QAbstractListModel):
    """The tiles in order, and a picture for each that has one yet."""

    TileRole = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[Tile] = []
        self._rows: dict[str, int] = {}
        self._pictures: dict[str, QPixmap] = {}
        #: Makes a picture that was not set, each time it is painted; for more than memory holds.
        self.maker: Callable[[str], QPixmap | None] | None = None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._tiles)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        tile = self._tiles[index.row()]
        match role:
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return "\n".join(filter(None, (tile.words, tile.trouble)))
            case Qt.ItemDataRole.DecorationRole:
                picture = self._pictures.get(tile.key)
                return self.maker(tile.key) if picture is None and self.maker else picture
            case self.TileRole:
                return tile
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def show_tiles(self, tiles: Sequence[Tile]) -> bool:
        """Bring the grid to these tiles. True where they are others than before, not the same ones changed."""
        keys = [tile.key for tile in tiles]
        if keys == [tile.key for tile in self._tiles]:
            for row, tile in enumerate(tiles):
                if tile != self._tiles[row]:
                    self._tiles[row] = tile
                    self.dataChanged.emit(self.index(row), self.index(row))
            return False
        count = len(self._tiles)
        if 0 < count < len(tiles) and keys[:count] == [tile.key for tile in self._tiles]:
            self.show_tiles(tiles[:count])
            self.beginInsertRows(QModelIndex(), count, len(tiles) - 1)
            self._tiles, self._rows = list(tiles), {key: row for row, key in enumerate(keys)}
            self.endInsertRows()
            return True
        self.beginResetModel()
        self._tiles, self._rows = list(tiles), {key: row for row, key in enumerate(keys)}
        self._pictures = {key: picture for key, picture in self._pictures.items() if key in self._rows}
        self.endResetModel()
        return True

    def set_picture(self, key: str, image: QImage) -> None:
        row = self._rows.get(key)
        if row is not None:
            self._pictures[key] = QPixmap.fromImage(image)
            self.dataChanged.emit(self.index(row), self.index(row))

    def has_picture(self, key: str) -> bool:
        return key in self._pictures

    def key(self, row: int) -> str:
        return self._tiles[row].key

    def row(self, key: str) -> int | None:
        return self._rows.get(key)


class _TileDelegate(QStyledItemDelegate):
    def __init__(self, grid: PictureGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        tile, picture = index.data(GridModel.TileRole), index.data(Qt.ItemDataRole.DecorationRole)
        role, colours = QPalette.ColorRole, QGuiApplication.palette()
        room = QRectF(option.rect).adjusted(GAP, GAP, -GAP, -GAP)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if isinstance(picture, QPixmap):
            size = picture.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.setOpacity(FADED if tile.faded else 1.0)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
            painter.setOpacity(1.0)
        else:
            place = room
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(role.Mid))
            painter.drawRect(place)
            if tile.trouble:
                sign = theme.pixmap(
                    "warning", colours.color(role.PlaceholderText).name(), 22, self._grid.devicePixelRatioF()
                )
                painter.drawPixmap(place.center() - QRectF(0, 0, 22, 22).center(), sign)
        if tile.loved:
            self._draw_badge(painter, "heart-full", QRectF(place.right() - 26, place.top() + 6, 20, 20))
        if tile.sign:
            self._draw_badge(painter, tile.sign, QRectF(place.left() + 6, place.bottom() - 26, 20, 20))
        if option.state & QStyle.StateFlag.State_Selected:
            ink = colours.color(role.Accent if self._grid.hasFocus() else role.WindowText)
            current = index.row() == self._grid.currentIndex().row()
            painter.setPen(QPen(ink, 2.4 if current else 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), 3, 3)
        elif option.state & QStyle.StateFlag.State_HasFocus:  # the keyboard stands here, nothing is chosen
            painter.setPen(QPen(colours.color(role.PlaceholderText), 1.2, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), 3, 3)
        painter.restore()

    def _draw_badge(self, painter: QPainter, name: str, badge: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 160))
        painter.drawEllipse(badge)
        # The badge is dark in every theme.
        sign = theme.pixmap(name, theme.DARK.accent, 12, self._grid.devicePixelRatioF())
        painter.drawPixmap(badge.topLeft() + QRectF(0, 0, 8, 8).center(), sign)


class PictureGrid(QListView):
    """The grid itself: as many columns as make the pictures largest. Several can be chosen."""

    selection_changed = Signal()  #: or another picture is the current one
    opened = Signal(str)  #: the key of a picture to be seen larger
    drag_asked = Signal()  #: the chosen pictures are being dragged out
    menu_asked = Signal(QPoint)  #: for the chosen pictures; where on the screen

    centred = True  #: in the room, where there are few; or else from the top

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = GridModel(self)
        self.setModel(self.tiles)
        self.setItemDelegate(_TileDelegate(self))
        self.setAccessibleName(name)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._columns = 1
        self.customContextMenuRequested.connect(self._ask_menu)
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self.selection_changed.emit())
        self.selectionModel().currentChanged.connect(self._stand)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.tiles.key(index.row())))

    # -- what is there and what is chosen ---------------------------------------------------------

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Bring the grid to these tiles. What was chosen and is still there stays chosen."""
        chosen, current = self.chosen_keys(), self.current_key
        if self.tiles.show_tiles(tiles):
            self._lay_out()
            if (self.chosen_keys(), self.current_key) != (chosen, current):
                self.choose([key for key in chosen if self.tiles.row(key) is not None], current)
            self.selection_changed.emit()

    @property
    def current_key(self) -> str | None:
        index = self.currentIndex()
        return self.tiles.key(index.row()) if index.isValid() else None

    def chosen_keys(self) -> list[str]:
        """In the order in which they stand."""
        ranges = self.selectionModel().selection()
        parts = [ranges.at(number) for number in range(ranges.count())]
        rows = sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))
        return [self.tiles.key(row) for row in rows]

    def choose(self, keys: Sequence[str], current: str | None = None) -> None:
        """Choose exactly these; ``current`` is where the keyboard goes on from."""
        rows = sorted(row for key in keys if (row := self.tiles.row(key)) is not None)
        chosen = QItemSelection()
        for _, run in itertools.groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):  # rows that follow each other
            side_by_side = [row for _, row in run]
            chosen.select(self.tiles.index(side_by_side[0]), self.tiles.index(side_by_side[-1]))
        flag = QItemSelectionModel.SelectionFlag
        stand = self.tiles.row(current) if current is not None else None
        if stand is None and rows:
            stand = rows[0]
        if stand is not None:
            self.selectionModel().setCurrentIndex(self.tiles.index(stand), flag.NoUpdate)
            self.scrollTo(self.tiles.index(stand))
        self.selectionModel().select(chosen, flag.ClearAndSelect)

    def step(self, by: int) -> None:
        """Choose the picture ``by`` places on."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.tiles.rowCount():
            self.choose([self.tiles.key(row)])

    # -- places -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        count, bar = self.tiles.rowCount(), 0
        width, height = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        columns, side = self.arrange(count, width, height)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if -(-count // columns) * side > height:
            policy, bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, self.verticalScrollBar().sizeHint().width()
        self._columns = columns
        left = max((self.width() - columns * side) // 2, 0)
        top = max((self.height() - -(-count // columns) * side) // 2, 0) if self.centred else MARGIN // 2
        # One point more than the columns need: Qt wraps what just fits. The rest is kept on the right.
        right = max(self.width() - bar - left - columns * side - 1, 0)
        self.setGridSize(QSize(side, side))
        self.setVerticalScrollBarPolicy(policy)
        self.setViewportMargins(left, top, right, 0)

    def arrange(self, count: int, width: int, height: int) -> tuple[int, int]:
        """Columns and side of a cell for so many pictures in a room, in points."""
        return arrange(count, width, height)

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Right of the last picture of a row comes the first of the next."""
        kind, count = QListView.CursorAction, self.tiles.rowCount()
        page = max(self.viewport().height() // max(self.gridSize().height(), 1), 1) * self._columns
        steps = {
            kind.MoveLeft: -1,
            kind.MovePrevious: -1,
            kind.MoveRight: 1,
            kind.MoveNext: 1,
            kind.MoveUp: -self._columns,
            kind.MoveDown: self._columns,
            kind.MovePageUp: -page,
            kind.MovePageDown: page,
            kind.MoveHome: -count,
            kind.MoveEnd: count,
        }
        row, step = self.currentIndex().row(), steps[action]
        if row < 0:
            return self.tiles.index(0)
        if abs(step) == self._columns and not 0 <= row + step < count:
            return self.tiles.index(row)
        return self.tiles.index(min(max(row + step, 0), count - 1))

    # -- keys and mouse ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_key
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if current is not None:
                self.opened.emit(current)
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters are shortcuts of the tab, not a search by name
        else:
            super().keyPressEvent(event)

    def _stand(self) -> None:
        self.viewport().update()  # the ring of the current picture is stronger
        self.selection_changed.emit()

    def startDrag(self, actions: Qt.DropAction) -> None:
        if self.selectionModel().hasSelection():
            self.drag_asked.emit()

    def _ask_menu(self, at: QPoint) -> None:
        if self.selectionModel().hasSelection():
            index = self.indexAt(at)
            if not index.isValid():  # by keyboard: the menu belongs to the current picture
                at = self.visualRect(self.currentIndex()).center()
            self.menu_asked.emit(self.viewport().mapToGlobal(at))


def arrange(count: int, width: int, height: int) -> tuple[int, int]:
    """Columns and side of a cell that show ``count`` squares as large as can be in a room, in points."""
    sides = {columns: min(width // columns, height // -(-count // columns)) for columns in range(1, count + 1)}
    best = max(sides.values(), default=0)
    if best < SMALLEST:  # they do not fit
        columns = max(width // SMALLEST, 1)
        return columns, max(min(width // columns, LARGEST), 16)
    full = [columns for columns in sides if count % columns == 0 and sides[columns] >= FULL_ROWS * best]
    columns = max(full or [c for c in sides if sides[c] == best], key=lambda c: sides[c])
    return columns, min(sides[columns], LARGEST)

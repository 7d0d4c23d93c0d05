"""A list of pictures with a few words each: odd ones, groups of look-alikes, suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.tabs.explore_close import with_heat
from desktop.tabs.explore_sheet import Sheet
from desktop.widgets import overlay
from engine.atlas import Atlas

AnyIndex = QModelIndex | QPersistentModelIndex

#: Side of a picture in a row, around it, and pictures of a group that are shown.
SIDE, GAP, SHOWN = 60, 8, 4


@dataclass(frozen=True)
class Row:
    """Some pictures and two lines about them. One picture stands left of the lines, several above one line."""

    pictures: tuple[int, ...]
    title: str
    words: str


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}\n{row.words}"
        return row if role == Qt.ItemDataRole.UserRole else None

    def show_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, view: PictureList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        line = option.fontMetrics.lineSpacing()
        several = len(index.data(Qt.ItemDataRole.UserRole).pictures) > 1
        return QSize(120, SIDE + 2 * GAP + (line + 4 if several else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        role, colours = QPalette.ColorRole, QGuiApplication.palette()
        room = QRectF(option.rect).adjusted(2, 1, -2, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if chosen:
            ring = colours.color(role.Accent if self._view.hasFocus() else role.Dark)
            painter.setPen(QPen(ring, 1.4))
            painter.setBrush(colours.color(role.Highlight))
            painter.drawRoundedRect(room, 6, 6)
        elif option.state & QStyle.StateFlag.State_HasFocus:  # the keyboard stands here, nothing is chosen
            painter.setPen(QPen(colours.color(role.PlaceholderText), 1.2, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(room, 6, 6)
        at = room.topLeft() + QPointF(GAP, GAP - 1)
        for picture in row.pictures[:SHOWN]:
            self._view.draw_picture(painter, picture, QRectF(at, QSize(SIDE, SIDE)))
            at += QPointF(SIDE + GAP, 0)
        text, quiet = colours.color(role.WindowText), colours.color(role.PlaceholderText)
        metrics, middle = option.fontMetrics, Qt.TextElideMode.ElideMiddle
        if len(row.pictures) > 1:
            line = QRectF(room.left() + GAP, room.top() + SIDE + GAP + 4, room.width() - 2 * GAP, metrics.height() + 2)
            painter.setPen(text)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, row.title)
            painter.setPen(quiet)
            left = line.width() - metrics.horizontalAdvance(row.title) - 2 * GAP
            words = metrics.elidedText(row.words, middle, max(int(left), 0))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, words)
            if len(row.pictures) > SHOWN:
                more = QRectF(at - QPointF(SIDE + GAP, 0), QSize(SIDE, SIDE))
                painter.fillRect(more, overlay.PLATE)
                painter.setPen(overlay.INK)
                painter.drawText(more, Qt.AlignmentFlag.AlignCenter, f"+{len(row.pictures) - SHOWN + 1}")
        else:
            line = QRectF(at.x() + 4, room.center().y() - metrics.height() - 1, room.right() - at.x() - GAP, 0)
            line.setHeight(metrics.height() + 2)
            painter.setPen(text)
            painter.drawText(line, 0, metrics.elidedText(row.title, middle, int(line.width())))
            painter.setPen(quiet)
            line.translate(0, metrics.height() + 4)
            painter.drawText(line, 0, metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, int(line.width())))
        painter.restore()


class PictureList(QListView):
    """Rows to choose from. Letters are left to the tab, whose shortcuts they are."""

    chosen = Signal(object)  #: by the user: the pictures [n] of the chosen rows, the current row's last
    opened = Signal(int)  #: the first picture of a row is to be seen large
    menu_asked = Signal(QPoint)  #: for the chosen pictures; where on the screen

    def __init__(self, name: str, sheet: Sheet, several: bool = True, parent: QWidget | None = None) -> None:
        """``several``: more than one row can be chosen."""
        super().__init__(parent)
        self._sheet = sheet
        self.atlas: Atlas | None = None
        self.heat = False  #: pictures are shown with the place where they are odd
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName(name)
        mode = QListView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(lambda _index: self._open())
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self._tell())
        self._silent = False
        sheet.changed.connect(self.viewport().update)

    @property
    def rows(self) -> list[Row]:
        return self._rows.rows

    @property
    def current(self) -> Row | None:
        """The row where the keyboard stands."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: list[Row]) -> None:
        """Other rows; the keyboard stays on the row it was on, or goes to the one that has its place now."""
        if rows == self.rows:
            return
        before, place, scrolled = self.current, self.currentIndex().row(), self.verticalScrollBar().value()
        self._silent = True
        self._rows.show_rows(rows)
        if before is not None and rows:
            same = next((n for n, row in enumerate(rows) if row.pictures == before.pictures), None)
            stand = same if same is not None else min(place, len(rows) - 1)
            flag = QItemSelectionModel.SelectionFlag
            index = self._rows.index(stand)
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect)
            self.verticalScrollBar().setValue(scrolled)
            self.scrollTo(index)
        self._silent = False

    def show_chosen(self, pictures: Sequence[int]) -> None:
        """The rows of these pictures look chosen, where the user does not stand in the list."""
        if self.hasFocus():
            return
        wanted, flag = set(pictures), QItemSelectionModel.SelectionFlag
        self._silent = True
        self.selectionModel().clearSelection()
        first = True
        for number, row in enumerate(self.rows):
            if wanted and wanted >= set(row.pictures):
                index = self._rows.index(number)
                if first:
                    self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
                    self.scrollTo(index)
                first = False
                self.selectionModel().select(index, flag.Select)
        self._silent = False

    def draw_picture(self, painter: QPainter, picture: int, room: QRectF) -> None:
        """One picture in the middle of its room."""
        atlas = self.atlas
        if atlas is None or picture >= len(atlas):
            return
        (pixmap,) = self._sheet.pixmaps([picture], round(SIDE * self._sheet.ratio))
        place = QRectF(QPointF(), pixmap.deviceIndependentSize())
        place.moveCenter(room.center())
        if self.heat:
            image, heat = pixmap.toImage(), atlas.heats(np.array([picture]))[0]
            image.setDevicePixelRatio(1.0)
            painter.drawImage(place, with_heat(image, heat, atlas.whole))
        else:
            painter.drawPixmap(place.topLeft(), pixmap)

    def _tell(self) -> None:
        if not self._silent:
            lines = sorted(index.row() for index in self.selectionModel().selectedIndexes())
            stand = self.currentIndex().row()
            lines.sort(key=lambda line: line == stand)
            self.chosen.emit(np.array([p for line in lines for p in self.rows[line].pictures], np.int64))

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.pictures[0])

    def _ask_menu(self, at: QPoint) -> None:
        if self.selectionModel().hasSelection():
            index = self.indexAt(at)
            if not index.isValid():  # by keyboard
                at = self.visualRect(self.currentIndex()).center()
            self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows:  # so that the keyboard is seen to stand somewhere
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self._rows.index(0), flag.NoUpdate)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

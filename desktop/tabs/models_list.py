"""The cards of the Models tab: a list in which every row is a model with its samples, words and small drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.scale import HEADING, sized

AnyIndex = QModelIndex | QPersistentModelIndex

#: Points: of a row, around a card, inside it, and the side of its samples.
HEIGHT, GAP, INSIDE = 132, 6, 14
SIDE = HEIGHT - 2 * (GAP + INSIDE)


@dataclass(frozen=True)
class ModelCard:
    """What a row shows. ``icons`` are the drawings of the abilities, ``words`` all of it for screen readers."""

    key: str
    name: str
    badge: str
    summary: str
    icons: tuple[str, ...]
    facts: str
    words: str
    tip: str = ""
    trouble: str = ""  #: why the model cannot be used


class ModelCards(QAbstractListModel):
    """The cards in order, and up to four pictures for each that has some."""

    CardRole = Qt.ItemDataRole.UserRole
    PicturesRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[ModelCard] = []
        self._pictures: dict[str, list[QImage]] = {}

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._cards)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        return {
            Qt.ItemDataRole.DisplayRole: card.name,
            Qt.ItemDataRole.AccessibleTextRole: card.words,
            Qt.ItemDataRole.ToolTipRole: card.tip,
            self.CardRole: card,
            self.PicturesRole: self._pictures.get(card.key, []),
        }.get(role)

    def show_cards(self, cards: Sequence[ModelCard], pictures: dict[str, list[QImage]]) -> bool:
        """Bring the list to these. True where they are others than before, not the same ones changed."""
        same = [card.key for card in cards] == [card.key for card in self._cards]
        if same and list(cards) == self._cards and pictures == self._pictures:
            return False
        if same:
            self._cards, self._pictures = list(cards), pictures
            self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
            return False
        self.beginResetModel()
        self._cards, self._pictures = list(cards), pictures
        self.endResetModel()
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def key(self, row: int) -> str:
        return self._cards[row].key

    def row(self, key: str) -> int | None:
        return next((row for row, card in enumerate(self._cards) if card.key == key), None)


class ModelList(QListView):
    """One model is chosen at any time. Arrow keys move the choice."""

    chosen = Signal(str)  #: by the user: the key of a card
    menu_asked = Signal(QPoint)  #: for the chosen card; where on the screen
    drag_asked = Signal()  #: of the chosen card

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = ModelCards(self)
        self.setModel(self.cards)
        self.setItemDelegate(_CardDelegate(self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self._choosing = False
        self.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def current_key(self) -> str:
        index = self.currentIndex()
        return self.cards.key(index.row()) if index.isValid() else ""

    def show_cards(self, cards: Sequence[ModelCard], pictures: dict[str, list[QImage]], chosen: str) -> None:
        """Bring the list to these cards without telling that the user chose one."""
        self._choosing = True
        self.cards.show_cards(cards, pictures)
        row = self.cards.row(chosen)
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self.cards.index(row))
            self.scrollTo(self.cards.index(row))
        self._choosing = False

    def leave_free(self, top: int, bottom: int) -> None:
        """Points above and below the cards."""
        self.setViewportMargins(0, top, 0, bottom)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        self.drag_asked.emit()

    def _current_changed(self, now: QModelIndex) -> None:
        if not self._choosing and now.isValid():
            self.chosen.emit(self.cards.key(now.row()))

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():  # by keyboard: the menu belongs to the chosen card
            at = self.visualRect(self.currentIndex()).center()
        if self.currentIndex().isValid():
            self.menu_asked.emit(self.viewport().mapToGlobal(at))


class _CardDelegate(QStyledItemDelegate):
    def __init__(self, view: ModelList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        card, pictures = index.data(ModelCards.CardRole), index.data(ModelCards.PicturesRole)
        role, colours = QPalette.ColorRole, QGuiApplication.palette()
        room = QRectF(option.rect).adjusted(2 * GAP, GAP, -2 * GAP, -GAP)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        line = QPen(colours.color(role.Mid), 1)
        if selected:
            line = QPen(colours.color(role.Accent if self._view.hasFocus() else role.WindowText), 1.6)
        painter.setPen(line)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(colours.color(role.Midlight if hovered and not selected else role.AlternateBase))
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inside = room.adjusted(INSIDE, INSIDE, -INSIDE, -INSIDE)
        square = QRectF(inside.left(), inside.top(), SIDE, SIDE)
        self._paint_samples(painter, square, pictures, card)
        text = QRect(round(square.right()) + 16, round(inside.top()), 0, round(inside.height()))
        text.setRight(round(inside.right()))
        self._paint_words(painter, text, card)
        painter.restore()

    def _paint_samples(self, painter: QPainter, square: QRectF, pictures: list[QImage], card: ModelCard) -> None:
        """Up to four pictures as a square, or a drawing where there are none."""
        if not pictures:
            role, colours = QPalette.ColorRole, QGuiApplication.palette()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(role.Window))
            painter.drawRoundedRect(square, 5, 5)
            name = "warning" if card.trouble else card.icons[0] if card.icons else "model"
            self._draw(painter, name, square.center().toPoint(), 34, colours.color(role.PlaceholderText))
            return
        columns = 1 if len(pictures) == 1 else 2
        gap = 2.0 if columns > 1 else 0.0
        side = (square.width() - gap) / columns
        for number, picture in enumerate(pictures[:4]):
            row, column = divmod(number, columns)
            painter.drawImage(
                QRectF(square.left() + column * (side + gap), square.top() + row * (side + gap), side, side), picture
            )

    def _paint_words(self, painter: QPainter, room: QRect, card: ModelCard) -> None:
        role, colours = QPalette.ColorRole, QGuiApplication.palette()
        plain, bold = QFont(painter.font()), sized(painter.font(), HEADING)
        bold.setWeight(QFont.Weight.DemiBold)
        quiet, lines = colours.color(role.PlaceholderText), painter.fontMetrics().height() + 3
        badge = painter.fontMetrics().horizontalAdvance(card.badge)
        top = room.top() - 2
        painter.setPen(quiet)
        right = QRect(room.right() - badge, top, badge + 1, lines)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, card.badge)
        painter.setFont(bold)
        painter.setPen(colours.color(role.WindowText))
        self._line(painter, QRect(room.left(), top, room.width() - badge - 12, lines), card.name)
        painter.setFont(plain)
        summary = card.trouble or card.summary
        painter.setPen(colours.color(role.WindowText) if card.trouble else quiet)
        self._line(painter, QRect(room.left(), top + lines + 2, room.width(), lines), summary)
        x, y = room.left() + 8, top + 2 * lines + 18
        for icon in card.icons:
            self._draw(painter, icon, QPoint(x, y), 17, colours.color(role.WindowText))
            x += 27
        painter.setPen(quiet)
        self._line(painter, QRect(room.left(), room.bottom() - lines + 3, room.width(), lines), card.facts)

    def _line(self, painter: QPainter, room: QRect, words: str) -> None:
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)

    def _draw(self, painter: QPainter, name: str, centre: QPoint, side: int, colour: QColor) -> None:
        made = theme.pixmap(name, colour.name(), side, self._view.devicePixelRatioF())
        painter.drawPixmap(centre - QPoint(side // 2, side // 2), made)

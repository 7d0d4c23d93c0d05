"""Which model to use: a list of those on this computer that can do what a tab needs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.sentences import local
from engine import catalog


class DropDown(QComboBox):
    """A list that drops down; the wheel scrolls what it stands in."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow in the colour of the text: a stylesheet can only take one from a file."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(ink, 1.5, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        tip = QPointF(16 if mirrored else self.width() - 16, self.height() / 2 + 2)
        painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)])


class ModelChoice(QWidget):
    """The models with one of some capabilities, or a sentence that there is none.

    Empty until `refresh`, which reads cards from the disk: a tab calls it when it is shown.
    """

    chosen = Signal(str)  #: by the user: the model's id

    def __init__(self, *capabilities: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._capabilities = capabilities
        self._cards: dict[str, catalog.Card] = {}
        self.box = DropDown(self.tr("Model"))
        self._none = QLabel(self.tr("No model that can do this is installed."))
        self._none.setProperty("quiet", True)
        self._none.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addWidget(self._none)
        self._none.hide()
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._activated)

    def refresh(self) -> None:
        """Look which models there are. The chosen one stays chosen while it is there."""
        kept = self.model
        self._cards = {card.id: card for card in self.offered()}
        self.box.clear()
        for card in self._cards.values():
            self.box.addItem(self.words(card), card.id)
            self.box.setItemData(self.box.count() - 1, local(card.summary), Qt.ItemDataRole.ToolTipRole)
        self.box.setVisible(self.available)
        self._none.setVisible(not self.available)
        if not self.choose(kept):
            self._dress()

    def offered(self) -> list[catalog.Card]:
        """The models to choose from, in their order."""
        return [card for capability in self._capabilities for card in catalog.cards(capability)]

    def words(self, card: catalog.Card) -> str:
        """What a model is called in the list."""
        return local(card.name)

    @property
    def available(self) -> bool:
        """Whether there is a model at all."""
        return bool(self._cards)

    @property
    def model(self) -> str:
        """The id of the chosen model, "" for none."""
        return str(self.box.currentData() or "")

    @property
    def card(self) -> catalog.Card | None:
        """What the chosen model says of itself."""
        return self._cards.get(self.model)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all that can be chosen."""
        return frozenset(self._cards)

    def choose(self, model: str) -> bool:
        """Show a choice without telling that the user made it. False where there is no such model."""
        if model not in self._cards:
            return False
        self.box.setCurrentIndex(list(self._cards).index(model))
        self._dress()
        return True

    def _activated(self) -> None:
        self._dress()
        self.chosen.emit(self.model)

    def _dress(self) -> None:
        self.box.setToolTip(local(self.card.summary) if self.card else "")

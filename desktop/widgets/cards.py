"""Large cards of which one is chosen: a title, a sentence or two, and a traffic light where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.scale import HEADING, sized
from desktop.widgets.focus import FocusRing
from desktop.widgets.lamp import Lamp
from engine.lessons import Colour

_WIDEST, _PAD = 440, 18


class CardButton(QRadioButton):
    """One card. The whole of it is pressed; its words are also its accessible ones."""

    def __init__(self, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ring = FocusRing(self)
        self._title, self._text, self._note = QLabel(title), QLabel(text), QLabel()
        self._title.setFont(sized(self._title.font(), HEADING))
        self._light = Lamp()
        self._light.hide()
        for label in (self._title, self._text, self._note):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._text.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _PAD - 2, _PAD, _PAD)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(6)
        self._note.setContentsMargins(0, 4, 0, 0)
        note = QHBoxLayout()
        note.setSpacing(8)
        note.addWidget(self._light, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self._note, 1)
        column.addLayout(note)
        column.addStretch()
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaximumWidth(_WIDEST)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name()

    @property
    def words(self) -> str:
        """All that is written on it."""
        return " ".join(filter(None, (label.text() for label in (self._title, self._text, self._note))))

    def show_light(self, colour: Colour | None, note: str) -> None:
        """What stands at the foot of the card; ``colour`` None: no lamp beside it."""
        self._light.setVisible(colour is not None)
        if colour is not None:
            self._light.show_colour(colour)
        self._note.setText(note)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(" ".join(filter(None, (self._text.text(), self._note.text()))))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return QSize(240, layout.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 90)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.heightForWidth(width)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            # Why it cannot be chosen must stay readable: quiet text is as clear where things are not possible.
            self._note.setProperty("quiet", not self.isEnabled())
            self._note.style().unpolish(self._note)
            self._note.style().polish(self._note)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours = QPalette.ColorRole, self.palette()
        outline = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        chosen = self.isChecked()
        hovered = self.underMouse() and self.isEnabled()
        painter.setBrush(colours.color(role.AlternateBase if chosen or hovered else role.Base))
        pen = QPen(colours.color(role.WindowText if chosen else role.Mid), 2 if chosen else 1)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(outline, 9, 9)
        self._ring.draw(painter, radius=9)


class Cards(QWidget):
    """Cards side by side. Arrow keys move the choice."""

    chosen = Signal(int)  #: by the user: the index of the card

    def __init__(self, name: str, cards: Sequence[CardButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = list(cards)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for index, card in enumerate(self.cards):
            self._group.addButton(card, index)
            card.installEventFilter(self)
            row.addWidget(card, 1)
        row.addStretch()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group.idClicked.connect(self.chosen)

    @property
    def index(self) -> int:
        """The chosen card, -1 for none."""
        return self._group.checkedId()

    def choose(self, index: int | None) -> None:
        """Show a choice without telling that the user made it; None: no card is chosen."""
        self._group.setExclusive(False)
        for number, card in enumerate(self.cards):
            card.setChecked(number == index)
        self._group.setExclusive(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in steps:
            return False
        possible = [card for card in self.cards if card.isEnabled()]
        if isinstance(watched, CardButton) and watched in possible:
            card = possible[(possible.index(watched) + steps[Qt.Key(event.key())]) % len(possible)]
            card.setFocus(Qt.FocusReason.TabFocusReason)
            card.click()
        return True

"""A few words in a row of which one is chosen, and a switch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop.widgets.focus import FocusRing


class Choice(QFrame):
    """One of several words. Arrow keys move the choice."""

    chosen = Signal(int)  #: by the user: the index of the word

    def __init__(self, name: str, words: Sequence[str], stretch: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self.setProperty("stretch", stretch)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for index, word in enumerate(words):
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {word}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if stretch:
                button.setSizePolicy(
                    QSizePolicy.Policy.Expanding,
                    QSizePolicy.Policy.Fixed,
                )
            button.installEventFilter(self)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.idClicked.connect(self.chosen)
        self.choose(0)

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Show a choice without telling that the user made it."""
        self._group.button(index).setChecked(True)
        for button in self.buttons():  # Tab goes to the chosen word only, arrows to the others
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button.isChecked() else Qt.FocusPolicy.NoFocus)

    def buttons(self) -> list[QToolButton]:
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    def set_tip(self, index: int, tip: str) -> None:
        self._group.button(index).setToolTip(tip)

    def follow(self, actions: Sequence[QAction]) -> None:
        """Say with each word what its action says: the keys of an action may be changed."""
        for index, action in enumerate(actions):
            self.set_tip(index, action.toolTip())
            action.changed.connect(lambda index=index, action=action: self.set_tip(index, action.toolTip()))

    def eventFilter(self, watched: object, event: object) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress:
            return False
        right = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {Qt.Key.Key_Left: -right, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: right, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            step, count = steps[Qt.Key(event.key())], len(self.buttons())
            places = [(self.index + step * far) % count for far in range(1, count + 1)]
            index = next(place for place in places if self._group.button(place).isEnabled())
            self.choose(index)
            self._group.button(index).setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(index)
            return True
        return False


class Switch(QCheckBox):
    """A check box that looks like a switch at the right end of its line."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._ring = FocusRing(self)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 24, 26)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours = QPalette.ColorRole, self.palette()
        painter.setPen(colours.color(role.WindowText))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(2, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter | side, self.text())
        body = QRectF(2 if mirrored else self.width() - 36, self.height() / 2 - 9, 34, 18)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(role.WindowText if on else role.Dark))
        painter.drawRoundedRect(body, 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(role.Window if on else role.PlaceholderText))
        painter.drawEllipse(QPointF(body.right() - 9 if on else body.left() + 9, body.center().y()), 6, 6)
        self._ring.draw(painter, body.adjusted(-2, -2, 2, 2), 10)

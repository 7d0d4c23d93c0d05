"""The pictures of a journey in a row: two places to begin with, and one more to add to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragLeaveEvent, QDropEvent, QImage, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.tabs.interpolate_plan import FEWEST, MOST, Key
from desktop.widgets.slot import Slot

#: Points of a place beside the large picture, and while there is none.
SMALL, LARGE = QSize(118, 84), QSize(300, 250)
#: Points under a place, for what can be done with it.
TOOLS = 24


class KeyPlace(QWidget):
    """One place: its picture, and under it what can be done with it."""

    remove_asked = Signal()
    step_asked = Signal(int)  #: -1: to the left

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("Picture %1").replace("%1", str(number))
        invites = [self.tr("Drop the first picture here, or press to choose one"), self.tr("… and the second one here")]
        self.slot = Slot(name, invites[number - 1] if number <= FEWEST else "+")
        self._number = QLabel(str(number))
        self._number.setProperty("quiet", True)
        self._left = self._button("left", self.tr("Move picture %1 to the left"), number)
        self._right = self._button("right", self.tr("Move picture %1 to the right"), number)
        self._remove = self._button("close", self.tr("Remove picture %1"), number)
        under = QWidget()
        under.setFixedHeight(TOOLS)
        tools = QHBoxLayout(under)
        tools.setContentsMargins(4, 0, 0, 0)
        tools.setSpacing(0)
        tools.addWidget(self._number)
        tools.addStretch()
        for button in (self._left, self._right, self._remove):
            tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.slot)
        column.addWidget(under)
        self._left.clicked.connect(lambda: self.step_asked.emit(-1))
        self._right.clicked.connect(lambda: self.step_asked.emit(1))
        self._remove.clicked.connect(self.remove_asked)

    @staticmethod
    def _button(drawing: str, words: str, number: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("bare", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.set_icon(button, drawing)
        button.setIconSize(QSize(12, 12))
        button.setFixedSize(22, 22)
        button.setStyleSheet("padding: 2px;")
        button.setAccessibleName(words.replace("%1", str(number)))
        button.setToolTip(button.accessibleName())
        return button

    def show_key(self, key: Key | None, image: QImage | None, steps: tuple[bool, bool], large: bool) -> None:
        """A picture or none; ``steps``: whether it can go left, and right."""
        self.slot.setFixedSize(LARGE if large else SMALL)
        if self.slot.image is not image:
            self.slot.show_image(image)
        self.slot.setToolTip(key.name if key else "")
        self.slot.setAccessibleDescription(key.name if key else self.tr("Empty: press to choose a picture"))
        self._number.setVisible(key is not None and not large)
        self._remove.setVisible(key is not None)
        for button, possible in zip((self._left, self._right), steps, strict=True):
            button.setVisible(any(steps))
            button.setEnabled(possible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit()
        elif event.key() in moves and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_asked.emit(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class KeyRow(QScrollArea):
    """All places. The one behind the last is empty and takes more pictures."""

    dropped = Signal(int, object)  #: a place, and a `desktop.widgets.drop.Dropped`
    choose_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)  #: from a place to another

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the way under the scrubber
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pictures to pass"))
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self._row.addStretch(1)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.places: list[KeyPlace] = []  #: the last is the one for more
        self._keys: tuple[Key | None, ...] = ()

    def show_keys(
        self,
        keys: tuple[Key | None, ...],
        image: Callable[[Key], QImage | None],
        file: Callable[[Key], Path | None],
        large: bool,
    ) -> None:
        """``image`` and ``file`` say how a picture looks, and what stands for it when it is dragged out."""
        self._keys = keys
        while len(self.places) <= len(keys):
            self._add()
        while len(self.places) > len(keys) + 1:
            gone = self.places.pop()
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for number, place in enumerate(self.places):
            key = keys[number] if number < len(keys) else None
            moves = key is not None and not large
            steps = (moves and number > 0, moves and number < len(keys) - 1)
            place.show_key(key, image(key) if key else None, steps, large)
            place.slot.file_for_drag = (lambda key=key: file(key)) if key else None
            place.setVisible(number < len(keys) or (not large and number < MOST))
        self._row.setSpacing(24 if large else 12)
        self.setFixedHeight((LARGE if large else SMALL).height() + TOOLS + 14)

    def show_busy(self, number: int | None) -> None:
        """A picture is on its way to a place, or to none any more."""
        for place in self.places:
            place.slot.show_busy(number is not None and place is self.places[number])

    def _add(self) -> None:
        number = len(self.places)
        place = KeyPlace(number + 1)
        self.places.append(place)
        self._row.insertWidget(self._row.count() - 1, place)
        place.slot.installEventFilter(self)
        place.slot.dropped.connect(lambda dropped: self.dropped.emit(number, dropped))
        place.slot.clicked.connect(lambda: self.choose_asked.emit(number))
        place.slot.menu_asked.connect(lambda at: self._menu(number, at))
        place.remove_asked.connect(lambda: self.remove_asked.emit(number))
        place.step_asked.connect(lambda step: self._step(number, step))

    def _menu(self, number: int, at: QPoint) -> None:
        there = number < len(self._keys) and self._keys[number] is not None
        menu = QMenu(self)
        menu.addAction(
            self.tr("Replace…") if there else self.tr("Choose a picture…"), lambda: self.choose_asked.emit(number)
        )
        if there:
            menu.addAction(self.tr("Copy"), self.places[number].slot.copy)
            menu.addSeparator()
            left = menu.addAction(self.tr("Move to the left"), lambda: self.move_asked.emit(number, number - 1))
            right = menu.addAction(self.tr("Move to the right"), lambda: self.move_asked.emit(number, number + 1))
            left.setEnabled(number > 0)
            right.setEnabled(number < len(self._keys) - 1)
            menu.addAction(self.tr("Remove"), lambda: self.remove_asked.emit(number))
        menu.exec(at)

    def _step(self, number: int, step: int) -> None:
        if 0 <= number + step < len(self.places) - 1:
            self.move_asked.emit(number, number + step)
            self.places[number + step].slot.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A picture dragged from one place to another changes its place; the slot would take it as a new one."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            slots: list[QObject] = [place.slot for place in self.places]
            if event.source() in slots and watched in slots:
                event.acceptProposedAction()
                QApplication.sendEvent(watched, QDragLeaveEvent())  # takes away the frame that said it is welcome
                start, end = slots.index(event.source()), slots.index(watched)
                self.move_asked.emit(start, min(end, len(self.places) - 2))
                return True
        return super().eventFilter(watched, event)

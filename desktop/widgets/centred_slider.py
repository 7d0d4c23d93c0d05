"""A labelled slider with nothing in the middle: less on the left, more on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.numbers import number
from desktop.sentences import local
from desktop.widgets.slider import Track

#: Positions of the track to 1.
FINE = 100
#: The mouse finds the middle when it is this near, in positions.
NEAR = 7


class CentredTrack(Track):
    """Begins in the middle and goes back there by a double click."""

    middle_asked = Signal()

    def __init__(self, reach: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.origin = 0
        self.setRange(-reach, reach)

    def _value_at(self, x: float) -> int:
        value = super()._value_at(x)
        return 0 if abs(value) <= NEAR else value

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.middle_asked.emit()


class CentredSlider(QWidget):
    """Name, value and track of a number from -``reach`` to ``reach``.

    ``removable`` gives it a button by which the user can do away with it.
    """

    edited = Signal(float, bool)  #: the new value, and whether the mouse still holds the handle
    remove_asked = Signal()

    def __init__(
        self, name: str, reach: float, tip: str = "", removable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        shown = local(name)
        shown = shown[:1].upper() + shown[1:]
        self.track = CentredTrack(round(reach * FINE))
        self.track.setSingleStep(FINE // 10)
        self.track.setPageStep(FINE // 2)
        self.track.setAccessibleName(shown)
        self.track.setAccessibleDescription(tip)
        label = QLabel(shown)
        label.setBuddy(self.track)
        label.setMinimumHeight(22)
        label.setTextFormat(Qt.TextFormat.PlainText)  # the user may have named it
        self._value = QLabel()
        self._value.setProperty("quiet", True)
        self.back = _button("auto", self.tr("%1: back to the middle").replace("%1", shown))
        self.back.setToolTip(self.tr("Back to the middle (double click)"))
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        top = QHBoxLayout()
        top.setContentsMargins(2, 0, 0, 0)
        top.setSpacing(4)
        top.addWidget(label, 1)
        top.addWidget(self._value)
        top.addWidget(self.back)
        if removable:
            remove = _button("close", self.tr("Remove the slider %1").replace("%1", shown))
            remove.setToolTip(self.tr("Remove this slider"))
            remove.clicked.connect(self.remove_asked)
            top.addWidget(remove)
        top.addSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.track)  # first, so that Tab comes to it before the buttons
        column.insertLayout(0, top)
        self.setToolTip(tip)
        self.track.valueChanged.connect(self._moved)
        self.track.middle_asked.connect(self._to_middle)
        self.back.clicked.connect(self._to_middle)
        self.show_value(0.0)

    def show_value(self, value: float) -> None:
        """Show a value, which may lie beyond the ends of the track, without telling it was edited."""
        self.track.blockSignals(True)
        self.track.setValue(round(value * FINE))
        self.track.blockSignals(False)
        self._value.setText(words(value))
        self.track.say(self._spoken(value))
        self.back.setVisible(value != 0)
        self.track.update()

    def _spoken(self, value: float) -> str:
        """In words: a minus sign is not read by every screen reader."""
        said = self.tr("{value} less") if value < 0 else self.tr("{value} more") if value else self.tr("in the middle")
        return said.format(value=words(abs(value)).lstrip("+"))

    def _moved(self, position: int) -> None:
        self.show_value(position / FINE)
        self.edited.emit(position / FINE, self.track.isSliderDown())

    def _to_middle(self) -> None:
        self.show_value(0.0)
        self.track.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(0.0, False)


def words(value: float) -> str:
    """ "+1.25", "0", "−0.5" """
    if not value:
        return "0"
    digits = 2 if round(value, 2) != round(value, 1) else 1 if round(value, 1) != round(value) else 0
    return f"{'+' if value > 0 else '−'}{number(abs(value), digits)}"


def _button(drawing: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("bare", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    theme.set_icon(button, drawing)
    button.setIconSize(QSize(14, 14))
    button.setFixedSize(22, 22)
    button.setStyleSheet("padding: 2px;")
    button.setAccessibleName(name)
    return button

"""A labelled slider that can leave the choice to the model: it starts in Auto and shows what was estimated."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets import spoken
from desktop.widgets.focus import FocusRing

_HANDLE = 7.0  # radius in points


class Track(QSlider):
    """A horizontal slider that jumps to where it is pressed, hollow while it is automatic."""

    kept = Signal(int)  #: pressed where it stands: a choice too
    spoken_role = QAccessible.Role.Slider

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # more is on the right in every language
        self.automatic = False
        self._ring = FocusRing(self)  # around the handle
        self._words = ""  # the value as it is spoken
        self.mark: int | None = None  #: the estimate, as a small tick
        self.origin: int | None = None  #: where the line to the handle begins; None: at the left end
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """The value in words."""
        if words != self._words:
            self._words = words
            spoken.changed(self)

    def spoken_value(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(120, 24)

    def _x(self, value: int) -> float:
        share = (value - self.minimum()) / max(self.maximum() - self.minimum(), 1)
        return _HANDLE + 2 + share * (self.width() - 2 * _HANDLE - 4)

    def _value_at(self, x: float) -> int:
        share = (x - _HANDLE - 2) / max(self.width() - 2 * _HANDLE - 4, 1)
        return round(self.minimum() + min(max(share, 0.0), 1.0) * (self.maximum() - self.minimum()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._move_to(event.position().x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _move_to(self, x: float) -> None:
        value = self._value_at(x)
        if value == self.value():
            self.kept.emit(value)
        self.setValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the panel; it changes a value only where the keyboard would."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, colours = QPalette.ColorRole, self.palette()
        middle, handle = self.height() / 2, self._x(self.value())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(role.Dark))
        painter.drawRoundedRect(QRectF(2, middle - 1.5, self.width() - 4, 3), 1.5, 1.5)
        ink = colours.color(role.WindowText)
        if not self.automatic:
            painter.setBrush(ink)
            start = 2.0 if self.origin is None else self._x(self.origin)
            line = QRectF(min(start, handle), middle - 1.5, abs(handle - start), 3)
            painter.drawRoundedRect(line, 1.5, 1.5)
            if self.origin is not None:
                painter.drawRect(QRectF(start - 0.75, middle - 5, 1.5, 10))
        if self.mark is not None and not self.automatic:
            painter.setBrush(colours.color(role.PlaceholderText))
            painter.drawRect(QRectF(self._x(self.mark) - 0.75, middle + 5, 1.5, 5))
        reach = _HANDLE + 3
        self._ring.draw(painter, QRectF(handle - reach, middle - reach, 2 * reach, 2 * reach), reach - 1)
        painter.setPen(QPen(colours.color(role.PlaceholderText), 1.6) if self.automatic else Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(role.Window) if self.automatic else ink)
        radius = _HANDLE - 1 if self.automatic else _HANDLE
        painter.drawEllipse(QPointF(handle, middle), radius, radius)


class LabelledSlider(QWidget):
    """Name, value and track of one number. ``None`` is Auto, where the slider allows it.

    ``words`` turns a position of the track into what is shown beside the name.
    """

    edited = Signal(object)  #: the new position, an int, or None for Auto

    def __init__(
        self,
        name: str,
        maximum: int,
        words: Callable[[int], str],
        automatic: bool = True,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._can_be_automatic = words, automatic
        self._estimate: int | None = None
        self.track = Track()
        self.track.setRange(0, maximum)
        self.track.setPageStep(max(maximum // 10, 1))
        self.track.setAccessibleName(name)
        self.track.setAccessibleDescription(tip)
        label = QLabel(name)
        label.setBuddy(self.track)
        self._value = QLabel()
        self._value.setProperty("quiet", True)
        self._back = QToolButton()
        self._back.setProperty("bare", True)
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.set_icon(self._back, "auto")
        self._back.setIconSize(QSize(14, 14))
        self._back.setFixedSize(22, 22)
        self._back.setStyleSheet("padding: 2px;")
        self._back.setAccessibleName(self.tr("%1: back to Auto").replace("%1", name))
        self._back.setToolTip(self.tr("Back to Auto"))
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(label)
        top.addStretch()
        top.addWidget(self._value)
        top.addWidget(self._back)
        top.addSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top.setContentsMargins(2, 0, 0, 0)
        label.setMinimumHeight(22)
        column.addWidget(self.track)  # first, so that Tab comes to it before the button
        column.insertLayout(0, top)
        self.setToolTip(tip)
        self.track.valueChanged.connect(self._moved)
        self.track.kept.connect(self._moved)
        self._back.clicked.connect(self._automatic)
        self.show_value(None if automatic else maximum, None)

    def show_value(self, position: int | None, estimate: int | None) -> None:
        """Show a value, or Auto with what was estimated (None: not known yet), without telling it was edited."""
        automatic = position is None
        shown = estimate if automatic else position
        self.track.blockSignals(True)
        self.track.setValue(shown if shown is not None else 0)
        self.track.blockSignals(False)
        self._estimate = self.track.mark = estimate
        self._dress(automatic)

    def _dress(self, automatic: bool) -> None:
        self.track.automatic = automatic
        self._back.setVisible(self._can_be_automatic and not automatic)
        if not automatic:
            text = self._words(self.track.value())
        elif self._estimate is None:
            text = self.tr("Auto")
        else:
            text = self.tr("Auto · %1").replace("%1", self._words(self._estimate))
        self._value.setText(text)
        self.track.say(self._spoken(automatic))
        self.track.update()

    def _spoken(self, automatic: bool) -> str:
        """ "25 of 75", "0.5 px", "Auto, 25 of 75" """
        if automatic and self._estimate is None:
            return self.tr("Auto")
        words, most = self._words(self.track.value()), self._words(self.track.maximum())
        if words.isdigit():  # a number without a unit says nothing alone
            words = self.tr("{value} of {most}").format(value=words, most=most)
        return self.tr("Auto, {value}").format(value=words) if automatic else words

    def _moved(self, position: int) -> None:
        self._dress(False)
        self.edited.emit(position)

    def _automatic(self) -> None:
        self.show_value(None, self._estimate)
        self.track.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(None)

"""What screen readers are told of widgets that are painted by hand: what they are, and what they show in words.

Qt knows nothing of a widget that paints itself but its name. A widget that has ``spoken_role`` and
``spoken_value`` is described by these instead (`Spoken`), and says `changed` when its words are others.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueChangeEvent, QAccessibleValueInterface
from PySide6.QtWidgets import QAbstractSlider, QAccessibleWidget, QWidget

_Role, _Text = QAccessible.Role, QAccessible.Text


@runtime_checkable
class Spoken(Protocol):
    """A widget that speaks for itself."""

    @property
    def spoken_role(self) -> QAccessible.Role:
        """What it is."""
        ...

    def spoken_value(self) -> str:
        """What it shows at the moment: "25 of 75". Its name is said before."""
        ...


def install() -> None:
    """Tell Qt of this module, once."""
    QAccessible.installFactory(_describe)


def changed(widget: QWidget) -> None:
    """The words of a `Spoken` widget are others."""
    if QAccessible.isActive() and isinstance(widget, Spoken):
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, widget.spoken_value()))


def _describe(_class_name: str, what: QObject) -> QAccessibleInterface | None:
    return _Described(what) if isinstance(what, QWidget) and isinstance(what, Spoken) else None


class _Described(QAccessibleWidget):
    def __init__(self, widget: QWidget) -> None:
        assert isinstance(widget, Spoken)
        super().__init__(widget, widget.spoken_role)
        self._spoken: Spoken = widget
        self._numbers = _Numbers(widget) if isinstance(widget, QAbstractSlider) else None

    def role(self) -> QAccessible.Role:
        return self._spoken.spoken_role

    def text(self, which: QAccessible.Text) -> str:
        return self._spoken.spoken_value() if which is _Text.Value else super().text(which)

    def interface_cast(self, which: QAccessible.InterfaceType) -> object:  # pyright: ignore[reportIncompatibleMethodOverride]
        if which is QAccessible.InterfaceType.ValueInterface and self._numbers is not None:
            return self._numbers
        return super().interface_cast(which)


class _Numbers(QAccessibleValueInterface):
    """The positions of a slider, for tools that set them."""

    def __init__(self, slider: QAbstractSlider) -> None:
        super().__init__()
        self._slider = slider

    def currentValue(self) -> int:
        return self._slider.value()

    def setCurrentValue(self, value: float) -> None:
        self._slider.setValue(round(value))

    def minimumValue(self) -> int:
        return self._slider.minimum()

    def maximumValue(self) -> int:
        return self._slider.maximum()

    def minimumStepSize(self) -> int:
        return self._slider.singleStep()

"""Something done to every widget of the program, without the window standing still meanwhile.

What is seen is done at once, as one picture; what is hidden in later turns of the event loop, a little in each, and
a page that is shown before its turn as it comes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer

#: Seconds a turn may work on hidden widgets.
SLICE = 0.03


class Restyle(QObject):
    """``restyle`` is what is done, to one widget at a time."""

    def __init__(self, restyle: Callable[[QWidget], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._restyle = restyle
        self._waiting: set[int] = set()  # addresses: a widget may go, or its program end, before its turn
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def begin(self) -> None:
        """All widgets that there are now: what is seen before this returns."""
        widgets = QApplication.allWidgets()
        self._waiting = {_address(widget) for widget in widgets}
        self._do(widget for widget in widgets if widget.isVisible())
        self._timer.start()

    def catch_up(self, page: QWidget) -> None:
        """A page and all that is in it, now, unless they had their turn."""
        if self._waiting:
            self._do([page, *page.findChildren(QWidget)])

    def _turn(self) -> None:
        end = time.perf_counter() + SLICE
        if self._do(QApplication.allWidgets(), lambda: time.perf_counter() >= end):
            self._waiting.clear()  # what is left are widgets that are gone
            self._timer.stop()

    def _do(self, widgets: Iterable[QWidget], enough: Callable[[], bool] = lambda: False) -> bool:
        """Whether all ``widgets`` had their turn before it was ``enough``, which is asked after each."""
        for widget in widgets:
            address = _address(widget)
            if address in self._waiting:
                self._waiting.remove(address)
                self._restyle(widget)
                if enough():
                    return False
        return True


def _address(widget: QWidget) -> int:
    return getCppPointer(widget)[0]

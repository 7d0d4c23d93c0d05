"""Exceptions that nobody expected reach the user once, in words, and the window stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop import crash_log
from desktop.widgets.trouble import TroubleBox


class Troubles(QObject):
    """Hears of exceptions from any thread. Each kind is shown once, and one at a time: the log has them all."""

    _heard = Signal(str, str)

    def __init__(self, window: QWidget, report: Callable[[str], str]) -> None:
        """``report`` makes the text of a report about what went wrong."""
        super().__init__(window)
        self._window, self._report = window, report
        self._told: set[str] = set()
        self.box: TroubleBox | None = None  #: the one that is open
        self._heard.connect(self._tell_unexpected, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Show exceptions from now on."""
        crash_log.on_unexpected(self._heard.emit)

    def tell(self, what: str, remedy: str, details: str, mark: str = "") -> None:
        """What happened, what can be done, and details for whoever helps; the same ``mark`` only once."""
        mark = mark or details
        if self.box is not None or mark in self._told or not self._window.isVisible():
            return
        self._told.add(mark)
        self.box = TroubleBox(what, remedy, details, lambda: self._report(details), self._window)
        self.box.destroyed.connect(self._closed)
        self.box.open()

    def tell_engine_broken(self, sentence: str) -> None:
        """The engine cannot work, and why."""
        what = self.tr("The part that works on pictures does not run.")
        remedy = self.tr(
            "Photos and results are safe. Close other programs if memory is short, then press “Try again” or start the "
            "program anew. If that does not help, a report says what is missing."
        )
        self.tell(what, remedy, sentence)

    def _tell_unexpected(self, mark: str, details: str) -> None:
        what = self.tr("Something went wrong in this program.")
        remedy = self.tr(
            "Your pictures and files are as they were. You can go on; if it happens again, save your work and start "
            "the program anew. A report helps us to mend it: nothing is sent by itself."
        )
        self.tell(what, remedy, details, mark)

    def _closed(self) -> None:
        self.box = None

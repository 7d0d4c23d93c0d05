"""The window that is open. It is built anew for another language, and goes on with what the one before held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop import language
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.window import MainWindow

#: Milliseconds between two looks whether the work has ended that a new window could not go on with.
PATIENCE = 500


class OpenWindow(QObject):
    """Holds `window`, one at a time. ``engine`` makes a client of the engine for each."""

    built = Signal(object)  #: a new `MainWindow`, before it is shown

    def __init__(
        self,
        preferences: Preferences,
        folder: Path,
        engine: Callable[[Path], EngineClient] = EngineClient,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._folder, self._engine = preferences, folder, engine
        self._waiting = QTimer(self)
        self._waiting.setInterval(PATIENCE)
        self._waiting.timeout.connect(self._speak_when_possible)
        self.window = self._build()

    def open(self, paths: Sequence[Path]) -> None:
        """Files from outside."""
        self.window.open(paths)

    def come_forward(self, paths: Sequence[Path]) -> None:
        """The user has started the program once more."""
        self.window.come_forward(paths)

    def _build(self) -> MainWindow:
        window = MainWindow(self._engine(self._folder), self._preferences, self._folder)
        window.languages.chosen.connect(self._speak, Qt.ConnectionType.QueuedConnection)  # the menu goes, too
        window.closing.connect(self._waiting.stop)
        return window

    def _speak(self) -> None:
        """Change the language, at once or when that is possible."""
        if self.window.at_work():
            self.window.banner.say(self.tr("The language changes when the work at hand has ended."), sign="info")
            self._waiting.start()
        else:
            self._speak_when_possible()

    def _speak_when_possible(self) -> None:
        if self.window.at_work():
            return
        self._waiting.stop()
        before = self.window
        kept, place, state = before.kept(), before.saveGeometry(), before.windowState()
        before.make_way()
        language.apply(self._preferences.language)
        self.window = window = self._build()
        window.ask_before_closing = before.ask_before_closing
        window.take_up(kept)
        window.restoreGeometry(place)
        window.setWindowState(state)
        self.built.emit(window)
        window.show()
        before.hide()
        before.deleteLater()

"""The window that is open. It is built anew for another language, and goes on with what the one before held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop import language
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs.doors import place_of
from desktop.window import MainWindow

#: Milliseconds between two looks whether the work has ended that a new window could not go on with.
PATIENCE = 500
#: Begins something and sees to it that its argument is called when that is done.
Next = Callable[[Callable[[], object]], object]


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
        self._changing = False
        self.window = self._build()

    def open(self, paths: Sequence[Path]) -> None:
        """Files from outside."""
        self.window.open(paths)

    def come_forward(self, paths: Sequence[Path]) -> None:
        """The user has started the program once more."""
        self.window.come_forward(paths)

    def _build(self) -> MainWindow:
        self._client = self._engine(self._folder)
        window = MainWindow(self._client, self._preferences, self._folder)
        window.languages.chosen.connect(self._speak, Qt.ConnectionType.QueuedConnection)  # the menu goes, too
        window.closing.connect(self._waiting.stop)
        return window

    def _speak(self) -> None:
        """Change the language, at once or when that is possible."""
        if self._changing:  # that is seen when it is done
            return
        if self.window.at_work():
            self.window.banner.say(self.tr("The language changes when the work at hand has ended."), sign="info")
            self._waiting.start()
        else:
            self._speak_when_possible()

    def _speak_when_possible(self) -> None:
        if not self.window.at_work():
            self._waiting.stop()
            self._changing = True
            self._change(self._steps(self.window, self._client))

    def _change(self, steps: Iterator[Next]) -> None:
        """One step after the other, each in a turn of the event loop of its own: the window hears all the while."""
        begin = next(steps, None)
        if begin is not None:
            begin(lambda: self._change(steps))
        else:
            self._changing = False

    def _steps(self, before: MainWindow, client: EngineClient) -> Iterator[Next]:
        """A new window in the place of ``before``, which can be used until then."""
        closed: list[bool] = []
        before.closing.connect(lambda: closed.append(True))
        yield client.pause  # it ends, so that another one may have the work folder
        if closed:
            return
        if before.at_work():  # the user was quick
            client.start()
            self._waiting.start()
            return
        spoken = self._preferences.language
        language.apply(spoken)
        window = self._build()
        yield soon
        window.at(place_of(before.current.name))
        yield soon
        while not closed and (QApplication.activeModalWidget() or QApplication.activePopupWidget()):
            yield later  # a dialog of the window that was opened meanwhile
        if closed:
            return
        kept, place, state = before.kept(), before.saveGeometry(), before.windowState()
        before.make_way()
        before.outside.close()
        self.window = window
        window.ask_before_closing = before.ask_before_closing
        window.take_up(kept)
        window.restoreGeometry(place)
        window.setWindowState(state)
        self.built.emit(window)
        window.show()
        before.hide()
        yield soon
        before.deleteLater()
        if spoken != self._preferences.language:
            QTimer.singleShot(0, self._speak)


def later(then: Callable[[], object]) -> None:
    """When a person may have done something meanwhile."""
    QTimer.singleShot(PATIENCE, then)


def soon(then: Callable[[], object]) -> None:
    """In the next turn of the event loop."""
    QTimer.singleShot(0, then)

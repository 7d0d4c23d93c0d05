"""What the world outside of the window sees of long work: the title, the taskbar, a computer that stays awake, and a
message at the end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop import taskbar
from desktop.awake import Awake
from desktop.long_work import LongWork
from desktop.notify import Notifier
from desktop.preferences import Preferences
from desktop.tabs.doors import DOORS, place_of
from desktop.widgets.status import StatusLine

TITLE = "Latent Darkroom"


class Outside(QObject):
    """Follows the lines of tabs on behalf of ``window``, whose title it sets."""

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._taskbar: taskbar.Show | None = None
        self.work, self.awake, self.notifier = LongWork(self), Awake(), Notifier(window, preferences)
        self.work.changed.connect(self._show)
        self.work.ended.connect(self._tell)
        window.installEventFilter(self)

    def follow(self, name: str, line: StatusLine) -> None:
        self.work.follow(name, line)

    def connect_action(self, action: QAction) -> None:
        """Let the user say whether they want messages."""
        action.setCheckable(True)
        action.setChecked(self.notifier.wanted)
        action.toggled.connect(lambda wanted: setattr(self.notifier, "wanted", wanted))

    def _show(self, fraction: float | None) -> None:
        if self._taskbar is None:
            self._taskbar = taskbar.of(self._window)
        self._taskbar(fraction)
        if fraction is None:
            self._window.setWindowTitle(TITLE)
            self.awake.let_go()
        else:
            percent = self.tr("{percent} %").format(percent=round(100 * fraction))
            self._window.setWindowTitle(f"{percent} – {TITLE}")
            self.awake.hold(self.tr("Pictures are at work"))

    def _tell(self, name: str, message: str) -> None:
        self.notifier.tell(DOORS[place_of(name)].words, message or self.tr("It is done."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.notifier.put_away()
        return False

    def close(self) -> None:
        """The window closes: nothing of it stays outside."""
        self._show(None)
        self.notifier.put_away()

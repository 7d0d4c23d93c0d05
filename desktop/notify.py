"""A message of the desktop when long work has ended and the user looks elsewhere."""

from __future__ import annotations

import shutil
import sys

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.awake import of_the_system
from desktop.crash_log import log
from desktop.preferences import Preferences

_KEPT = "notify"
#: Milliseconds that a message stays, where the system asks.
STAYS = 10_000


class Notifier(QObject):
    """Only while ``window`` is not the one that is used, and only if the user wants it."""

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._tray: QSystemTrayIcon | None = None

    @property
    def wanted(self) -> bool:
        return self._preferences.value(_KEPT, True)

    @wanted.setter
    def wanted(self, wanted: bool) -> None:
        self._preferences.set_value(_KEPT, wanted)

    def tell(self, title: str, message: str) -> None:
        """Say it outside of the window."""
        if not self.wanted or self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        try:
            if not self._by_tray(title, message):
                _by_program(title, message)
        except Exception as error:  # no desktop, or half of one
            log.info("No message: %s", error)

    def _by_tray(self, title: str, message: str) -> bool:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._come)
            self._tray.activated.connect(self._come)
        self._tray.show()
        self._tray.showMessage(title, message, self._window.windowIcon(), STAYS)
        return True

    def _come(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
        self.put_away()

    def put_away(self) -> None:
        """The user is here: no sign of ours stays in the tray."""
        if self._tray is not None:
            self._tray.hide()


def _by_program(title: str, message: str) -> bool:
    """By ``notify-send``, which most desktops of Linux have: also where there is no tray, as in GNOME."""
    path = shutil.which("notify-send") if sys.platform == "linux" else None
    if path is None:
        return False
    import subprocess

    arguments = ["--app-name=Latent Darkroom", "--icon=latent-darkroom", "--", title, message]
    subprocess.Popen([path, *arguments], env=of_the_system(), start_new_session=True)
    return True

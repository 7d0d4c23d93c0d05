"""Keeps what the window holds in a file while it runs, and offers the next window to go on after a crash.

The session is written in the background whenever it has changed, looked at every few seconds; at once, before it
is shown, where a tab says that something is done. The disk is waited for in the background only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop import session
from desktop.background import Background
from desktop.crash_log import log
from desktop.window import MainWindow
from desktop.work_folder import discard
from engine.files import explain

#: Milliseconds between two looks at what the window holds.
EVERY = 2000


class Autosave(QObject):
    """Follows one window at a time. ``tomorrow``: the folder of the session that a closed window leaves."""

    def __init__(self, folder: Path, tomorrow: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._tomorrow = folder, tomorrow or session.for_tomorrow()
        self._window: MainWindow | None = None
        self._written = b""
        self._offered: list[Path] = []  # folders of sessions that the user has not decided about
        self._sessions: list[dict[str, Any]] = []  # what is in them
        self._background = Background(parent=self)  # one thread: what is newer is written later
        self._securing = Background(parent=self)  # waits for the disk, and nobody waits for it
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._look)

    def follow(self, window: MainWindow) -> None:
        """Keep what this window holds from now on."""
        self._window = window
        window.keep_now.connect(self._keep_now)
        window.closing.connect(self._closing)
        self._timer.start()
        if self._sessions:
            self._offer()

    def begin(self) -> None:
        """Open the window as the last one was left; or ask, where that one did not end well."""
        self._offered = session.left_behind(self._folder)
        self._sessions = [kept for place in self._offered if (kept := self._read(place))]
        if self._sessions:
            self._offer()
            return
        kept = self._read(self._tomorrow)
        if kept and self._window:
            self._window.take_up(kept)
            # From here on it is this window's: should it not survive it, the next one asks first.
            if self._keep_now():
                self._take_over(self._tomorrow)

    def _read(self, place: Path) -> dict[str, Any] | None:
        try:
            return session.read(place)
        except session.DamagedSession as damaged:
            log.warning("%s (%s)", damaged, damaged.aside)
            if self._window:
                self._window.banner.say(self.tr("What the last window held could not be read. This one begins anew."))
        except OSError as error:
            log.warning("A session cannot be read: %s", explain(error))
        return None

    # -- after a crash --------------------------------------------------------------------------

    def _offer(self) -> None:
        window = self._window
        if window is None:
            return
        photos = sum(waiting(kept) for kept in self._sessions)
        if photos:
            sentence = self.tr("Latent Darkroom was ended while %n photo(s) waited.", "", photos)
        else:
            sentence = self.tr("Latent Darkroom was ended before it was closed.")
        window.offer.ask(
            sentence,
            (self.tr("Go on"), self._go_on),
            (self.tr("Discard"), self._discard),
        )

    def _go_on(self) -> None:
        if self._window is None:
            return
        sessions, self._sessions = self._sessions, []
        for kept in sessions:
            self._window.take_up(kept)
        if self._keep_now():  # their files are this session's now
            self._take_over(*self._offered, self._tomorrow)
            self._offered = []

    def _discard(self) -> None:
        for place in self._offered:
            self._forget(place)
            self._background.run(lambda place=place: discard({str(path) for path in place.glob("*")}))
        self._offered, self._sessions = [], []
        self._forget(self._tomorrow)

    def _take_over(self, *places: Path) -> None:
        """Remove sessions that are part of this window's, once the disk has that."""
        session_now = self._written

        def secured() -> None:
            session.secure(session_now, self._folder)
            for place in places:
                self._forget(place)

        self._securing.run(secured, None, self._failed)

    def _forget(self, place: Path) -> None:
        try:
            session.forget(place)
        except OSError as error:
            log.warning("A session cannot be removed: %s", explain(error, writing=True))

    # -- writing --------------------------------------------------------------------------------

    def _look(self) -> None:
        """Write what has changed, in the background."""
        session_now = self._encoded()
        if session_now != self._written:
            self._written = session_now
            self._background.run(lambda: self._write(session_now), None, self._failed)
            self._secure(session_now)

    def _keep_now(self) -> bool:
        """Write at once. Whether that is done."""
        self._background.finish()
        self._written = self._encoded()
        try:
            self._write(self._written)
        except OSError as error:
            self._failed(error)
            return False
        self._secure(self._written)
        return True

    def _encoded(self) -> bytes:
        kept = self._window.kept() if self._window else {"tabs": {}}
        return session.encoded(kept, self._folder) if kept["tabs"] else b""

    def _write(self, encoded: bytes) -> None:
        if encoded:
            session.write(encoded, self._folder)
        else:
            session.forget(self._folder)

    def _secure(self, encoded: bytes) -> None:
        """Against a power cut, unless there is something newer by then."""
        if encoded:
            self._securing.run(
                lambda: encoded is self._written and session.secure(encoded, self._folder), None, self._failed
            )

    def _failed(self, error: Exception) -> None:
        self._written = b""  # the next look tries again
        cause = explain(error, writing=True) if isinstance(error, OSError) else error
        log.warning("The session cannot be kept: %s", cause)

    def _closing(self) -> None:
        """The user closed the window: what it held is for tomorrow."""
        window, self._window = self._window, None
        self._timer.stop()
        self._background.close()
        self._securing.finish()
        if window is None:
            return
        try:
            session.keep_for_tomorrow(window.kept(closing=True), self._tomorrow)
            session.forget(self._folder)
        except OSError as error:
            log.warning("The session cannot be kept: %s", explain(error, writing=True))


def waiting(kept: dict[str, Any]) -> int:
    """How many photos are in the queue of a session."""
    restore = kept.get("tabs", {}).get("restore", {})
    return len(restore.get("photos", ())) if isinstance(restore, dict) else 0

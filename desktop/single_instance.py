"""One window for a user: a second start hands its files to the first and ends.

Who holds the lock file is the first. It listens on a local socket that only this user may speak to; nothing of it
reaches the network. The lock of a process that has died is taken over, and the socket it left is replaced.

The second says one line, a JSON object ``{"paths": [...], "token": "..."}``, and hears `TAKEN` once the first has it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QLockFile, QObject, Signal

from desktop.work_folder import APP

if TYPE_CHECKING:  # loaded when it is needed: the window starts without it
    from PySide6.QtNetwork import QLocalServer

TAKEN = b"taken\n"
#: Milliseconds the first may take to answer, and between two tries to reach it: it may just be starting.
PATIENCE, AGAIN = 10_000, 100
#: Bytes of a path that a local socket can have, on the strictest system (`sun_path` on macOS holds 104).
LONGEST = 100
#: What a second start may say, in bytes.
MOST = 4_000_000
#: Where the desktop says which process the user has started, so that its window may come to the front.
TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


def place() -> Path:
    """The folder of the lock and the socket: the session's, which goes when the user logs out, or the cache."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    if session and Path(session).is_dir():
        return Path(session) / APP
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def address(folder: Path) -> str:
    """What the socket is called: by a short mark that differs from user to user and tells nothing of them."""
    whose = f"{folder}\n{platformdirs.user_config_dir(APP, appauthor=False)}"
    mark = hashlib.sha256(whose.encode()).hexdigest()[:16]
    path = str(folder / f"window-{mark}")
    pipe = f"{APP}-{mark}"  # a bare name is a named pipe on Windows, and a socket in the folder for passing files
    return pipe if sys.platform == "win32" or len(os.fsencode(path)) > LONGEST else path


class SingleInstance(QObject):
    """The one that was started first hears of the files of the others."""

    opened = Signal(list)  #: absolute paths from a second start, perhaps none: the window comes to the front

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or place()
        self._address = address(self._folder)
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this process is the first. True also where no lock can be made: better two windows than none."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return True
        lock = QLockFile(str(self._folder / f"{Path(self._address).name}.lock"))
        lock.setStaleLockTime(0)  # however long the window is open; that of a dead process is stale at once
        if lock.tryLock(0):
            self._lock = lock
            return True
        return lock.error() != QLockFile.LockError.LockFailedError

    def hand_over(self, paths: Sequence[Path], patience: int = PATIENCE) -> bool:
        """Give the first process the files. False if it does not answer within ``patience`` milliseconds."""
        from PySide6.QtNetwork import QLocalSocket

        token = next((value for name in TOKENS if (value := os.environ.get(name))), "")
        line = json.dumps({"paths": [str(path) for path in paths], "token": token}).encode() + b"\n"
        _let_the_other_come_to_the_front()
        end = time.monotonic() + patience / 1000
        while True:
            socket = QLocalSocket()
            socket.connectToServer(self._address)
            if socket.waitForConnected(AGAIN):
                socket.write(line)
                heard = b""
                while len(heard) < len(TAKEN) and (left := end - time.monotonic()) > 0:
                    if not socket.waitForReadyRead(max(int(1000 * left), 1)):
                        break
                    heard += socket.readAll().data()
                return heard == TAKEN
            if time.monotonic() > end:
                return False
            time.sleep(AGAIN / 1000)

    def listen(self) -> bool:
        """Hear of other starts from now on. False if this process is not the first, or the socket cannot be made."""
        if self._lock is None:
            return False
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._address)  # of one that has died: the lock says that none is alive
        server.newConnection.connect(lambda: self._greet(server))
        self._server = server
        return server.listen(self._address)

    def _greet(self, server: QLocalServer) -> None:
        while (socket := server.nextPendingConnection()) is not None:
            heard = bytearray()

            def hear(socket=socket, heard=heard) -> None:
                heard.extend(socket.readAll().data())
                if b"\n" in heard:
                    self._take(bytes(heard))
                    socket.write(TAKEN)
                    socket.flush()
                elif len(heard) > MOST:
                    socket.abort()

            socket.readyRead.connect(hear)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                hear()

    def _take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
            paths = [Path(path) for path in said["paths"] if isinstance(path, str) and path]
            token = said.get("token", "")
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # somebody else's words
        if token and isinstance(token, str):
            for name in TOKENS:
                os.environ[name] = token  # Qt reads and forgets it when the window asks to come to the front
        self.opened.emit(paths)

    def close(self) -> None:
        """Let another process be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def _let_the_other_come_to_the_front() -> None:
    """Windows lets only the process that the user has just started decide who comes to the front."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY

"""Keep the computer awake while it works: not the screen's light, only the sleep that comes when nobody moves a mouse.

Windows: ``SetThreadExecutionState``. macOS: the program ``caffeinate``. Linux: the session's screen saver by D-Bus
and systemd's inhibitor, whichever there is. Each lets go by itself when this process ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Sequence

from desktop.crash_log import log

#: What our connection to the session's bus is called, among those of this process.
CONNECTION = "latent-darkroom-awake"
#: Begins to hold the computer awake, for a reason in words, and returns what lets go.
Holder = Callable[[str], Callable[[], object]]


class Awake:
    """`hold` and `let_go` may be called any number of times, and do not wait for what the system makes of it.
    ``holders`` are this system's, unless given."""

    def __init__(self, holders: Sequence[Holder] | None = None) -> None:
        self._holders = of_this_system() if holders is None else holders
        self._enough = threading.Event()
        self._thread: threading.Thread | None = None  # of the last hold
        self.holding = False

    def hold(self, reason: str) -> None:
        """Stay awake from now on, as far as the system lets us."""
        if self.holding:
            return
        self.holding, self._enough = True, threading.Event()
        arguments = (self._holders, reason, self._enough, self._thread)
        self._thread = threading.Thread(target=_stay_awake, args=arguments, name="awake", daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """The computer may sleep again."""
        self.holding = False
        self._enough.set()


def _stay_awake(
    holders: Sequence[Holder], reason: str, enough: threading.Event, before: threading.Thread | None
) -> None:
    """What holds also lets go: Windows counts by threads. ``before`` must have let go first."""
    if before is not None:
        before.join()
    held: list[Callable[[], object]] = []
    for holder in holders:
        try:
            held.append(holder(reason))
        except Exception as error:  # work goes on without it
            log.info("The computer may fall asleep: %s", error)
    enough.wait()
    while held:
        try:
            held.pop()()
        except Exception as error:
            log.info("The computer may stay awake: %s", error)


def of_this_system() -> tuple[Holder, ...]:
    return {"win32": (windows,), "darwin": (caffeinate,), "linux": (screen_saver, systemd)}.get(sys.platform, ())


def windows(reason: str) -> Callable[[], object]:
    """ES_CONTINUOUS with ES_SYSTEM_REQUIRED, and then without."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    if not kernel.SetThreadExecutionState(0x80000000 | 0x00000001):
        raise OSError("SetThreadExecutionState refused.")
    return lambda: kernel.SetThreadExecutionState(0x80000000)


def caffeinate(reason: str) -> Callable[[], object]:
    """It ends with this process (``-w``)."""
    return _child("caffeinate", "-i", "-w", str(os.getpid()))


def systemd(reason: str) -> Callable[[], object]:
    """``cat`` ends when this process closes its end of the pipe, also by dying."""
    who = ("--who=Latent Darkroom", f"--why={reason}")
    return _child("systemd-inhibit", "--what=idle", "--mode=block", *who, "cat")


def screen_saver(reason: str) -> Callable[[], object]:
    """``org.freedesktop.ScreenSaver``, which GNOME, KDE Plasma and others offer. It holds as long as who asked is on
    the bus: a connection for this alone is the surest way to let go."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    name, path = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, CONNECTION)
    if not bus.isConnected():
        raise OSError("there is no session bus.")
    ask = QDBusMessage.createMethodCall(name, path, name, "Inhibit")
    ask.setArguments(["Latent Darkroom", reason])
    bus.send(ask)  # without waiting: the window shall not stand still for a slow desktop
    return lambda: QDBusConnection.disconnectFromBus(CONNECTION)


def of_the_system() -> dict[str, str]:
    """The environment for the system's own programs: a bundle brings libraries that are not for them (PyInstaller,
    "LD_LIBRARY_PATH")."""
    environment = dict(os.environ)
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if getattr(sys, "frozen", False):
        environment.pop("LD_LIBRARY_PATH", None)
    if before:
        environment["LD_LIBRARY_PATH"] = before
    return environment


def _child(program: str, *arguments: str) -> Callable[[], object]:
    import subprocess

    path = shutil.which(program)
    if path is None:
        raise OSError(f"there is no {program}.")
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [path, *arguments], stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, env=of_the_system()
    )

    def let_go() -> None:
        if process.stdin is not None:
            process.stdin.close()
        process.terminate()
        process.wait(timeout=5)

    return let_go

"""How far long work is, on the program's place in the taskbar or the dock.

Windows: ``ITaskbarList3``. Linux: the signal ``com.canonical.Unity.LauncherEntry.Update`` on the session's bus, which
the docks of Ubuntu, KDE Plasma and others hear; where none does, nothing happens. macOS: percents on the dock's icon.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.crash_log import log

#: Shows 0..1, or nothing.
Show = Callable[[float | None], None]
DESKTOP_FILE = "latent-darkroom.desktop"


def of(window: QWidget) -> Show:
    """What shows progress here; it never raises."""
    show = {"win32": lambda: _windows(window), "darwin": lambda: _badge, "linux": lambda: _launcher}.get(sys.platform)
    if show is None:
        return lambda _fraction: None
    try:
        return _quietly(show())
    except Exception as error:  # a system that lacks its own parts is no reason to work less
        log.info("No progress on the taskbar: %s", error)
        return lambda _fraction: None


def _quietly(show: Show) -> Show:
    def shown(fraction: float | None) -> None:
        try:
            show(fraction)
        except Exception as error:
            log.info("No progress on the taskbar: %s", error)

    return shown


def _badge(fraction: float | None) -> None:
    app = QGuiApplication.instance()
    if isinstance(app, QGuiApplication):
        app.setBadgeNumber(0 if fraction is None else round(100 * fraction))


def _launcher(fraction: float | None) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    place, interface = "/com/canonical/unity/launcherentry/1", "com.canonical.Unity.LauncherEntry"
    update = QDBusMessage.createSignal(place, interface, "Update")
    state = {"progress": float(fraction or 0), "progress-visible": fraction is not None}
    update.setArguments([f"application://{DESKTOP_FILE}", state])
    QDBusConnection.sessionBus().send(update)


def _windows(window: QWidget) -> Show:
    """Through the table of functions of the COM object: IUnknown has 3, HrInit is the 4th, SetProgressValue the 10th
    and SetProgressState the 11th (shobjidl_core.h)."""
    import ctypes

    class Guid(ctypes.Structure):
        _fields_ = (("words", ctypes.c_ubyte * 16),)

    def guid(text: str) -> Guid:
        found = Guid()
        if ole.CLSIDFromString(text, ctypes.byref(found)):
            raise OSError(f"{text} is not known.")
        return found

    ole = ctypes.windll.ole32  # type: ignore[attr-defined]
    ole.CoInitialize(None)
    bar = ctypes.c_void_p()
    failed = ole.CoCreateInstance(
        ctypes.byref(guid("{56FDF344-FD6D-11D0-958A-006097C9A090}")),
        None,
        1,  # CLSCTX_INPROC_SERVER
        ctypes.byref(guid("{EA1AFB91-9E28-4B86-90E9-5E9F8A5EEFAF}")),
        ctypes.byref(bar),
    )
    if failed:
        raise OSError(f"ITaskbarList3 is not there ({failed & 0xFFFFFFFF:#x}).")
    table = ctypes.cast(ctypes.cast(bar, ctypes.POINTER(ctypes.c_void_p))[0], ctypes.POINTER(ctypes.c_void_p))

    def function(number: int, *arguments: type) -> Callable[..., int]:
        kind = ctypes.WINFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *arguments)  # type: ignore[attr-defined]
        return lambda *values: kind(table[number])(bar, *values)

    function(3)()
    set_value = function(9, ctypes.c_void_p, ctypes.c_ulonglong, ctypes.c_ulonglong)
    set_state = function(10, ctypes.c_void_p, ctypes.c_int)

    def show(fraction: float | None) -> None:
        handle = int(window.winId())
        set_state(handle, 0 if fraction is None else 2)  # TBPF_NOPROGRESS, TBPF_NORMAL
        if fraction is not None:
            set_value(handle, round(1000 * fraction), 1000)

    return show

"""Is there a screen to show a window on? Asked before Qt, which aborts the process where there is none."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

#: The exit status of the app where there is no screen.
NO_SCREEN = 3


def why_not() -> str | None:
    """Why no window can be shown here, as the end of a sentence; None where it can (or Qt can say for itself)."""
    if sys.platform in ("win32", "darwin"):
        return None
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if chosen and not chosen.startswith(("xcb", "wayland")):
        return None  # offscreen, vnc, a framebuffer: the user knows
    display, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if not display and not wayland:
        return "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    missing = _does_not_load("libQt6Gui.so.6", "lib")
    if missing:
        return missing
    if wayland and chosen != "xcb" and not _does_not_load("libqwayland.so", "plugins/platforms"):
        return None
    return _does_not_load("libqxcb.so", "plugins/platforms") or _x_server_refuses(display)


def _does_not_load(name: str, folder: str) -> str | None:
    """Load a library of Qt, and with it the system's libraries it needs: the loader names the first that lacks."""
    package = importlib.util.find_spec("PySide6")
    places = package.submodule_search_locations if package else None
    path = next((file for place in places or () if (file := Path(place) / "Qt" / folder / name).exists()), None)
    if path is None:
        return None  # another layout than the wheel's: Qt may know better
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        return f"Qt lacks a system library ({str(error).split(':')[0]})"
    return None


def _x_server_refuses(display: str | None) -> str | None:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return "Qt lacks a system library (libxcb.so.1)"
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    error = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the screen {display} does not answer" if error else None

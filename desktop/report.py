"""What somebody who wants to help needs to know: versions, the device, the end of the log, and nothing private."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QLocale, QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from desktop import crash_log
from desktop.anonymous import scrub
from engine import __version__, jobs

#: Bytes of the end of a log that go into a report.
TAIL = 12_000
_PARTS = ("onnxruntime-gpu", "onnxruntime", "torch", "numpy", "pillow")


def report(ready: jobs.Ready | None, what: str = "") -> str:
    """The report as text. ``ready`` is what the engine said last, ``what`` what went wrong at the moment."""
    lines = [f"Latent Darkroom {__version__}"]
    lines.append(f"{QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}, {QLocale.system().name()}")
    lines.append(f"Python {platform.python_version()}, Qt {qVersion()}, screen: {_screen()}")
    lines.append(", ".join(f"{name} {found}" for name in _PARTS if (found := _version(name))))
    lines.append(f"Device: {ready.device}. {ready.reason}" if ready else "Device: the engine did not start.")
    if what:
        lines += ["", what]
    lines += ["", "--- log ---", crash_log.tail(TAIL)]
    return scrub("\n".join(lines))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _screen() -> str:
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return "none"
    size = screen.size()
    return f"{QGuiApplication.platformName()}, {size.width()}×{size.height()} × {screen.devicePixelRatio():g}"

"""Whatever goes wrong ends up in one rotating log: exceptions of every thread, Qt's messages, hard crashes."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import sys
import threading
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.work_folder import APP

log = logging.getLogger("latent-darkroom")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def folder() -> Path:
    return Path(platformdirs.user_log_dir(APP, appauthor=False))


def install() -> None:
    """Send everything to the log from now on; without a place to write, to stderr only."""
    log.setLevel(logging.INFO)
    if sys.stderr is not None:  # a windowed build on Windows has none
        log.addHandler(terminal := logging.StreamHandler())
        terminal.setLevel(logging.WARNING)
    try:
        folder().mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            folder() / "window.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(file)
        # Kept open for as long as the process lives: faulthandler writes to it when nothing else can.
        faulthandler.enable((folder() / "crash.log").open("a", encoding="utf-8"))
    except OSError as error:
        log.warning("No log file: %s", error)
    sys.excepthook = _exception
    threading.excepthook = lambda args: _exception(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    qInstallMessageHandler(_qt_message)


def _exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.error("Unexpected: %s", error, exc_info=(kind, error, trace))


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)

"""Whatever goes wrong ends up in one rotating log: exceptions of every thread, Qt's messages, hard crashes."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.anonymous import scrub
from desktop.work_folder import APP

log = logging.getLogger("latent-darkroom")
#: Hears of exceptions that nobody expected: a mark that is the same for the same one, and its traceback, on any thread.
_listener: Callable[[str, str], None] | None = None

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
        file.setFormatter(_Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(file)
        # Kept open for as long as the process lives: faulthandler writes to it when nothing else can.
        faulthandler.enable((folder() / "crash.log").open("a", encoding="utf-8"))
    except OSError as error:
        log.warning("No log file: %s", error)
    sys.excepthook = _exception
    threading.excepthook = lambda args: _exception(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    qInstallMessageHandler(_qt_message)


class _Formatter(logging.Formatter):
    """No log may tell who the user is or how their folders are called."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


def on_unexpected(listener: Callable[[str, str], None] | None) -> None:
    """Tell somebody of exceptions that nobody expected, besides the log."""
    global _listener
    _listener = listener


def tail(size: int) -> str:
    """The end of the logs, ``size`` bytes of each at most."""
    ends = []
    for name in ("window.log", "crash.log"):
        try:
            with (folder() / name).open("rb") as file:
                file.seek(max(file.seek(0, 2) - size, 0))
                ends.append(file.read().decode("utf-8", errors="replace").strip())
        except OSError:
            continue  # nothing was logged
    return "\n\n".join(filter(None, ends))


def clean_up() -> None:
    """Take private paths out of what earlier crashes wrote: when it is written, nothing but writing is possible."""
    path = folder() / "crash.log"
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        if text and (scrubbed := scrub(text)) != text:
            path.write_text(scrubbed, encoding="utf-8")
    except OSError as error:
        log.warning("The log of crashes cannot be cleaned: %s", error)


def _exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.error("Unexpected: %s", error, exc_info=(kind, error, trace))
    if _listener is not None:
        told = traceback.format_exception(kind, error, trace)
        places = traceback.extract_tb(trace)
        mark = f"{kind.__name__} {places[-1].filename}:{places[-1].lineno}" if places else kind.__name__
        with contextlib.suppress(RuntimeError):  # the window is gone already
            _listener(mark, scrub("".join(told)))


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)

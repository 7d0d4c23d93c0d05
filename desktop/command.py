"""A command of this very program as a process beside the window, heard line by line.

Work that takes minutes or needs the training library (learning, importing, reading a large folder)
runs as ``latent-darkroom COMMAND ... --json``, so that it does the same in a terminal, leaves the
window free, and may die without taking anything along. It says one JSON object a line and hears
JSON lines itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

#: Milliseconds a command may take to end by itself once it was asked to.
GRACE = 5000


class Command(QObject):
    """One run of a command. ``lines`` is the type of what it says: a msgspec struct or a union of tagged ones."""

    said = Signal(object)  #: one line, as one of ``lines``
    ended = Signal(int, str)  #: the exit code (-1: it died), and the last sentence it said about what went wrong

    def __init__(self, arguments: Sequence[str], lines: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decoder = msgspec.json.Decoder(lines)
        self._process = QProcess(self)
        program, *first = _program()
        self._process.setProgram(program)
        self._process.setArguments([*first, *arguments])
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")  # names of files come through unchanged on every system
        self._process.setProcessEnvironment(environment)
        self._heard, self._complaint = b"", b""
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.readyReadStandardError.connect(self._hear_complaint)
        self._process.errorOccurred.connect(self._not_started)
        self._process.finished.connect(self._finish)

    def start(self) -> None:
        """Start the process; ``ended`` follows in any case."""
        self._process.start()

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def pid(self) -> int:
        """The process at work, or 0."""
        return self._process.processId()

    def tell(self, message: msgspec.Struct) -> None:
        """Say something to the command, as one line."""
        self._process.write(msgspec.json.encode(message) + b"\n")

    def end(self) -> None:
        """Ask the command to end by closing its ear; by force where it has not after `GRACE`."""
        self._process.closeWriteChannel()
        QTimer.singleShot(GRACE, self._process, self._process.kill)

    def drop(self) -> None:
        """End at once a command that only looks at things: nobody hears what it would still say."""
        self.blockSignals(True)
        self.setParent(QCoreApplication.instance())  # it outlives the tab that wanted it, by as long as dying takes
        self._process.finished.connect(self.deleteLater)
        self._process.kill()

    def close_down(self, grace: int | None = None) -> None:
        """The window closes: the command must have ended when this returns, after ``grace`` (or `GRACE`)."""
        if self.running:
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(grace or GRACE):
                self._process.kill()
                self._process.waitForFinished(GRACE)

    def _hear(self) -> None:
        self._heard += self._process.readAllStandardOutput().data()
        *lines, self._heard = self._heard.split(b"\n")
        for line in lines:
            try:
                message = self._decoder.decode(line)
            except msgspec.DecodeError:
                continue  # what a library prints by itself is not for us
            self.said.emit(message)

    def _hear_complaint(self) -> None:
        self._complaint = (self._complaint + self._process.readAllStandardError().data())[-4000:]

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit(-1, self._process.errorString())

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._hear()
        self._hear_complaint()
        complaints = [line for line in self._complaint.decode(errors="replace").splitlines() if line.strip()]
        died = status == QProcess.ExitStatus.CrashExit
        self.ended.emit(-1 if died else code, complaints[-1].strip() if complaints else "")


def _program() -> list[str]:
    """How this program is called, from source or from a bundle."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]

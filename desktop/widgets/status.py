"""The last line of the window: what works, how far it is, how long it takes, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStackedWidget, QWidget

from desktop.sentences import local


class StatusBar(QWidget):
    """The device on the left, and the line of the tab that is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._device = QLabel(self.tr("Starting the engine…"))
        self._device.setProperty("quiet", True)
        self._lines = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(self._device)
        row.addWidget(self._lines, 1)
        self.setFixedHeight(46)

    def add_line(self) -> StatusLine:
        """A line for another tab."""
        line = StatusLine()
        self._lines.addWidget(line)
        return line

    @property
    def line(self) -> StatusLine:
        """The line that is seen."""
        line = self._lines.currentWidget()
        assert isinstance(line, StatusLine)
        return line

    def show_line(self, line: StatusLine) -> None:
        self._lines.setCurrentWidget(line)

    def show_device(self, device: str, reason: str) -> None:
        self._device.setText(local(device))
        self._device.setToolTip(local(reason))


class StatusLine(QWidget):
    """What one tab has to say. Quiet while nothing happens."""

    stop_asked = Signal()
    resume_asked = Signal()
    worked = Signal(float)  #: 0..1 of the work at hand is done
    rested = Signal(str, bool)  #: nothing works any more: what is said now, and whether the work was cancelled

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = QLabel()
        self._bar = QProgressBar()
        self._left = QLabel()
        self._button = QPushButton()
        self._resumes = False
        self._elsewhere = False
        for label in (self._what, self._left):
            label.setProperty("quiet", True)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._button.setAccessibleName(self.tr("Cancel"))
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setStyleSheet("padding: 4px 12px;")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addStretch()
        row.addWidget(self._what)
        row.addWidget(self._bar)
        row.addWidget(self._left)
        row.addWidget(self._button)
        self._button.clicked.connect(lambda: (self.resume_asked if self._resumes else self.stop_asked).emit())
        self.rest("")

    @property
    def text(self) -> str:
        """What is said at the moment, for tests and screen readers."""
        return " ".join(filter(None, (self._what.text(), self._left.text())))

    @property
    def working(self) -> bool:
        """Whether something runs that could be stopped."""
        return not self._button.isHidden() and not self._resumes

    def show_run(self, position: int, total: int, fraction: float, seconds_left: float | None) -> None:
        """Photo ``position`` of ``total``, 0..1 of all done."""
        if total > 1:
            what = self.tr("Photo %1 of %2").replace("%1", str(position)).replace("%2", str(total))
        else:
            what = self.tr("Restoring")
        self.show_work(what, fraction, seconds_left)

    def show_work(self, what: str, fraction: float, seconds_left: float | None) -> None:
        """``what`` is being done, 0..1 of it is; the user may stop it."""
        self._what.setText(f"{what} · {round(100 * fraction)} %")
        self._bar.setValue(round(1000 * fraction))
        self._left.setText("" if seconds_left is None else self.tr("%1 left").replace("%1", clock(seconds_left)))
        self._offer(self.tr("Cancel"), resumes=False)
        self._bar.setVisible(True)
        self.worked.emit(fraction)

    def work_elsewhere(self, fraction: float | None, message: str = "", cancelled: bool = False) -> None:
        """Work that the tab shows in its own way: how far it is, or None with what it ended with."""
        if fraction is not None:
            self._elsewhere = True
            self.worked.emit(fraction)
        elif self._elsewhere:
            self._elsewhere = False
            self.rested.emit(message, cancelled)

    def rest(self, message: str, can_resume: bool = False) -> None:
        """Nothing runs. ``can_resume``: something was cancelled that can go on."""
        self._what.setText(local(message))
        self._left.clear()
        self._bar.setVisible(False)
        if not self._elsewhere:
            self.rested.emit(self._what.text(), can_resume)
        if can_resume:
            self._offer(self.tr("Continue"), resumes=True)
        else:
            self._button.setVisible(False)

    def _offer(self, words: str, resumes: bool) -> None:
        self._resumes = resumes
        self._button.setText(words)
        self._button.setAccessibleName(words)
        self._button.setVisible(True)


def clock(seconds: float) -> str:
    """ "0:14", "12:03", "1:02:03": rounded up, so that it never says 0:00 while something is left to do."""
    whole = int(seconds) + (seconds > int(seconds))
    minutes, seconds_part = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds_part:02}" if hours else f"{minutes}:{seconds_part:02}"

"""The devices of this computer: which there are, which one is used and why, what would make a faster one work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.command import Command
from desktop.sentences import local
from desktop.tabs.models_actions import ModelsActions
from desktop.tabs.models_words import ModelsWords
from desktop.widgets.action_button import action_button
from desktop.widgets.tools import scrolled
from engine import jobs
from engine.devices import DeviceReport

#: Widest a sentence gets, in points.
WIDTH = 680


class DevicesAsk(QObject):
    """Asks a command of this program, which loads the runtime in a process of its own, what devices there are."""

    answered = Signal(object)  #: a list of `DeviceReport`
    failed = Signal(str)  #: one sentence

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._command: Command | None = None
        self._heard = False

    def start(self) -> None:
        """Ask. What did not work is tested anew; what did counts until its driver changes."""
        self._drop()
        command = Command(["devices", "--json"], list[DeviceReport], self)
        command.said.connect(self._hear)
        command.ended.connect(lambda code, complaint: self._ended(command, code, complaint))
        self._command, self._heard = command, False
        command.start()

    def _hear(self, reports: list[DeviceReport]) -> None:
        self._heard = True
        self.answered.emit(reports)

    def _ended(self, command: Command, code: int, complaint: str) -> None:
        command.deleteLater()
        self._command = None
        if code or not self._heard:
            self.failed.emit(complaint or self.tr("The devices could not be asked."))

    def _drop(self) -> Command | None:
        """Nobody wants the answer any more."""
        command, self._command = self._command, None
        if command is not None:
            command.drop()
        return command

    def close(self) -> None:
        """The window closes."""
        if command := self._drop():
            command.close_down()


class DevicesPage(QWidget):
    """Shows reports, one frame a device."""

    def __init__(self, actions: ModelsActions, words: ModelsWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._ready: jobs.Ready | None = None
        self.shown = False  #: whether the devices are known
        self._now = _sentence(QLabel(), quiet=False)
        self._why = _sentence(QLabel())
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._note = _sentence(QLabel(self.tr("Looking for devices…")))
        self.test = action_button(actions.test_devices)
        row = QHBoxLayout()
        row.addWidget(self.test)
        row.addStretch()
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, gap in ((self._now, 4), (self._why, 16)):
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addLayout(self._list)
        column.addSpacing(12)
        column.addWidget(self._note)
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch()
        whole = QWidget()
        around = QHBoxLayout(whole)
        around.setContentsMargins(32, 24, 32, 24)
        around.addWidget(inner, 1)
        around.addStretch()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(whole))
        self.show_engine(None)

    def show_engine(self, ready: jobs.Ready | None) -> None:
        """What the engine process runs on."""
        self._ready = ready
        if ready is None:
            self._now.setText(self.tr("The engine has not started yet."))
            self._why.setText("")
        else:
            self._now.setText(self.tr("The engine runs on: %1").replace("%1", local(ready.device)))
            self._why.setText(local(ready.reason))
        self._why.setVisible(bool(self._why.text()))

    def show_testing(self) -> None:
        self._note.setText(self.tr("Looking for devices…"))
        self._note.show()

    def show_trouble(self, sentence: str) -> None:
        self._note.setText(local(sentence))
        self._note.show()

    def show_devices(self, reports: Sequence[DeviceReport]) -> None:
        """Every device, the fastest first."""
        self.shown = True
        while item := self._list.takeAt(0):
            if gone := item.widget():
                gone.deleteLater()
        said: set[str] = set()  # one remedy may help several
        for report in reports:
            self._list.addWidget(self._frame(report, "" if report.mend in said else local(report.mend)))
            said.add(report.mend)
        chosen = next((report.name for report in reports if report.chosen), "")
        other = bool(chosen and self._ready and self._ready.device != chosen)
        self._note.setText(self.tr("Start the program again and it will use: %1").replace("%1", local(chosen)))
        self._note.setVisible(other)

    def _frame(self, report: DeviceReport, mend: str) -> QFrame:
        name, reason = self._words.device(report), self._words.reason(report)
        frame = QFrame()
        frame.setObjectName("card")
        frame.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        frame.setAccessibleName(" ".join(filter(None, (f"{name}.", reason, mend))))
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        title = _sentence(QLabel(name), quiet=False)
        font = title.font()
        font.setBold(report.chosen)
        title.setFont(font)
        column.addWidget(title)
        column.addWidget(_sentence(QLabel(reason)))
        if mend:
            column.addWidget(_sentence(QLabel(mend), quiet=False))
        return frame


def _sentence(label: QLabel, quiet: bool = True) -> QLabel:
    label.setProperty("quiet", quiet)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

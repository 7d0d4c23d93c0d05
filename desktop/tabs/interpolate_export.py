"""A journey becomes a film: what kind and how long is asked in a small dialog, then the engine writes it."""

from __future__ import annotations

import enum
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.numbers import number
from desktop.tabs.interpolate_plan import Plan
from desktop.tabs.interpolate_player import RATE
from desktop.widgets.choice import Choice
from desktop.widgets.question import agreed
from engine import jobs

PLACE = "interpolate-export"
#: Frames of a film, and pictures on a sheet to begin with.
FEWEST, MOST, ON_A_SHEET = 2, 5000, 20
#: Frames a second.
FASTEST = 50


#: Asks where a film of a kind and a title goes: the target, and whether what is there may be replaced.
PlaceFor = Callable[["Kind", str], tuple[Path, bool] | None]


class Kind(enum.Enum):
    """What can be written, by the suffix of its file."""

    GIF = ".gif"
    WEBP = ".webp"
    MP4 = ".mp4"
    FOLDER = ""
    SHEET = ".png"


def can_write_mp4() -> bool:
    """Whether PyAV is installed. It is not loaded."""
    return importlib.util.find_spec("av") is not None


@dataclass(frozen=True)
class Wish:
    """What the dialog was told."""

    kind: Kind
    frames: int
    fps: int


class ExportDialog(QDialog):
    """Kind, frames, frames a second, and how long that is."""

    wished = Signal(object)  #: a `Wish`

    def __init__(self, seconds: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setModal(True)
        words = ["GIF", "WebP", "MP4", self.tr("Pictures"), self.tr("Sheet")]
        self.kind = Choice(self.tr("Kind of file"), words)
        self._about = QLabel()
        self._about.setProperty("quiet", True)
        self._about.setWordWrap(True)
        self._about.setMinimumHeight(2 * self._about.fontMetrics().lineSpacing() + 4)
        self.frames = self._number(self.tr("Frames"), FEWEST, MOST, min(seconds * RATE, MOST))
        self.fps = self._number(self.tr("Frames a second"), 1, FASTEST, RATE)
        self._of_a_film = self.frames.value()
        self._takes = QLabel()
        self._takes.setProperty("quiet", True)
        cancel, self.go_on = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Save as…"))
        self.go_on.setProperty("strong", True)
        self.go_on.setDefault(True)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Frames"), self.frames)
        form.addRow(self.tr("Frames a second"), self.fps)
        form.addRow("", self._takes)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.kind)
        column.addWidget(self._about)
        column.addLayout(form)
        column.addSpacing(6)
        column.addLayout(buttons)
        self.setMinimumWidth(420)
        self.kind.chosen.connect(self._choose)
        self.frames.valueChanged.connect(self._show)
        self.fps.valueChanged.connect(self._show)
        cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self._finish)
        self.go_on.setFocus()
        self._show()

    def _number(self, name: str, least: int, most: int, value: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(least, most)
        box.setValue(value)
        box.setAccessibleName(name)
        return box

    @property
    def wish(self) -> Wish:
        return Wish(list(Kind)[self.kind.index], self.frames.value(), self.fps.value())

    def _choose(self) -> None:
        """A sheet has its own number of pictures."""
        sheet = self.wish.kind is Kind.SHEET
        if sheet != (not self.fps.isEnabled()):
            shown, self._of_a_film = self._of_a_film, self.frames.value()
            self.frames.setValue(ON_A_SHEET if sheet else shown)
            self.fps.setEnabled(not sheet)
        self._show()

    def _show(self) -> None:
        wish = self.wish
        possible = wish.kind is not Kind.MP4 or can_write_mp4()
        sentences = {
            Kind.GIF: self.tr("Plays everywhere. Only 256 colours a frame, and large files."),
            Kind.WEBP: self.tr("All colours in small files. Plays in browsers and on phones."),
            Kind.MP4: self.tr("A video for players, phones and presentations."),
            Kind.FOLDER: self.tr("A folder of PNGs with numbers for names, without any loss."),
            Kind.SHEET: self.tr("All frames side by side on one PNG."),
        }
        missing = self.tr("MP4 needs PyAV, which is not installed (pip install av). GIF and WebP need nothing.")
        self._about.setText(sentences[wish.kind] if possible else missing)
        self.go_on.setEnabled(possible)
        takes = self.tr("%1 s").replace("%1", number(wish.frames / wish.fps, 1))
        self._takes.setText("" if wish.kind is Kind.SHEET else takes)

    def _finish(self) -> None:
        self.accept()
        self.wished.emit(self.wish)


class Films(QObject):
    """The film that is being written, if there is one, and the last that was."""

    changed = Signal()
    failed = Signal(str)  #: one sentence

    def __init__(
        self, ask: Callable[[jobs.Export | jobs.Withdraw], None], place_for: PlaceFor, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._ask, self._place_for, self._parent = ask, place_for, parent
        self._number = 0
        self.asked: jobs.Export | None = None
        self.working: jobs.Working | None = None
        self.written: Path | None = None

    def offer(self, plan: Plan, journey: jobs.Journey) -> ExportDialog:
        """Ask what film it should be, then where it goes, and have it written."""

        def wished(wish: Wish) -> None:
            place = self._place_for(wish.kind, plan.title)
            if place is not None:
                film = plan.film(wish.frames, float(wish.fps), sheet=wish.kind is Kind.SHEET)
                self.write(journey, film, *place)

        dialog = ExportDialog(plan.seconds, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wished.connect(wished)
        dialog.open()
        return dialog

    def write(self, journey: jobs.Journey, film: jobs.Film, target: Path, overwrite: bool) -> None:
        self._number += 1
        self.working = None
        self.asked = jobs.Export(
            place=PLACE, ask=self._number, journey=journey, film=film, target=str(target), overwrite=overwrite
        )
        self._ask(self.asked)
        self.changed.emit()

    def stop(self) -> None:
        """The film is not wanted any more: nothing of it stays."""
        self.asked = None
        self._ask(jobs.Withdraw(place=PLACE))
        self.changed.emit()

    def may_stop(self) -> bool:
        """Before the window closes: True if nothing is being written, or the user says that it may be lost."""
        return self.asked is None or agreed(
            self._parent,
            self.tr("A film is still being written."),
            self.tr("Nothing of it stays if the window closes now."),
            self.tr("Close"),
            destructive=True,
        )

    def show_in_folder(self) -> None:
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written.parent)))

    def take(self, answer: jobs.PlaceAnswer) -> None:
        """Hear the engine."""
        if answer.place != PLACE or isinstance(answer, jobs.Withdrawn):
            return
        if self.asked is None or answer.ask != self.asked.ask:
            return
        if isinstance(answer, jobs.Working):
            self.working = answer
        elif isinstance(answer, jobs.Exported):
            self.asked, self.written = None, Path(answer.target)
        elif isinstance(answer, jobs.Refused):
            self.asked = None
            self.failed.emit(answer.message)
        self.changed.emit()

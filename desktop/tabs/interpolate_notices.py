"""What the banner and the last line of the Interpolate tab say, one thing at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.tabs.interpolate_export import Films
from desktop.tabs.interpolate_frames import Frames
from desktop.tabs.interpolate_plan import Models, Trouble
from desktop.widgets.banner import Banner
from desktop.widgets.status import StatusLine


class Notices(QObject):
    """In the banner first what was said last, then why there is no journey, then why the engine does not draw it."""

    other_model_asked = Signal()
    again_asked = Signal()

    def __init__(self, banner: Banner, line: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._banner, self._line = banner, line
        self._notice = self._failure = self._read = ""
        self._trouble: Trouble | None = None
        self._models: Models | None = None
        banner.acted.connect(self._act)
        banner.dismissed.connect(self._dismiss)

    def say(self, sentence: str) -> None:
        self._notice = sentence
        self._say()

    def show(self, trouble: Trouble | None, failure: str, models: Models | None) -> None:
        if not failure:
            self._read = ""
        self._trouble, self._failure, self._models = trouble, failure, models
        self._say()

    def _say(self) -> None:
        if self._notice:
            self._banner.say(self._notice)
        elif self._trouble is not None and self._models is not None:
            action = self.tr("Use a model that can") if self._models.any_photos else ""
            self._banner.say(self._words_for(self._trouble, self._models.drawing), action)
        elif self._failure and self._failure != self._read:
            self._banner.say(self._failure, self.tr("Try again"))
        else:
            self._banner.hide()

    def _words_for(self, trouble: Trouble, names: dict[str, str]) -> str:
        drew = trouble.key.recipe.model if trouble.key.recipe else ""
        words = self.tr("“%1” was drawn by “%2”: “%3” cannot start from it.").replace("%1", trouble.key.name)
        return words.replace("%2", names.get(drew, drew)).replace("%3", names.get(trouble.model, trouble.model))

    def show_status(self, films: Films, frames: Frames, message: str) -> None:
        """What is being worked on: a film, or the first frame of a journey; else ``message``."""
        preparing = frames.busy and not frames.prepared
        step = films.working if films.asked else frames.steps
        fraction = step.done / max(step.total, 1) if step else 0.0
        if films.asked is not None:
            what = self.tr("Writing %1").replace("%1", Path(films.asked.target).name)
            self._line.show_work(what, fraction, step.seconds_left if step else None)
        elif preparing:
            self._line.show_work(self.tr("Preparing the pictures"), fraction, None)
        elif frames.stopped and not frames.failure:
            self._line.rest(self.tr("Cancelled"), can_resume=True)
        else:
            self._line.rest(message)

    def _act(self) -> None:
        (self.other_model_asked if self._trouble is not None else self.again_asked).emit()

    def _dismiss(self) -> None:
        if not self._notice:
            self._read = self._failure
        self._notice = ""
        self._say()

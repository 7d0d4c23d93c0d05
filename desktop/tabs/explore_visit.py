"""A folder from the drop to the finished map: which model looks at it, how far that is, what went wrong on the way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.engine_client import EngineClient
from desktop.tabs.explore_acquaint import Acquaintance
from desktop.tabs.explore_reader import MapReader
from desktop.tabs.explore_run import Looking
from desktop.tabs.explore_state import ExploreState
from desktop.widgets.model_choice import ModelChoice
from engine import catalog, jobs
from engine.atlas import Explored, maps_of

#: What is used for a folder that no other model knows, where it is there.
ANY_PHOTOS = "photo-restore"


class Visit(QObject):
    """One folder at a time, through one model."""

    changed = Signal()  #: how far it is
    begun = Signal(bool)  #: the map before is of no interest any more; whether the folder is another one
    said = Signal(str)  #: one sentence for the last line
    troubled = Signal(str, str)  #: one sentence that must be read, and what to do about it: to look again

    def __init__(self, state: ExploreState, engine: EngineClient, models: ModelChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._models = state, models
        self.looking, self.acquaintance = Looking(self), Acquaintance(engine, self)
        self.reader = MapReader(state, self)
        self.looking.changed.connect(self.changed)
        self.looking.mapped.connect(self.reader.load)
        self.looking.noted.connect(self.said)
        self.looking.done.connect(self._looked)
        self.looking.failed.connect(self._not_looked)
        self.acquaintance.found.connect(self._acquainted)

    @property
    def busy(self) -> bool:
        """Whether there will be more to see."""
        return self.acquaintance.busy or self.looking.running or self.reader.busy

    @property
    def model_there(self) -> bool:
        """Whether the map's model is still installed."""
        return not self._state.model or self._state.model in catalog.folders()

    @property
    def left_out(self) -> dict[str, str]:
        """The files that could not be read, each with its cause."""
        atlas = self._state.atlas
        return dict(atlas.left_out if atlas else ()) | {line.name: line.cause for line in self.looking.left_out}

    def explore(self, folder: Path) -> None:
        """The map of a folder: by the model of its newest map, or else by the one that knows its pictures best."""
        if not self._models.available:
            self._models.refresh()
        if not self._models.available:
            self.troubled.emit(self.tr("No model is installed that can look at pictures."), "")
            return
        known = [model for place in maps_of(folder) if (model := place.name.rpartition("-")[0]) in self._models.ids]
        if known:
            self.begin(folder, known[0])
        else:
            self._forget(folder, "")
            self.acquaintance.look(folder)
            self.changed.emit()

    def begin(self, folder: Path, model: str) -> None:
        """The map of a folder by this model: the one that is there at once, and then what has changed since."""
        self._forget(folder, model)
        self.reader.load()
        self.look_again()

    def _forget(self, folder: Path, model: str) -> None:
        self.acquaintance.forget()
        self.looking.forget()
        another = folder != self._state.folder
        self._state.begin(folder, model)
        self.begun.emit(another)

    def _acquainted(self, folder: Path, model: str) -> None:
        self.begin(folder, model or (ANY_PHOTOS if ANY_PHOTOS in self._models.ids else self._models.model))

    def look_again(self) -> None:
        """Look at the folder with the model at hand; what was seen before is not looked at again."""
        if self._state.folder is not None and self._state.model:
            self.looking.start(self._state.folder, self._state.model)

    def report(self, target: Path, overwrite: bool) -> None:
        """Write a file about the folder."""
        if self._state.folder is not None:
            more = ["--report", str(target), *(["--overwrite"] if overwrite else [])]
            self.looking.start(self._state.folder, self._state.model, more)

    def stop(self) -> None:
        """No more of what is going on."""
        if self.acquaintance.busy and self._state.folder is not None:
            self.acquaintance.forget()
            self._acquainted(self._state.folder, "")
        else:
            self.looking.stop()

    def _looked(self, explored: Explored) -> None:
        if explored.report:
            self.said.emit(self.tr("Saved as %1").replace("%1", Path(explored.report).name))
        self.changed.emit()

    def _not_looked(self, complaint: str, died: bool) -> None:
        if died or not complaint:
            sentence = self.tr("Looking at the pictures ended by itself. What was seen so far is kept.")
            self.troubled.emit(sentence, self.tr("Go on"))
        else:
            self.troubled.emit(complaint, self.tr("Look again"))
        self.changed.emit()

    def hear(self, answer: jobs.PlaceAnswer) -> None:
        """Hear the engine."""
        self.acquaintance.hear(answer)

    def close(self) -> None:
        self.looking.close_down()
        self.acquaintance.close()
        self.reader.close()

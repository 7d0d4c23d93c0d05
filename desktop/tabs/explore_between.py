"""What the model sees between the pictures of the map: drawn by the engine, one place at a time, the newest wins."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.tabs.explore_state import ExploreState
from desktop.tabs.generate_state import Picture
from engine import jobs
from engine.recipes import Recipe

PLACE = "explore"


class Between(QObject):
    """A place of the map, how to draw it, and the picture once it is drawn."""

    changed = Signal()
    failed = Signal(object)  #: an exception, or the engine's sentence

    def __init__(self, state: ExploreState, engine: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._engine = state, engine
        self._background = Background(parent=self)
        self._number = 0
        self.point: tuple[float, float] | None = None
        self.recipe: Recipe | None = None
        self.picture: Picture | None = None

    def draw(self, point: tuple[float, float]) -> None:
        """Another place. Raises nothing: what goes wrong is said by ``failed``."""
        atlas, positions = self._state.atlas, self._state.positions
        if atlas is None:
            return
        self._number += 1
        mine, self.point, self.recipe, self.picture = self._number, point, None, None

        def then(recipe: Recipe) -> None:
            if mine == self._number:
                self.recipe = recipe
                self._engine.ask(jobs.Draw(place=PLACE, ask=mine, recipes=(recipe,)))

        self._background.run(lambda: atlas.between(point, positions), then, self._give_up)
        self.changed.emit()

    def clear(self) -> None:
        """No place any more."""
        self._number += 1
        if self.point is not None:
            self.point = self.recipe = self.picture = None
            self.changed.emit()

    def hear(self, answer: jobs.PlaceAnswer) -> None:
        """Hear the engine."""
        if answer.place != PLACE or isinstance(answer, jobs.Withdrawn) or answer.ask != self._number:
            return
        if isinstance(answer, jobs.Drawn):
            self.picture = Picture(answer.side, answer.pictures)
            self.changed.emit()
        elif isinstance(answer, jobs.Refused):
            self._give_up(answer.message)

    def _give_up(self, why: Exception | str) -> None:
        self.clear()
        self.failed.emit(why)

    def close(self) -> None:
        self._background.close()

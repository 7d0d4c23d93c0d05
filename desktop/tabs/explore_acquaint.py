"""Which model knows the pictures of a folder best: each looks at a few of them before the map is begun."""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.tabs.sliders_asks import Errand
from engine import catalog, jobs

PLACE = "explore-acquaint"
#: Pictures that every model looks at, taken from the first so many of the folder.
SAMPLE, AMONG = 4, 400
#: What a picture counts for that a model knows so well.
_WORTH = {"well": 2, "roughly": 1, "not": 0}


class Acquaintance(QObject):
    """Asks the models one after the other. `found` is said once, whatever happens on the way."""

    found = Signal(Path, str)  #: the folder, and the model that knows it best; "": none knows it

    def __init__(self, engine: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._errand = engine, Errand(PLACE)
        self._background = Background(parent=self)
        self._folder: Path | None = None
        self._asks: list[jobs.Encode] = []
        self._scores: dict[str, int] = {}

    @property
    def busy(self) -> bool:
        return self._folder is not None

    def look(self, folder: Path) -> None:
        """Find the model for a folder; an older wish is forgotten."""
        self.forget()
        self._folder = folder

        def then(asks: list[jobs.Encode]) -> None:
            if folder == self._folder:
                self._asks, self._scores = asks, {ask.model: 0 for ask in asks}
                self._ask_next()

        self._background.run(lambda: _asks(folder), then, lambda _error: then([]))

    def forget(self) -> None:
        """Nobody wants to know any more."""
        stop = self._errand.stop()
        if stop is not None:
            self._engine.ask(stop)
        self._folder, self._asks = None, []

    def hear(self, answer: jobs.PlaceAnswer) -> None:
        """Hear the engine."""
        done = self._errand.take(answer)
        if done is None or not isinstance(done[0], jobs.Encode):
            return
        if isinstance(done[1], jobs.Encoded):
            self._scores[done[0].model] += _WORTH[done[1].verdict.known]
        self._ask_next()

    def _ask_next(self) -> None:
        if self._asks:
            self._engine.ask(self._errand.send(self._asks.pop(0)))
            return
        folder, self._folder = self._folder, None
        best = max(self._scores, key=lambda model: self._scores[model], default="")
        if folder is not None:
            self.found.emit(folder, best if self._scores.get(best, 0) >= SAMPLE else "")

    def close(self) -> None:
        self._background.close()


def _asks(folder: Path) -> list[jobs.Encode]:
    """A few pictures, spread over the beginning of the folder, for every model that can say what it knows."""
    from engine.folder import picture_files

    pictures = list(itertools.islice(picture_files(folder), AMONG))
    step = max(len(pictures) // SAMPLE, 1)
    models = [card.id for card in catalog.cards("encode") if card.typical and card.kind == "generate"]
    return [
        jobs.Encode(place="", ask=0, model=model, path=str(path))
        for model in models
        for path in pictures[::step][:SAMPLE]
    ]

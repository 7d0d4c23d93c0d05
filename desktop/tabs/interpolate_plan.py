"""What the Interpolate tab was told: which pictures, by which model, along which path. Plain values, easy to undo."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from engine.jobs import Film, Journey
from engine.recipes import Recipe

#: Pictures a journey may have.
MOST = 24
#: Places there are from the beginning.
FEWEST = 2


class Loop(enum.Enum):
    """What happens at the last picture."""

    ONCE = 0  #: the end
    BACK = 1  #: home the same way
    AROUND = 2  #: on to the first picture


@dataclass(frozen=True)
class Key:
    """A picture to pass: how to draw it, its file, or both."""

    number: int  #: tells it from every other
    name: str
    path: Path | None = None
    recipe: Recipe | None = None


@dataclass(frozen=True)
class Models:
    """What is installed: the model that takes any photos ("" for none) unless another one is chosen, the names of
    those that draw, by id, and the others that take any photos."""

    any_photos: str = ""
    drawing: dict[str, str] = field(default_factory=dict)
    more_photos: frozenset[str] = frozenset()

    def __contains__(self, model: str) -> bool:
        return bool(model) and (model == self.any_photos or model in self.drawing or model in self.more_photos)


@dataclass(frozen=True)
class Trouble:
    """Why there is no journey: ``model`` cannot start from a picture that another one drew."""

    key: Key
    model: str


@dataclass(frozen=True)
class Plan:
    """Everything that can be set and undone. Changes are new plans."""

    keys: tuple[Key | None, ...] = (None,) * FEWEST
    model: str = ""  #: chosen by the user; "": whatever fits the pictures
    path: Literal["spherical", "straight", "prior"] = "spherical"
    loop: Loop = Loop.ONCE
    smooth: bool = True  #: linger at the pictures
    seconds: int = 4

    # -- pictures ---------------------------------------------------------------------------------

    @property
    def pictures(self) -> tuple[Key, ...]:
        return tuple(key for key in self.keys if key is not None)

    @property
    def complete(self) -> bool:
        return len(self.pictures) >= FEWEST

    def place_for(self, at: int | None) -> int:
        """Where the first of more pictures goes."""
        free = self.keys.index(None) if None in self.keys else len(self.keys)
        return free if at is None else at

    def taking(self, keys: Sequence[Key], at: int | None = None) -> Plan:
        """With more pictures: the first in the place of the one ``at``, the others where there is room, then behind."""
        places: list[Key | None] = list(self.keys)
        wanted = list(keys)
        if at is not None and at < len(places) and wanted:
            places[at] = wanted.pop(0)
        for key in wanted:
            if None in places:
                places[places.index(None)] = key
            else:
                places.append(key)
        return replace(self, keys=tuple(places[:MOST]))

    def without(self, at: int) -> Plan:
        """Without a picture; its place goes too, unless it is one of the first two."""
        left = [key for place, key in enumerate(self.keys) if place != at]
        if len(left) < FEWEST:
            left.insert(at, None)
        return replace(self, keys=tuple(left))

    def moved(self, at: int, to: int) -> Plan:
        """With a picture at another place, the others in their order."""
        left = list(self.keys)
        left.insert(to, left.pop(at))
        return replace(self, keys=tuple(left))

    def cleared(self) -> Plan:
        """Empty places again, and a model that fits what will come."""
        return replace(self, keys=(None,) * FEWEST, model="")

    # -- what the engine is told ------------------------------------------------------------------

    def model_in(self, models: Models) -> str:
        """The model to use: the user's choice, the one that drew all pictures, or the one for any photos."""
        if self.model in models:
            return self.model
        drew = {key.recipe.model if key.recipe else "" for key in self.pictures}
        (only,) = drew if len(drew) == 1 else ("",)
        if only in models:
            return only
        return models.any_photos or next(iter(models.drawing), "")

    def journey(self, models: Models) -> Journey | Trouble | None:
        """For the engine. None while pictures are missing, or a model."""
        model = self.model_in(models)
        if not self.complete or not model:
            return None
        stops: list[Recipe | str] = []
        for key in self.pictures:
            if model in models.drawing and key.recipe is not None:
                if key.recipe.model != model:
                    return Trouble(key, model)
                stops.append(key.recipe)
            else:
                stops.append(str(key.path) if key.path is not None else key.recipe or "")
        path = self.path if model in models.drawing else "spherical"
        return Journey(model=model, stops=tuple(stops), path=path, closed=self.loop is Loop.AROUND)

    def film(self, frames: int, fps: float, sheet: bool = False) -> Film:
        return Film(frames=frames, fps=fps, smooth=self.smooth, back=self.loop is Loop.BACK, sheet=sheet)

    @property
    def title(self) -> str:
        """For files: the first and the last picture's name."""
        names = [key.name for key in chain(self.pictures[:1], self.pictures[1:][-1:])]
        return "-".join(name[:40] for name in names) or "pictures"

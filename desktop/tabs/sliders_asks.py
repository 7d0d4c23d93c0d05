"""What the Sliders tab asks of the engine: pictures, one at a time, and errands that take longer. Knows no Qt."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

import msgspec

from desktop.tabs.generate_state import Picture, key_of
from engine import jobs
from engine.recipes import Recipe

#: Where pictures, photos and new sliders are asked for.
DRAWING, PHOTO, LEARNING = "sliders", "sliders-photo", "sliders-learn"
#: Pictures that are kept although nobody wants them at the moment: undo shows them at once.
SPARE = 200

Errands = TypeVar("Errands", jobs.Encode, jobs.Learn)


class Pictures:
    """Pictures of recipes. Only one is on its way at a time; the newest that is wanted goes next."""

    def __init__(self) -> None:
        self.front: Picture | None = None  #: the newest picture there is of what is wanted most
        self._wanted: list[tuple[str, Recipe]] = []
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._refused: dict[str, str] = {}
        self._asked: tuple[str, bool] | None = None  # whose, and whether it was wanted most
        self._number = 0

    def want(self, recipes: list[Recipe]) -> None:
        """Which pictures are to be seen: the first before all others."""
        self._wanted = [(key_of(recipe), recipe) for recipe in recipes]
        if not self._wanted:
            self.front = None
        else:
            self.front = self._pictures.get(self._wanted[0][0], self.front)

    def of(self, recipe: Recipe) -> Picture | None:
        return self._pictures.get(key_of(recipe))

    @property
    def failure(self) -> str:
        """Why the engine does not draw what is wanted most."""
        return self._refused.get(self._wanted[0][0], "") if self._wanted else ""

    def try_again(self) -> None:
        self._refused.clear()

    def due(self) -> jobs.Draw | None:
        """What to ask now, once."""
        if self._asked is not None:
            return None
        for place, (key, recipe) in enumerate(self._wanted):
            if key not in self._pictures and key not in self._refused:
                self._number += 1
                self._asked = key, place == 0
                return jobs.Draw(place=DRAWING, ask=self._number, recipes=(recipe,))
        return None

    def take(self, answer: jobs.PlaceAnswer) -> bool:
        """Hear the engine. Whether something changed."""
        if answer.place != DRAWING or self._asked is None:
            return False
        key, first = self._asked
        match answer:
            case jobs.Drawn() if answer.ask == self._number:
                self._keep(key, Picture(answer.side, answer.pictures))
                top = self._wanted[0][0] if self._wanted else None
                # What was wanted most when it was asked is nearer to it than what is seen, unless that is it.
                if top == key or (top and first and top not in self._pictures):
                    self.front = self._pictures[key]
            case jobs.Refused() if answer.ask == self._number:
                self._refused[key] = answer.message
            case _:
                return False
        self._asked = None
        return True

    def _keep(self, key: str, picture: Picture) -> None:
        self._pictures[key] = picture
        wanted = {key for key, _ in self._wanted}
        spare = [key for key in self._pictures if key not in wanted]
        for gone in spare[: max(len(spare) - SPARE, 0)]:
            del self._pictures[gone]


class Errand:
    """The newest ask of one place until it is answered."""

    def __init__(self, place: str) -> None:
        self._place, self._number = place, 0
        self.asked: jobs.Encode | jobs.Learn | None = None
        self.steps: jobs.Working | None = None  #: how far it is

    def send(self, ask: Errands) -> Errands:
        """``ask`` with its place and number: an older one is not waited for any more."""
        self._number += 1
        sent = msgspec.structs.replace(ask, place=self._place, ask=self._number)
        self.asked, self.steps = sent, None
        return sent

    def stop(self) -> jobs.Withdraw | None:
        """What to tell the engine so that nothing is done any more."""
        if self.asked is None:
            return None
        self.asked = self.steps = None
        return jobs.Withdraw(place=self._place)

    def take(self, answer: jobs.PlaceAnswer) -> tuple[jobs.Encode | jobs.Learn, jobs.PlaceAnswer] | None:
        """Hear the engine: the ask and its answer, once it is there."""
        asked = self.asked
        if asked is None or answer.place != self._place or isinstance(answer, jobs.Withdrawn):
            return None
        if answer.ask != asked.ask:
            return None
        if isinstance(answer, jobs.Working):
            self.steps = answer
            return None
        self.asked = self.steps = None
        return asked, answer

"""What the Generate tab holds: the settings, every set of pictures that was drawn, the favourites. Knows no Qt.

A set is recipes; the pictures themselves come from the engine, are kept while there is room, and are drawn
again when they are wanted and gone. Events go in (`draw`, `go`, `take` ...); what is to be asked comes
out of `due`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from engine import jobs
from engine.recipes import Recipe

PLACE = "generate"
#: Seeds that are taken by chance stay below, so that people can read and type them.
SEEDS = 10**9
#: As far as the slider of the variety goes.
MOST_VARIETY = 1.5
#: Pictures kept beside those that are shown.
KEPT = 1000
#: After so many refusals one after the other the rest is not tried.
PATIENCE = 3
#: As many seeds can a recipe be turned towards.
DEEPEST = 64
_LAST_SEED = 2**63 - 1

Page = Literal["sets", "favourites"]
#: Recipes in their order, each under its key (see `key_of`). Never changed, only replaced.
Keyed = Mapping[str, Recipe]


@dataclass(frozen=True)
class Settings:
    """What the panel says."""

    model: str = ""
    count: int = 16
    variety: float = 1.0
    seed: int = 0


@dataclass(frozen=True)
class DrawnSet:
    """Pictures that came together, and the settings that were shown with them."""

    recipes: Keyed
    settings: Settings


@dataclass(frozen=True)
class Moment:
    """All that undo brings back."""

    settings: Settings
    position: int
    page: Page
    favourites: Keyed


@dataclass(frozen=True)
class Picture:
    """A drawn picture, [side, side, 3] uint8."""

    side: int
    pixels: bytes


def key_of(recipe: Recipe) -> str:
    """Tells a recipe from all others; the same for the same recipe."""
    return hashlib.blake2b(msgspec.msgpack.encode(recipe, order="deterministic"), digest_size=12).hexdigest()


def keyed(recipes: Iterable[Recipe]) -> Keyed:
    """Recipes under their keys, each once."""
    return {key_of(recipe): recipe for recipe in recipes}


def has_neighbours(recipe: Recipe) -> bool:
    """Whether there are pictures like it to be drawn. One that was made from a photo does not come from a seed."""
    return not recipe.latent and len(recipe.near) < DEEPEST


class GenerateState:
    """The tab's state. ``any_seed`` is where new seeds come from."""

    def __init__(self, any_seed: Callable[[], int] = lambda: secrets.randbelow(SEEDS)) -> None:
        self._any_seed = any_seed
        self.settings = Settings(seed=any_seed())
        self.sets: list[DrawnSet] = []
        self.position = -1
        self.page: Page = "sets"
        self.favourites: Keyed = {}
        self.models: frozenset[str] = frozenset()  #: that are there
        self.pictures: dict[str, Picture] = {}
        self.refused: set[str] = set()  #: keys that the engine could not draw
        self.stopped = False
        self._edited = True  # since the last set was drawn: the seed is meant as it stands
        self._ask = 0
        self._asked: tuple[Recipe, ...] = ()
        self._arrived = 0
        self._refusals = 0  # since the engine last drew something

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def shown(self) -> Keyed:
        """The recipes of the page that is seen."""
        if self.page == "favourites":
            return self.favourites
        return self.sets[self.position].recipes if self.sets else {}

    @property
    def moment(self) -> Moment:
        return Moment(self.settings, self.position, self.page, self.favourites)

    def restore(self, moment: Moment) -> None:
        """Back to how things were."""
        if moment.settings != self.settings:
            self._edited = True
        self.settings, self.position, self.page = moment.settings, moment.position, moment.page
        self.favourites = moment.favourites

    # -- new sets ---------------------------------------------------------------------------------

    def edit(self, settings: Settings) -> None:
        self._edited = self._edited or settings != self.settings
        self.settings = settings

    def new_seed(self) -> int:
        return self._any_seed()

    def draw(self) -> None:
        """A new set by the settings. Where nothing was changed since the last one, by another seed."""
        if not self._edited:
            self.settings = replace(self.settings, seed=self._any_seed())
        s = self.settings
        seeds = ((s.seed + number) % (_LAST_SEED + 1) for number in range(s.count))
        self._add(Recipe(model=s.model, seed=seed, variety=s.variety) for seed in seeds)

    def more_like(self, recipe: Recipe, distance: float) -> None:
        """A new set in the neighbourhood of a picture, which `has_neighbours`."""
        ways = [(*recipe.near, (self._any_seed(), distance)) for _ in range(self.settings.count)]
        self._add(msgspec.structs.replace(recipe, near=near) for near in ways)

    def open(self, recipes: Sequence[Recipe]) -> None:
        """Pictures from elsewhere, as a set, with the settings of the first."""
        first = recipes[0]
        variety = min(first.variety, MOST_VARIETY)
        self.settings = replace(self.settings, model=first.model, seed=first.seed, variety=variety)
        self._add(recipes)
        self._edited = True  # its seed is meant: Draw begins with it

    def _add(self, recipes: Iterable[Recipe]) -> None:
        self.sets.append(DrawnSet(keyed(recipes), self.settings))
        self.position, self.page = len(self.sets) - 1, "sets"
        self._edited = self.stopped = False

    def can_go(self, by: int) -> bool:
        return self.page == "sets" and 0 <= self.position + by < len(self.sets)

    def go(self, by: int) -> None:
        """To an older (-1) or a newer set (1), and its settings."""
        if self.can_go(by):
            self.position += by
            self.settings, self._edited = self.sets[self.position].settings, False

    def love(self, recipes: Keyed, loved: bool) -> None:
        """Add to the favourites, or remove from them. New ones come first."""
        rest = {key: recipe for key, recipe in self.favourites.items() if loved or key not in recipes}
        new = {key: recipe for key, recipe in recipes.items() if loved and key not in rest}
        self.favourites = {**new, **rest}

    # -- the engine -------------------------------------------------------------------------------

    @property
    def drawing(self) -> bool:
        return bool(self._asked)

    @property
    def progress(self) -> float:
        """0..1 of what was asked."""
        return self._arrived / len(self._asked) if self._asked else 1.0

    def missing(self) -> list[Recipe]:
        """Of the page that is seen, what can be drawn and is not."""
        there = self.pictures.keys() | self.refused
        return [recipe for key, recipe in self.shown.items() if recipe.model in self.models and key not in there]

    @property
    def complete_set(self) -> Keyed:
        """The set that is seen, once all its pictures are drawn; nothing before that."""
        recipes = self.sets[self.position].recipes if self.sets and self.page == "sets" else {}
        return recipes if recipes.keys() <= self.pictures.keys() else {}

    def due(self) -> jobs.Draw | None:
        """What to ask the engine now: the missing pictures of one model, none while they are on their way.

        One by one after a refusal, so that a recipe that cannot be drawn does not keep the others back.
        """
        missing = [] if self.stopped else self.missing()
        coming = self._asked[self._arrived :]
        if not missing or missing[0] in coming:
            return None
        self._ask += 1
        of_one_model = tuple(recipe for recipe in missing if recipe.model == missing[0].model)
        self._asked = of_one_model[:1] if self._refusals else of_one_model
        self._arrived = 0
        return jobs.Draw(place=PLACE, ask=self._ask, recipes=self._asked)

    def take(self, answer: jobs.PlaceAnswer) -> list[str]:
        """Hear the engine. The keys of the pictures that came."""
        match answer:
            case jobs.Drawn() if answer.ask == self._ask and self._asked:
                return self._keep(answer)
            case jobs.Refused() if answer.ask == self._ask:
                self._give_up(self._asked[self._arrived :])
                self._asked = ()
            case jobs.Withdrawn() if self.stopped:
                self._asked = ()
        return []

    def _keep(self, answer: jobs.Drawn) -> list[str]:
        size = 3 * answer.side**2
        recipes = self._asked[answer.first : answer.first + len(answer.pictures) // size]
        keys = [key_of(recipe) for recipe in recipes]
        for number, key in enumerate(keys):
            self.pictures[key] = Picture(answer.side, answer.pictures[number * size : (number + 1) * size])
        self._arrived, self._refusals = answer.first + len(recipes), 0
        if self._arrived >= len(self._asked):
            self._asked = ()
        self._forget()
        return keys

    def _give_up(self, recipes: Sequence[Recipe]) -> None:
        self._refusals += 1
        if self._refusals >= PATIENCE:
            recipes = self.missing()
        elif len(recipes) > 1:
            return  # one of them cannot be drawn: each is tried on its own
        self.refused |= keyed(recipes).keys()

    def _forget(self) -> None:
        """Let go of the oldest pictures that are not seen."""
        spare = len(self.pictures) - KEPT
        if spare > 0:
            for key in [key for key in self.pictures if key not in self.shown][:spare]:
                del self.pictures[key]

    def stop(self) -> None:
        self.stopped = True

    def resume(self) -> None:
        """Go on with what was stopped or refused."""
        self.stopped = False
        self.refused.clear()
        self._refusals = 0

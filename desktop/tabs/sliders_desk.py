"""What lies on the desk of the Sliders tab: the picture at work, where it came from, the states that were kept.

A desk never changes: every doing gives another one, which is what undo goes back and forth between. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from desktop.tabs.generate_state import Picture
from engine.jobs import Box, Verdict
from engine.recipes import Recipe, moved

#: How far a slider goes to either side, in standard deviations.
REACH = 3.0


@dataclass(frozen=True)
class Photo:
    """The user's own picture, as the model sees it and what the model makes of it."""

    path: Path
    box: Box | None  #: the part that is used; None: the middle
    rounds: int  #: of refining so far
    seen: Picture
    drawn: Picture
    verdict: Verdict


@dataclass(frozen=True)
class Kept:
    """A state that was kept."""

    number: int  #: counted from 1, never used again
    recipe: Recipe
    photo: Photo | None = None


@dataclass(frozen=True)
class Desk:
    """All that undo brings back."""

    now: Recipe | None = None
    photo: Photo | None = None  #: that it began with
    kept: tuple[Kept, ...] = ()
    count: int = 0  #: of all states that were ever kept

    @property
    def start(self) -> Recipe | None:
        """The picture with every slider in the middle."""
        return msgspec.structs.replace(self.now, sliders={}) if self.now else None

    def value(self, name: str) -> float:
        return self.now.sliders.get(name, 0.0) if self.now else 0.0

    def begin(self, recipe: Recipe, photo: Photo | None = None) -> Desk:
        """Another picture."""
        return replace(self, now=recipe, photo=photo)

    def see(self, recipe: Recipe, photo: Photo) -> Desk:
        """The same photo, seen better or another part of it: the sliders stay where they are."""
        return self.begin(moved(recipe, **self.now.sliders) if self.now else recipe, photo)

    def slide(self, name: str, value: float) -> Desk:
        assert self.now is not None
        return replace(self, now=moved(self.now, **{name: value}))

    def reset(self) -> Desk:
        return replace(self, now=self.start)

    def only(self, known: Collection[str]) -> Desk:
        """Without the sliders that are not known."""
        if self.now is None or self.now.sliders.keys() <= set(known):
            return self
        rest = {name: value for name, value in self.now.sliders.items() if name in known}
        return replace(self, now=msgspec.structs.replace(self.now, sliders=rest))

    # -- states that were kept --------------------------------------------------------------------

    def keep(self) -> Desk:
        """Keep the picture as it is now; one that is kept already is not kept twice."""
        if self.now is None or any(state.recipe == self.now for state in self.kept):
            return self
        number = self.count + 1
        return replace(self, kept=(*self.kept, Kept(number, self.now, self.photo)), count=number)

    def state(self, number: int) -> Kept | None:
        return next((state for state in self.kept if state.number == number), None)

    def go_back(self, number: int) -> Desk:
        state = self.state(number)
        return replace(self, now=state.recipe, photo=state.photo) if state else self

    def forget(self, numbers: Collection[int]) -> Desk:
        return replace(self, kept=tuple(state for state in self.kept if state.number not in numbers))

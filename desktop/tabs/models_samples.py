"""Small pictures that show what a model makes: drawn at random, or another model's picture through it and back.

Asked of the engine one model at a time and kept for the session. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.tabs.generate_state import Picture
from desktop.tabs.models_state import abilities, fingerprint
from engine import jobs
from engine.recipes import Recipe
from engine.shelf import Entry

PLACE = "models"
SEEDS = (0, 1, 2, 3)
#: Longest side in pixels of a picture that goes through a model and back.
SIDE = 192


class Samples:
    """`want` models, send the engine what is `due`, let it `take` the answers."""

    def __init__(self) -> None:
        self._pictures: dict[str, list[Picture]] = {}
        self._without: set[str] = set()  # models that give none
        self._wanted: list[Entry] = []
        self._chosen: Entry | None = None
        self._asked: str | None = None
        self._number = 0

    def want(self, entries: Sequence[Entry], chosen: Entry | None) -> None:
        """Which models are seen. One that cannot draw is only tried while it is the chosen one: it may be large."""
        first = [entry for entry in entries if chosen and entry.id == chosen.id]
        self._wanted = first + [entry for entry in entries if entry not in first]
        self._chosen = chosen

    def of(self, entry: Entry) -> list[Picture]:
        """The pictures there are: four that were drawn; or one that was given, and what came back."""
        return self._pictures.get(fingerprint(entry), [])

    def due(self) -> jobs.Draw | jobs.Visit | None:
        """What to ask now, once."""
        if self._asked is not None:
            return None
        for entry in self._wanted:
            mark = fingerprint(entry)
            if mark in self._pictures or mark in self._without or entry.card is None:
                continue
            ask = self._ask(entry)
            if ask is not None:
                self._asked = mark
                return ask
        return None

    def take(self, answer: jobs.PlaceAnswer) -> bool:
        """Hear the engine. Whether something changed."""
        if answer.place != PLACE or self._asked is None:
            return False
        mark = self._asked
        match answer:
            case jobs.Drawn() if answer.ask == self._number:
                size = 3 * answer.side**2
                pieces = [answer.pictures[start : start + size] for start in range(0, len(answer.pictures), size)]
                there = self._pictures.setdefault(mark, [])
                there += [Picture(answer.side, piece) for piece in pieces]
                if len(there) < answer.total:
                    return True
            case jobs.Frame() if answer.ask == self._number and answer.width == answer.height:
                given = self._given()
                self._pictures[mark] = [*given, Picture(answer.width, answer.picture)]
            case jobs.Refused() | jobs.Frame() if answer.ask == self._number:
                self._without.add(mark)
            case jobs.Withdrawn():
                pass
            case _:
                return False
        self._asked = None
        return True

    def _ask(self, entry: Entry) -> jobs.Draw | jobs.Visit | None:
        assert entry.card is not None
        if "sample" in entry.card.capabilities:
            self._number += 1
            recipes = tuple(Recipe(model=entry.id, seed=seed) for seed in SEEDS)
            return jobs.Draw(place=PLACE, ask=self._number, recipes=recipes)
        painter = self._painter()
        if painter is None or entry is not self._chosen or "interpolate" not in abilities(entry.card):
            return None
        self._number += 1
        stop = Recipe(model=painter.id, seed=SEEDS[0])
        journey = jobs.Journey(model=entry.id, stops=(stop, stop), side=SIDE)
        return jobs.Visit(place=PLACE, ask=self._number, journey=journey, t=0.0)

    def _painter(self) -> Entry | None:
        """The model whose first picture goes through the others: the one with the finest pictures."""
        drawn = [
            entry for entry in self._wanted if self.of(entry) and entry.card and "sample" in entry.card.capabilities
        ]
        return max(drawn, key=lambda entry: self.of(entry)[0].side, default=None)

    def _given(self) -> list[Picture]:
        painter = self._painter()
        return self.of(painter)[:1] if painter else []

"""What the Explore tab holds: the folder's map, which pictures are chosen, the tags and what is suggested. Knows no Qt.

Pictures are numbers of rows of the map (`engine.atlas.Atlas`); a new map of the same folder keeps what was chosen
by name. Pictures that went to the bin, or vanished, stay in the map and are not shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from engine.atlas import Atlas
from engine.tags import Suggested, Tags

#: What the panel lists.
Mode = Literal["odd", "alike", "tags"]
MODES: tuple[Mode, ...] = ("odd", "alike", "tags")
#: What the dots of the map are coloured by.
Colouring = Literal["oddness", "kinds", "tags"]
COLOURINGS: tuple[Colouring, ...] = ("oddness", "kinds", "tags")
#: Which map is seen: neighbours beside each other, or by the principal components.
Layout = Literal["neighbours", "components"]
LAYOUTS: tuple[Layout, ...] = ("neighbours", "components")
#: What a picture is odd for: the model or this folder, or this folder alone.
Measure = Literal["any", "folder"]
MEASURES: tuple[Measure, ...] = ("any", "folder")

#: Whether pictures are chosen instead of others, beside them, or unless they were.
How = Literal["only", "more", "turn"]

#: Rows of the longest list.
LISTED = 300
#: From this probability on a suggestion is worth a look, and counts as sure.
WORTH, SURE = 0.5, 0.9
#: Oddness from which on a picture is a little odd, odd, and very odd.
ODD = (0.7, 1.0, 1.6)


@dataclass(frozen=True)
class Look:
    """A group of look-alikes, the best first; ``same`` says that all have the same content."""

    number: int
    pictures: tuple[int, ...]
    same: bool


@dataclass(frozen=True)
class KeptFolder:
    """What outlives a window. The map and the tags have files of their own."""

    folder: Path
    mode: Mode
    colouring: Colouring
    layout: Layout
    measure: Measure


class ExploreState:
    """Events go in (`begin`, `take`, `choose` ...), what is to be shown comes out."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.model = ""
        self.atlas: Atlas | None = None
        self.contents: list[str] = []  #: what tags know the pictures by
        self._pictures_of: dict[str, list[int]] = {}  # the reverse
        self.tags = Tags()
        self.suggested: Suggested | None = None
        self.tag = ""  #: whose suggestions are listed
        self.mode: Mode = "odd"
        self.colouring: Colouring = "oddness"
        self.layout: Layout = "neighbours"
        self.measure: Measure = "any"
        self.chosen: tuple[int, ...] = ()
        self.current: int | None = None  #: where the keyboard stands
        self.gone: set[str] = set()  #: names of pictures that were moved away or are not there any more

    def kept(self) -> KeptFolder | None:
        """None without a folder."""
        if self.folder is None:
            return None
        return KeptFolder(self.folder, self.mode, self.colouring, self.layout, self.measure)

    def take_up(self, kept: KeptFolder) -> None:
        """How it was looked at; `begin` follows."""
        self.mode, self.colouring = kept.mode, kept.colouring
        self.layout, self.measure = kept.layout, kept.measure

    # -- the folder and its map -------------------------------------------------------------------

    def begin(self, folder: Path, model: str) -> None:
        """Another folder, or the same through another model."""
        if folder != self.folder:
            self.tags, self.tag, self.gone = Tags(), "", set()
        self.folder, self.model = folder, model
        self.atlas = self.suggested = self.current = None
        self.chosen, self.contents, self._pictures_of = (), [], {}

    def take(self, atlas: Atlas) -> None:
        """A map, or a newer one. What was chosen stays chosen, whatever its number is now."""
        before, chosen, current = self.atlas, self.chosen, self.current
        self.atlas, self.suggested = atlas, None
        self.contents = [atlas.content(picture) for picture in range(len(atlas))]
        self._pictures_of = {}
        for picture, content in enumerate(self.contents):
            self._pictures_of.setdefault(content, []).append(picture)
        if before is not None:
            numbers = {name: number for number, name in enumerate(atlas.names)}
            self.chosen = tuple(n for c in chosen if (n := numbers.get(before.names[c])) is not None)
            self.current = None if current is None else numbers.get(before.names[current])

    @property
    def there(self) -> np.ndarray:
        """[N] bool: the pictures that are still where the map says."""
        atlas = self.atlas
        if atlas is None:
            return np.zeros(0, bool)
        if not self.gone:
            return np.ones(len(atlas), bool)
        return np.array([name not in self.gone for name in atlas.names], bool)

    @property
    def has_neighbours(self) -> bool:
        """Whether the map by neighbours is there."""
        return self.atlas is not None and self.atlas.neighbours is not None

    @property
    def positions(self) -> np.ndarray:
        """[N, 2] of the map that is seen, y downwards."""
        if self.atlas is None:
            return np.zeros((0, 2), np.float32)
        neighbours = self.atlas.neighbours
        return self.atlas.components if self.layout == "components" or neighbours is None else neighbours

    # -- what is chosen -----------------------------------------------------------------------------

    def choose(self, pictures: Iterable[int] | np.ndarray, how: How = "only") -> None:
        """Choose exactly these, these too, or these unless they were. The last one is where the keyboard stands."""
        given = [int(p) for p in pictures]
        if how == "only":
            self.chosen = tuple(dict.fromkeys(given))
        elif how == "more":
            self.chosen = tuple(dict.fromkeys((*self.chosen, *given)))
        else:
            kept = [p for p in self.chosen if p not in set(given)]
            self.chosen = (*kept, *(p for p in given if p not in set(self.chosen)))
        if given:
            self.current = given[-1]

    def choose_neighbours(self) -> None:
        """Beside the chosen pictures those that are most like them."""
        if self.atlas is not None and self.chosen:
            there, current = self.there, self.current
            around = self.atlas.nearest[list(self.chosen)].ravel()
            self.choose([int(p) for p in around if p >= 0 and there[p]], "more")
            self.current = current

    @property
    def paths(self) -> list[Path]:
        """The files of the chosen pictures."""
        return [] if self.atlas is None else [self.atlas.path(p) for p in self.chosen]

    def lose(self, names: Iterable[str]) -> None:
        """Pictures that are not there any more."""
        self.gone |= set(names)
        if self.atlas is not None:
            kept = self.atlas.names
            self.chosen = tuple(p for p in self.chosen if kept[p] not in self.gone)
            if self.current is not None and kept[self.current] in self.gone:
                self.current = None

    def regain(self, names: Iterable[str]) -> None:
        """They are back."""
        self.gone -= set(names)

    # -- the odd ones -------------------------------------------------------------------------------

    @property
    def oddness(self) -> np.ndarray:
        """[N] float32: 0 usual, from 1 on odd."""
        if self.atlas is None:
            return np.zeros(0, np.float32)
        return self.atlas.oddness if self.measure == "any" else self.atlas.out_of_place

    def odd_first(self) -> list[int]:
        """The oddest pictures, the oddest first."""
        order = np.argsort(-self.oddness, kind="stable")
        return order[self.there[order]][:LISTED].tolist()

    # -- look-alikes --------------------------------------------------------------------------------

    def looks(self) -> list[Look]:
        """The groups of pictures that look alike, exact copies first, then the largest."""
        atlas = self.atlas
        if atlas is None:
            return []
        members: dict[int, list[int]] = {}
        for picture in np.flatnonzero(self.there & (atlas.groups >= 0)):
            members.setdefault(int(atlas.groups[picture]), []).append(int(picture))
        # Most pixels, then most bytes, then the oldest: a copy is younger than its original.
        area = atlas.pixels.astype(np.int64).prod(1)
        order = np.lexsort((atlas.stamps[:, 1], -atlas.stamps[:, 0], -area))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        found = [
            Look(number, tuple(sorted(pictures, key=rank.__getitem__)), len({self.contents[p] for p in pictures}) == 1)
            for number, pictures in members.items()
            if len(pictures) > 1
        ]
        return sorted(found, key=lambda look: (not look.same, -len(look.pictures), look.number))[:LISTED]

    # -- tags ---------------------------------------------------------------------------------------

    def retag(self, tags: Tags) -> None:
        """Other tags. What was suggested by the old ones stays until it is worked out anew."""
        self.tags = tags
        if self.tag not in tags.names:
            self.tag = tags.names[0] if tags.names else ""

    def tag_of(self, picture: int) -> str:
        """The tag that a picture was given, or ""."""
        return self.tags.by_content.get(self.contents[picture], "") if picture < len(self.contents) else ""

    def counts(self) -> dict[str, int]:
        """How many pictures of the map have each tag."""
        numbers = self.tag_numbers()[self.there]
        counts = np.bincount(numbers[numbers >= 0], minlength=len(self.tags.names))
        return dict(zip(self.tags.names, counts.tolist(), strict=True))

    def suggestions(self) -> list[tuple[int, float]]:
        """The pictures that probably have the tag at hand, the most probable first, without those that have one."""
        atlas, suggested = self.atlas, self.suggested
        if atlas is None or suggested is None or self.tag not in suggested.names:
            return []
        column = suggested.names.index(self.tag)
        probable = suggested.probabilities[:, column]
        best = (suggested.probabilities.argmax(1) == column) & (probable >= WORTH) & self.there
        order = np.argsort(-probable, kind="stable")
        found = (p for p in order[best[order]].tolist() if self._may_have(p))
        return [(p, float(probable[p])) for p in itertools.islice(found, LISTED)]

    def _may_have(self, picture: int) -> bool:
        """Whether the tag at hand can still be suggested: it was neither tagged nor refused since."""
        content = self.contents[picture]
        return content not in self.tags.by_content and self.tag not in self.tags.refused.get(content, ())

    def tag_numbers(self) -> np.ndarray:
        """[N] int32: the place of each picture's tag among the names, -1: none."""
        numbers = np.full(len(self.contents), -1, np.int32)
        for content, name in self.tags.by_content.items():
            numbers[self._pictures_of.get(content, [])] = self.tags.names.index(name)
        return numbers

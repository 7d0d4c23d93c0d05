"""What the Sliders tab holds as it outlives its window: the picture, the user's photo, the kept states."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtGui import QImage

from desktop.history import Made
from desktop.tabs import generate_kept
from desktop.tabs.generate_state import Picture
from desktop.tabs.plain import back, plain
from desktop.tabs.sliders_desk import Desk, Photo
from desktop.tabs.sliders_desk import Kept as KeptState
from desktop.tabs.tab import Kept
from engine.recipes import Recipe


class _State(msgspec.Struct):
    number: int
    recipe: Recipe
    photo: int | None


class KeptDesk(msgspec.Struct, kw_only=True):
    """A `Desk`; ``photos`` are said once, however many states began with them."""

    now: Recipe
    photo: int | None
    kept: list[_State]
    count: int
    photos: list[Photo]


def kept(desk: Desk) -> Kept | None:
    """None where there is no picture yet."""
    if desk.now is None:
        return None
    photos: list[Photo] = []

    def place(photo: Photo | None) -> int | None:
        if photo is not None and photo not in photos:
            photos.append(photo)
        return None if photo is None else photos.index(photo)

    states = [_State(state.number, state.recipe, place(state.photo)) for state in desk.kept]
    told = KeptDesk(now=desk.now, photo=place(desk.photo), kept=states, count=desk.count, photos=photos)
    return plain(told)


def desk_of(told: Kept) -> Desk:
    """The desk that was `kept`. Raises ValueError."""
    before = back(told, KeptDesk)
    for photo in before.photos:
        if any(len(picture.pixels) != 3 * picture.side**2 for picture in (photo.seen, photo.drawn)):
            raise ValueError("a picture is not as large as it says")

    def photo_at(place: int | None) -> Photo | None:
        return before.photos[place] if place is not None and 0 <= place < len(before.photos) else None

    states = tuple(KeptState(state.number, state.recipe, photo_at(state.photo)) for state in before.kept)
    return Desk(before.now, photo_at(before.photo), states, max([before.count, *(s.number for s in states)]))


def made(desk: Desk, recipe: Recipe, picture: Picture, file: Path | None = None) -> tuple[Made, QImage]:
    """A picture for the history, kept or saved as ``file``, and how it looks."""
    return generate_kept.made("sliders", [recipe], picture, file, desk.photo.path if desk.photo else None)

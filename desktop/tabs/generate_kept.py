"""What the Generate tab holds as it outlives its window: settings and sets of recipes, which are drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtGui import QImage

from desktop.history import Made
from desktop.tabs.generate_files import name_of
from desktop.tabs.generate_state import DrawnSet, GenerateState, Page, Picture, Settings, keyed
from desktop.tabs.plain import back, plain
from desktop.tabs.tab import Kept
from desktop.widgets.rgb import image_of
from engine.recipes import Recipe

#: Sets that are kept: those that were seen last.
SETS = 20


class KeptSet(msgspec.Struct):
    recipes: list[Recipe]
    settings: Settings


class KeptGenerate(msgspec.Struct, kw_only=True):
    settings: Settings
    sets: list[KeptSet]
    position: int  #: of the set that is seen
    page: Page


def kept(state: GenerateState) -> Kept | None:
    """None where nothing was drawn yet."""
    if not state.sets:
        return None
    first = min(max(state.position - SETS // 2, 0), max(len(state.sets) - SETS, 0))
    sets = [KeptSet(list(drawn.recipes.values()), drawn.settings) for drawn in state.sets[first : first + SETS]]
    return plain(KeptGenerate(settings=state.settings, sets=sets, position=state.position - first, page=state.page))


def take_up(state: GenerateState, told: Kept) -> None:
    """Go on with the sets that were `kept`. Raises ValueError."""
    before = back(told, KeptGenerate)
    sets = [DrawnSet(keyed(each.recipes), each.settings) for each in before.sets if each.recipes]
    if not 0 <= before.position < len(sets):
        raise ValueError("there is no such set")
    state.sets, state.position, state.page = sets, before.position, before.page
    state.edit(before.settings)


def made(
    tab: str, recipes: Sequence[Recipe], picture: Picture, file: Path | None = None, photo: Path | None = None
) -> tuple[Made, QImage]:
    """Drawn pictures for the history, and how they look: several are one result, with the first for a face."""
    title = name_of(recipes[0]).removesuffix(".png")
    told = Made(
        tab=tab,
        title=file.name if file else title,
        how={"recipes": plain(list(recipes))},
        model=recipes[0].model,
        file=str(file or ""),
        source=str(photo or ""),
    )
    return told, image_of(picture.pixels, picture.side, picture.side)


def recipes_of(how: Kept) -> list[Recipe]:
    """The recipes of a result in the history. Raises ValueError."""
    recipes = back(how.get("recipes"), list[Recipe])
    if not recipes:
        raise ValueError("there is no recipe")
    return recipes

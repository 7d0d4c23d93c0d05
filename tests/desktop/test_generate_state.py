"""The state of the Generate tab, without Qt and without an engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import fake_drawing
import pytest

from desktop.tabs import generate_favourites as favourites
from desktop.tabs import generate_state
from desktop.tabs.generate_files import look_into, name_of, save, save_all
from desktop.tabs.generate_state import PLACE, GenerateState, Picture, key_of, keyed
from engine import jobs, recipes
from engine.errors import PhotoError
from engine.recipes import Recipe

MODEL = "faces"


@pytest.fixture
def state() -> GenerateState:
    seeds = count(100, 100)
    state = GenerateState(lambda: next(seeds))
    state.models = frozenset({MODEL, "fruit"})
    state.edit(replace(state.settings, model=MODEL, count=9))
    return state


def shown(state: GenerateState) -> list[Recipe]:
    return list(state.shown.values())


def seeds(state: GenerateState) -> list[int]:
    return [recipe.seed for recipe in shown(state)]


def answer(ask: jobs.Draw | None) -> Iterator[jobs.PlaceAnswer]:
    assert ask is not None
    return fake_drawing.answers(ask)


def finish(state: GenerateState) -> None:
    while ask := state.due():
        for part in answer(ask):
            state.take(part)


def test_a_set_grows_from_its_seed_and_another_draw_takes_another(state: GenerateState) -> None:
    state.edit(replace(state.settings, seed=7, variety=0.5))
    state.draw()
    assert seeds(state) == list(range(7, 16))
    assert {recipe.variety for recipe in shown(state)} == {0.5}
    state.draw()
    assert state.settings.seed not in range(7, 16)
    state.edit(replace(state.settings, seed=7))
    state.draw()
    assert state.sets[0].recipes == state.sets[2].recipes


def test_the_largest_seed_wraps_around(state: GenerateState) -> None:
    state.edit(replace(state.settings, seed=2**63 - 1))
    state.draw()
    assert seeds(state)[:3] == [2**63 - 1, 0, 1]


def test_pictures_keep_their_place_and_are_asked_for_once(state: GenerateState) -> None:
    state.draw()
    ask = state.due()
    assert ask is not None and list(ask.recipes) == shown(state)
    assert state.due() is None
    parts = list(answer(ask))
    assert state.take(parts[0]) == list(state.shown)[:4]
    assert 0 < state.progress < 1
    assert state.due() is None
    for part in parts[1:]:
        state.take(part)
    assert not state.drawing and state.due() is None
    first = fake_drawing.picture(shown(state)[0]).tobytes()
    assert state.pictures[key_of(shown(state)[0])] == Picture(fake_drawing.SIDE, first)


def test_an_older_asks_answers_are_not_taken(state: GenerateState) -> None:
    state.draw()
    late = list(answer(state.due()))
    state.draw()
    newer = state.due()
    assert newer is not None and newer.ask > 1
    assert state.take(late[0]) == []
    assert state.take(next(answer(newer))) == list(state.shown)[:4]


def test_going_back_brings_settings_back_and_asks_for_what_is_missing(state: GenerateState) -> None:
    state.draw()
    old = state.settings
    assert state.due() is not None  # not answered: the next set comes first
    state.edit(replace(old, count=4, variety=1.3))
    state.draw()
    finish(state)
    state.go(-1)
    assert state.settings == old
    assert not state.can_go(-1) and state.can_go(1)
    finish(state)
    assert state.missing() == []
    state.go(1)
    assert state.due() is None


def test_more_like_this_turns_towards_fresh_seeds(state: GenerateState) -> None:
    state.draw()
    parent = shown(state)[2]
    state.more_like(parent, 0.25)
    assert len(state.shown) == 9 == len({recipe.near for recipe in shown(state)})
    assert all((child.seed, len(child.near), child.near[0][1]) == (parent.seed, 1, 0.25) for child in shown(state))
    state.more_like(shown(state)[0], 1.0)
    assert [distance for _, distance in shown(state)[0].near] == [0.25, 1.0]


def test_what_has_no_neighbours() -> None:
    assert generate_state.has_neighbours(Recipe(model=MODEL))
    assert not generate_state.has_neighbours(Recipe(model=MODEL, latent=b"12"))
    assert not generate_state.has_neighbours(Recipe(model=MODEL, near=((1, 0.5),) * 64))


def test_an_opened_picture_brings_its_settings_and_draw_begins_with_it(state: GenerateState) -> None:
    recipe = Recipe(model="fruit", seed=5, variety=1.25)
    state.open([recipe])
    assert (state.settings.model, state.settings.seed, state.settings.variety) == ("fruit", 5, 1.25)
    state.draw()
    assert shown(state)[0] == recipe


def test_undo_brings_everything_back(state: GenerateState) -> None:
    state.draw()
    before = state.moment
    state.love(keyed(shown(state)[:2]), True)
    state.page = "favourites"
    state.love(keyed(shown(state)[:1]), False)
    assert len(state.favourites) == 1
    state.restore(before)
    assert state.moment == before
    assert state.favourites == {}


def test_favourites_of_several_models_are_drawn_model_by_model(state: GenerateState) -> None:
    both = [Recipe(model=MODEL, seed=1), Recipe(model="fruit", seed=2), Recipe(model=MODEL, seed=3)]
    state.love(keyed([*both, Recipe(model="gone", seed=4)]), True)
    state.page = "favourites"
    ask = state.due()
    assert ask is not None and [recipe.seed for recipe in ask.recipes] == [1, 3]
    for part in answer(ask):
        state.take(part)
    ask = state.due()
    assert ask is not None and [recipe.seed for recipe in ask.recipes] == [2]


def refuse(state: GenerateState, bad: int) -> int:
    """Answer everything, refusing asks with a recipe of seed ``bad``; how many asks there were."""
    asks = 0
    while (ask := state.due()) and asks < 50:
        asks += 1
        if bad < 0 or any(recipe.seed == bad for recipe in ask.recipes):
            state.take(jobs.Refused(place=PLACE, ask=ask.ask, message="no"))
        else:
            for part in answer(ask):
                state.take(part)
    return asks


def test_one_picture_that_cannot_be_drawn_does_not_keep_the_others_back(state: GenerateState) -> None:
    state.edit(replace(state.settings, seed=10))
    state.draw()
    refuse(state, 13)
    assert state.refused == {key_of(shown(state)[3])}
    assert len(state.pictures) == 8


def test_where_nothing_can_be_drawn_the_engine_is_left_in_peace_until_asked_again(state: GenerateState) -> None:
    state.draw()
    assert refuse(state, -1) <= generate_state.PATIENCE
    assert len(state.refused) == 9
    state.resume()
    finish(state)
    assert len(state.pictures) == 9


def test_stop_and_go_on(state: GenerateState) -> None:
    state.draw()
    parts = list(answer(state.due()))
    state.take(parts[0])
    state.stop()
    assert state.take(jobs.Withdrawn(place=PLACE)) == [] and not state.drawing
    assert state.due() is None
    state.resume()
    again = state.due()
    assert again is not None and list(again.recipes) == shown(state)[4:]


def test_only_pictures_that_are_not_seen_are_let_go(state: GenerateState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_state, "KEPT", 12)
    for _ in range(3):
        state.draw()
        finish(state)
    assert len(state.pictures) == 12
    assert state.missing() == []
    state.go(-2)
    finish(state)
    assert state.missing() == []


def test_favourites_live_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "favourites.json"
    assert favourites.read(path) == ()
    kept = (Recipe(model=MODEL, seed=2**62, near=((3, 0.5),)), Recipe(model=MODEL, latent=b"\0\1", sliders={"a": 1.5}))
    favourites.write(path, kept)
    assert favourites.read(path) == kept
    assert [file.name for file in path.parent.iterdir()] == ["favourites.json"]
    for bad in (b"", b"{}", b'[{"model": "", "seed": -1}]', b"\xff\xfe"):
        path.write_bytes(bad)
        with pytest.raises(ValueError):
            favourites.read(path)
    asides = {favourites.put_aside(path).name}
    path.write_bytes(b"again")
    asides.add(favourites.put_aside(path).name)
    assert asides == {"favourites-damaged.json", "favourites-damaged-2.json"}


def test_names_are_names_of_files(tmp_path: Path) -> None:
    assert name_of(Recipe(model="faces", seed=3)) == "faces-3.png"
    changed = Recipe(model="faces", seed=3, variety=0.5)
    assert name_of(changed) not in (name_of(Recipe(model="faces", seed=3)), "faces-3.png")
    assert "/" not in name_of(Recipe(model="../a/b", seed=1))
    assert not name_of(Recipe(model="..", seed=1)).startswith(".")


def test_saved_pictures_carry_their_recipes_and_nothing_is_overwritten(tmp_path: Path) -> None:
    drawn = [
        (recipe, Picture(fake_drawing.SIDE, fake_drawing.picture(recipe).tobytes()))
        for recipe in (Recipe(model=MODEL, seed=1), Recipe(model=MODEL, seed=2, sliders={"a": 1.0}))
    ]
    assert len({*save_all(drawn, tmp_path), *save_all(drawn, tmp_path)}) == 4
    assert len(list(tmp_path.iterdir())) == 4
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(PhotoError):
        save(drawn[0], tmp_path / "faces-1.png")
    found = look_into([tmp_path])
    assert {recipe.seed for recipe in found.recipes} == {1, 2}
    assert len(found.recipes) == 4
    assert recipes.read(tmp_path / "faces-1.png") == drawn[0][0]

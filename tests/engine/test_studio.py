"""The room for drawing, as the service uses it: asks in, answers out."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import catalog, directions, jobs
from engine.recipes import Recipe
from engine.studio import Studio

MODEL = "toy-drawer"


class Asking:
    def __init__(self) -> None:
        self.heard: queue.Queue = queue.Queue()
        self.studio = Studio(self.heard.put, "cpu")

    def ask(self, *asks) -> None:
        for ask in asks:
            self.studio.accept(ask)

    def next(self, kind: type):
        """The next answer of a kind, whatever is said before it."""
        while not isinstance(answer := self.heard.get(timeout=120), kind):
            assert not isinstance(answer, jobs.Refused), answer.message
        return answer


@pytest.fixture
def room(toy_generator: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    monkeypatch.setattr(catalog, "own", lambda: toy_generator.parent)
    monkeypatch.setattr(directions, "_users", lambda model: tmp_path / "directions" / f"{Path(model).name}.json")
    asking = Asking()
    yield asking
    asking.studio.close()


def recipes(count: int) -> tuple[Recipe, ...]:
    return tuple(Recipe(model=MODEL, seed=seed) for seed in range(count))


@pytest.fixture
def photo(tmp_path: Path) -> str:
    path = tmp_path / "photo.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 60, 3), dtype=np.uint8)).save(path)
    return str(path)


def test_pictures_come_a_few_at_a_time(room: Asking) -> None:
    room.ask(jobs.Draw("grid", 1, recipes(11)))
    parts = [room.next(jobs.Drawn), room.next(jobs.Drawn)]
    assert [part.first for part in parts] == [0, 8]
    assert all(part.total == 11 and part.side == 32 for part in parts)
    assert sum(len(part.pictures) for part in parts) == 11 * 32 * 32 * 3


def test_the_newest_ask_of_a_place_wins_and_no_picture_is_older_than_the_last(room: Asking) -> None:
    room.ask(jobs.Draw("warm", 0, recipes(1)))
    room.next(jobs.Drawn)
    room.ask(*(jobs.Draw("sliders", ask, (Recipe(model=MODEL, sliders={"tilt": ask / 50}),)) for ask in range(1, 51)))
    seen = []
    while not seen or seen[-1] < 50:
        seen.append(room.next(jobs.Drawn).ask)
    assert seen == sorted(seen)
    assert len(seen) < 50


def test_a_photo_becomes_a_recipe_that_draws_it(room: Asking, photo: str) -> None:
    room.ask(jobs.Encode("sliders", 1, MODEL, photo, rounds=1))
    assert room.next(jobs.Working).total == 1
    found = room.next(jobs.Encoded)
    room.ask(jobs.Draw("sliders", 2, (found.recipe,)))
    drawn, again = (np.frombuffer(b, np.uint8).astype(int) for b in (found.drawn, room.next(jobs.Drawn).pictures))
    assert np.abs(drawn - again).max() <= 2
    assert found.verdict.known == "not"


def test_walks_are_prepared_once_and_exported(room: Asking, photo: str, tmp_path: Path) -> None:
    journey = jobs.Journey(model=MODEL, stops=(*recipes(1), photo))
    room.ask(jobs.Visit("walk", 1, journey, 0.25))
    assert room.next(jobs.Working).total == 2
    assert room.next(jobs.Frame).length == 1
    room.ask(jobs.Visit("walk", 2, journey, 0.75))
    assert isinstance(room.heard.get(timeout=60), jobs.Frame)
    target = str(tmp_path / "walk.gif")
    room.ask(jobs.Export("walk", 3, journey, jobs.Film(frames=5), target))
    assert room.next(jobs.Exported).target == target
    room.ask(jobs.Export("walk", 4, journey, jobs.Film(frames=5), target))
    assert "already exists" in room.heard.get(timeout=60).message


def test_a_withdrawn_film_leaves_nothing(room: Asking, tmp_path: Path) -> None:
    journey = jobs.Journey(model=MODEL, stops=recipes(2))
    room.ask(jobs.Export("film", 1, journey, jobs.Film(frames=4000), str(tmp_path / "long.gif")))
    room.next(jobs.Working)
    room.ask(jobs.Withdraw("film"))
    room.next(jobs.Withdrawn)
    room.ask(jobs.Export("film", 2, journey, jobs.Film(frames=3), str(tmp_path / "short.gif")))
    room.next(jobs.Exported)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["short.gif"]


def test_the_users_own_slider(room: Asking, photo: str) -> None:
    room.ask(jobs.Learn("sliders", 1, MODEL, "mine", recipes(3), (photo,)))
    assert room.next(jobs.Learnt).name == "mine"
    assert "mine" in [d.name for d in directions.of(MODEL)]
    room.ask(jobs.Draw("sliders", 2, (Recipe(model=MODEL, sliders={"mine": 1.0}),)))
    room.next(jobs.Drawn)
    directions.forget(MODEL, "mine")
    assert "mine" not in [d.name for d in directions.of(MODEL)]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (jobs.Draw("p", 1, (Recipe(model="gone"),)), "no model 'gone'"),
        (jobs.Draw("p", 1, (Recipe(model=MODEL, sliders={"nose": 1.0}),)), "no slider"),
        (jobs.Encode("p", 1, MODEL, "gone.png"), "gone.png"),
        (jobs.Learn("p", 1, MODEL, "x", (Recipe(model=MODEL),), (Recipe(model=MODEL),)), "three pictures"),
        (jobs.Learn("p", 1, MODEL, "x", recipes(2), recipes(2)), "same pictures"),
        (jobs.Visit("p", 1, jobs.Journey(model=MODEL, stops=()), 0.0), "two pictures"),
    ],
)
def test_bad_asks_get_one_sentence(room: Asking, ask, sentence: str) -> None:
    room.ask(ask)
    answer = room.heard.get(timeout=120)
    assert isinstance(answer, jobs.Refused)
    assert sentence in answer.message
    assert "\n" not in answer.message

"""The Sliders tab without Qt: the desk, what is asked of the engine, the square frame."""

from __future__ import annotations

from pathlib import Path

import fake_drawing
import pytest

from desktop.tabs.generate_state import Picture
from desktop.tabs.sliders_asks import DRAWING, PHOTO, SPARE, Errand, Pictures
from desktop.tabs.sliders_desk import Desk, Photo
from desktop.widgets.square import SMALLEST, Square
from engine import jobs
from engine.recipes import Recipe

FACE = Recipe(model="faces", seed=3)
DOT = Picture(1, b"abc")
VERDICT = jobs.Verdict(known="well", psnr=30.0, bits=1.0)


def answer(ask: jobs.PlaceAsk | None) -> jobs.PlaceAnswer:
    assert ask is not None
    return list(fake_drawing.answers(ask))[-1]


def recipe(value: float) -> Recipe:
    return Recipe(model="faces", seed=3, sliders={"glasses": value})


def test_sliders_are_set_and_those_in_the_middle_are_left_out() -> None:
    desk = Desk().begin(FACE).slide("glasses", 1.5).slide("hair colour", -2)
    assert desk.now is not None and desk.now.sliders == {"glasses": 1.5, "hair colour": -2}
    assert desk.start == FACE
    assert (desk.value("glasses"), desk.value("nose")) == (1.5, 0.0)
    assert desk.slide("glasses", 0).now == Recipe(model="faces", seed=3, sliders={"hair colour": -2})
    assert desk.reset().now == FACE
    assert desk.only(["glasses"]).now == recipe(1.5)


def test_the_same_photo_seen_better_keeps_the_sliders_and_another_one_does_not() -> None:
    photo = Photo(Path("me.jpg"), None, 0, DOT, DOT, VERDICT)
    desk = Desk().begin(Recipe(model="faces", latent=b"ab"), photo).slide("glasses", 1)
    better = desk.see(Recipe(model="faces", latent=b"cd"), photo)
    assert better.now == Recipe(model="faces", latent=b"cd", sliders={"glasses": 1})
    assert desk.begin(FACE).now == FACE and desk.begin(FACE).photo is None


def test_states_are_kept_once_and_numbered_for_good() -> None:
    desk = Desk().begin(FACE).keep().slide("glasses", 1).keep().keep()
    assert [state.number for state in desk.kept] == [1, 2]
    assert desk.go_back(1).now == FACE
    assert desk.go_back(7) == desk
    fewer = desk.forget([2]).slide("glasses", 2).keep()
    assert [state.number for state in fewer.kept] == [1, 3]


def test_one_picture_is_on_its_way_and_then_the_newest_is_asked_for() -> None:
    pictures = Pictures()
    pictures.want([recipe(1)])
    first = pictures.due()
    assert first is not None and first.recipes == (recipe(1),)
    for value in (1.5, 2, 2.5):
        pictures.want([recipe(value)])
        assert pictures.due() is None
    assert pictures.take(answer(first))
    assert pictures.front == pictures.of(recipe(1))  # on the way to where the slider is
    last = pictures.due()
    assert last is not None and last.recipes == (recipe(2.5),) and last.ask > first.ask
    pictures.take(answer(last))
    assert pictures.front == pictures.of(recipe(2.5)) != pictures.of(recipe(1))
    assert pictures.due() is None


def test_a_late_picture_does_not_take_the_place_of_the_one_that_is_wanted() -> None:
    pictures = Pictures()
    pictures.want([FACE])
    pictures.take(answer(pictures.due()))
    pictures.want([recipe(1)])
    late = pictures.due()
    pictures.want([FACE])  # undone
    shown = pictures.front
    assert pictures.take(answer(late))
    assert pictures.front is shown is pictures.of(FACE)
    assert not pictures.take(answer(late))


def test_a_refusal_is_said_and_not_asked_again_until_the_user_tries_again() -> None:
    pictures = Pictures()
    broken = Recipe(model="broken")
    pictures.want([FACE])
    pictures.take(answer(pictures.due()))
    pictures.want([broken, FACE])
    assert pictures.take(answer(pictures.due()))
    assert "cannot be read" in pictures.failure
    assert pictures.front == pictures.of(FACE)  # the old picture stays
    assert pictures.due() is None
    pictures.want([FACE])
    assert pictures.failure == ""
    pictures.want([broken])
    pictures.try_again()
    assert pictures.due() is not None


def test_pictures_that_are_wanted_are_never_let_go() -> None:
    pictures = Pictures()
    for value in range(SPARE + 20):
        pictures.want([recipe(value % 7 + value / 1000), FACE])
        while (ask := pictures.due()) is not None:
            pictures.take(answer(ask))
    assert pictures.of(FACE) is not None
    assert pictures.of(recipe(0)) is None


def test_an_errand_hears_its_newest_ask_only() -> None:
    errand = Errand(PHOTO)
    ask = jobs.Encode(place="", ask=0, model="faces", path="me.jpg")
    old, new = errand.send(ask), errand.send(ask)
    assert (new.place, new.ask) == (PHOTO, 2)
    assert errand.take(answer(old)) is None
    assert errand.take(jobs.Working(place=PHOTO, ask=2, done=1, total=3)) is None
    assert errand.steps is not None and errand.steps.done == 1
    done = errand.take(answer(new))
    assert done is not None and done[0] == new and isinstance(done[1], jobs.Encoded)
    assert errand.asked is None and errand.stop() is None
    errand.send(ask)
    assert errand.stop() == jobs.Withdraw(place=PHOTO)
    assert errand.take(jobs.Withdrawn(place=PHOTO)) is None
    assert PHOTO != DRAWING


@pytest.mark.parametrize("size", [(400, 300), (300, 400), (5000, 20), (1, 1)])
def test_a_square_never_leaves_its_picture(size: tuple[int, int]) -> None:
    square = Square(size)
    assert square.box[2] - square.box[0] == min(size)
    doings = [
        lambda: square.move(-9000, 9000),
        lambda: square.zoom(0.001),
        lambda: square.drag_corner((0, 1), (1e6, -1e6)),
        lambda: square.drag_corner((1, 1), (1e6, 1e6)),
        lambda: square.move(9000, -9000),
        lambda: square.drag_corner((0, 0), (-1e6, -1e6)),
        lambda: square.zoom(1.3),
        lambda: square.zoom(1000),
    ]
    for do in doings:
        do()
        left, top, right, bottom = square.box
        assert 0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]
        assert right - left == bottom - top >= min(SMALLEST, *size)


def test_a_corner_is_dragged_while_the_opposite_one_stays() -> None:
    square = Square((400, 300), (100, 100, 200, 200))
    square.drag_corner((1, 1), (250, 250))
    assert square.box == (100, 100, 250, 250)
    square.drag_corner((0, 0), (150, 150))
    assert square.box == (150, 150, 250, 250)

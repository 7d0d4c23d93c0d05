"""The plan, the frames and the clock of the Interpolate tab, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.tabs import interpolate_frames
from desktop.tabs.interpolate_frames import PLACE, Frames
from desktop.tabs.interpolate_plan import MOST, Key, Loop, Models, Plan, Trouble
from desktop.tabs.interpolate_player import Player
from engine import jobs
from engine.recipes import Recipe

MODELS = Models("photo-restore", {"faces": "Faces", "digits": "Digits"})


def photo(number: int) -> Key:
    return Key(number, f"photo{number}", path=Path(f"/photo{number}.jpg"))


def drawn(number: int, model: str = "faces", path: Path | None = None) -> Key:
    return Key(number, f"{model}-{number}", path, Recipe(model=model, seed=number))


def numbers(plan: Plan) -> list[int | None]:
    return [key and key.number for key in plan.keys]


# -- the plan ---------------------------------------------------------------------------------------


def test_two_places_are_there_and_filled_first() -> None:
    plan = Plan()
    assert numbers(plan) == [None, None]
    assert numbers(plan.taking([photo(1)], at=1)) == [None, 1]
    plan = plan.taking([photo(1)], at=1).taking([photo(2), photo(3)])
    assert numbers(plan) == [2, 1, 3]
    assert numbers(plan.taking([photo(4), photo(5)], at=0)) == [4, 1, 3, 5]
    assert len(plan.taking([photo(n) for n in range(10, 50)]).keys) == MOST


def test_removing_leaves_two_places_and_moving_keeps_the_order() -> None:
    plan = Plan().taking([photo(1), photo(2), photo(3)])
    assert numbers(plan.moved(0, 2)) == [2, 3, 1]
    assert numbers(plan.moved(2, 0)) == [3, 1, 2]
    assert numbers(plan.without(1)) == [1, 3]
    assert numbers(plan.without(1).without(0)) == [None, 3]
    assert numbers(plan.cleared()) == [None, None]


def test_the_model_follows_the_pictures_unless_it_was_chosen() -> None:
    photos, faces = Plan().taking([photo(1), photo(2)]), Plan().taking([drawn(1), drawn(2)])
    mixed, both = Plan().taking([photo(1), drawn(2)]), Plan().taking([drawn(1), drawn(2, "digits")])
    assert [plan.model_in(MODELS) for plan in (photos, faces, mixed, both)] == [
        "photo-restore",
        "faces",
        "photo-restore",
        "photo-restore",
    ]
    assert replace(photos, model="digits").model_in(MODELS) == "digits"
    assert replace(photos, model="gone").model_in(MODELS) == "photo-restore"
    assert photos.model_in(Models("", {"digits": "Digits"})) == "digits"
    assert photos.model_in(Models()) == ""
    assert photos.journey(Models()) is None


def test_the_journey_has_recipes_for_their_own_model_and_files_for_the_others() -> None:
    path = Path("/face.png")
    plan = replace(Plan().taking([drawn(1, path=path), photo(2)]), loop=Loop.AROUND, path="prior")
    assert Plan().taking([photo(1)]).journey(MODELS) is None
    for_photos = plan.journey(MODELS)
    assert isinstance(for_photos, jobs.Journey)
    assert for_photos.stops == (str(path), str(Path("/photo2.jpg")))
    assert (for_photos.closed, for_photos.path) == (True, "spherical")  # the path is not for photos
    by_faces = replace(plan, model="faces").journey(MODELS)
    assert isinstance(by_faces, jobs.Journey)
    assert by_faces.stops == (Recipe(model="faces", seed=1), str(Path("/photo2.jpg")))
    assert by_faces.path == "prior"
    sent = Plan().taking([drawn(1), drawn(2, "digits")]).journey(MODELS)  # without files: the engine draws them
    assert isinstance(sent, jobs.Journey)
    assert sent.stops == (Recipe(model="faces", seed=1), Recipe(model="digits", seed=2))


def test_a_recipe_of_another_model_is_told_off() -> None:
    plan = replace(Plan().taking([drawn(1), drawn(2, "digits")]), model="faces")
    assert plan.journey(MODELS) == Trouble(drawn(2, "digits"), "faces")


# -- frames -----------------------------------------------------------------------------------------

JOURNEY = jobs.Journey(model="photo-restore", stops=("a", "b", "c"))


def answer(ask: jobs.Visit, side: int = 4) -> jobs.Frame:
    picture = bytes(3 * side * side)
    return jobs.Frame(PLACE, ask.ask, ask.t, length=2, width=side, height=side, picture=picture, fine=not ask.draft)


def due(frames: Frames) -> jobs.Visit:
    ask = frames.due()
    assert ask is not None
    return ask


def test_one_visit_is_on_its_way_and_the_newest_wish_is_next() -> None:
    frames = Frames()
    assert frames.set_out(JOURNEY)
    assert not frames.set_out(JOURNEY)
    frames.want(0.1, draft=True)
    first = due(frames)
    for t in (0.2, 0.3, 0.4):
        frames.want(t, draft=True)
        assert frames.due() is None
    assert frames.take(answer(first)) is not None
    second = due(frames)
    assert (second.t, second.draft, second.ask) == (0.4, True, 2)
    frames.take(answer(second))
    assert frames.due() is None
    frames.want(0.4, draft=False)
    third = due(frames)
    assert not third.draft
    frames.take(answer(third))
    frames.want(0.4, draft=True)
    assert frames.due() is None  # what is there is better than a draft


def test_another_journey_forgets_the_old_one_and_its_late_answers() -> None:
    frames = Frames()
    frames.set_out(JOURNEY)
    frames.want(1.0, draft=True)
    old = due(frames)
    other = jobs.Journey(model="photo-restore", stops=("a", "b"), closed=True)
    assert frames.set_out(other)
    assert frames.length == 2
    frames.want(0.5, draft=True)
    new = due(frames)
    assert frames.take(answer(old)) is None
    assert not frames.prepared
    frames.take(jobs.Working(place=PLACE, ask=new.ask, done=1, total=3))
    assert frames.steps is not None
    assert frames.take(answer(new)) is not None
    assert frames.steps is None
    assert frames.at(1.0) is None


def test_a_failure_and_a_stop_end_the_asking_until_tried_again() -> None:
    frames = Frames()
    frames.set_out(JOURNEY)
    frames.want(0.0, draft=True)
    ask = due(frames)
    frames.take(jobs.Refused(place=PLACE, ask=ask.ask, message="a.png: no photo."))
    assert frames.failure == "a.png: no photo."
    assert frames.due() is None
    frames.try_again()
    assert frames.failure == ""
    due(frames)
    assert frames.stop()
    assert frames.due() is None
    frames.take(jobs.Withdrawn(place=PLACE))
    assert not frames.busy
    frames.try_again()
    due(frames)


def test_while_it_plays_gaps_come_first_and_then_drafts_are_made_better() -> None:
    frames = Frames()
    frames.set_out(JOURNEY)
    times, asked = [0.0, 0.5, 1.0], []
    for _ in range(6):
        frames.want_of(times)
        ask = due(frames)
        asked.append((ask.t, ask.draft))
        frames.take(answer(ask))
    assert asked == [(0.0, True), (0.5, True), (1.0, True), (0.0, False), (0.5, False), (1.0, False)]
    frames.want_of(times)
    assert frames.due() is None


def test_few_frames_are_kept_and_a_round_fits_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpolate_frames, "KEPT", 5 * 48)
    frames = Frames()
    frames.set_out(JOURNEY)
    for i in range(9):
        frames.want(i / 10, draft=True)
        frames.take(answer(due(frames)))
    assert [frames.at(i / 10) is not None for i in range(9)] == [False] * 4 + [True] * 5
    assert frames.room == 5


# -- the clock --------------------------------------------------------------------------------------


def player(length: int = 2, room: int = 1000, **settings: object) -> Player:
    made = Player()
    made.prepare(replace(Plan(), **{"seconds": 2, "smooth": False, **settings}), length, room)
    return made


def test_a_round_takes_its_seconds_and_ends() -> None:
    once = player()
    assert (len(once.times), once.times[0], once.times[-1]) == (50, 0.0, 2.0)
    once.play(100.0, 0.0)
    assert [once.index(100.0 + s) for s in (0.001, 0.5, 1.001, 1.99)] == [0, 12, 25, 49]
    assert once.index(102.1) is None
    once.play(200.0, 2.0)  # from the end: from the beginning
    assert once.index(200.001) == 0
    once.play(300.0, 1.0)
    assert once.index(300.001) in (24, 25)
    once.stop()
    assert not once.playing


def test_loops_go_on_without_a_repeated_frame() -> None:
    back, around = player(loop=Loop.BACK), player(3, loop=Loop.AROUND)
    assert max(back.times) == 2.0
    assert back.times[-1] == pytest.approx(back.times[1])
    assert max(around.times) < 3
    back.play(0.0, 0.0)
    assert back.index(2.001) == 0
    assert back.ahead(48)[:3] == [back.times[49], back.times[0], back.times[1]]
    assert back.behind(2) == back.times[2::-1]
    assert player().ahead(48) == [2.0]


def test_a_long_round_has_no_more_frames_than_can_be_kept() -> None:
    assert len(player(seconds=30, room=200).times) == 200
    assert len(player(room=1).times) == 2


def test_a_film_is_what_was_played() -> None:
    plan = replace(Plan(), loop=Loop.BACK, smooth=False)
    assert plan.film(40, 20.0) == jobs.Film(frames=40, fps=20.0, smooth=False, back=True)

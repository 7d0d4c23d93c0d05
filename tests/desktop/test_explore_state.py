"""What the Explore tab holds, without Qt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.tabs.explore_colours import KINDS, colours
from desktop.tabs.explore_state import ExploreState
from engine.atlas import NEAREST, Atlas
from engine.tags import Suggested


def an_atlas(names: list[str], **changed: object) -> Atlas:
    """A map of nothing but numbers: the n-th picture is n / 10 odd, pictures of the same first letter look alike."""
    count = len(names)
    letters = [name[0] for name in names]
    groups = [sorted(set(letters)).index(letter) if letters.count(letter) > 1 else -1 for letter in letters]
    arrays: dict = {
        "pixels": np.array([(100 + n, 100) for n in range(count)], np.int32),
        "stamps": np.array([(1000, n) for n in range(count)], np.int64),
        "contents": np.array([[ord(name[0])] * 15 + [n] for n, name in enumerate(names)], np.uint8),
        "rows": np.arange(count),
        "oddness": np.arange(count, dtype=np.float32) / 10,
        "out_of_place": 1 - np.arange(count, dtype=np.float32) / 10,
        "bits": np.zeros((count, 2), np.float32),
        "known": np.zeros(count, np.uint8),
        "groups": np.array(groups, np.int32),
        "clusters": np.arange(count, dtype=np.int32),
        "nearest": np.array([[m for m in range(count) if m != n][:NEAREST] for n in range(count)], np.int32),
        "components": np.zeros((count, 2), np.float32),
        "neighbours": np.ones((count, 2), np.float32),
    }
    rest = {"model": "fruit", "model_name": "Fruit", "fingerprint": "0", "side": 32, "whole": True, "globe": 3}
    more = {"drawable": True, "usual_bits": (1.0, 2.0, 3.0), "left_out": [], "finished": True, "place": Path("map")}
    return Atlas(folder=Path("/pictures"), names=names, **{**rest, **more, **arrays, **changed})


@pytest.fixture
def state() -> ExploreState:
    state = ExploreState()
    state.begin(Path("/pictures"), "fruit")
    state.take(an_atlas(["a1.jpg", "a2.jpg", "b1.jpg", "b2.jpg", "b3.jpg", "c.jpg"]))
    return state


def test_choosing(state: ExploreState) -> None:
    state.choose([1, 2])
    state.choose([2, 3], "more")
    assert (state.chosen, state.current) == ((1, 2, 3), 3)
    state.choose([2], "turn")
    assert state.chosen == (1, 3)
    state.choose([2], "turn")
    assert state.chosen == (1, 3, 2)
    state.choose([])
    assert (state.chosen, state.current) == ((), 2)  # the keyboard stays where it is
    assert state.paths == []
    state.choose([0])
    assert state.paths == [Path("/pictures/a1.jpg")]


def test_neighbours_are_those_that_are_there(state: ExploreState) -> None:
    state.choose_neighbours()
    assert state.chosen == ()
    state.lose(["a2.jpg"])
    state.choose([5])
    state.choose_neighbours()
    assert state.chosen == (5, 0, 2, 3, 4)
    assert state.current == 5


def test_a_newer_map_keeps_what_was_chosen_by_name(state: ExploreState) -> None:
    state.choose([0, 5])
    state.take(an_atlas(["a0.jpg", "a1.jpg", "c.jpg"]))
    assert state.chosen == (1, 2)
    assert state.current == 2
    state.take(an_atlas(["a0.jpg", "a1.jpg"]))
    assert (state.chosen, state.current) == ((1,), None)
    state.begin(Path("/pictures"), "digits")
    assert (state.chosen, state.atlas) == ((), None)


def test_the_oddest_come_first_by_either_measure(state: ExploreState) -> None:
    state.lose(["b3.jpg"])
    assert state.odd_first() == [5, 3, 2, 1, 0]
    state.measure = "folder"
    assert state.odd_first() == [0, 1, 2, 3, 5]


def test_what_is_gone_leaves_every_list_and_can_come_back(state: ExploreState) -> None:
    state.choose([2, 3])
    state.lose(["b2.jpg"])
    assert (state.chosen, state.current) == ((2,), None)
    assert state.there.tolist() == [True, True, True, False, True, True]
    assert [look.pictures for look in state.looks()] == [(1, 0), (4, 2)]
    state.lose(["b1.jpg"])
    assert [look.pictures for look in state.looks()] == [(1, 0)]  # what is left of a pair is no group
    state.regain(["b1.jpg", "b2.jpg"])
    assert state.there.all()


def test_the_best_of_look_alikes_comes_first_and_exact_copies_before_all(state: ExploreState) -> None:
    assert [(look.pictures, look.same) for look in state.looks()] == [((4, 3, 2), False), ((1, 0), False)]
    names = ["a1.jpg", "a2.jpg", "b1.jpg", "b2.jpg", "b3.jpg"]
    same = an_atlas(
        names, pixels=np.full((5, 2), 100, np.int32), stamps=np.array([(9, 5), (9, 4), (7, 1), (8, 1), (8, 0)])
    )
    same.contents[:2, 15] = 0
    state.take(same)
    assert [(look.pictures, look.same) for look in state.looks()] == [((1, 0), True), ((4, 3, 2), False)]


def test_suggestions_leave_out_what_was_said_since(state: ExploreState) -> None:
    probabilities = np.array([[1, 0], [0.9, 0.1], [0.6, 0.3], [0.2, 0.7], [0.95, 0.0], [0.4, 0.2]], np.float32)
    state.retag(state.tags.give(state.contents[0], "red").give(state.contents[3], "green"))
    state.suggested = Suggested(("red", "green"), probabilities)
    assert state.tag == "red"
    assert [p for p, _ in state.suggestions()] == [4, 1, 2]  # not the last: less than even
    state.retag(state.tags.give(state.contents[4], "red").refuse(state.contents[1], "red"))
    assert state.suggestions() == [(2, pytest.approx(0.6))]
    state.tag = "green"
    assert state.suggestions() == []  # its only one has it
    assert state.counts() == {"red": 2, "green": 1}
    state.lose(["a1.jpg"])
    assert state.counts() == {"red": 1, "green": 1}


def test_a_tag_that_is_gone_is_not_at_hand(state: ExploreState) -> None:
    state.retag(state.tags.give(state.contents[0], "red").give(state.contents[1], "green"))
    state.tag = "green"
    state.retag(state.tags.drop("green"))
    assert state.tag == "red"
    state.retag(state.tags.drop("red"))
    assert state.tag == ""


def test_colours_follow_what_is_looked_for(state: ExploreState) -> None:
    state.colouring = "kinds"
    assert colours(state, True)[:3].tolist() == list(KINDS[True][:3])
    state.colouring = "tags"
    state.retag(state.tags.give(state.contents[4], "red"))
    shown = colours(state, True)
    assert shown[4] == KINDS[True][0]
    assert len(set(shown.tolist())) == 2
    state.colouring = "oddness"
    brighter = [(colour >> 16) + (colour >> 8 & 255) for colour in colours(state, True).tolist()]
    assert brighter == sorted(brighter)
    darker = [(colour >> 16) + (colour >> 8 & 255) for colour in colours(state, False).tolist()]
    assert darker == sorted(darker, reverse=True)


def test_the_map_by_neighbours_is_used_once_it_is_there(state: ExploreState) -> None:
    assert state.positions[0].tolist() == [1, 1]
    state.layout = "components"
    assert state.positions[0].tolist() == [0, 0]
    state.layout = "neighbours"
    state.take(an_atlas(["a.jpg"], neighbours=None))
    assert not state.has_neighbours
    assert state.positions[0].tolist() == [0, 0]

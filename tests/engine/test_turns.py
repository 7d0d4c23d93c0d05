from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import Cancelled
from engine.jobs import RestoreSettings
from engine.restore import Restorer
from engine.turns import COUNT, mean_over_turns, turned, turned_back

#: Nothing to read off the photo and nothing to mend: what is restored is what the network does.
PLAIN = RestoreSettings(noise=10.0, blur=0.0, jpeg=0, scratches=False, fading=False)
BEST = RestoreSettings(noise=10.0, blur=0.0, jpeg=0, scratches=False, fading=False, quality="best")


@pytest.fixture(scope="module")
def toy(toy_model: Path) -> Restorer:
    return Restorer(str(toy_model), "cpu")


@pytest.fixture
def photo() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 255, (152, 216, 3), dtype=np.uint8)


def test_turns_are_all_there_are_and_lead_back() -> None:
    picture = np.arange(2 * 3 * 4).reshape(1, 2, 3, 4)
    views = [turned(picture, turn) for turn in range(COUNT)]
    assert len({view.tobytes() + bytes(view.shape) for view in views}) == COUNT
    assert {view.shape for view in views} == {(1, 2, 3, 4), (1, 2, 4, 3)}
    assert all(np.array_equal(turned_back(view, turn), picture) for turn, view in enumerate(views))


def test_what_treats_all_views_alike_is_its_own_mean() -> None:
    picture = np.random.default_rng(0).random((1, 3, 8, 16), dtype=np.float32)
    doubled, same = mean_over_turns(picture, lambda view, _: [2 * view, view[:, :1]])
    np.testing.assert_allclose(doubled, 2 * picture, rtol=1e-6)
    np.testing.assert_allclose(same, picture[:, :1], rtol=1e-6)


def test_best_is_the_mean_of_the_results_for_all_views(toy: Restorer, photo: np.ndarray) -> None:
    floats = photo.astype(np.float32) / 255
    single = []
    for turn in range(COUNT):
        view = np.moveaxis(turned(np.moveaxis(floats, 2, 0), turn), 0, 2)
        result = toy.restore(np.ascontiguousarray(view), PLAIN).pixels
        single.append(np.moveaxis(turned_back(np.moveaxis(result, 2, 0), turn), 0, 2))
    assert np.abs(single[0] - single[1]).max() > 0.01  # the toy does not treat them alike
    best = toy.restore(floats, BEST).pixels
    np.testing.assert_allclose(best, np.mean(single, axis=0), atol=1e-4)


def test_tiles_change_nothing_and_every_turn_is_told(toy: Restorer, photo: np.ndarray) -> None:
    whole = toy.restore(photo, BEST, doubt=True)
    told: list[tuple[int, int]] = []
    tiled = toy.restore(photo, BEST, doubt=True, tile=150, on_part=lambda _, done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert told[-1] == (len(told), len(told))
    assert len(told) > 3 * COUNT
    assert np.abs(whole.pixels.astype(int) - tiled.pixels).max() <= 1
    assert whole.doubt is not None
    assert tiled.doubt is not None
    assert np.abs(whole.doubt.astype(int) - tiled.doubt).max() <= 1


def test_cancel_is_heard_between_two_turns(toy: Restorer, photo: np.ndarray) -> None:
    told: list[int] = []
    with pytest.raises(Cancelled):
        toy.restore(photo, BEST, on_part=lambda _, done, __: told.append(done), cancelled=lambda: len(told) == 2)
    assert told == [1, 2]


def test_variants_are_drawn_once(toy: Restorer, photo: np.ndarray) -> None:
    drawn = [
        toy.restore(photo, RestoreSettings(variant=1, scratches=False, quality=quality)).pixels
        for quality in ("normal", "best")
    ]
    assert np.array_equal(drawn[0], drawn[1])

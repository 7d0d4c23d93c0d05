from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engine import catalog
from engine.errors import Cancelled, DarkroomError, ModelError
from engine.facts import tell
from engine.metrics import psnr
from engine.morph import Morph, common_frame, edge_doubling, fit

SIDE = 128
TIMES = (0.0, 0.2, 0.5, 0.9, 1.0)


@pytest.fixture(scope="module")
def shipped() -> Morph:
    return Morph("photo-restore", "cpu")


@pytest.fixture(scope="module")
def toy(toy_model: Path) -> Morph:
    return Morph(str(toy_model), "cpu")


def ball(x: float, y: float, radius: float, colour: tuple[int, int, int], back: int, side: int = SIDE) -> np.ndarray:
    """A ball with two dark eyes before an even ground; places and sizes as shares of the side."""
    rows, columns = np.mgrid[0:side, 0:side] / side

    def disc(x: float, y: float, radius: float) -> np.ndarray:
        return np.clip((radius - np.hypot(columns - x, rows - y)) * side, 0, 1)[..., None]

    picture = np.full((side, side, 3), float(back))
    for cx, cy, r, ink in (
        (x, y, radius, colour),
        (x - radius / 2.5, y - radius / 4, radius / 5, (20, 20, 30)),
        (x + radius / 2.5, y - radius / 4, radius / 5, (20, 20, 30)),
    ):
        picture += disc(cx, cy, r) * (np.array(ink) - picture)
    return picture.round().astype(np.uint8)


#: One ball is up on the left, the other down on the right, larger, and of another colour.
A, B = ball(0.4, 0.42, 0.2, (220, 120, 60), 90), ball(0.58, 0.55, 0.25, (90, 200, 210), 120)


def differ(a: np.ndarray, b: np.ndarray) -> int:
    return int(np.abs(a.astype(int) - b).max())


def cross_fade(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return ((a.astype(int) + b + 1) // 2).astype(np.uint8)


# -- with the shipped weights -----------------------------------------------------------------------


def test_the_middle_is_a_morph_and_no_double_exposure(shipped: Morph) -> None:
    walk = shipped.prepare([A, B])
    first, middle, last = (walk.frame(t) for t in (0, 0.5, 1))
    morphed, faded = (edge_doubling(m, first, last) for m in (middle, cross_fade(first, last)))
    assert faded > 1.5
    assert morphed < 1 + (faded - 1) / 2
    # One ball, half-way between the two.
    true = ball(0.49, 0.485, 0.225, (155, 160, 135), 105)
    assert psnr(middle, true) > psnr(cross_fade(first, last), true) + 3


def test_the_ends_are_the_pictures_as_the_model_holds_them(shipped: Morph, picture: np.ndarray) -> None:
    other = picture[::-1].copy()
    walk = shipped.prepare([picture, other])
    assert walk.size == picture.shape[:2]
    assert psnr(walk.frame(0), picture) > 34
    assert psnr(walk.frame(1), other) > 34


def test_a_draft_is_close(shipped: Morph, picture: np.ndarray) -> None:
    walk = shipped.prepare([picture, picture[:, ::-1]])
    assert psnr(walk.frame(0.4, draft=True), walk.frame(0.4)) > 28


def test_the_same_picture_twice_does_not_change(shipped: Morph, picture: np.ndarray) -> None:
    walk = shipped.prepare([picture, picture])
    for t in TIMES:
        assert differ(walk.frame(t), walk.frame(0)) <= 1


def test_exchanging_the_ends_turns_the_time(shipped: Morph) -> None:
    there, back = shipped.prepare([A, B]), shipped.prepare([B, A])
    for t in TIMES:
        assert differ(there.frame(t), back.frame(1 - t)) <= 1


def test_frames_follow_one_another_smoothly(shipped: Morph) -> None:
    walk = shipped.prepare([A, B])
    frames = [walk.frame(t).astype(float) for t in np.linspace(0, 1, 13)]
    steps = [np.abs(b - a).mean() for a, b in pairwise(frames)]
    assert max(steps) < 2 * np.mean(steps)


# -- with toy weights, where only the way counts ----------------------------------------------------


def test_the_ends_are_what_the_graphs_draw(toy: Morph) -> None:
    photo = np.moveaxis(A, 2, 0)[None].astype(np.float32) / 255
    told = np.array([tell({"noise": 0, "blur": 0, "jpeg": 0, "scratches": 0})], dtype=np.float32)
    shapes = [(1, n, SIDE >> level, SIDE >> level) for level, n in ((1, 14), (2, 4), (3, 4))]
    noise = {f"noise{i}": np.zeros(shape, dtype=np.float32) for i, shape in enumerate(shapes)}
    z0, z1, z2 = toy.graphs.run("encoder", photo=photo, told=told, **noise)[:3]
    (drawn,) = toy.graphs.run("decoder", z0=z0, z1=z1, z2=z2)
    seen = toy.prepare([A, B]).frame(0)
    assert np.array_equal(seen, np.rint(np.clip(np.moveaxis(drawn[0], 0, 2), 0, 1) * np.float32(255)).astype(np.uint8))


def test_pictures_of_all_sizes_meet_in_one_frame(toy: Morph) -> None:
    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 256, (*size, 3), dtype=np.uint8) for size in ((1, 1), (1, 300), (900, 30), (70, 101))]
    pictures.append(pictures[-1].astype(np.uint16) * 257)
    steps = []
    walk = toy.prepare(pictures, 96, on_step=lambda done, total: steps.append((done, total)))
    assert walk.length == 4
    assert steps == [(n, 9) for n in range(1, 10)]
    for t in np.arange(0, 4.1, 0.5):
        frame = walk.frame(float(t))
        assert frame.dtype == np.uint8
        assert frame.shape == (*walk.size, 3)
    assert differ(walk.frame(3), walk.frame(4)) <= 1  # 8 and 16 bits of the same
    assert np.array_equal(walk.frame(-1), walk.frame(0))
    assert np.array_equal(walk.frame(9), walk.frame(4))


def test_a_closed_walk_comes_home(toy: Morph) -> None:
    walk = toy.prepare([A, B, A[::-1]], 64, closed=True)
    assert walk.length == 3
    assert np.array_equal(walk.frame(3), walk.frame(0))
    assert not np.array_equal(walk.frame(2.5), walk.frame(2))


def test_frames_may_be_asked_for_in_any_order(toy: Morph) -> None:
    walk = toy.prepare([A, B], 64)
    once = [walk.frame(t) for t in TIMES]
    again = [walk.frame(t) for t in reversed(TIMES)]
    assert all(np.array_equal(a, b) for a, b in zip(once, reversed(again), strict=True))


def test_loaded_graphs_can_be_shared(toy: Morph) -> None:
    assert Morph(toy.graphs).graphs is toy.graphs


# -- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1])
def test_one_picture_is_no_morph(toy: Morph, count: int) -> None:
    with pytest.raises(DarkroomError, match="at least two"):
        toy.prepare([A] * count)


def test_cancelling_stops_between_two_steps(toy: Morph) -> None:
    steps: list[int] = []
    with pytest.raises(Cancelled):
        toy.prepare([A, B], 64, on_step=lambda done, _: steps.append(done), cancelled=lambda: len(steps) == 2)
    assert steps == [1, 2]


def test_a_model_that_cannot_encode_is_refused(toy_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mute"
    shutil.copytree(toy_model, folder)
    card = catalog.load(str(folder)).card
    card.capabilities = ["restore"]
    catalog.write_card(folder, card)
    with pytest.raises(ModelError, match="cannot morph"):
        Morph(str(folder), "cpu")


# -- the common frame -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "side", "expected"),
    [
        ([(300, 400), (300, 400)], 512, (304, 400)),
        ([(3000, 4000), (3000, 4000)], 512, (384, 512)),
        ([(300, 400), (400, 300)], 512, (400, 400)),  # none of the two counts more
        ([(1, 1), (1, 1)], 512, (64, 64)),
        ([(1000, 50_000), (1000, 50_000)], 512, (128, 512)),  # at most four to one
        ([(9000, 9000), (9000, 9000)], 100_000, (1672, 1672)),  # as much as fits into memory
    ],
)
def test_the_common_frame(sizes: list[tuple[int, int]], side: int, expected: tuple[int, int]) -> None:
    assert common_frame(sizes, side, 8) == expected
    assert common_frame(sizes[::-1], side, 8) == expected


def test_a_picture_is_cropped_about_its_middle() -> None:
    picture = np.zeros((20, 60, 3), dtype=np.uint8)
    picture[:, 20:40] = 255
    assert (fit(picture, 20, 20) == 255).all()
    assert fit(picture, 40, 40).shape == (40, 40, 3)


# -- the measure ------------------------------------------------------------------------------------


def test_edge_doubling_counts_edges_whatever_their_strength() -> None:
    a, b = ball(0.25, 0.3, 0.15, (255, 255, 255), 0), ball(0.75, 0.7, 0.15, (255, 255, 255), 0)
    assert edge_doubling(a, a, a) == pytest.approx(1)
    assert edge_doubling(a, a, b) == pytest.approx(1, abs=0.02)
    assert edge_doubling(a // 2, a, b) == pytest.approx(1, abs=0.02)
    assert edge_doubling(cross_fade(a, b), a, b) == pytest.approx(2, abs=0.05)
    flat = np.full_like(a, 90)
    assert edge_doubling(flat, flat, flat) == 1


@pytest.mark.parametrize(("height", "width"), [(321, 481), (481, 321), (1, 1), (333, 777)])
def test_any_size_fits_any_frame(height: int, width: int) -> None:
    picture = np.full((height, width, 3), 9, np.uint8)
    for frame in ((320, 480), (480, 320), (344, 512), (8, 8)):
        assert (fit(picture, *frame) == 9).all()

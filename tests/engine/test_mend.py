"""Filling in damage, and finding it whatever the tiles."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from engine import mend
from engine.jobs import Estimate
from engine.masks import linked
from engine.metrics import psnr
from engine.nets.scratch import MULTIPLE, ScratchConfig
from engine.restore import Restorer
from engine.sessions import OutOfMemory


def tensor(pixels: np.ndarray) -> np.ndarray:
    return np.moveaxis(pixels, 2, 0)[None].astype(np.float32) / 255


@pytest.fixture
def lines() -> np.ndarray:
    """Three thin lines and a dot, [96, 136] bool."""
    mask = np.zeros((96, 136), dtype=bool)
    mask[20:23] = mask[:, 60:62] = mask[90, 3:9] = True
    at = np.arange(90)
    mask[at, at + 20] = True
    return mask


def test_a_ramp_is_filled_in_exactly_and_the_rest_left_alone(lines: np.ndarray) -> None:
    ramp = np.broadcast_to(np.linspace(40, 200, 136)[None, :, None], (96, 136, 3))
    photo = tensor(np.where(lines[..., None], 255, ramp))
    mend.fill(photo, lines)
    assert np.abs(photo[0, 0][~lines] - ramp[..., 0][~lines] / 255).max() < 1e-6
    assert np.abs(photo - tensor(ramp)).max() < 3 / 255


def test_scratches_go_from_a_picture(picture: np.ndarray, lines: np.ndarray) -> None:
    dirty = np.where(lines[..., None], 255, picture).astype(np.uint8)
    photo = tensor(dirty)
    mend.fill(photo, lines)
    mended = (np.moveaxis(photo[0], 0, 2) * 255).round().astype(np.uint8)
    assert psnr(mended, picture) > psnr(dirty, picture) + 12


@pytest.mark.parametrize("damaged", [np.zeros((5, 7), dtype=bool), np.ones((5, 7), dtype=bool)])
def test_nothing_to_mend_and_nothing_to_mend_from(damaged: np.ndarray) -> None:
    photo = np.random.default_rng(0).random((1, 3, 5, 7), dtype=np.float32)
    before = photo.copy()
    mend.fill(photo, damaged)
    assert np.array_equal(photo, before)


def test_no_pixel_reaches_further_than_the_halo(lines: np.ndarray) -> None:
    random = np.random.default_rng(1)
    photo, damaged = random.random((1, 3, 160, 160), dtype=np.float32), random.random((160, 160)) < 0.7
    whole = photo.copy()
    mend.fill(whole, damaged)
    part = photo[:, :, :120, 40:].copy()
    mend.fill(part, damaged[:120, 40:])
    r = mend.REACH
    assert np.array_equal(part[:, :, : 120 - r, r:], whole[:, :, : 120 - r, 40 + r :])


def test_the_engine_knows_the_finder() -> None:
    assert (ScratchConfig().reach, MULTIPLE) == (mend.FINDER_REACH, mend.MULTIPLE)


def seen(scratches: float, jpeg: int) -> Estimate:
    return Estimate(noise=0.0, blur=0.0, jpeg=jpeg, scratches=scratches, fading=0.0, monochrome=False)


def test_the_less_is_wrong_with_a_photo_the_surer_a_scratch_must_be() -> None:
    photos = (seen(0.02, 20), seen(0.006, 0), seen(0.001, 0), seen(0.001, 80), seen(0.006, 20))
    odds = [mend.odds(None, photo) for photo in photos]
    assert odds == [mend.IN_DAMAGED, mend.IN_DAMAGED, mend.IN_WHOLE, mend.IN_WHOLE, mend.IN_ROUGH]
    noisy = msgspec.structs.replace(seen(0.006, 0), noise=mend.NOISY + 1)
    assert mend.odds(None, noisy) == mend.IN_ROUGH
    grainy = msgspec.structs.replace(seen(0.3, 0), noise=mend.NOISY + 1)
    assert mend.odds(None, grainy) == mend.IN_ROUGH
    assert mend.odds(None, seen(0.3, 0)) == mend.IN_DAMAGED
    assert mend.odds(True, seen(0.001, 20)) == mend.IN_DAMAGED
    kinds = (mend.IN_DAMAGED, mend.IN_WHOLE, mend.IN_ROUGH)
    assert sorted(kinds, key=lambda odds: odds.sure) == list(kinds) and all(k.likely < k.sure for k in kinds)


def halfway(probability: np.ndarray) -> mend.Odds:
    """Odds at which a tenth of the pixels are surely damaged, and half of them may be."""
    return mend.Odds(float(np.quantile(probability, 0.9)), float(np.median(probability)))


def test_a_part_alone_and_the_whole_are_damaged_alike(toy_model: Path) -> None:
    graphs = Restorer(str(toy_model), "cpu").graphs
    pixels = np.random.default_rng(2).integers(0, 255, (500, 610, 3), dtype=np.uint8)
    (probability,) = graphs.run("scratches", photo=tensor(pixels[:496, :608]))
    odds = halfway(probability)
    box = (304, 200, 400, 304)
    alone = mend.Damage(graphs, pixels, odds)
    first = alone.within(box)
    assert 0.1 < first.damaged.mean() < 1
    whole = mend.Damage(graphs, pixels, odds).within((0, 0, 616, 504)).part(slice(200, 304), slice(304, 400))
    for other in (alone.within(box), whole):
        assert np.array_equal(first.damaged, other.damaged)
        assert np.abs(first.likely.astype(int) - other.likely).max() <= 1


def test_after_a_look_at_every_turn_a_mirrored_photo_is_damaged_where_the_photo_is(toy_model: Path) -> None:
    graphs = Restorer(str(toy_model), "cpu").graphs
    pixels = np.random.default_rng(5).integers(0, 255, (96, 112, 3), dtype=np.uint8)
    box, odds = (0, 0, 112, 96), mend.Odds(0.5, 0.25)
    for surely in (False, True):
        found = mend.Damage(graphs, pixels, odds, surely).within(box).likely.astype(int)
        mirrored = mend.Damage(graphs, np.ascontiguousarray(pixels[:, ::-1]), odds, surely).within(box).likely
        assert (np.abs(found - mirrored[:, ::-1]).max() <= 1) == surely


def test_tiles_of_the_finder_change_nothing(toy_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs = Restorer(str(toy_model), "cpu").graphs
    pixels = np.random.default_rng(3).integers(0, 255, (300, 1210, 3), dtype=np.uint8)
    (probability,) = graphs.run("scratches", photo=tensor(pixels[:288, :1200]))
    odds, everything = halfway(probability), (0, 0, 1210, 300)
    whole = mend.Damage(graphs, pixels, odds).within(everything)
    monkeypatch.setattr(mend, "_AREA", 250_000)
    assert len(mend.tiles(1216, 304, mend._HALO, MULTIPLE, 250_000)) > 1
    tiled = mend.Damage(graphs, pixels, odds).within(everything)
    assert np.array_equal(tiled.damaged, whole.damaged)
    assert np.abs(tiled.likely.astype(int) - whole.likely).max() <= 1
    assert 0.1 < whole.damaged.mean() < 1


def test_a_faint_stretch_is_found_by_the_sure_one_that_it_goes_on_from() -> None:
    sure, likely = np.zeros((2, 40, 60), dtype=bool)
    sure[10, 5] = True
    likely[10, 3:12], likely[11:30, 12], likely[20, 40:50] = True, True, True  # a line with a corner, and one apart
    found = linked(sure, likely, 9)
    assert found[10, 3:12].all() and found[11:14, 12].all()
    assert found.sum() == 9 + 3
    assert np.array_equal(linked(sure, likely, 0), sure)
    assert not linked(np.zeros_like(sure), likely, 9).any()


def test_what_was_filled_in_is_a_guess_and_what_was_not_may_be_damage() -> None:
    found = mend.Found(np.array([[True, False, False]]), np.array([[255, 0, 128]], np.uint8))
    sure, unsure = (found.expected(np.full((1, 3), value, np.float32))[0] for value in (0.01, 0.5))
    assert sure[0] == np.float32(mend.ERROR)
    assert sure[1] == np.float32(0.01)
    assert 0.1 < sure[2] < 0.2  # half of the change of what is damaged for a quarter
    assert unsure[0] == unsure[1] == 0.5 < unsure[2]
    assert not mend.Found.nothing(2, 3).expected(np.zeros((2, 3), np.float32)).any()


def test_where_memory_runs_out_on_the_way_nothing_half_known_is_told(
    toy_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = Restorer(str(toy_model), "cpu").graphs
    pixels = np.random.default_rng(4).integers(0, 255, (96, 112, 3), dtype=np.uint8)
    damage = mend.Damage(graphs, pixels, mend.Odds(0.0, 0.0))  # all of it
    with monkeypatch.context() as full:
        full.setattr(graphs, "run", lambda *_, **__: (_ for _ in ()).throw(OutOfMemory("full")))
        with pytest.raises(OutOfMemory):
            damage.within((0, 0, 112, 96))
    assert damage.within((0, 0, 112, 96)).damaged.all()

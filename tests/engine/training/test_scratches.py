"""Damage that the finder of scratches learns from."""

from __future__ import annotations

import pytest
import torch

from engine.nets.scratch import ScratchFinder
from engine.training import marks
from engine.training.data import DamageBank, PhotoBank, generator_for
from engine.training.loop import Repeatable
from engine.training.scratches import ScratchLoss, held_out_scratches, scratched


@pytest.fixture
def photos() -> PhotoBank:
    # Bright and smooth, so that all damage can be seen.
    ramp = torch.linspace(60, 180, 200)[None, None].expand(3, 200, 200).to(torch.uint8)
    return PhotoBank([ramp, ramp.flip(2)], [ramp] * 3)


@pytest.fixture
def damage() -> DamageBank:
    mask = torch.zeros(1, 160, 160, dtype=torch.uint8)
    mask[:, 78:82], mask[:, :, 30:32] = 255, 255
    return DamageBank([mask], [mask])


@pytest.mark.parametrize("draw", [marks.marks, marks.shapes])
def test_marks_and_shapes_cover_some_and_repeat(draw) -> None:
    covers = draw(12, 64, generator_for(1, 2))
    assert covers.shape == (12, 1, 64, 64)
    assert covers.min() >= 0
    assert covers.max() <= 1
    assert 0.005 < covers.mean() < 0.6
    assert torch.equal(covers, draw(12, 64, generator_for(1, 2)))
    assert not torch.equal(covers, draw(12, 64, generator_for(1, 3)))


def test_marks_are_thin() -> None:
    covers = marks.marks(24, 96, generator_for(1, 0)) > 0.5
    # Hardly any place is further from sound picture than ten pixels.
    thick = -torch.nn.functional.max_pool2d(-covers.float(), 21, 1, 10)
    assert covers.any()
    assert thick.mean() < 0.002


def test_a_batch_has_sound_and_damaged_photos(photos: PhotoBank, damage: DamageBank) -> None:
    sample = scratched(photos, damage, 24, 64, generator_for(3, 0))
    assert sample.photo.shape == (24, 3, 64, 64)
    assert sample.photo.min() >= 0
    assert sample.photo.max() <= 1
    hurt = sample.damage.amax((1, 2, 3)) > 0
    assert 0.4 < hurt.float().mean() < 0.95
    assert set(sample.damage.unique().tolist()) <= {0.0, 1.0}
    # Whatever is asked for counts.
    assert (sample.counts[sample.damage > 0] == 1).all()
    again = scratched(photos, damage, 24, 64, generator_for(3, 0))
    assert torch.equal(sample.photo, again.photo)


def test_the_batch_of_a_step_can_be_drawn_again(photos: PhotoBank, damage: DamageBank) -> None:
    loss = ScratchLoss(photos, damage, seed=1, batch=2, size=64)
    assert isinstance(loss, Repeatable)
    first, again, other = loss.repeat(4, 0.1), loss.repeat(4, 0.9), loss.repeat(5, 0.1)
    assert set(first) == {"photo", "damage", "counts"}
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not torch.equal(first["photo"], other["photo"])


def test_a_finder_that_knows_is_better_than_one_that_does_not(photos: PhotoBank, damage: DamageBank) -> None:
    torch.manual_seed(0)
    finder = ScratchFinder()
    loss, log = ScratchLoss(photos, damage, seed=1, batch=4, size=64)(finder, 0, 0.0)
    loss.backward()
    assert set(log) == {"entropy", "dice"}
    seen = held_out_scratches(photos.held_out, damage.held_out, count=4, size=64)(finder)
    assert seen["found"] == 0
    assert seen["false"] == 0
    assert 0 <= seen["found_strictly"] < 0.2

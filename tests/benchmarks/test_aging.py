from __future__ import annotations

import numpy as np
import pytest

from benchmarks.aging import age, fade, fitted, grain


def test_aging_is_the_same_every_time_and_different_for_every_photo():
    photo = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    mask = np.zeros((40, 40), np.float32)
    mask[10:12] = 1.0
    old = age(photo, mask, 5)
    assert old.shape == photo.shape
    assert old.dtype == np.uint8
    assert np.array_equal(old, age(photo, mask, 5))
    assert not np.array_equal(old, age(photo, mask, 6))


def test_fading_lifts_black_and_stains_white():
    ramp = np.linspace(0, 1, 11)[:, None, None].repeat(3, axis=2)
    faded = fade(ramp, loss=np.array([0.2, 0.2, 0.3]), stain=np.array([0.0, 0.05, 0.2]))
    assert (np.diff(faded[1:, 0], axis=0) > 0).all()
    assert (faded[0] > 0.1).all()
    red, green, blue = faded[-1, 0]
    assert red == pytest.approx(1.0)
    assert red > green > blue


def test_fading_by_nothing_changes_nothing_but_the_deepest_black():
    ramp = np.linspace(0.2, 1, 9)[:, None, None].repeat(3, axis=2)
    assert np.allclose(fade(ramp, loss=np.zeros(3), stain=np.zeros(3)), ramp)


def test_grain_is_clumped_and_nearly_the_same_in_all_colours():
    pattern = grain((64, 64, 3), np.random.default_rng(0))
    assert float(pattern.std()) == pytest.approx(1.0, abs=1e-5)
    red, green = pattern[..., 0].ravel(), pattern[..., 1].ravel()
    assert np.corrcoef(red, green)[0, 1] > 0.7
    assert np.corrcoef(pattern[:, 1:, 0].ravel(), pattern[:, :-1, 0].ravel())[0, 1] > 0.3


@pytest.mark.parametrize("size", [(321, 481), (481, 321), (40, 40), (7, 90)])
def test_a_mask_is_made_to_cover_the_photo(size):
    assert fitted(np.ones((40, 40), np.float32), size).shape == size
    assert fitted(np.ones((40, 40), np.float32), size).min() == 1.0

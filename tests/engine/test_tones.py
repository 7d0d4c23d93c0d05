from __future__ import annotations

import numpy as np
import pytest

from engine import tones


def test_grey_and_sepia_have_a_tint_and_colour_photos_none(picture: np.ndarray) -> None:
    y = tones.luma(tones.thumbnail(picture, 64))
    grey = np.repeat(y, 3, axis=2)
    sepia = grey + np.array([0.10, 0.02, -0.08]) * grey * (1.2 - grey)
    noise = np.random.default_rng(0).normal(0, 1 / 255, sepia.shape)
    flat = tones.find_tint(grey.astype(np.float32))
    toned = tones.find_tint((sepia + noise).astype(np.float32))
    assert flat is not None
    assert not flat.coefficients.any()
    assert toned is not None
    assert np.abs(toned.colour(tones.luma(sepia)) - sepia).mean() * 255 < 1.5
    assert tones.find_tint(tones.thumbnail(picture, 64)) is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (100, 64), (1000, 700)])
def test_a_thumbnail_keeps_the_mean(shape: tuple[int, int]) -> None:
    photo = np.random.default_rng(1).integers(0, 65535, (*shape, 3), dtype=np.uint16)
    small = tones.thumbnail(photo, 64)
    assert small.shape == (64, 64, 3)
    assert small.dtype == np.float32
    assert abs(small.mean() - photo.mean() / 65535) < 0.05


def test_a_curve_is_held_back_where_it_would_clip(picture: np.ndarray) -> None:
    photo = picture.astype(np.float32) / 255
    greedy = tones.Curve(np.full(3, 0.5, np.float32), np.full(3, 0.6, np.float32), np.ones(3, np.float32))
    held = greedy.within(photo)
    undone = held.undo(photo, None)
    assert undone.min() >= -1e-6
    assert undone.max() <= 1 + 1e-6


def test_a_monochrome_photo_keeps_its_tint_when_its_tones_are_mended() -> None:
    y = np.linspace(0.3, 0.7, 50, dtype=np.float32)[:, None, None]
    sepia = y + np.array([0.05, 0.0, -0.05], dtype=np.float32) * np.ones((50, 4, 1), dtype=np.float32)
    tint = tones.find_tint(sepia)
    assert tint is not None
    curve = tones.Curve(*(np.array(v, np.float32) for v in ([0.2, 0.3, 0.25], [0.8] * 3, [1.0] * 3)))
    mended = curve.undo(sepia, tint)
    np.testing.assert_allclose(mended - tones.luma(mended), sepia - tones.luma(sepia), atol=1e-5)
    assert np.ptp(tones.luma(mended)) > 1.5 * np.ptp(tones.luma(sepia))


def test_what_has_a_colour_of_its_own_is_spared_by_the_tint() -> None:
    grey = np.repeat(np.linspace(40, 200, 300).astype(np.uint8)[None, :, None], 3, axis=2).repeat(200, axis=0)
    tint = tones.find_tint(tones.thumbnail(grey, 64))
    assert tint is not None
    assert tint.sparing(grey, noise=0.0).own is None
    noisy = (grey + np.random.default_rng(0).normal(0, 50, grey.shape)).clip(0, 255).astype(np.uint8)
    assert tint.sparing(noisy, noise=50.0).own is None
    stamped = grey.copy()
    stamped[40:60, 150:170] = (200, 20, 30)
    spared = tint.sparing(stamped, noise=0.0)
    photo = stamped[16:, 120:].astype(np.float32) / 255
    kept = spared.over(photo, 120, 16)
    assert np.array_equal(kept[24:44, 30:50], photo[24:44, 30:50])
    assert np.ptp(kept[:, 100:], axis=2).max() == 0


def test_an_even_picture_has_no_tones_to_tell_fading_from(picture: np.ndarray) -> None:
    assert not tones.has_tones(np.full((64, 64, 3), 0.4, np.float32))
    assert tones.has_tones(tones.thumbnail(picture, 64))


def test_a_faded_sepia_print_has_its_colours_in_every_tone_when_it_is_mended() -> None:
    # Its tones lie between a third and two thirds; a cubic fitted there says anything beyond.
    luck = np.random.default_rng(0)
    y = luck.uniform(0.35, 0.65, (64, 64, 1)).astype(np.float32)
    colour = np.array([0.06, 0.0, -0.06], np.float32) + (y - 0.5) ** 3 * np.array([4.0, 0.0, -4.0], np.float32)
    faded = y + colour - tones.luma(colour)
    tint = tones.find_tint(faded)
    assert tint is not None
    curve = tones.Curve(*(np.full(3, v, np.float32) for v in (0.35, 0.65, 1.0)))
    before = tint.before(curve, faded)
    ends = np.array([[0.0], [1.0]], np.float32)
    chroma = np.abs(before.colour(ends) - ends).max()
    assert chroma < 1.2 * np.abs(faded - y).max()
    assert chroma < 0.3 * np.abs(tint.colour(ends) - ends).max()
    grey = tones.Tint(np.zeros((4, 3), np.float32))
    assert grey.before(curve, faded) is grey

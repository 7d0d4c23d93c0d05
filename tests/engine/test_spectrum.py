from __future__ import annotations

import numpy as np
import pytest

from engine import spectrum


def noise(sigma: float, shape: tuple[int, int, int] = (128, 128, 3)) -> np.ndarray:
    return 0.5 + np.random.default_rng(0).normal(0, sigma / 255, shape).astype(np.float32)


@pytest.mark.parametrize("sigma", [2, 10, 40])
def test_white_noise_is_as_strong_in_every_band(sigma: int) -> None:
    seen = 2 ** np.median(spectrum.energies(noise(sigma)), axis=0)
    assert seen == pytest.approx(sigma, rel=0.2)


@pytest.mark.parametrize("light", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("sigma", [20, 50])
def test_noise_that_is_cut_off_at_black_and_white_is_as_strong_as_it_was(light: float, sigma: int) -> None:
    whole = noise(sigma) - 0.5 + light
    seen = [np.median(spectrum.energies(photo), axis=0) for photo in (whole, np.clip(whole, 0, 1))]
    assert np.abs(seen[1] - seen[0]).max() < np.log2(1.1)
    # What lies beyond black and white was not cut off.
    np.testing.assert_allclose(spectrum.energies(whole), spectrum.energies(whole - light + 0.5), atol=1e-4)


def test_a_flat_photo_has_nothing_in_any_band() -> None:
    assert (spectrum.energies(np.full((64, 64, 3), 0.3, np.float32)) < -2.5).all()


def test_grey_noise_leaves_colour_alone() -> None:
    grey = np.repeat(noise(20)[..., :1], 3, axis=2)
    luma, color = np.hsplit(spectrum.energies(grey), 2)
    assert np.median(luma) > 4
    assert color.max() < -2.5


def test_a_blur_takes_the_high_bands() -> None:
    sharp = noise(30)
    blurred = (sharp + np.roll(sharp, 1, 0) + np.roll(sharp, 1, 1) + np.roll(sharp, (1, 1), (0, 1))) / 4
    lost = np.median(spectrum.energies(sharp) - spectrum.energies(blurred), axis=0)
    assert lost[6] > lost[0] + 1


def test_the_figures_do_not_depend_on_the_order_of_the_crops() -> None:
    a, b = noise(10, (64, 64, 3)), noise(30, (40, 48, 3))
    assert spectrum.describe([a, b]).shape == (spectrum.FIGURES,)
    np.testing.assert_allclose(spectrum.describe([a, b]), spectrum.describe([b, a]))


def test_photos_of_one_block_can_be_described() -> None:
    assert np.isfinite(spectrum.describe([noise(5, (8, 8, 3))])).all()


def test_a_border_of_one_colour_changes_little() -> None:
    photo = noise(10)
    framed = photo.copy()
    framed[:40], framed[:, :24] = 1, 0
    assert np.abs(spectrum.describe([framed]) - spectrum.describe([photo])).mean() < 0.3
    # What is hardly more than one colour has no noise.
    empty = np.full_like(photo, 1)
    empty[:40] = photo[:40]
    assert np.median(spectrum.describe([empty])) < -2


def test_the_paper_of_a_page_counts() -> None:
    luck = np.random.default_rng(0)
    page = np.ones((160, 160, 3), np.float32)
    for top in range(6, 150, 12):  # words as small print has them: strokes side by side, gaps between
        for left in range(4, 116, 3):
            page[top : top + 6, left] = 0.1 if luck.uniform() < 0.7 else 1.0
    even = np.quantile(spectrum.energies(page), 0.01, axis=0)
    assert np.array_equal(spectrum.describe([page])[: len(even)], even.astype(np.float32))

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

pytest.importorskip("torch")

from benchmarks import samples as scores
from benchmarks.harm import blur
from benchmarks.samples import SampleScores, score


def discs(count: int, seed: int, kinds: int = 4, side: int = 32) -> np.ndarray:
    """Pictures of one disc each, of one of ``kinds`` colours, at random places on a shade of grey, [N, H, W, 3]."""
    rng = np.random.default_rng(seed)
    palette = np.array([(0.9, 0.2, 0.1), (0.1, 0.3, 0.9), (0.2, 0.8, 0.2), (0.9, 0.9, 0.1)])
    y, x = np.mgrid[0:side, 0:side]
    pictures = np.empty((count, side, side, 3), np.float32)
    for picture in pictures:
        cx, cy, radius = rng.uniform((0.35, 0.35, 0.15), (0.65, 0.65, 0.3))
        edge = radius * side - np.hypot(x - cx * side, y - cy * side)
        picture[:] = rng.uniform(0.3, 0.7)
        picture[:] += np.clip(edge, 0, 1)[..., None] * (palette[rng.integers(kinds)] - picture)
    return pictures


def blurred(pictures: np.ndarray) -> np.ndarray:
    return np.stack([blur(picture, 1.5) for picture in pictures])


@pytest.fixture(scope="module")
def held_out() -> np.ndarray:
    return discs(160, seed=1)


@pytest.fixture(scope="module")
def training() -> np.ndarray:
    return discs(240, seed=2)


@pytest.fixture(scope="module", autouse=True)
def less_work():
    """Discs are told apart in fewer steps and by fewer patches than faces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scores, "c2st", partial(scores.c2st, steps=40))
        patch.setattr(scores, "sliced_wasserstein", partial(scores.sliced_wasserstein, patches=4096))
        yield


@pytest.fixture(scope="module")
def perfect(held_out, training) -> SampleScores:
    """More samples than held-out pictures, of their own distribution."""
    return score(discs(200, seed=3), held_out, training)


@pytest.fixture(scope="module")
def poor(held_out, training) -> SampleScores:
    """What a plain VAE draws: blurred, and of one kind only."""
    return score(blurred(discs(160, seed=4, kinds=1)), held_out, training)


def test_perfect_samples_are_near_their_ideals(perfect):
    assert perfect.c2st == pytest.approx(0.5, abs=0.12)
    assert perfect.sliced_wasserstein < 0.06
    assert min(perfect.precision, perfect.recall, perfect.coverage) > 0.85
    assert perfect.density == pytest.approx(1.0, abs=0.25)
    assert perfect.memorised == pytest.approx(perfect.memorised_held_out, abs=0.06)


def test_poor_samples_are_worse_in_every_way(perfect, poor):
    assert poor.c2st > 0.9
    assert poor.sliced_wasserstein > 3 * perfect.sliced_wasserstein
    assert poor.coverage < 0.5
    assert poor.recall < 0.5


def test_a_set_is_at_no_distance_from_itself_and_the_levels_are_named_by_their_side(held_out):
    assert scores.sliced_wasserstein(held_out, held_out) == {32: 0.0, 16: 0.0}
    for side, levels in ((128, [128, 64, 32, 16]), (100, [100, 50, 25]), (16, [16])):
        distances = scores.sliced_wasserstein(discs(2, 0, side=side), discs(2, 1, side=side), patches=256)
        assert list(distances) == levels


def test_fine_levels_see_texture_and_the_last_sees_tint(held_out):
    soft, tinted = (scores.sliced_wasserstein(p, held_out) for p in (blurred(held_out), held_out * 0.8))
    assert soft[32] > 2 * soft[16]
    assert tinted[16] > 0.3


def test_the_pyramid_adds_up_to_the_picture(held_out):
    fine, rest = scores._pyramid(held_out[:3])
    spread = np.zeros_like(fine)
    spread[:, ::2, ::2] = 4 * rest
    assert np.abs(fine + scores._smooth(spread) - held_out[:3]).max() < 1e-6
    assert np.abs(scores._smooth(np.full((1, 8, 8, 3), 0.4, np.float32)) - 0.4).max() < 1e-6


def test_a_classifier_needs_sets_of_equal_length_and_repeats_itself(held_out):
    few = held_out[:40]
    assert len({scores.c2st(few, held_out[40:80], steps=4) for _ in range(2)}) == 1
    with pytest.raises(ValueError, match="chance"):
        scores.c2st(few, held_out)


def test_dropped_modes_lose_coverage_and_not_precision(held_out, training):
    features = scores.pixel_features(training)
    real, whole, dropped = (features(p) for p in (held_out, discs(160, 5), discs(160, 5, kinds=2)))
    assert scores.density_coverage(whole, real)[1] > 0.85
    assert scores.density_coverage(dropped, real)[1] < 0.7
    assert scores.precision_recall(dropped, real)[0] > 0.85
    assert scores.precision_recall(dropped, real)[1] < 0.8


def test_copies_of_training_pictures_are_found(held_out, training):
    features = scores.pixel_features(training)
    rng = np.random.default_rng(0)
    copies = (training[:160] + rng.normal(0, 0.01, training[:160].shape)).astype(np.float32)
    mixed = np.concatenate([copies[:80], discs(80, 6)])
    real, known = features(held_out), features(training)
    assert scores.memorisation(features(copies), real, known)[0] == 1.0
    memorised, others = scores.memorisation(features(mixed), real, known)
    assert 0.5 <= memorised < 0.6
    assert 0.0 < others < 0.12
    # A VAE's copies are blurred.
    assert scores.memorisation(features(blurred(mixed)), real, known)[0] > 0.4


def test_exact_copies_are_found_where_held_out_pictures_recur_too(held_out, training):
    # The threshold is then 0, and rounding must not lift an exact copy above it.
    features = scores.pixel_features(training)
    recurring = np.concatenate([training[:16], held_out[:104]])
    memorised, others = scores.memorisation(features(training[100:200]), features(recurring), features(training))
    assert memorised == 1.0
    assert others == pytest.approx(16 / 120, abs=0.01)


def test_neighbourhoods_by_hand():
    real = np.array([[0.0], [1.0], [3.0], [10.0]])
    fake = np.array([[0.5], [0.6], [30.0], [31.0]])
    # With k = 1 the real neighbourhoods reach 1, 1, 2 and 7, those of the samples 0.1, 0.1, 1 and 1.
    assert scores.precision_recall(fake, real, k=1) == (0.5, 0.0)
    # 0.5 and 0.6 lie in the first two neighbourhoods, and nothing lies in the others.
    assert scores.density_coverage(fake, real, k=1) == (1.0, 0.5)


def test_own_features_are_used(held_out, training):
    asked = []

    def brightness(pictures: np.ndarray) -> np.ndarray:
        asked.append(len(pictures))
        return pictures.mean((1, 2, 3))[:, None]

    score(held_out[:30], held_out[30:70], training[:50], brightness)
    assert asked == [30, 40, 50]


def test_what_cannot_be_compared_is_said(held_out, training):
    with pytest.raises(ValueError, match="samples are"):
        score(discs(30, 0, side=16), held_out, training)
    with pytest.raises(ValueError, match="only 7 held-out pictures"):
        score(held_out, held_out[:7], training)

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.disentangle import dci, mig, slider_effects

#: The columns of the factors below that are names and not amounts.
NAMES = (2,)


@pytest.fixture(scope="module")
def factors() -> np.ndarray:
    """Normal, uniform, one of four names, yes or no: [2000, 4]."""
    rng = np.random.default_rng(0)
    n = 2000
    columns = [rng.normal(size=n), rng.uniform(5, 6, n), rng.integers(0, 4, n), rng.integers(0, 2, n)]
    return np.stack([np.asarray(column, float) for column in columns], axis=1)


@pytest.fixture(scope="module")
def amounts(factors) -> np.ndarray:
    return np.delete(factors, NAMES, axis=1)


def random_codes(width: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(2000, width))


def turned(codes: np.ndarray) -> np.ndarray:
    """Every code a mixture of all, nothing lost."""
    rotation = np.linalg.qr(np.random.default_rng(3).normal(size=(codes.shape[1],) * 2))[0]
    return (codes - codes.mean(0)) / codes.std(0) @ rotation


def test_mig_of_the_factors_themselves_is_one(factors):
    # Also where they are stretched, reversed, and among codes that say nothing.
    codes = np.concatenate([random_codes(6), -(factors**3)], axis=1)
    assert mig(codes, factors) > 0.95


def test_mig_of_random_codes_is_zero(factors):
    assert 0 <= mig(random_codes(10), factors) < 0.02


def test_mig_falls_when_two_codes_share_a_factor(factors):
    assert mig(np.repeat(factors, 2, axis=1), factors) == pytest.approx(0.0)
    assert mig(turned(factors), factors) < 0.4


def test_mig_by_hand():
    # The code knows half the four values: log 2 of log 4 nats.
    factor = np.tile([0.0, 1.0, 2.0, 3.0], 50)
    assert mig(np.stack([factor // 2, np.zeros(200)], axis=1), factor[:, None]) == pytest.approx(0.5)


def test_dci_of_the_factors_themselves_is_one(amounts):
    codes = np.concatenate([random_codes(6), -2 * amounts], axis=1)
    result = dci(codes, amounts)
    assert min(result.disentanglement, result.completeness, result.informativeness) > 0.98
    assert result.importances.shape == (9, 3)
    assert result.importances.argmax(0).tolist() == [6, 7, 8]


def test_dci_reads_names_by_any_of_their_codes(factors):
    # One code a name: disentangled, informative, but the factor of names is spread over four codes.
    names = (factors[:, 2:3] == np.arange(4)).astype(float)
    codes = np.concatenate([np.delete(factors, 2, axis=1), names], axis=1)
    result = dci(codes, factors, NAMES)
    assert result.disentanglement > 0.98
    assert result.informativeness > 0.98
    assert result.completeness == pytest.approx(0.75 + 0.25 * (1 - math.log(4) / math.log(7)), abs=0.03)


def test_dci_of_random_codes_is_zero(factors):
    result = dci(random_codes(10), factors, NAMES)
    assert max(result.disentanglement, result.completeness, result.informativeness) < 0.02


def test_dci_of_turned_codes_is_informative_and_entangled(amounts):
    result = dci(turned(amounts), amounts)
    assert result.informativeness > 0.98
    assert result.disentanglement < 0.5
    assert result.completeness < 0.5


def test_noise_costs_what_it_hides(amounts):
    noisy = amounts / amounts.std(0) + random_codes(3)
    result = dci(np.concatenate([noisy, random_codes(20, seed=2)], axis=1), amounts)
    assert result.informativeness == pytest.approx(0.5, abs=0.05)
    assert result.disentanglement > 0.9


def test_dead_codes_change_nothing(amounts):
    alive = dci(amounts, amounts)
    dead = dci(np.concatenate([amounts, np.full((2000, 1), 0.3)], axis=1), amounts)
    assert dead.disentanglement == pytest.approx(alive.disentanglement, abs=0.01)


@pytest.mark.parametrize("measure", [mig, dci])
def test_what_says_nothing_is_refused(measure, amounts):
    with pytest.raises(ValueError, match="not \\[N, D\\]"):
        measure(amounts[:5], amounts)
    with pytest.raises(ValueError, match="Factor 1 has one value"):
        measure(amounts, amounts * [1, 0, 1])
    with pytest.raises(ValueError, match="finite"):
        measure(np.full_like(amounts, np.nan), amounts)


STEPS = np.linspace(-3, 3, 7)


def readings(own: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Five pictures that differ and move alike, [5, 7, 2]."""
    start = np.random.default_rng(0).normal(size=(5, 1, 2))
    return start + np.stack([own, other], axis=1)


def test_a_slider_that_does_what_it_says():
    effects = slider_effects(STEPS, readings(np.tanh(STEPS), 0 * STEPS), 0, np.array([0.5, 1.0]))
    assert effects.correlation == pytest.approx(1.0)
    assert effects.own == pytest.approx(4 * math.tanh(3))
    assert effects.leak == pytest.approx(0.0)


def test_a_leak_counts_in_the_units_of_its_factor():
    # The other factor moves by 6 of its deviations of 10, the own by 30 of its deviations of 0.2.
    effects = slider_effects(STEPS, readings(STEPS, 10 * STEPS), 0, np.array([0.2, 10.0]))
    assert effects.leak == pytest.approx(0.2)
    assert effects.leaks_into == 1


def test_there_and_back_again_is_a_leak():
    effects = slider_effects(STEPS, readings(STEPS, STEPS**2), 0, np.ones(2))
    assert effects.leak == pytest.approx(9 / 6)


def test_a_slider_that_does_something_else_or_the_opposite():
    other = slider_effects(STEPS, readings(0 * STEPS, STEPS), 0, np.ones(2))
    assert other.leak > 1e9
    assert slider_effects(STEPS, readings(-STEPS, 0 * STEPS), 0, np.ones(2)).correlation == pytest.approx(-1.0)


def test_a_random_slider_has_no_correlation():
    noise = np.random.default_rng(0).normal(size=(101, 9, 3))
    effects = slider_effects(np.arange(9), noise, 1, np.ones(3))
    assert abs(effects.correlation) < 0.2
    assert effects.leak == pytest.approx(1.0, abs=0.2)


def test_one_factor_has_nothing_to_leak_into():
    effects = slider_effects(STEPS, readings(STEPS, STEPS)[..., :1], 0, np.ones(1))
    assert (effects.leak, effects.leaks_into) == (0.0, None)


def test_readings_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="Readings are"):
        slider_effects(STEPS[:4], readings(STEPS, STEPS), 0, np.ones(2))
    with pytest.raises(ValueError, match="unit"):
        slider_effects(STEPS, readings(STEPS, STEPS), 0, np.zeros(2))

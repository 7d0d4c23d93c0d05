from __future__ import annotations

import numpy as np
import pytest

from engine.probe import spread, stand_for_most


def moons(count: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Two half-circles that no straight line parts, in the first two of five numbers."""
    rng = np.random.default_rng(0)
    angle, name = rng.uniform(0, np.pi, count), rng.integers(0, 2, count)
    x = np.where(name, 1 - np.cos(angle), np.cos(angle))
    y = np.where(name, 0.4 - np.sin(angle), np.sin(angle))
    return np.stack([x, y, *(0.03 * rng.standard_normal((3, count)))], axis=1), name


def test_three_labels_a_kind_name_a_bent_region() -> None:
    latents, truth = moons()
    labels = np.full(len(truth), -1)
    for name in (0, 1):
        labels[np.flatnonzero(truth == name)[:3]] = name
    answer = spread(latents, labels)
    assert answer.shape == (300, 2)
    np.testing.assert_allclose(answer.sum(1), 1.0)
    assert (answer.argmax(1) == truth).mean() > 0.97


def test_whom_to_ask_is_spread_over_the_pictures() -> None:
    latents, truth = moons()
    asked = stand_for_most(latents, 12)
    assert 8 <= len(asked) <= 12
    assert 3 <= truth[asked].sum() <= 9


def test_too_little_gets_one_sentence() -> None:
    with pytest.raises(ValueError, match="two kinds"):
        spread(np.zeros((20, 2)), np.zeros(20, int))
    with pytest.raises(ValueError, match="pictures are needed"):
        spread(np.zeros((4, 2)), np.array([0, 1, -1, -1]))

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine import directions
from engine.errors import ModelError

N, G = 4000, 8


@pytest.fixture(scope="module")
def latents() -> np.ndarray:
    random = np.random.default_rng(0)
    mixed = random.standard_normal((N, G)) @ np.diag([2, 1, 1, 0.5, 0.5, 0.3, 0.2, 1e-9])
    turn, _ = np.linalg.qr(random.standard_normal((G, G)))
    return mixed @ turn


def correlated(latents: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Two attributes that often come together, and their true readers [2, G]."""
    readers = np.random.default_rng(1).standard_normal((2, G))
    readers[1] += 1.5 * readers[0]
    a = latents @ readers.T
    return {"age": a[:, 0], "glasses": a[:, 1]}, readers


def test_a_direction_moves_its_own_attribute_and_no_other(latents: np.ndarray) -> None:
    attributes, readers = correlated(latents)
    assert np.corrcoef(attributes["age"], attributes["glasses"])[0, 1] > 0.5
    learnt = directions.learn(latents, attributes, "label")
    moved = np.array([d.numbers for d in learnt]) @ readers.T
    moved /= [attributes["age"].std(), attributes["glasses"].std()]
    np.testing.assert_allclose(np.diag(moved), 1.0, atol=0.1)
    assert np.abs(moved - np.diag(np.diag(moved))).max() < 0.1


def test_what_the_latent_does_not_explain_gets_no_slider(latents: np.ndarray) -> None:
    attributes, _ = correlated(latents)
    attributes |= {"noise": np.random.default_rng(2).standard_normal(N), "constant": np.ones(N)}
    learnt = directions.learn(latents, attributes, "label")
    assert [d.name for d in learnt] == ["age", "glasses"]
    assert all(d.explained > 0.9 for d in learnt)


def test_components_leave_the_known_alone_and_dead_axes_out(latents: np.ndarray) -> None:
    attributes, _ = correlated(latents)
    known = directions.learn(latents, attributes, "label")
    found = directions.components(latents, known, count=G)
    assert 3 <= len(found) <= G - 3
    across = np.array([d.numbers for d in found]) @ np.array([d.numbers for d in known]).T
    assert np.abs(across).max() < 1e-3


def test_a_direction_of_the_user_leads_from_those_to_these(latents: np.ndarray) -> None:
    order = np.argsort(latents[:, 0])
    those, these = latents[order[:40]], latents[order[-40:]]
    found = directions.between(these, those, np.cov(latents, rowvar=False), "mine")
    moved = those.mean(0) + 2 * found.numbers
    assert abs(moved[0] - these.mean(0)[0]) < 0.2 * abs(these.mean(0)[0] - those.mean(0)[0])


def test_too_few_or_the_same_pictures_are_refused(latents: np.ndarray) -> None:
    spread = np.cov(latents, rowvar=False)
    with pytest.raises(ValueError, match="three pictures"):
        directions.between(latents[:1], latents[1:2], spread, "x")
    with pytest.raises(ValueError, match="both sides"):
        directions.between(latents[:3], latents[:3], spread, "x")
    with pytest.raises(ValueError, match="at least 3"):
        directions.learn(latents[:2], {}, "label")


def test_they_are_kept_with_the_model(tmp_path: Path, latents: np.ndarray) -> None:
    assert directions.load(tmp_path) == []
    found = directions.components(latents, [], count=2)
    directions.save(tmp_path, found)
    assert directions.load(tmp_path) == found
    (tmp_path / directions.FILE).write_text("[{")
    with pytest.raises(ModelError, match="cannot be read"):
        directions.load(tmp_path)

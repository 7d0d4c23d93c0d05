from __future__ import annotations

import numpy as np

from engine.arrange import clusters, compared, components, fitted, nearest_others


def test_clusters_are_found_and_the_largest_is_the_first() -> None:
    rng = np.random.default_rng(0)
    centers, sizes = rng.normal(0, 10, (4, 6)), (50, 20, 90, 40)
    space = np.concatenate([rng.normal(c, 0.5, (n, 6)) for c, n in zip(centers, sizes, strict=True)])
    found = clusters(space.astype(np.float32))
    assert np.bincount(found).tolist() == [90, 50, 40, 20]
    assert all(len(set(part)) == 1 for part in np.split(found, np.cumsum(sizes)[:-1]))


def test_positions_fit_the_map_and_far_ones_come_nearer() -> None:
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(0, 1, (500, 2)), [[900.0, -900.0]]])
    placed = fitted(points)
    assert placed.min() >= 0 and placed.max() <= 1
    assert placed[:500].std(0).min() > 0.1
    order = points[:500, 0].argsort()
    assert (np.diff(placed[order, 0]) >= 0).all()


def test_two_pictures_or_the_same_ones_are_a_map_too() -> None:
    for space in (np.zeros((2, 5), np.float32), np.eye(2, 5, dtype=np.float32), np.zeros((7, 1), np.float32)):
        assert np.isfinite(components(compared(space))).all()
        assert nearest_others(space).shape == (len(space), len(space) - 1)
        assert (clusters(space) == 0).all() or clusters(space).max() < len(space)


def test_a_long_latent_is_compared_by_its_strongest_directions() -> None:
    rng = np.random.default_rng(0)
    space = rng.normal(0, 1, (300, 3)) @ rng.normal(0, 1, (3, 400))
    short = compared(space.astype(np.float32))
    assert short.shape == (300, 96)
    gaps = [np.linalg.norm(s[:50, None] - s[None, :50], axis=2) for s in (space, short)]
    np.testing.assert_allclose(gaps[0], gaps[1], rtol=1e-2, atol=1e-2)

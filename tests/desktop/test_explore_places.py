"""Where pictures lie on the map: thinning, what is inside a line, what comes next in a direction."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.tabs.explore_places import LEVELS, Places, level_at, spread


@pytest.fixture(scope="module")
def crowd() -> Places:
    """1,500 pictures in ten heaps, 20 of them at one place."""
    chance = np.random.default_rng(3)
    heaps = chance.uniform(0.1, 0.9, (10, 2))
    positions = np.clip(heaps[chance.integers(0, 10, 1500)] + chance.normal(0, 0.03, (1500, 2)), 0, 1)
    positions[:20] = positions[0]
    return Places(positions)


@pytest.mark.parametrize("level", [3, 8, 12, 17])
def test_pictures_of_a_level_do_not_overlap_and_leave_no_room(crowd: Places, level: int) -> None:
    distance = 2 ** (-level / 2)
    seen = crowd.points[crowd.levels <= level].astype(np.float64)
    gaps = np.abs(seen[:, None] - seen[None]).max(2)
    assert gaps[~np.eye(len(seen), dtype=bool)].min() >= distance * (1 - 1e-6)
    others = crowd.points[crowd.levels > level]
    nearest = np.abs(others[:, None] - seen[None]).max(2).min(1)
    assert len(others) == 0 or nearest.max() < distance * (1 + 1e-6)  # each one else would touch one that is seen


def test_the_level_for_a_distance() -> None:
    assert level_at(1.0) == 0
    assert level_at(0.5) == 2
    assert level_at(0.49) == 2
    assert level_at(0.001) == 19
    assert level_at(1e-9) == LEVELS - 1
    assert level_at(2.0) == -1


def test_pictures_at_one_place_are_laid_beside_each_other(crowd: Places) -> None:
    assert len(np.unique(crowd.points[:20], axis=0)) == 20
    assert np.abs(crowd.points[:20] - crowd.points[0]).max() < 0.01
    apart = np.array([[0.1, 0.2], [0.3, 0.4]])
    assert np.array_equal(spread(apart), apart)


def test_what_is_not_there_is_not_seen() -> None:
    positions = np.array([[0.5, 0.5], [0.51, 0.5], [0.9, 0.9]])
    places = Places(positions, np.array([False, True, True]))
    assert places.levels[0] == LEVELS
    assert places.nearest((0.5, 0.5))[0] == 1
    assert list(places.within(0, 0, 1, 1)) == [1, 2]
    assert Places(np.zeros((0, 2))).nearest((0.5, 0.5)) == (-1, float("inf"))


def test_inside_a_line() -> None:
    grid = np.stack(np.meshgrid(np.linspace(0, 1, 5), np.linspace(0, 1, 5)), axis=2).reshape(-1, 2)
    places = Places(grid)
    corner = np.array([[-0.1, -0.1], [0.7, -0.1], [-0.1, 0.7]])  # a triangle
    assert {tuple(point) for point in grid[places.inside(corner)]} == {
        (0.0, 0.0),
        (0.25, 0.0),
        (0.0, 0.25),
        (0.25, 0.25),
        (0.0, 0.5),
        (0.5, 0.0),
    }
    hollow = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9], [0.1, 0.5], [0.6, 0.5], [0.6, 0.4], [0.1, 0.4]])
    assert (0.5, 0.5) in {tuple(point) for point in grid[places.inside(hollow)]}
    assert len(places.inside(corner[:2])) == 0


def test_arrow_keys_reach_every_picture(crowd: Places) -> None:
    ways = [(1, 0), (-1, 0), (0, 1), (0, -1)]
    reached, edge = {500}, [500]
    while edge:
        here = edge.pop()
        for way in ways:
            other = crowd.toward(here, way)
            if other is not None:
                gap = crowd.points[other] - crowd.points[here]
                assert gap @ way > 0
                if other not in reached:
                    reached.add(other)
                    edge.append(other)
    assert len(reached) > 0.95 * len(crowd)
    lonely = Places(np.array([[0.5, 0.5]]))
    assert [lonely.toward(0, way) for way in ways] == [None] * 4

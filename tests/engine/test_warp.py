from __future__ import annotations

import numpy as np
import pytest

from engine.warp import enlarge, move, pool


@pytest.fixture
def x() -> np.ndarray:
    return np.random.default_rng(0).random((2, 24, 40), dtype=np.float32)


def still(height: int = 3, width: int = 5) -> np.ndarray:
    return np.zeros((2, height, width), dtype=np.float32)


def test_nothing_moves_without_a_flow(x: np.ndarray) -> None:
    assert np.array_equal(move(x, still()), x)


def test_a_flow_reads_what_lies_where_it_leads(x: np.ndarray) -> None:
    flow = still()
    flow[0], flow[1] = 2 / 24, 3 / 40  # two rows down, three columns to the right
    assert np.allclose(move(x, flow)[:, :-2, :-3], x[:, 2:, 3:], atol=1e-5)
    flow[0], flow[1] = 0.5 / 24, 0
    assert np.allclose(move(x, flow)[:, :-1], (x[:, :-1] + x[:, 1:]) / 2, atol=1e-5)


def test_beyond_the_border_it_is_repeated(x: np.ndarray) -> None:
    flow = still()
    flow[1] = -2
    assert np.array_equal(move(x, flow), np.repeat(x[:, :, :1], 40, axis=2))


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 1, 7), (3, 7, 1)])
def test_a_single_row_or_pixel_has_no_neighbour(shape: tuple[int, int, int]) -> None:
    x = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    assert np.array_equal(move(x, still() + 0.01)[:, 0, 0], x[:, 0, 0] + (0.01 * 7 if 7 in shape else 0))


def test_even_areas_stay_even() -> None:
    even = np.full((1, 17, 30), 0.25, dtype=np.float32)
    assert np.allclose(pool(even, 5, 8, 1.0), 0.25)
    assert np.allclose(enlarge(even, 64, 31), 0.25)


def test_grids_share_their_places() -> None:
    ramp = np.linspace(0, 1, 65, dtype=np.float32)[:-1][None, None] + np.zeros((1, 4, 64), dtype=np.float32) + 0.5 / 64
    assert np.allclose(pool(ramp, 4, 16, 0.5)[0, 0, 3:-3], (np.arange(16) + 0.5)[3:-3] / 16, atol=1e-3)
    assert np.allclose(enlarge(ramp, 4, 128)[0, 0, 1:-1], (np.arange(128) + 0.5)[1:-1] / 128, atol=1e-5)

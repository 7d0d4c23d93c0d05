from __future__ import annotations

import numpy as np

from engine.chance import field


def test_a_window_draws_what_the_whole_would() -> None:
    whole = field(7, 1, 3, 0, 0, 40, 60, row=60)
    window = field(7, 1, 3, 11, 20, 9, 30, row=60)
    np.testing.assert_array_equal(window, whole[:, :, 11:20, 20:50])


def test_seed_and_level_change_everything() -> None:
    first = field(7, 1, 2, 0, 0, 16, 16, row=16)
    for other in (field(8, 1, 2, 0, 0, 16, 16, row=16), field(7, 2, 2, 0, 0, 16, 16, row=16)):
        assert np.abs(np.corrcoef(first.ravel(), other.ravel())[0, 1]) < 0.2


def test_it_is_standard_normal() -> None:
    drawn = field(1, 0, 8, 0, 0, 100, 100, row=100)
    assert abs(drawn.mean()) < 0.02
    assert abs(drawn.std() - 1) < 0.02

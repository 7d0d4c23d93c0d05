from __future__ import annotations

import numpy as np
import pytest

from engine.frame import framed


def test_the_middle_square_of_any_picture() -> None:
    wide = np.zeros((20, 60, 3), np.uint8)
    wide[:, 20:40] = 200
    assert (framed(wide, 8) == 200).all()
    assert framed(np.full((1, 1, 3), 7, np.uint8), 16).shape == (16, 16, 3)
    assert (framed(np.full((1, 5000, 3), 7, np.uint8), 16) == 7).all()
    assert (framed(np.full((9, 9, 3), 65535, np.uint16), 4) == 255).all()


def test_a_box_may_reach_beyond_the_picture() -> None:
    picture = np.full((10, 10, 3), 90, np.uint8)
    assert (framed(picture, 8, (-5, -5, 15, 15)) == 90).all()
    assert framed(picture, 8, (-(10**9), 0, 10**9, 10)).shape == (8, 8, 3)
    assert framed(picture, 8, (3, 3, 3, 3)).shape == (8, 8, 3)
    with pytest.raises(ValueError, match="not on a picture"):
        framed(picture, 8, (20, 20, 30, 30))

from __future__ import annotations

import numpy as np
import pytest

from engine.figures import figures


def disc(radius: float, stretch: float = 1.0, color: tuple[int, int, int] = (200, 30, 20)) -> np.ndarray:
    y, x = np.mgrid[0:64, 0:64] - 31.5
    picture = np.full((64, 64, 3), 255, np.uint8)
    picture[(x / stretch) ** 2 + (y * stretch) ** 2 < radius**2] = color
    return picture


def test_shape() -> None:
    seen = figures(np.stack([disc(10), disc(20), disc(14, stretch=1.5), np.full((64, 64, 3), 255, np.uint8)]))
    assert seen["size"][:2] == pytest.approx([np.pi * 100 / 4096, np.pi * 400 / 4096], rel=0.03)
    assert seen["roundness"][:2] == pytest.approx([1.0, 1.0], abs=0.03)
    assert seen["roundness"][2] < 0.75
    assert seen["size"][3] == seen["roundness"][3] == 0.0


def test_light_and_colour() -> None:
    red, blue, grey = (disc(20, color=c) for c in ((200, 30, 20), (20, 30, 200), (90, 90, 90)))
    seen = figures(np.stack([red, blue, grey]))
    assert seen["warmth"][0] > 0 > seen["warmth"][1]
    assert seen["warmth"][2] == pytest.approx(0, abs=1e-6)
    assert seen["saturation"][0] > seen["saturation"][2] == pytest.approx(0, abs=1e-6)
    assert seen["brightness"][0] < figures(np.stack([disc(10)]))["brightness"][0]
    assert (seen["contrast"] > 0.1).all()

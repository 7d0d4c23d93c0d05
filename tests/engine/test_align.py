from __future__ import annotations

import numpy as np
import pytest

from engine.align import halfway_flow
from engine.warp import enlarge, move, pool


def texture(seed: int, height: int = 192, width: int = 256) -> np.ndarray:
    """Blobs of many sizes, [3, H, W] in [0, 1]."""
    noise = np.random.default_rng(seed).normal(size=(1, height, width)).astype(np.float32)
    blobs = np.concatenate([pool(noise, height, width, sigma) * sigma for sigma in (2.0, 5.0, 12.0)])
    return np.repeat(np.clip(0.5 + 0.4 * blobs.sum(axis=0, keepdims=True), 0, 1), 3, axis=0)


def wave(size: float) -> np.ndarray:
    """A smooth flow of that size, nothing at the border."""
    y, x = np.meshgrid(np.linspace(0, np.pi, 48), np.linspace(0, np.pi, 64), indexing="ij")
    bump = np.sin(y) * np.sin(x)
    return (size * np.stack([bump * np.cos(x), -bump])).astype(np.float32)


def apart(seen: np.ndarray, true: np.ndarray) -> float:
    """Mean error as a share of the mean length, away from the border."""
    inside = (slice(None), slice(8, -8), slice(8, -8))
    return float(np.hypot(*(seen - true)[inside]).mean() / np.hypot(*true[inside]).mean())


@pytest.mark.parametrize("size", [0.02, 0.05])
def test_a_known_flow_is_found(size: float) -> None:
    picture, true = texture(0), wave(size)
    found = halfway_flow(move(picture, -true), move(picture, true))
    # What was moved on has to come back.
    assert apart(found, -true) < 0.25


def test_contrast_and_sign_do_not_matter() -> None:
    picture, true = texture(1), wave(0.03)
    found = halfway_flow(move(picture, -true), 0.2 + 0.3 * (1 - move(picture, true)))
    assert apart(found, -true) < 0.4


def test_equal_pictures_stay_where_they_are() -> None:
    assert np.abs(halfway_flow(texture(2), texture(2))).max() < 1e-5


def test_exchanging_the_pictures_turns_the_sign() -> None:
    a, b = texture(3), texture(4)
    assert np.abs(halfway_flow(a, b) + halfway_flow(b, a)).max() < 1e-3


@pytest.mark.parametrize("shape", [(192, 256), (64, 256), (256, 64), (8, 8), (8, 256)])
def test_no_flow_folds_or_leads_outside(shape: tuple[int, int]) -> None:
    flow = halfway_flow(texture(5, *shape), texture(6, *shape))
    h, w = flow.shape[1:]
    assert max(h, w) == 64
    rows, columns = (np.arange(h) + 0.5) / h, (np.arange(w) + 0.5) / w
    for sign in (-1, 1):
        y, x = rows[:, None] + sign * flow[0], columns + sign * flow[1]
        assert (np.diff(y, axis=0) > 0).all()
        assert (np.diff(x, axis=1) > 0).all()
        assert y.min() >= 0 and y.max() <= 1 and x.min() >= 0 and x.max() <= 1
        # Areas keep their sign: the Jacobian's determinant is positive.
        turned = np.gradient(y, axis=0) * np.gradient(x, axis=1) - np.gradient(y, axis=1) * np.gradient(x, axis=0)
        assert turned.min() > 0


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_flat_pictures_have_no_say(value: float) -> None:
    flow = halfway_flow(np.full((3, 64, 64), value, dtype=np.float32), texture(7, 64, 64))
    assert np.isfinite(enlarge(flow, 64, 64)).all()
    assert np.abs(halfway_flow(*np.full((2, 3, 64, 64), value, dtype=np.float32))).max() < 1e-5

"""Pictures and fields on other grids: pooled, enlarged, and read where a flow leads. All are [C, H, W], float32.

Cell centres are what counts: the same place has the same share of the height and of the width on every grid.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np


def pool(x: np.ndarray, height: int, width: int, sigma: float) -> np.ndarray:
    """Gaussian means around the centres of ``height`` x ``width`` cells; ``sigma`` is in these cells.

    At the border the window is cut off and what remains of it weighs more, so nothing is invented there.
    """
    rows, columns = _gaussian(height, x.shape[-2], sigma), _gaussian(width, x.shape[-1], sigma)
    return rows @ (x @ columns.T)


@lru_cache(maxsize=64)
def _gaussian(cells: int, length: int, sigma: float) -> np.ndarray:
    """[cells, length], rows that sum to one."""
    distance = np.arange(cells)[:, None] - _places(length, cells)
    weights = np.exp(-0.5 * (distance / sigma) ** 2)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


def enlarge(x: np.ndarray, height: int, width: int) -> np.ndarray:
    """Bilinear, the border repeated."""
    if x.shape[-2:] == (height, width):
        return x
    return _bilinear(height, x.shape[-2]) @ (x @ _bilinear(width, x.shape[-1]).T)


@lru_cache(maxsize=64)
def _bilinear(cells: int, length: int) -> np.ndarray:
    """[cells, length], rows that sum to one."""
    place = np.clip(_places(cells, length), 0, length - 1)[:, None]
    return np.maximum(0, 1 - np.abs(place - np.arange(length))).astype(np.float32)


def _places(cells: int, length: int) -> np.ndarray:
    """Where the centres of ``cells`` cells lie among ``length`` samples."""
    return (np.arange(cells) + 0.5) * (length / cells) - 0.5


def move(x: np.ndarray, flow: np.ndarray) -> np.ndarray:
    """``x`` read at p + flow(p) for every p, bilinear, the border repeated.

    ``flow`` is [2, h, w], rows before columns, as shares of the height and the width, on a grid of any size.
    """
    height, width = x.shape[1:]
    down, right = enlarge(flow, height, width)
    top, below = _split(np.arange(height, dtype=np.float32)[:, None] + down * height, height)
    left, beside = _split(np.arange(width, dtype=np.float32) + right * width, width)
    corner = (top * width + left).ravel()
    below, beside = below.ravel(), beside.ravel()
    step, row = int(width > 1), width * int(height > 1)
    # One channel after the other: their samples then stay in the processor's cache.
    out = np.empty((len(x), height * width), dtype=np.float32)
    for channel, line in zip(x.reshape(len(x), -1), out, strict=True):
        upper, lower = (
            _mix(channel.take(corner + shift), channel.take(corner + shift + step), beside) for shift in (0, row)
        )
        line[:] = _mix(upper, lower, below)
    return out.reshape(x.shape)


def _split(place: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """The sample before a place, with one after it wherever there are two, and how far on the place is, 0..1."""
    place = np.clip(place, 0, length - 1)
    before = np.minimum(place.astype(np.intp), max(0, length - 2))
    return before, place - before.astype(np.float32)


def _mix(a: np.ndarray, b: np.ndarray, share: np.ndarray) -> np.ndarray:
    """a + share (b - a), computed in ``b``."""
    b -= a
    b *= share
    b += a
    return b

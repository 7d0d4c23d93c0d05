"""A smooth flow that brings two pictures together, coarse to fine, though they need not show the same thing.

The flow lives halfway between the pictures: the point p of the middle is where A has p - u(p) and B has
p + u(p) (Liao et al., Automating Image Morphing using Structural Similarity on a Halfway Domain, 2014).
So neither picture is the reference, and exchanging them turns the sign and nothing else.

Two faces share no colours. What is compared are orientations of gradients without their sign,
pooled and locally normalised (after Dalal and Triggs, Histograms of Oriented Gradients, 2005), and
locally normalised luma. On each of two grids every shift within reach is tried at every cell. Then, in turn, each
cell takes its mean shift under a probability that falls with the shift's cost and its distance from the
smooth flow, and the smooth flow is drawn anew through these means, sure ones counting more: the
coupling of an exhaustive search to a smooth flow by Steinbruecker et al. (Large Displacement Optical
Flow Computation without Warping, 2009), with a soft choice. The smoothing begins as wide as half
the picture and ends at a few cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.tones import LUMA
from engine.warp import enlarge, move, pool

#: A shift is e times less likely for each such share of the cell's mean cost.
_TEMPERATURE = 0.05
_ROUNDS = 10
#: Orientations of gradients; how much they count beside luma; the gradient, luma a sample, that is none.
_ORIENTATIONS, _ORIENTED, _FLAT = 4, 2.0, 0.01
#: Standard deviation of luma that is none.
_EVEN = 0.03
#: Neighbours that must agree on a shift: the standard deviation of a window, in cells.
_WINDOW = 2.0
#: Luma samples along the longer side from which features are made.
_SAMPLES = 256
#: How fast a flow may change from point to point, and fade towards the border: below 1, no picture folds over itself.
_STEEPEST, _FADING = 0.8, 0.6


@dataclass(frozen=True)
class _Grid:
    """One grid of the search. Lengths are in its cells, for the first round and for the last."""

    cells: int  #: along the longer side
    reach: int  #: of the search on either side of the middle, in half cells
    leash: tuple[float, float]  #: standard deviation of a cell's shift around the smooth flow
    smooth: tuple[float, float]  #: standard deviation of the smoothing


_GRIDS = (
    _Grid(32, reach=6, leash=(8, 0.7), smooth=(16, 3)),
    _Grid(64, reach=3, leash=(2, 0.7), smooth=(6, 4)),
)


def halfway_flow(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The flow u from the middle to either picture: A is seen at p - u(p) and B at p + u(p).

    ``a`` and ``b`` are [3, H, W] of one shape, in about [0, 1]. Returns [2, h, w] float32, rows before
    columns, as shares of the height and the width, for h x w cells, 64 along the longer side. It leads
    nowhere outside the pictures and folds neither. Equal pictures give zero, up to rounding.
    """
    size = a.shape[1:]
    small = [pool(np.tensordot(LUMA, x, 1)[None], *_cells(size, _SAMPLES), 0.5) for x in (a, b)]
    flow = np.zeros((2, 1, 1), dtype=np.float32)
    for grid in _GRIDS:
        h, w = _cells(size, grid.cells)
        unit = np.array([h, w], dtype=np.float32)[:, None, None]
        seen, sought = (_features(luma, 2 * h, 2 * w) for luma in small)
        flow = _search(seen, sought, enlarge(flow, h, w) * unit, grid) / unit
    return flow


def _cells(size: tuple[int, ...], longest: int) -> tuple[int, int]:
    """Height and width of a grid with so many cells along the longer side."""
    h, w = (max(1, round(n * longest / max(size))) for n in size)
    return h, w


def _features(luma: np.ndarray, height: int, width: int) -> np.ndarray:
    """What is compared, [1 + orientations, height, width], each about as large as 1 where there is structure."""
    down, right = np.gradient(luma[0])
    slope = np.hypot(down, right) + 1e-9
    angles = np.arange(_ORIENTATIONS, dtype=np.float32)[:, None, None] * (np.pi / _ORIENTATIONS)
    oriented = ((right * np.cos(angles) + down * np.sin(angles)) / slope) ** 4 * slope
    oriented = pool(oriented, height, width, 1.0)
    around = np.sqrt(pool((oriented**2).sum(axis=0, keepdims=True), height, width, 4.0) + _FLAT**2)
    even = pool(luma, height, width, 1.0)
    even = even - pool(even, height, width, 6.0)
    contrast = np.sqrt(pool(even**2, height, width, 6.0) + _EVEN**2)
    return np.concatenate([_ORIENTED * np.minimum(oriented / around, 1), 0.5 * even / contrast])


def _search(a: np.ndarray, b: np.ndarray, flow: np.ndarray, grid: _Grid) -> np.ndarray:
    """A better flow [2, h, w] in cells, from one to begin with and features [C, 2h, 2w] of both pictures."""
    h, w = flow.shape[1:]
    shares = flow / np.array([h, w], dtype=np.float32)[:, None, None]
    shifts = np.indices((2 * grid.reach + 1,) * 2).reshape(2, -1).T - grid.reach
    cost = pool(_costs(move(a, -shares), move(b, shares), shifts), h, w, _WINDOW)
    # Relative, so that a faint pattern speaks as clearly as a strong one.
    likely = -cost / (_TEMPERATURE * cost.mean(axis=0) + 1e-3)
    shifts = shifts.astype(np.float32)[:, :, None, None] / 2
    start = flow
    for done in np.linspace(0, 1, _ROUNDS):
        leash, smooth = (first ** (1 - done) * last**done for first, last in (grid.leash, grid.smooth))
        far = ((shifts - (flow - start)) ** 2).sum(axis=1)
        chance = likely - far / (2 * leash**2)
        chance = np.exp(chance - chance.max(axis=0))
        chance /= chance.sum(axis=0)
        mean = np.tensordot(chance, shifts[:, :, 0, 0], (0, 0)).transpose(2, 0, 1)
        spread = np.tensordot((shifts**2).sum(axis=1)[:, 0, 0], chance, 1) - (mean**2).sum(axis=0)
        flow = _within(_smoothed(start + mean, (spread + 0.1) ** -2.0, smooth))
    return _unfolded(flow)


def _costs(a: np.ndarray, b: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """[len(shifts), h, w]: how much features [C, 2h, 2w] differ in each cell, A moved by -shift and B by +shift."""
    height, width = a.shape[1:]
    r = int(shifts.max())
    a, b = (np.pad(x, ((0, 0), (r, r), (r, r)), mode="edge") for x in (a, b))
    costs = np.empty((len(shifts), height // 2, width // 2), dtype=np.float32)
    for cost, (y, x) in zip(costs, shifts, strict=True):
        apart = a[:, r - y :, r - x :][:, :height, :width] - b[:, r + y :, r + x :][:, :height, :width]
        apart = np.einsum("cyx,cyx->yx", apart, apart) / len(a)
        cost[:] = apart.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    return costs


def _smoothed(flow: np.ndarray, weight: np.ndarray, sigma: float) -> np.ndarray:
    """The affine flow that fits best, and over it the rest, smoothed by a normalised convolution."""
    h, w = weight.shape
    rows, columns = (_centred(n) for n in (h, w))
    basis = np.stack([np.ones((h, w)), np.repeat(rows[:, None], w, 1), np.repeat(columns[None], h, 0)]).reshape(3, -1)
    normal = (basis * weight.ravel()) @ basis.T + 1e-3 * weight.sum() * np.diag([0, 1, 1])
    fitted = np.linalg.solve(normal, (basis * weight.ravel()) @ flow.reshape(2, -1).T)
    affine = (fitted.T @ basis).reshape(flow.shape).astype(np.float32)
    rest = pool(np.concatenate([(flow - affine) * weight, weight[None]]), h, w, sigma)
    return affine + rest[:2] / (rest[2:] + 1e-6)


def _centred(length: int) -> np.ndarray:
    return (np.arange(length) + 0.5) / length - 0.5


def _within(flow: np.ndarray) -> np.ndarray:
    """The flow held back near the border, so that it leads nowhere outside."""
    down, right = (_FADING * (0.5 - np.abs(_centred(n))) * n for n in flow.shape[1:])
    return np.stack([np.clip(flow[0], -down[:, None], down[:, None]), np.clip(flow[1], -right, right)])


def _unfolded(flow: np.ndarray) -> np.ndarray:
    """The flow smoothed where it changes too fast, until it does so nowhere."""
    h, w = flow.shape[1:]
    for _ in range(50):
        steep = _steepness(flow) > _STEEPEST
        if not steep.any():
            break
        where = np.minimum(1, 4 * pool(steep[None].astype(np.float32), h, w, 1.5))
        flow = _within(flow + where * (pool(flow, h, w, 1.5) - flow))
    return flow


def _steepness(flow: np.ndarray) -> np.ndarray:
    """[h, w]: the most that a step of one cell in any direction changes the flow, the Jacobian's spectral norm."""
    parts = [(part, axis) for part in flow for axis in (0, 1)]
    a, b, c, d = (np.gradient(p, axis=axis) if p.shape[axis] > 1 else np.zeros_like(p) for p, axis in parts)
    squares, determinant = a * a + b * b + c * c + d * d, a * d - b * c
    return np.sqrt((squares + np.sqrt(np.maximum(squares**2 - 4 * determinant**2, 0))) / 2)

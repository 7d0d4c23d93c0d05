"""Scratches, dust and cracks: find them, and fill them in from around before a photo is restored.

What a scratch hides is gone, so its pixels count as not observed: a small network says which they are
(`engine.nets.scratch`), the known pixels grow into them ring by ring, and the ladder sees a photo
without damage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.jobs import Box, Estimate
from engine.masks import linked
from engine.sessions import Graphs
from engine.tiling import TILE_AREA, around, cut, round_up, tiles
from engine.turns import mean_over_turns

#: How far a pixel can change the map of damage: `engine.nets.scratch.ScratchConfig.reach`, which knows torch.
FINDER_REACH = 224
#: Height and width of what the finder sees are multiples of this.
MULTIPLE = 16


@dataclass(frozen=True)
class Odds:
    """Damaged is a pixel that is likelier so than ``sure``, and what pixels that are likelier so than ``likely``
    link to one: two thresholds, as Canny's of edges (1986). What is not damaged by these may be so all the same, with
    odds ``prior`` times those that the finder gives."""

    sure: float
    likely: float
    prior: float = 1.0


#: In a photo that has been through something, in one that seems whole, and in one that seems whole and is rough.
IN_DAMAGED, IN_WHOLE, IN_ROUGH = Odds(0.98, 0.6), Odds(0.9995, 0.8), Odds(0.99999, 0.95, 0.1)
#: Pixels of the longest chain that links one to a sure one.
_CHAIN = 16
#: A photo has been through something if the user says so, or if a larger share of its pixels than this is likelier
#: damaged than `SURE`, for a scratch seldom comes alone; a rough one, where more is taken for damage, from the second
#: share on and up to the third: so much is coarse grain.
SHARE, SHARE_IN_ROUGH, MOST_IN_ROUGH, SURE = 0.005, 0.01, 0.1, 0.95
#: Rough is what is compressed below this JPEG quality, or noisier than this (8-bit scale), as hardly a scan is.
COARSE, NOISY = 75, 10.0
#: The finder needs so much less memory than the ladder that its tiles may be larger: fewer halos.
_AREA = 4 * TILE_AREA
#: How far a pixel can change what is damaged.
_HALO = FINDER_REACH + _CHAIN
#: What all turns of a photo say counts so many times what one says; no probability is nearer to 0 or 1.
_AGREED, _LEAST = np.float32(1.5), np.float32(1e-6)
#: Rings of pixels that grow into damage, and steps that smooth them afterwards.
_RINGS, _STEPS = 16, 12
#: How far a pixel can change the filling.
REACH = 32
#: Standard deviation of the error where a photo was filled in, and what damage changes a pixel by that it lies on.
ERROR, _CHANGE = 0.06, 0.25


@dataclass(frozen=True)
class Found:
    """What was found of damage: which pixels are ``damaged``, [h, w] bool, and how ``likely`` each is to be, [h, w]
    uint8, 255 times the root of the probability."""

    damaged: np.ndarray
    likely: np.ndarray

    def part(self, rows: slice, columns: slice) -> Found:
        return Found(self.damaged[rows, columns], self.likely[rows, columns])

    def expected(self, deviation: np.ndarray) -> np.ndarray:
        """The error to expect where ``deviation`` [h, w] is expected of a photo without damage: what was filled in is a
        guess, however clean it looks, and what was not may be damage all the same."""
        missed = self.likely * np.float32(_CHANGE / 255)
        return np.where(self.damaged, np.maximum(deviation, np.float32(ERROR)), np.hypot(deviation, missed))

    @classmethod
    def nothing(cls, height: int, width: int) -> Found:
        """Of a photo that has no damage."""
        return cls(np.zeros((height, width), dtype=bool), np.zeros((height, width), dtype=np.uint8))


class Damage:
    """Where a photo [H, W, 3] is damaged, as it becomes known; ``surely``, after a look at each of its turns."""

    def __init__(self, graphs: Graphs, pixels: np.ndarray, odds: Odds, surely: bool = False) -> None:
        self._graphs, self._pixels, self._odds, self._surely = graphs, pixels, odds, surely
        self._size = (round_up(pixels.shape[1], MULTIPLE), round_up(pixels.shape[0], MULTIPLE))
        self._known: Found | None = None
        self._asked = False

    def within(self, box: Box) -> Found:
        """What is found in a box of the padded photo.

        A small part that is asked for first is wanted soon, and looked at alone. Whoever asks again
        wants the rest as well, and that is found with less work in large tiles.
        """
        left, top, right, bottom = box
        if self._known is None:
            if not self._asked and 4 * (right - left) * (bottom - top) < self._size[0] * self._size[1]:
                self._asked = True
                return self._look(box)
            known = Found.nothing(*self._size[::-1])
            for tile in tiles(*self._size, _HALO, MULTIPLE, int(self._graphs.room * _AREA)):
                x0, y0, x1, y1 = tile.core
                found, there = self._look(tile.core), known.part(slice(y0, y1), slice(x0, x1))
                there.damaged[:], there.likely[:] = found.damaged, found.likely
            self._known = known  # all of it: memory may run out on the way, and the next try begins anew
        return self._known.part(slice(top, bottom), slice(left, right))

    def _look(self, box: Box) -> Found:
        height, width = self._pixels.shape[:2]
        tile = around(box, width, height, _HALO, MULTIPLE)
        probability = self._probability(cut(self._pixels, tile.fed))[0, 0]
        (left, top, right, bottom), (x, y) = box, tile.fed[:2]
        sure, likely = (probability > least for least in (self._odds.sure, self._odds.likely))
        prior = np.float32(self._odds.prior)
        missed = prior * probability / (1 - (1 - prior) * probability)
        found = Found(linked(sure, likely, _CHAIN), np.rint(255 * np.sqrt(missed)).astype(np.uint8))
        return found.part(slice(top - y, bottom - y), slice(left - x, right - x))

    def _probability(self, photo: np.ndarray) -> np.ndarray:
        """The probability [1, 1, h, w] that a pixel of a photo [1, 3, h, w] is damaged."""
        if not self._surely:
            return self._graphs.run("scratches", photo=photo)[0]

        def log_odds(view: np.ndarray, _: int) -> list[np.ndarray]:
            probability = self._graphs.run("scratches", photo=view)[0].clip(_LEAST, 1 - _LEAST)
            return [np.log(probability / (1 - probability))]

        (mean,) = mean_over_turns(photo, log_odds)
        return 1 / (1 + np.exp(-_AGREED * mean))


def odds(scratches: bool | None, seen: Estimate) -> Odds:
    """How likely damage must be. ``scratches`` is what the user says, or None; what was ``seen`` of
    the photo has the share of its pixels that are likelier damaged than `SURE`."""
    rough = 0 < seen.jpeg < COARSE or seen.noise > NOISY
    least, most = (SHARE_IN_ROUGH, MOST_IN_ROUGH) if rough else (SHARE, 1.0)
    if scratches or least <= seen.scratches <= most:
        return IN_DAMAGED
    return IN_ROUGH if rough else IN_WHOLE


def fill(photo: np.ndarray, damaged: np.ndarray) -> None:
    """Fill the damaged pixels [h, w] of a photo [1, 3, h, w] from around, in place.

    Ring by ring each takes the mean of its known neighbours, and then all of them are relaxed towards
    the smoothest filling (Laplace's equation, by Jacobi's steps). What is thicker than the rings reach
    stays as it was: an area that large is hardly a scratch.
    """
    height, width = damaged.shape
    # A border of pixels that are never known saves every test for the edge.
    known = np.pad(~damaged, 1).ravel()
    inside = (np.arange(1, height + 1)[:, None] * (width + 2) + np.arange(1, width + 1)).ravel()
    todo = inside[damaged.ravel()]
    values = np.pad(np.moveaxis(photo[0], 0, 2), ((1, 1), (1, 1), (0, 0))).reshape(-1, 3)
    across = np.array([-1, 1, -width - 2, width + 2])
    ring = np.concatenate([across, [-width - 3, -width - 1, width + 1, width + 3]])

    filled = []
    for _ in range(_RINGS):
        near = known[todo[:, None] + ring]
        reached = near.any(axis=1)
        now = todo[reached]
        values[now] = _mean(values, now[:, None] + ring, near[reached])
        known[now] = True
        filled.append(now)
        todo = todo[~reached]
    mended = np.concatenate(filled)
    beside = mended[:, None] + across
    near = known[beside]
    for _ in range(_STEPS):
        values[mended] = _mean(values, beside, near)
    flat = photo[0].reshape(3, -1)
    row, column = np.divmod(mended, width + 2)
    flat[:, (row - 1) * width + column - 1] = values[mended].T


def _mean(values: np.ndarray, places: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Mean of ``values`` [P, 3] over the ``places`` [N, n] that count, [N, 3]."""
    weights = counts / counts.sum(axis=1, keepdims=True, dtype=np.float32)
    return np.einsum("nk,nkc->nc", weights, values[places])

"""The mean over the eight turned and mirrored views of a picture, each turned back.

A network is not quite the same to a picture and to its mirror image; what it gets wrong differs, and partly cancels
(self-ensemble; Timofte, Rothe and Van Gool, Seven Ways to Improve Example-based Single Image Super Resolution, 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

#: Turns by 90 degrees, and the same of the mirror image.
COUNT = 8


def turned(picture: np.ndarray, turn: int) -> np.ndarray:
    """A picture [..., h, w] in one of `COUNT` views; height and width change places in every other one."""
    view = np.rot90(picture, turn % 4, (-2, -1))
    return view[..., ::-1] if turn >= COUNT // 2 else view


def turned_back(view: np.ndarray, turn: int) -> np.ndarray:
    """The picture of which this is the view `turned` gives."""
    return np.rot90(view[..., ::-1] if turn >= COUNT // 2 else view, -(turn % 4), (-2, -1))


def mean_over_turns(picture: np.ndarray, run: Callable[[np.ndarray, int], Sequence[np.ndarray]]) -> list[np.ndarray]:
    """What ``run`` makes of a view [..., h, w], given its number as well, as the mean over all of them."""
    sums: list[np.ndarray] = []
    for turn in range(COUNT):
        results = [turned_back(result, turn) for result in run(np.ascontiguousarray(turned(picture, turn)), turn)]
        sums = [a + b for a, b in zip(sums, results, strict=True)] if sums else results
    return [total * np.float32(1 / COUNT) for total in sums]

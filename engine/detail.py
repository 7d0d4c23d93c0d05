"""Likely detail over a restored photo: from the mean of all it may have been towards one of them.

See `engine.nets.detail` for what the network draws. Needs no torch.
"""

from __future__ import annotations

import numpy as np

from engine import chance
from engine.jobs import Box
from engine.sessions import Graphs

#: What a model that can do it says of itself, and how its graph is called.
NAME = "detail"
#: How many pixels away a pixel of the mean can still change the texture (`engine.nets.detail`).
REACH = 24
#: Channels of noise at half the resolution from which it draws what is chance.
NOISE = 4
#: Beside the levels of the ladder, which draw variants from noise.
_STREAM = 9


def paint(
    graphs: Graphs, restored: np.ndarray, deviation: np.ndarray, amount: float, box: Box, width: int, seed: int
) -> np.ndarray:
    """``restored`` [1, 3, h, w] with a share (0..1) of the detail that is likely where ``deviation``
    [1, 1, h, w], the error to expect, leaves room for it.

    Both are in [0, 1], and the part ``box`` of a photo that the network sees ``width`` pixels wide; all sides
    are even. The same ``seed`` draws the same detail.
    """
    left, top, right, bottom = (side // 2 for side in box)
    noise = chance.field(seed, _STREAM, NOISE, top, left, bottom - top, right - left, width // 2)
    mean = np.clip(restored, 0, 1)
    (texture,) = graphs.run(NAME, restored=mean, deviation=deviation, noise=noise)
    return mean + np.float32(amount) * texture

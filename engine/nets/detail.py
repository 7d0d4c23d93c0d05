"""What the mean leaves out: a likely texture for the places in which a restored photo is unsure of itself.

The decoder's likelihood is p(x | z) = N(mean, deviation^2), and the mean of everything a photo may
have been is soft. A draw from the likelihood is as sharp as photos are, but white noise is no
texture. This network draws the standardised residual u = (x - mean) / deviation with the structure
that photos have, so that ``mean + detail * deviation * u`` goes from the mean path (0) to a likely
photo (1), and changes nothing where the model is sure. How the grain of a wall falls is chance, and
drawn from noise. The straight line between the two ends loses least for what it wins in likeness
(Freirich et al., A Theory of the Distortion-Perception Tradeoff in Wasserstein Space, 2021).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.detail import NOISE
from engine.nets.blocks import stack

_PIXELS = 12  # 2x2 pixels of 3 colours
_DEPTH = 4


class DetailPainter(nn.Module):
    """Restored photo [B, 3, H, W] in [0, 1], its deviation [B, 1, H, W] (same scale) and white noise
    [B, NOISE, H/2, W/2] to what to add for full detail, [B, 3, H, W]. Starts at nothing.

    Its convolutions see 2 + 2 x 4 pixels of half the resolution far, which `engine.detail.REACH` covers."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.enter = nn.Conv2d(_PIXELS + 4 + NOISE, width, 3, padding=1)
        self.look = stack(width, _DEPTH)
        self.leave = nn.Conv2d(width, _PIXELS, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)  # pyright: ignore[reportArgumentType]

    def forward(self, restored: Tensor, deviation: Tensor, noise: Tensor) -> Tensor:
        # Ten grey levels of doubt are much, half a level is none.
        seen = torch.cat([restored - 0.5, 10.0 * deviation], dim=1)
        u = self.leave(self.look(self.enter(torch.cat([F.pixel_unshuffle(seen, 2), noise], dim=1))))
        return deviation * F.pixel_shuffle(u, 2)

"""Building blocks shared by the networks.

Plain 3x3 convolutions and ReLU, no normalisation and no global pooling: an inference runtime fuses
exactly this pattern, a tile with a wide enough halo gives the same pixels as the whole photo, and
brightness cannot drift from one tile to the next.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Res(nn.Module):
    """Residual block ``x + conv(relu(conv(x)))``, [B, C, H, W] to the same shape. Reach: 2 pixels.

    The second convolution starts at a tenth of its usual scale, so that a deep stack begins close
    to the identity and trains without normalisation.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.expand = nn.Conv2d(channels, channels, 3, padding=1)
        self.reduce = nn.Conv2d(channels, channels, 3, padding=1)
        with torch.no_grad():
            self.reduce.weight.mul_(0.1)
            self.reduce.bias.zero_()  # pyright: ignore[reportOptionalMemberAccess]

    def forward(self, x: Tensor) -> Tensor:
        return x + self.reduce(F.relu(self.expand(x)))


def stack(channels: int, depth: int) -> nn.Sequential:
    """``depth`` residual blocks in a row."""
    return nn.Sequential(*(Res(channels) for _ in range(depth)))


def reach(depths: Iterable[int], multiple: int) -> int:
    """How many pixels away an input pixel can still change an output pixel of a U-Net that has ``depths`` residual
    blocks at 1/2, 1/4 and so on, and a first and a last convolution at 1/2; rounded up to a ``multiple``.

    Every 3x3 convolution at 1/s reaches s pixels further; the 2x2 resamplings add one coarse pixel in all.
    """
    convolutions = 2 * 2 + sum(2 ** (level + 1) * 2 * depth for level, depth in enumerate(depths))
    return -(-(convolutions + multiple) // multiple) * multiple


def down(channels: int, out: int) -> nn.Conv2d:
    """Halve the resolution without overlap: [B, C, H, W] to [B, out, H/2, W/2]."""
    return nn.Conv2d(channels, out, 2, stride=2)


def up(channels: int, out: int) -> nn.ConvTranspose2d:
    """Double the resolution without overlap: [B, C, H, W] to [B, out, 2H, 2W]."""
    return nn.ConvTranspose2d(channels, out, 2, stride=2)


class Film(nn.Module):
    """Scale and shift each channel by what was told (Perez et al., FiLM, 2018). Starts as identity."""

    def __init__(self, told: int, channels: int) -> None:
        super().__init__()
        self.affine = nn.Linear(told, 2 * channels)
        nn.init.zeros_(self.affine.weight)
        nn.init.zeros_(self.affine.bias)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        scale, shift = self.affine(told)[:, :, None, None].chunk(2, dim=1)
        return x * (1 + scale) + shift

"""Where scratches, dust and cracks lie on a photo: a small U-Net.

Nearly all depth lies at 1/4 to 1/16, where a line is told from a whisker by what is around it, and the
pixels themselves are only seen by a few channels.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.nets.blocks import reach
from engine.nets.unet import UNet

#: Height and width of a photo must be multiples of this.
MULTIPLE = 16


@dataclass(frozen=True)
class ScratchConfig:
    """Widths and residual blocks at 1/2, 1/4, 1/8 and 1/16, down and up again."""

    widths: tuple[int, ...] = (16, 40, 80, 96)
    look: tuple[int, ...] = (1, 2, 3, 3)
    gather: tuple[int, ...] = (1, 1, 1)

    @property
    def reach(self) -> int:
        """How many pixels away an input pixel can still change a pixel of the map."""
        return reach(map(sum, zip(self.look, (*self.gather, 0), strict=True)), MULTIPLE)


class ScratchFinder(UNet):
    """Photos [B, 3, H, W] in [0, 1] to the logit that a pixel is damaged, [B, 1, H, W]."""

    def __init__(self, config: ScratchConfig | None = None) -> None:
        self.config = config = config or ScratchConfig()
        super().__init__(12, config.widths, config.look, config.gather)
        self.leave = nn.Conv2d(config.widths[0], 4, 3, padding=1)
        with torch.no_grad():
            self.leave.weight.mul_(0.1)
            self.leave.get_parameter("bias").fill_(-3.0)  # one pixel in twenty

    def forward(self, photo: Tensor) -> Tensor:
        features = self.up(self.down(F.pixel_unshuffle(photo - 0.5, 2)))
        return F.pixel_shuffle(self.leave(features[0]), 2)

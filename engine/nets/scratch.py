"""Where scratches, dust and cracks lie on a photo: a small U-Net (Ronneberger et al., 2015).

Its widths are those of a detector that may cost a twentieth of the restoration: nearly all depth lies
at 1/4 and 1/8, where a line is told from a whisker by what is around it, and the pixels themselves
are only seen by a few channels.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.nets.blocks import down, stack, up

#: Height and width of a photo must be multiples of this.
MULTIPLE = 8


@dataclass(frozen=True)
class ScratchConfig:
    """Widths and residual blocks at 1/2, 1/4 and 1/8, down and up again."""

    widths: tuple[int, int, int] = (16, 32, 64)
    look: tuple[int, int, int] = (1, 2, 4)
    gather: tuple[int, int] = (1, 1)

    @property
    def reach(self) -> int:
        """How many pixels away an input pixel can still change a pixel of the map."""
        fine, middle, coarse = (2 * sum(depths) for depths in zip(self.look, (*self.gather, 0), strict=True))
        convolutions = 2 * (fine + 2) + 4 * middle + 8 * coarse  # + the first and the last
        return -(-(convolutions + MULTIPLE) // MULTIPLE) * MULTIPLE


class ScratchFinder(nn.Module):
    """Photos [B, 3, H, W] in [0, 1] to the logit that a pixel is damaged, [B, 1, H, W]. 0.4 M parameters."""

    def __init__(self, config: ScratchConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or ScratchConfig()
        w0, w1, w2 = config.widths
        self.enter = nn.ModuleList([nn.Conv2d(12, w0, 3, padding=1), down(w0, w1), down(w1, w2)])
        self.look = nn.ModuleList(stack(w, n) for w, n in zip(config.widths, config.look, strict=True))
        self.rise = nn.ModuleList([up(w1, w0), up(w2, w1)])
        self.gather = nn.ModuleList(stack(w, n) for w, n in zip(config.widths[:2], config.gather, strict=True))
        self.leave = nn.Conv2d(w0, 4, 3, padding=1)
        with torch.no_grad():
            self.leave.weight.mul_(0.1)
            self.leave.get_parameter("bias").fill_(-3.0)  # one pixel in twenty

    def forward(self, photo: Tensor) -> Tensor:
        features, x = [], F.pixel_unshuffle(photo - 0.5, 2)
        for enter, look in zip(self.enter, self.look, strict=True):
            x = look(enter(x))
            features.append(x)
        for level in (1, 0):
            x = self.gather[level](features[level] + self.rise[level](x))
        return F.pixel_shuffle(self.leave(x), 2)

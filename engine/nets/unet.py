"""The U-Net (Ronneberger et al., 2015) that the networks of restoration look at a photo with: down to see far, and up
again, with sums where the original has copies."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from torch import Tensor, nn

from engine.nets.blocks import down, stack, up


class UNet(nn.Module):
    """Pixels [B, channels, H, W] to features at 1, 1/2, 1/4 and so on of their resolution, as wide as ``widths``.

    ``look`` has the residual blocks of every level on the way down, ``gather`` of all but the coarsest on the way up.
    """

    def __init__(self, channels: int, widths: Sequence[int], look: Sequence[int], gather: Sequence[int]) -> None:
        super().__init__()
        steps = list(itertools.pairwise(widths))
        first = nn.Conv2d(channels, widths[0], 3, padding=1)
        self.enter = nn.ModuleList([first, *(down(fine, coarse) for fine, coarse in steps)])
        self.look = nn.ModuleList(stack(w, n) for w, n in zip(widths, look, strict=True))
        self.rise = nn.ModuleList(up(coarse, fine) for fine, coarse in steps)
        self.gather = nn.ModuleList(stack(w, n) for w, n in zip(widths[:-1], gather, strict=True))

    def down(self, x: Tensor, bend: Callable[[int, Tensor], Tensor] | None = None) -> list[Tensor]:
        """The way down: features at each level, finest first. ``bend`` is done to what enters a level."""
        features = []
        for level, (enter, look) in enumerate(zip(self.enter, self.look, strict=True)):
            x = enter(x)
            x = look(x if bend is None else bend(level, x))
            features.append(x)
        return features

    def up(self, features: list[Tensor]) -> list[Tensor]:
        """The way up: each level's features with all that the coarser ones saw."""
        risen = [features[-1]]
        for feature, rise, gather in reversed(list(zip(features[:-1], self.rise, self.gather, strict=True))):
            risen.insert(0, gather(feature + rise(risen[0])))
        return risen

"""Training photos made to look like many more: seen from elsewhere, developed otherwise, exposed twice.

A network that tells damage from content learns the content of some hundred photos by heart long before
it knows what photos look like; what it has never seen twice it has to understand.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.training.data import PhotoBank
from engine.training.degrade import Draw, soften

#: Shares of the photos that are turned, have their colours exchanged, lie over another, are developed otherwise. Those
#: that are not turned stand upright, as prints do: an eyebrow is told from a hair on the film by the eye under it.
TURNED, EXCHANGED, TWICE, DEVELOPED = 0.25, 0.25, 0.1, 0.75
#: A turned square is cut from one so much wider.
_MARGIN = 1.5


def varied(photos: PhotoBank, batch: int, size: int, draw: Draw) -> Tensor:
    """Squares [batch, 3, size, size] in [0, 1] of photos that look like others."""
    x = photos.crops(batch, size, draw.generator, upright=True)
    if turned := int(TURNED * batch):
        x[:turned] = _turned(photos.crops(turned, round(_MARGIN * size), draw.generator), size, draw)
    x = torch.where(draw.chosen(batch, EXCHANGED), x[:, torch.randperm(3, generator=draw.generator)], x)
    share = draw.between(batch, 0.3, 0.7)[:, None, None, None]
    x = torch.where(draw.chosen(batch, TWICE), share * x + (1 - share) * x.roll(1, 0), x)
    return torch.where(draw.chosen(batch, DEVELOPED), _developed(x, draw), x)


def _turned(x: Tensor, size: int, draw: Draw) -> Tensor:
    """The middle of squares, turned by any angle, a little larger or smaller, and slanted."""
    batch = len(x)
    angle, scale = draw.between(batch, 0, 2 * math.pi), draw.between(batch, 0.6, 1.45) * size / x.shape[-1]
    slant = 0.15 * draw.normal(batch)
    cos, sin = scale * torch.cos(angle), scale * torch.sin(angle)
    rows = torch.stack([cos, slant * cos - sin, sin, slant * sin + cos], 1).reshape(batch, 2, 2)
    grid = F.affine_grid(F.pad(rows, (0, 1)), [batch, 3, size, size], align_corners=False)
    return F.grid_sample(x, grid, mode="bicubic", padding_mode="reflection", align_corners=False).clamp(0, 1)


def _developed(x: Tensor, draw: Draw) -> Tensor:
    """Photos with harder or softer edges, contrast and tones."""
    batch = len(x)
    sharper = 1.8 * draw.uniform(batch) ** 1.5
    x = x + sharper[:, None, None, None] * (x - soften(x, float(draw.between(1, 0.5, 1.3))))
    middle = x.mean((1, 2, 3), keepdim=True)
    contrast = torch.exp(draw.between(batch, -0.2, 0.45))[:, None, None, None]
    x = ((x - middle) * contrast + middle).clamp(0, 1)
    return x ** torch.exp(0.25 * draw.normal(batch))[:, None, None, None]

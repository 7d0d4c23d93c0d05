"""Whether a generator draws or only remembers: samples that lie suspiciously near to a picture it learnt from."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.training.pictures import PictureSet

#: Quantile of the distances of held-out pictures below which a sample counts as a copy.
_NEAR = 0.05
_SIDE = 16


def remembered(samples: Tensor, pictures: PictureSet) -> tuple[float, float]:
    """Share of ``samples`` [N, 3, side, side] in [0, 1] that are nearer to a training picture than all but the
    nearest 5 % of held-out pictures are, and the same share of the held-out ones, which is by chance.

    (Meehan et al., A Non-Parametric Test to Detect Data-Copying in Generative Models, 2020, simplified.)
    """
    known = _small(pictures.pictures.float() / 255)
    held_out = torch.cdist(_small(pictures.held_out.float() / 255), known).amin(1)
    near = torch.quantile(held_out, _NEAR)
    return (
        float((torch.cdist(_small(samples), known).amin(1) <= near).float().mean()),
        float((held_out <= near).float().mean()),
    )


def _small(pictures: Tensor) -> Tensor:
    return torch.cat([F.adaptive_avg_pool2d(part, _SIDE).flatten(1) for part in pictures.split(256)])

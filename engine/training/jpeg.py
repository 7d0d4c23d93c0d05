"""JPEG compression of whole batches in torch, so that training never leaves the device.

The lossy steps of baseline JPEG (ITU-T T.81) and nothing of its coding: YCbCr, chroma at half
resolution, 8x8 DCT, rounding to the quantisation tables of annex K scaled by quality as the
Independent JPEG Group's library does it.
"""

from __future__ import annotations

import math
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

_LUMA = [
    [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55],
    [14, 13, 16, 24, 40, 57, 69, 56], [14, 17, 22, 29, 51, 87, 80, 62],
    [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99],
]  # fmt: skip
_CHROMA = [
    [17, 18, 24, 47, 99, 99, 99, 99], [18, 21, 26, 66, 99, 99, 99, 99],
    [24, 26, 56, 99, 99, 99, 99, 99], [47, 66, 99, 99, 99, 99, 99, 99],
    *[[99] * 8 for _ in range(4)],
]  # fmt: skip
_TO_YCC = [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]
_TO_RGB = [[1.0, 0.0, 1.402], [1.0, -0.344136, -0.714136], [1.0, 1.772, 0.0]]


@cache
def _constants(device: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """DCT-II matrix [8, 8], luma and chroma tables [8, 8], colour matrices [3, 3]."""
    k = torch.arange(8.0)
    dct = torch.cos((2 * k[None] + 1) * k[:, None] * math.pi / 16) * 0.5
    dct[0] *= math.sqrt(0.5)
    return tuple(
        torch.as_tensor(m, dtype=torch.float32, device=device) for m in (dct, _LUMA, _CHROMA, _TO_YCC, _TO_RGB)
    )  # pyright: ignore[reportReturnType]


def _through_blocks(plane: Tensor, table: Tensor) -> Tensor:
    """Quantise the DCT of every 8x8 block. ``plane`` [N, C, H, W] on the 8-bit scale, ``table`` [N, 8, 8]."""
    dct = _constants(plane.device)[0]
    n, c, h, w = plane.shape
    padded = F.pad(plane, (0, -w % 8, 0, -h % 8), mode="replicate")
    hh, ww = padded.shape[-2:]
    blocks = padded.reshape(n, c, hh // 8, 8, ww // 8, 8).transpose(3, 4) - 128.0
    steps = table[:, None, None, None]
    levels = torch.round(dct @ blocks @ dct.T / steps)
    blocks = dct.T @ (levels * steps) @ dct + 128.0
    return torch.round(blocks.transpose(3, 4).reshape(n, c, hh, ww)[..., :h, :w]).clamp(0, 255)


def compress(photo: Tensor, quality: Tensor, subsample: bool = True, shift: tuple[int, int] = (0, 0)) -> Tensor:
    """Photos as they come back from JPEG files: [N, 3, H, W] in [0, 1], rounded to 8 bits.

    ``quality`` [N] is 1..100 for each; ``subsample`` keeps chroma at half resolution (4:2:0);
    ``shift`` moves the block grid up and left by 0..7 pixels, as for a photo that was cropped
    after an earlier compression.
    """
    _, luma, chroma, to_ycc, to_rgb = _constants(photo.device)
    q = quality.clamp(1, 100)
    scale = torch.where(q < 50, 5000 / q, 200 - 2 * q)[:, None, None]
    tables = [torch.clamp(torch.floor((base * scale + 50) / 100), 1, 255) for base in (luma, chroma)]

    dy, dx = shift
    h, w = photo.shape[-2:]
    x = F.pad(photo.clamp(0, 1), (dx, 0, dy, 0), mode="replicate") * 255.0
    # Integers wherever the format has integers: the decoder of a file sees no more than that.
    ycc = torch.round(torch.einsum("ij,njhw->nihw", to_ycc, torch.round(x)))
    y, color = ycc[:, :1], ycc[:, 1:] + 128.0
    if subsample:
        full = color.shape[-2:]
        color = F.avg_pool2d(F.pad(color, (0, -full[1] % 2, 0, -full[0] % 2), mode="replicate"), 2)
    y, color = _through_blocks(y, tables[0]), _through_blocks(color, tables[1])
    if subsample:
        color = F.interpolate(color, scale_factor=2, mode="bilinear", align_corners=False)
        color = color[..., : y.shape[-2], : y.shape[-1]]
    rgb = torch.einsum("ij,njhw->nihw", to_rgb, torch.cat([y, color - 128.0], dim=1))
    return torch.round(rgb.clamp(0, 255))[..., dy : dy + h, dx : dx + w] / 255.0

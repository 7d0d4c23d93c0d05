"""Dead leaves: overlapping discs of random size and colour, whose statistics are those of photos.

They stand for all the photos that are not on the user's computer (Lee, Mumford and Huang, Occlusion Models for
Natural Images, 2001; Achddou et al., Fully Synthetic Training for Image Restoration Tasks, 2023).
"""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter
from torch import Tensor

#: Pictures are drawn at so many times their size and averaged down, as a lens does.
_FINER = 2
#: Radii in pixels follow r^-3 between these: every size covers the same area.
_LEAST, _MOST = 1.5, 90.0


def dead_leaves(count: int, side: int, generator: torch.Generator) -> Tensor:
    """``count`` pictures [count, 3, side, side] uint8."""
    random = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
    pictures = np.stack([_picture(side, random) for _ in range(count)])
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).contiguous()


def _picture(side: int, random: np.random.Generator) -> np.ndarray:
    fine = side * _FINER
    sheet = Image.new("RGB", (fine, fine), _colour(random, None))
    pencil = ImageDraw.Draw(sheet)
    palette = [_colour(random, None) for _ in range(int(random.integers(3, 9)))]
    for _ in range(int(random.integers(400, 1600)) * side // 128):
        share = random.uniform()
        radius = _FINER * (_LEAST**-2 + share * (_MOST**-2 - _LEAST**-2)) ** -0.5
        x, y = random.uniform(-radius, fine + radius, 2)
        colour = _colour(random, palette[int(random.integers(len(palette)))])
        pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    # Some are seen through a soft lens, and none is free of shading.
    soft = sheet.filter(ImageFilter.GaussianBlur(_FINER * 1.5 * random.uniform() ** 2))
    pixels = np.asarray(soft.resize((side, side), Image.Resampling.BOX), np.float32)
    slope = random.normal(0, 25, 2) @ (np.mgrid[0:side, 0:side].reshape(2, -1) / side - 0.5)
    return np.rint(np.clip(pixels + slope.reshape(side, side, 1), 0, 255)).astype(np.uint8)


def _colour(random: np.random.Generator, near: tuple[int, int, int] | None) -> tuple[int, int, int]:
    """A colour: muted, as most of the world is, or close to another."""
    if near is None:
        light = random.uniform(15, 240)
        values = light + random.normal(0, 22, 3)
    else:
        values = np.array(near) + random.normal(0, 14) + random.normal(0, 5, 3)
    r, g, b = np.clip(values, 0, 255).astype(int).tolist()
    return r, g, b

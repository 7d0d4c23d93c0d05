"""Scratches, cracks, folds and dust drawn by a pencil, and shapes that only look like them.

Masks of real film damage (`engine.training.data.DamageBank`) know film; prints crack, fold and peel.
What people draw, write and wear has thin lines and bright edges as well: the shapes teach the
detector to leave those alone.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

#: Marks are drawn at so many times their size and averaged down.
_FINER = 2


def marks(count: int, size: int, generator: torch.Generator) -> Tensor:
    """How much drawn damage covers each pixel, [count, 1, size, size] in [0, 1]."""
    random = _numpy(generator)
    kinds = [_cracks, _cracks, _lines, _folds, _dust, _dust, _peeled]
    drawn = []
    for _ in range(count):
        picked = random.choice(len(kinds), size=int(random.integers(1, 4)), replace=False)
        drawn.append(_drawn(size, random, [kinds[k] for k in picked]))
    return torch.from_numpy(np.stack(drawn))[:, None]


def shapes(count: int, size: int, generator: torch.Generator) -> Tensor:
    """How much something that is no damage (writing, cut-out areas) covers, as `marks`."""
    random = _numpy(generator)
    kinds = [_writing, _areas]
    drawn = [_drawn(size, random, [kinds[int(random.integers(len(kinds)))]]) for _ in range(count)]
    return torch.from_numpy(np.stack(drawn))[:, None]


class DrawnDamage:
    """Film damage (`engine.training.data.DamageBank`) for those who have no masks of real film."""

    def crops(self, count: int, size: int, generator: torch.Generator) -> Tensor:
        """[count, 1, size, size] in [0, 1]."""
        return marks(count, size, generator)


_Pencil = Callable[[ImageDraw.ImageDraw, int, np.random.Generator], None]


def _numpy(generator: torch.Generator) -> np.random.Generator:
    return np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))


def _drawn(size: int, random: np.random.Generator, pencils: list[_Pencil]) -> np.ndarray:
    sheet = Image.new("L", (size * _FINER, size * _FINER))
    pencil = ImageDraw.Draw(sheet)
    for draw in pencils:
        draw(pencil, size * _FINER, random)
    return np.asarray(sheet.reduce(_FINER), np.float32) / 255


def _ink(random: np.random.Generator) -> int:
    """How opaque a mark is, 0..255; most are."""
    return int(255 * random.uniform(0.25, 1.0) ** 0.5)


def _width(random: np.random.Generator, widest: float) -> int:
    """The width of a line in finer pixels, thin ones most often."""
    return max(1, round(_FINER * (0.4 + (widest - 0.4) * random.uniform() ** 2)))


def _walk(size: int, random: np.random.Generator, bend: float, start: np.ndarray, length: int) -> np.ndarray:
    """A line [length, 2] that changes its direction a little with every step."""
    heading = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, bend, length))
    steps = random.uniform(1.0, 3.0) * _FINER * np.stack([np.cos(heading), np.sin(heading)], 1)
    return start + np.cumsum(steps, 0)


def _cracks(pencil: ImageDraw.ImageDraw, size: int, random: np.random.Generator) -> None:
    bend, widest, ink = random.uniform(0.03, 0.5), random.uniform(0.6, 3.5), _ink(random)
    for _ in range(int(random.integers(1, 4))):
        path = _walk(size, random, bend, random.uniform(0, size, 2), int(random.integers(8, 90)))
        _stroke(pencil, path, _width(random, widest), ink, random)
        for _branch in range(int(random.integers(0, 3))):
            start = path[int(random.integers(len(path)))]
            branch = _walk(size, random, bend, start, int(random.integers(5, 30)))
            _stroke(pencil, branch, _width(random, widest), ink, random)


def _stroke(pencil: ImageDraw.ImageDraw, path: np.ndarray, width: int, ink: int, random: np.random.Generator) -> None:
    """A line that grows wider and thinner, fainter and stronger, and may be broken."""
    broken, vary = random.uniform() < 0.4, random.uniform(0, 0.7)
    waves = np.interp(np.arange(len(path)), np.linspace(0, len(path), 8), random.uniform(-1, 1, 8))
    for (a, b), wave in zip(itertools.pairwise(path), waves, strict=False):
        if broken and wave < -0.4:
            continue
        wide = max(1, round(width * (1 + vary * wave)))
        pencil.line([tuple(a), tuple(b)], fill=int(ink * (1 - 0.5 * vary * (1 - wave) / 2)), width=wide)


def _lines(pencil: ImageDraw.ImageDraw, size: int, random: np.random.Generator) -> None:
    """Scratches side by side, as a projector or a drawer leaves them."""
    angle = random.uniform(0, np.pi) if random.uniform() < 0.7 else np.pi / 2
    for _ in range(int(random.integers(1, 8))):
        middle, half = random.uniform(0, size, 2), random.uniform(0.05, 1.0) * size
        turned = angle + random.normal(0, 0.1)
        along = np.array([np.cos(turned), np.sin(turned)])
        path = middle + np.linspace(-half, half, 24)[:, None] * along + random.normal(0, 0.3, (24, 2))
        _stroke(pencil, path, _width(random, 1.8), _ink(random), random)


def _folds(pencil: ImageDraw.ImageDraw, size: int, random: np.random.Generator) -> None:
    """A crease from border to border, with flakes gone along it."""
    middle, angle = random.uniform(0.1, 0.9, 2) * size, random.uniform(0, np.pi)
    along = np.array([np.cos(angle), np.sin(angle)])
    path = middle + np.linspace(-1.5 * size, 1.5 * size, 120)[:, None] * along
    path = path + np.cumsum(random.normal(0, 0.25 * _FINER, path.shape), 0)
    _stroke(pencil, path, _width(random, 4.0), _ink(random), random)
    for spot in path[random.uniform(size=len(path)) < 0.15]:
        _flake(pencil, spot + random.normal(0, 2 * _FINER, 2), random.uniform(0.5, 3.0), _ink(random), random)


def _dust(pencil: ImageDraw.ImageDraw, size: int, random: np.random.Generator) -> None:
    largest, ink = random.uniform(0.6, 4.0), _ink(random)
    for _ in range(int(random.integers(2, 40))):
        _flake(pencil, random.uniform(0, size, 2), 0.4 + largest * random.uniform() ** 2, ink, random)


def _peeled(pencil: ImageDraw.ImageDraw, size: int, random: np.random.Generator) -> None:
    """Small patches where the picture has come off."""
    for _ in range(int(random.integers(1, 4))):
        _flake(pencil, random.uniform(0, size, 2), random.uniform(2, 7), _ink(random), random)


def _flake(
    pencil: ImageDraw.ImageDraw, middle: np.ndarray, radius: float, ink: int, random: np.random.Generator
) -> None:
    """A ragged patch of about ``radius`` pixels, longer than wide."""
    corners = int(random.integers(5, 16))
    angles = np.sort(random.uniform(0, 2 * np.pi, corners))
    radii = _FINER * radius * random.uniform(0.4, 1.3, corners)
    outline = np.stack([np.cos(angles), np.sin(angles)], 1) * radii[:, None] * random.uniform(0.4, 1.6, 2)
    turn = random.uniform(0, np.pi)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    pencil.polygon([tuple(p) for p in middle + outline @ spin], fill=ink)


# -- what is no damage ------------------------------------------------------------------------------


def _writing(pencil: ImageDraw.ImageDraw, size: int, random: np.random.Generator) -> None:
    height = int(_FINER * random.uniform(7, 40))
    font, ink = ImageFont.load_default(height), int(random.uniform(150, 256))
    letters = np.array(list(string.ascii_letters + string.digits + "  .,-"))
    top = random.uniform(-height, size)
    for line in range(int(random.integers(1, 6))):
        words = "".join(random.choice(letters, 40))
        pencil.text((random.uniform(-2, 0.5) * size, top + 1.4 * line * height), words, fill=ink, font=font)


def _areas(pencil: ImageDraw.ImageDraw, size: int, random: np.random.Generator) -> None:
    """Large clean-cut areas, as collars, bows and windows are."""
    for _ in range(int(random.integers(1, 4))):
        middle, radius = random.uniform(0, size, 2), random.uniform(0.12, 0.6) * size
        angles = np.sort(random.uniform(0, 2 * np.pi, int(random.integers(3, 8))))
        outline = middle + radius * random.uniform(0.5, 1.0, 2) * np.stack([np.cos(angles), np.sin(angles)], 1)
        pencil.polygon([tuple(p) for p in outline], fill=int(random.uniform(140, 256)))

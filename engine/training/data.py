"""Training pictures held in memory as bytes, and crops drawn from them by (seed, step) alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"}


def read_pictures(source: Path) -> Iterator[tuple[str, Image.Image]]:
    """Name and picture of every image in a zip file or folder, sorted by name.

    Raises `FileNotFoundError` where ``source`` is not there.
    """
    if source.suffix == ".zip":
        with zipfile.ZipFile(source) as archive:
            for name in sorted(archive.namelist()):
                if Path(name).suffix.lower() in _SUFFIXES:
                    yield name, Image.open(io.BytesIO(archive.read(name)))
    else:
        if not source.is_dir():
            raise FileNotFoundError(f"No training pictures at {source}.")
        for path in sorted(source.rglob("*")):
            if path.suffix.lower() in _SUFFIXES:
                yield str(path.relative_to(source)), Image.open(path)


def generator_for(seed: int, step: int, stream: int = 0) -> torch.Generator:
    """The random state of one training step. It depends on nothing else, so a resumed run draws the
    same crops and the same noise as an uninterrupted one."""
    mixed = np.random.SeedSequence([seed, step, stream]).generate_state(1, np.uint64)[0]
    return torch.Generator().manual_seed(int(mixed >> np.uint64(1)))


@dataclass
class PhotoBank:
    """Photos as bytes at several scales. Smaller copies are sharper and cleaner than their sources,
    and teach the network finer texture than the photos have at full size."""

    photos: list[Tensor]  #: each [3, H, W] uint8
    held_out: list[Tensor]

    @classmethod
    def load(cls, sources: list[Path], scales: tuple[float, ...] = (1.0, 0.6), hold_out: int = 24) -> PhotoBank:
        """Read every photo of every source; ``hold_out`` of them, spread evenly, are kept from training."""
        full: list[Image.Image] = []
        for source in sources:
            full += [picture.convert("RGB") for _, picture in read_pictures(source)]
        kept = set(np.linspace(0, len(full) - 1, min(hold_out, len(full) // 8)).astype(int).tolist())
        photos, held_out = [], []
        for index, picture in enumerate(full):
            if index in kept:
                held_out.append(_bytes(picture))
                continue
            for scale in scales:
                size = (round(picture.width * scale), round(picture.height * scale))
                photos.append(_bytes(picture if scale == 1.0 else picture.resize(size, Image.Resampling.LANCZOS)))
        return cls(photos, held_out)

    @classmethod
    def of_data(cls, data: Path, scales: tuple[float, ...] = (1.0, 0.6)) -> PhotoBank:
        """The photos that the restoration model learns from, of the folder with the training sets."""
        return cls.load([data / "photos-portraits.zip", data / "photos-scenes.zip"], scales=scales)

    def crops(self, count: int, size: int, generator: torch.Generator, upright: bool = False) -> Tensor:
        """``count`` random squares, mirrored at random, and turned unless ``upright``: [count, 3, size, size] in
        [0, 1]."""
        big_enough = [p for p in self.photos if min(p.shape[1:]) >= size]
        drawn = [_crop(_pick(big_enough, generator), size, generator, upright) for _ in range(count)]
        return torch.stack(drawn) / 255.0


@dataclass
class DamageBank:
    """Masks of real film damage, [1, H, W] uint8, 255 where the film is gone."""

    masks: list[Tensor]
    held_out: list[Tensor]

    @classmethod
    def load(cls, source: Path, every: int = 10, leave_out: tuple[str, ...] = ()) -> DamageBank:
        """Read the masks; every tenth is kept from training. Names that start with one of ``leave_out``
        are in neither half."""
        masks, held_out = [], []
        for index, (name, picture) in enumerate(read_pictures(source)):
            if not name.startswith(leave_out):
                half = masks if index % every else held_out
                half.append(torch.from_numpy(np.array(picture.convert("L")))[None])
        return cls(masks, held_out)

    def crops(self, count: int, size: int, generator: torch.Generator) -> Tensor:
        """[count, 1, size, size] in [0, 1]; most crops are chosen for having some damage in them, and half
        are scaled down by two, since scratches on a scan are often a pixel wide and faint."""
        scales = min(2, min(min(m.shape[1:]) for m in self.masks) // size)
        chosen = []
        for _ in range(count):
            scale = 1 + int(torch.randint(scales, (), generator=generator))
            crop = _crop(_pick(self.masks, generator), scale * size, generator)
            for _another in range(3):
                if crop.amax() > 64:
                    break
                crop = _crop(_pick(self.masks, generator), scale * size, generator)
            chosen.append(F.avg_pool2d(crop.float(), scale))
        return torch.stack(chosen) / 255.0


def _bytes(picture: Image.Image) -> Tensor:
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1).contiguous()


def _pick(bank: list[Tensor], generator: torch.Generator) -> Tensor:
    return bank[int(torch.randint(len(bank), (), generator=generator))]


def _crop(picture: Tensor, size: int, generator: torch.Generator, upright: bool = False) -> Tensor:
    _, h, w = picture.shape
    top = int(torch.randint(h - size + 1, (), generator=generator))
    left = int(torch.randint(w - size + 1, (), generator=generator))
    crop = picture[:, top : top + size, left : left + size]
    turn = int(torch.randint(8, (), generator=generator))
    crop = crop if upright else torch.rot90(crop, turn % 4, (1, 2))
    return crop.flip(2) if turn >= 4 else crop

"""Sets of pictures of one kind, all of one size and held in memory, with their labels where they have some."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

from engine.squares import squared
from engine.training.data import read_pictures

#: One in so many pictures is held back from training.
HOLD_OUT = 20


@dataclass
class PictureSet:
    """Pictures [N, 3, side, side] uint8 and a dictionary of labels for each, for training and held back.

    ``unseen`` are pictures of kinds that training has nothing of (a folder ``test`` beside ``train``).
    """

    pictures: Tensor
    labels: list[dict[str, object]]
    held_out: Tensor
    held_out_labels: list[dict[str, object]]
    unseen: Tensor = field(default_factory=lambda: torch.zeros(0))

    @classmethod
    def load(cls, source: Path, side: int, hold_out: int = HOLD_OUT) -> PictureSet:
        """Read a zip file or folder of pictures, or a folder in the idx format of MNIST (LeCun and Cortes).

        ``labels.jsonl`` in it has one object a line with the picture's name as ``file``; without it
        the sub-folder is the label ``folder``. Pictures are made square (on the colour of their
        border) and scaled. Raises `FileNotFoundError` where there is nothing.
        """
        if source.is_dir() and list(source.glob("*idx3-ubyte*")):
            pictures, labels = _read_idx(source, side)
        else:
            known = _labels(source)
            pictures, labels = [], []
            for name, picture in read_pictures(source):
                pictures.append(_square(picture, side))
                path = PurePosixPath(Path(name).as_posix())
                labels.append(known.get(path.name) or {"file": str(path), "folder": str(path.parent)})
        if not pictures:
            raise FileNotFoundError(f"No training pictures at {source}.")
        every = torch.stack(pictures)
        unseen = torch.tensor([str(label.get("folder", "")).startswith("test/") for label in labels])
        back = torch.zeros(len(every), dtype=torch.bool)
        back[torch.nonzero(~unseen)[::hold_out]] = True
        train = ~unseen & ~back
        chosen = [[label for label, yes in zip(labels, mask.tolist(), strict=True) if yes] for mask in (train, back)]
        return cls(every[train], chosen[0], every[back], chosen[1], every[unseen])

    def batch(self, count: int, mirror: bool, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """``count`` pictures at random, [count, 3, side, side] in [0, 1], half of them mirrored if asked,
        and their places in ``labels``, [count]."""
        picks = torch.randint(len(self.pictures), (count,), generator=generator)
        x = self.pictures[picks] / 255.0
        if mirror:
            flip = torch.rand(count, generator=generator) < 0.5
            x = torch.where(flip[:, None, None, None], x.flip(3), x)
        return x, picks


def _labels(source: Path) -> dict[str, dict[str, object]]:
    """The lines of ``labels.jsonl`` by the name of the picture."""
    if source.suffix == ".zip":
        with zipfile.ZipFile(source) as archive:
            text = archive.read("labels.jsonl").decode() if "labels.jsonl" in archive.namelist() else ""
    else:
        path = source / "labels.jsonl"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {entry["file"]: entry for entry in map(json.loads, filter(None, text.splitlines()))}


def _square(picture: Image.Image, side: int) -> Tensor:
    """A picture as [3, side, side] uint8 (see `engine.squares`)."""
    return torch.from_numpy(squared(np.array(picture.convert("RGB")), side)).permute(2, 0, 1).contiguous()


def _read_idx(folder: Path, side: int) -> tuple[list[Tensor], list[dict[str, object]]]:
    """Digits in the idx format: big-endian magic number and sizes, then bytes. Padded in black to ``side``."""
    images, digits = _idx(next(folder.glob("*idx3-ubyte*"))), _idx(next(folder.glob("*idx1-ubyte*")))
    room = side - images.shape[1]
    edges = (room // 2, room - room // 2) * 2
    padded = F.pad(torch.from_numpy(images), edges)[:, None].expand(-1, 3, -1, -1).contiguous()
    return list(padded), [{"digit": int(d)} for d in digits]


def _idx(path: Path) -> np.ndarray:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read()
    axes = data[3]
    shape = struct.unpack(f">{axes}I", data[4 : 4 + 4 * axes])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape).copy()

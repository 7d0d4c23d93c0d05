"""The pictures, masks and peers' weights to measure with. They lie beside the repository, not in it.

``../shared`` is where they are looked for, or the folder that the environment variable
``LATENT_DARKROOM_SHARED`` names: ``testsets/CBSD68/*.png`` and the like, ``data/damage.zip``,
``peers/*.pth``.
"""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

REPOSITORY = Path(__file__).resolve().parent.parent
_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"}


class Absent(Exception):
    """A set, a peer or the model is not on this machine. ``str(error)`` says which."""


@dataclass(frozen=True)
class Picture:
    """``pixels`` [H, W, 3] uint8; the one channel of a grey file is repeated."""

    name: str
    pixels: np.ndarray


@dataclass(frozen=True)
class Sets:
    """For a quick look ``every`` keeps every so manieth picture of each test set, and ``first`` only so many of
    these, and of the masks; None keeps all."""

    shared: Path
    first: int | None = None
    every: int = 1

    @classmethod
    def beside_repository(cls, first: int | None = None, every: int = 1) -> Sets:
        named = os.environ.get("LATENT_DARKROOM_SHARED")
        return cls(Path(named) if named else REPOSITORY.parent / "shared", first, every)

    def pictures(self, name: str) -> list[Picture]:
        """A test set, sorted by file name. Raises `Absent`."""
        folder = self.shared / "testsets" / name
        paths = sorted(p for p in folder.glob("*") if p.suffix.lower() in _SUFFIXES)
        if not paths:
            raise Absent(f"the test set {name} is absent")
        return [_read(path) for path in paths[:: self.every][: self.first]]

    def damage(self) -> list[np.ndarray]:
        """Masks of film damage that no training sees, each [H, W] in [0, 1], 1 where the film is gone.

        Every tenth mask in the order of the names is held back from training
        (`engine.training.data.DamageBank`). Raises `Absent`.
        """
        path = self.shared / "data" / "damage.zip"
        if not path.is_file():
            raise Absent("data/damage.zip is absent")
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if Path(n).suffix.lower() in _SUFFIXES)[::10]
            if self.first:  # the names are sorted by kind of damage: keep some of each
                names = names[:: max(1, len(names) // self.first)][: self.first]
            files = [io.BytesIO(archive.read(name)) for name in names]
        return [np.asarray(Image.open(file).convert("L"), np.float32) / 255.0 for file in files]

    def peer(self, name: str) -> Path:
        """The weights of a peer. Raises `Absent`."""
        path = self.shared / "peers" / name
        if not path.is_file():
            raise Absent(f"peers/{name} is absent")
        return path


def _read(path: Path) -> Picture:
    with Image.open(path) as image:
        return Picture(path.stem, np.asarray(image.convert("RGB")))

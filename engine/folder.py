"""A folder of pictures: which files are in it, and which of them are the same picture again.

    for path in picture_files(folder):
        small = read_scaled(path, 96).pixels
        double = likeness.place(perceptual_hash(small), small)    # of the first picture it is like, or None

Links are followed, and never in a circle; what may not be read is left out. Needs no torch.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from engine.errors import DarkroomError
from engine.files import explain
from engine.formats import is_photo

#: Bits in which the hashes of two copies may differ ...
_BITS = 6
#: ... and the root of the mean squared difference of their thumbnails, on the 8-bit scale.
_DIFFERENCE = 4.0
#: Grey levels that are more than compression makes of a plain background.
_CLEARLY = 3
#: Side of the thumbnails that are compared.
_SIDE = 16


def picture_files(folder: Path) -> Iterator[Path]:
    """The pictures in a folder and everything below it by their suffix, sorted within each folder.

    Every real file once, whatever links lead to it. Names that begin with a dot are skipped. Raises `DarkroomError`
    where the folder itself cannot be read.
    """
    _must_be_readable(folder)
    files: set[tuple[int, int]] = set()
    folders: set[tuple[int, int]] = set()
    _new(folder, folders)
    for place, below, names in os.walk(folder, followlinks=True):
        below[:] = [name for name in sorted(below) if name[0] != "." and _new(Path(place, name), folders)]
        for name in sorted(names):
            path = Path(place, name)
            if name[0] != "." and is_photo(name) and _new(path, files):
                yield path


def label_of(path: Path, folder: Path) -> str:
    """The sub-folder that a picture lies in, with "/", "" for the folder itself."""
    label = path.relative_to(folder).parent.as_posix()
    return "" if label == "." else label


def _must_be_readable(folder: Path) -> None:
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        raise DarkroomError(f"{folder.name or folder}: {explain(error)}.") from error


def _new(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether a file or folder was not met before, by what it is on the disk. Dead links are new: readers say so."""
    try:
        found = path.stat()
    except OSError:
        return not path.is_dir()
    key = found.st_dev, found.st_ino
    if key in seen:
        return False
    seen.add(key)
    return True


# -- the same picture again -------------------------------------------------------------------------


def perceptual_hash(pixels: np.ndarray) -> int:
    """64 bits that stay nearly the same when a picture [H, W, 3] uint8 is scaled, compressed or toned.

    The difference hash (Krawetz, Kind of Like That, 2013): whether each of 8 x 8 places is clearly darker than its
    neighbour (in a plain background compression alone decides which is the darker one).
    """
    grey = np.asarray(Image.fromarray(pixels).convert("L").resize((9, 8), Image.Resampling.BOX), np.int16)
    return int.from_bytes(np.packbits(grey[:, 1:] > grey[:, :-1] + _CLEARLY).tobytes(), "big")


class Likeness:
    """Finds copies among pictures as they come. Not thread-safe.

    Equal hashes are a hint and no proof (all fruit on white has the same outline), so thumbnails are compared, too.
    """

    def __init__(self) -> None:
        self._count = 0
        self._hashes = np.zeros(64, np.uint64)
        self._thumbs = np.zeros((64, _SIDE, _SIDE, 3), np.int16)
        self._places: list[int] = []  # of the first of each kind
        self.seen = 0  #: pictures so far

    def place(self, hashed: int, pixels: np.ndarray) -> int | None:
        """The number (from 0, in the order they came) of the first picture that this one is a copy of, or None."""
        number, self.seen = self.seen, self.seen + 1
        thumb = np.asarray(Image.fromarray(pixels).resize((_SIDE, _SIDE), Image.Resampling.BOX), np.int16)
        near = np.flatnonzero(np.bitwise_count(self._hashes[: self._count] ^ np.uint64(hashed)) <= _BITS)
        if len(near):
            # A mean that moved is a lighter copy, no other picture.
            gap = (self._thumbs[near] - thumb).astype(np.float32)
            gap -= gap.mean((1, 2), keepdims=True)
            error = np.sqrt(np.square(gap).mean((1, 2, 3)))
            if error.min() < _DIFFERENCE:
                return self._places[int(near[error.argmin()])]
        if self._count == len(self._hashes):
            self._hashes = np.resize(self._hashes, 2 * self._count)
            self._thumbs = np.resize(self._thumbs, (2 * self._count, *self._thumbs.shape[1:]))
        self._hashes[self._count], self._thumbs[self._count] = hashed, thumb
        self._places.append(number)
        self._count += 1
        return None

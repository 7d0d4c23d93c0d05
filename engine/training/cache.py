"""A lesson's pictures, decoded and scaled once, in one memory-mapped file that is removed when the lesson ends.

The file's size is known before it is written and kept below `LIMIT`, however large the folder is; what of it is in
memory is the operating system's business, and given back when others need it. Reading a batch costs a copy.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor

from engine.ahead import done_ahead
from engine.errors import DarkroomError, PhotoError
from engine.files import explain, replacing

#: Bytes that a cache may take at most.
LIMIT = 600_000_000
_PIXELS, _INDEX = "pictures.cache", "pictures.json"

#: ``read(path)`` gives the pictures [3, h, w] uint8 that a file is kept as.
Read = Callable[[Path], np.ndarray]


class _Index(msgspec.Struct):
    """Where each picture is: its offset in the file, height and width; and which could not be read."""

    places: list[tuple[int, int, int]]
    lost: list[str]


class Cache:
    """Pictures [3, h, w] uint8 in the order of ``files``, each a view of the file."""

    def __init__(self, folder: Path, index: _Index) -> None:
        self.folder, self.lost = folder, index.lost
        self._bytes = torch.from_numpy(np.memmap(folder / _PIXELS, np.uint8, "c"))
        self.pictures = [self._view(*place) for place in index.places]

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return len(self._bytes)

    def all_of(self, first: int, last: int) -> Tensor:
        """Pictures of one size as one tensor [last - first, 3, h, w], a view."""
        c, h, w = self.pictures[first].shape
        start = first * c * h * w
        return self._bytes[start : start + (last - first) * c * h * w].view(last - first, c, h, w)

    def _view(self, offset: int, height: int, width: int) -> Tensor:
        return self._bytes[offset : offset + 3 * height * width].view(3, height, width)


def opened(
    folder: Path, source: Path, files: list[str], read: Read, most: int, said: Callable[[int, int], None]
) -> Cache:
    """The cache of a lesson: the one in its ``folder`` if that is whole, else read from ``files`` of ``source``.

    ``most`` is the bytes that one picture may take. A file that cannot be read any more is replaced by the one before
    it (`Cache.lost` names it), so that the others keep their places. ``said(done, total)`` hears how far it is.
    Raises `DarkroomError` where there is no room on the disk or no file can be read.
    """
    with contextlib.suppress(OSError, msgspec.DecodeError, ValueError):
        return Cache(folder, msgspec.json.decode((folder / _INDEX).read_bytes(), type=_Index))
    needed = min(LIMIT, most * len(files))
    try:
        if shutil.disk_usage(folder).free < needed:
            raise DarkroomError(
                f"{folder}: the disk is too full for the pictures; {needed / 1e6:,.0f} MB are needed for a while."
            )
        index = _fill(folder / _PIXELS, source, files, read, said)
        with replacing(folder / _INDEX, overwrite=True) as file:
            file.write(msgspec.json.encode(index))
        return Cache(folder, index)
    except OSError as error:
        raise DarkroomError(f"{folder}: {explain(error, writing=True)}.") from error


def _fill(target: Path, source: Path, files: list[str], read: Read, said: Callable[[int, int], None]) -> _Index:
    index, offset = _Index([], []), 0
    last: np.ndarray | None = None
    waiting = 0
    with target.open("wb") as file:
        for done, (name, pixels) in enumerate(_read_ahead(source, files, read), start=1):
            if pixels is None:
                index.lost.append(name)
                pixels = last
                waiting += last is None
            if pixels is not None:
                for _ in range(1 + (waiting if last is None else 0)):
                    file.write(pixels.tobytes())
                    index.places.append((offset, pixels.shape[1], pixels.shape[2]))
                    offset += pixels.size
                last = pixels
            said(done, len(files))
    if last is None:
        raise DarkroomError(f"{source.name}: none of its pictures can be read any more.")
    return index


def _read_ahead(source: Path, files: list[str], read: Read) -> Iterator[tuple[str, np.ndarray | None]]:
    """Every picture in order, read by two threads; a few wait at a time."""

    def one(name: str) -> np.ndarray | None:
        try:
            return read(source / name)
        except PhotoError:
            return None

    return done_ahead(one, files, ahead=6)

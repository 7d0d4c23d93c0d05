"""TIFF files of 8 and 16 bits: written with their whole EXIF, and the layouts read that Pillow does not know.

EXIF *is* a TIFF structure. So the written file begins with the photo's EXIF block as it is; the pixels follow,
and a new first directory takes over its tags. All offsets inside EXIF stay true, those in maker notes included.

Source: Adobe, TIFF Revision 6.0, and its Technical Note 2 (Deflate).
"""

from __future__ import annotations

import os
import struct
import zlib
from fractions import Fraction
from typing import BinaryIO

import numpy as np

from engine import metadata
from engine.formats import Refusal
from engine.metadata import Carried

_STRIP = 1 << 19  #: bytes of pixels in a strip, before packing
_LEVEL = 6
_MOST = 2**32 - 1  #: bytes in a file with 32-bit offsets
_SHORT, _LONG, _RATIONAL, _UNDEFINED, _BYTE = 3, 4, 5, 7, 1
_LAYOUT = {*range(254, 267), *range(273, 282), 284, *range(288, 294), 297, 301, 317, 318, 319, *range(320, 348)}
_LAYOUT |= {*range(512, 533), 700, 33723, 34377, 34675}  #: tags not taken over: of another file's pixels, or set here


def write(file: BinaryIO, samples: np.ndarray, carried: Carried) -> None:
    """``samples`` [H, W, 1..4] uint8 or uint16: grey, grey and alpha, RGB or RGBA, packed by Deflate.

    Raises Refusal where the file would pass 4 GB.
    """
    height, width, channels = samples.shape
    head = carried.exif or b"II*\0" + struct.pack("<IH", 0, 0)
    order = metadata.byte_order(head)
    file.write(head)
    rows = max(1, _STRIP // (width * channels * samples.itemsize))
    strips = [_pack(samples[top : top + rows], order) for top in range(0, height, rows)]
    offsets = [_append(file, strip) for strip in strips]

    directory = _Directory(file, order)
    if carried.exif:
        directory.take_over(carried.exif, _LAYOUT | ({282, 283, 296} if carried.dpi else set()))
    directory.add(256, _LONG, [width])
    directory.add(257, _LONG, [height])
    directory.add(258, _SHORT, [8 * samples.itemsize] * channels)
    directory.add(259, _SHORT, [8])  # Deflate
    directory.add(262, _SHORT, [2 if channels > 2 else 1])  # RGB, or grey with black as 0
    directory.add(273, _LONG, offsets)
    directory.add(277, _SHORT, [channels])
    directory.add(278, _LONG, [rows])
    directory.add(279, _LONG, [len(strip) for strip in strips])
    directory.add(284, _SHORT, [1])  # samples of a pixel side by side
    directory.add(317, _SHORT, [2])  # differences to the pixel on the left
    if channels in (2, 4):
        directory.add(338, _SHORT, [2])  # alpha, not multiplied into the colours
    if carried.dpi:
        for tag, value in zip((282, 283), carried.dpi, strict=True):
            fraction = Fraction(value).limit_denominator(10000)
            directory.add(tag, _RATIONAL, [fraction.numerator, fraction.denominator])
        directory.add(296, _SHORT, [2])  # inches
    for tag, kind, data in (
        (700, _BYTE, carried.xmp),
        (33723, _UNDEFINED, carried.iptc),
        (34675, _UNDEFINED, carried.icc),
    ):
        if data:
            directory.add_bytes(tag, kind, data)
    directory.finish()


def _pack(strip: np.ndarray, order: str) -> bytes:
    differences = strip.copy()
    differences[:, 1:] -= strip[:, :-1]
    return zlib.compress(differences.astype(f"{order}u{strip.itemsize}", copy=False).tobytes(), _LEVEL)


def _append(file: BinaryIO, data: bytes) -> int:
    """Writes at the next even place, as TIFF asks, and returns it."""
    if file.tell() % 2:
        file.write(b"\0")
    place = file.tell()
    if place + len(data) > _MOST:
        raise Refusal("it grows beyond the 4 GB a TIFF can have")
    file.write(data)
    return place


class _Directory:
    """The tags of a TIFF file being written; values longer than 4 bytes go to the file at once."""

    def __init__(self, file: BinaryIO, order: str) -> None:
        self.file, self.order = file, order
        self.entries: dict[int, bytes] = {}

    def take_over(self, block: bytes, without: set[int]) -> None:
        """The tags of a structure that the file begins with: their offsets hold."""
        for entry in metadata.entries(block):
            if entry.value and entry.tag not in without:
                self.entries[entry.tag] = block[entry.place : entry.place + 12]

    def add(self, tag: int, kind: int, values: list[int]) -> None:
        code = "H" if kind == _SHORT else "I"
        count = len(values) // 2 if kind == _RATIONAL else len(values)
        self.add_bytes(tag, kind, struct.pack(f"{self.order}{len(values)}{code}", *values), count)

    def add_bytes(self, tag: int, kind: int, data: bytes, count: int | None = None) -> None:
        inline = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(self.order + "I", _append(self.file, data))
        self.entries[tag] = struct.pack(self.order + "HHI", tag, kind, len(data) if count is None else count) + inline

    def finish(self) -> None:
        """Writes the directory, sorted as TIFF asks, and points the file's header at it."""
        table = b"".join(self.entries[tag] for tag in sorted(self.entries))
        place = _append(self.file, struct.pack(self.order + "H", len(self.entries)) + table + b"\0" * 4)
        self.file.seek(4)
        self.file.write(struct.pack(self.order + "I", place))


def read_planes(file: BinaryIO) -> np.ndarray:
    """Pixels [H, W, 3 or 4] of a TIFF whose colours lie in planes apart; Pillow reads these wrong at 16 bits."""
    import tifffile  # only for these files: it takes a fifth of a second to import

    file.seek(0)
    with tifffile.TiffFile(file) as tiff:
        page = tiff.pages.first
        if page.compression == 1 and page.nbytes > file.seek(0, os.SEEK_END):
            raise ValueError("truncated")
        return np.moveaxis(page.asarray(), 0, -1)

"""PNG files of 8 and 16 bits, with every chunk a photo needs. Pillow cannot write 16-bit colour.

Written in bands of rows, so memory does not grow with the picture. Reading is Pillow's work (`engine.decode`).

Source: W3C, Portable Network Graphics (PNG) Specification, third edition.
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

import numpy as np

from engine.color import bands
from engine.metadata import Carried

_COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  #: by channels: grey, grey and alpha, RGB, RGBA
_LEVEL = 6
_XMP = "XML:com.adobe.xmp"
SETTINGS = "latent-darkroom"  #: keyword of the iTXt chunk with the settings that made the picture


def write(file: BinaryIO, samples: np.ndarray, carried: Carried, settings: str | None = None) -> None:
    """``samples`` [H, W, 1..4] uint8 or uint16: grey, grey and alpha, RGB or RGBA."""
    height, width, channels = samples.shape
    file.write(b"\x89PNG\r\n\x1a\n")
    header = struct.pack(">IIBBBBB", width, height, 8 * samples.itemsize, _COLOUR_TYPES[channels], 0, 0, 0)
    _chunk(file, b"IHDR", header)
    if carried.icc:
        _chunk(file, b"iCCP", b"icc\0\0" + zlib.compress(carried.icc))
    if carried.dpi:
        _chunk(file, b"pHYs", struct.pack(">IIB", *(round(d / 0.0254) for d in carried.dpi), 1))
    if carried.exif:
        _chunk(file, b"eXIf", carried.exif)
    texts = dict(carried.texts)
    if carried.xmp:
        texts[_XMP] = carried.xmp.decode("utf-8", "replace")
    if settings:
        texts[SETTINGS] = settings
    for keyword, text in texts.items():  # before the pixels, where readers find them without decoding
        _chunk(file, b"iTXt", keyword.encode("latin-1", "replace")[:79] + b"\0\0\0\0\0" + text.encode())
    packer = zlib.compressobj(_LEVEL, strategy=zlib.Z_FILTERED)
    above = np.zeros((1, width * channels * samples.itemsize), np.uint8)
    for band in bands(height, width):
        rows = np.ascontiguousarray(samples[band], samples.dtype.newbyteorder(">")).view(np.uint8)
        rows = rows.reshape(rows.shape[0], -1)
        if data := packer.compress(_filtered(rows, above, channels * samples.itemsize).data):
            _chunk(file, b"IDAT", data)
        above = rows[-1:]
    _chunk(file, b"IDAT", packer.flush())
    _chunk(file, b"IEND", b"")


def _chunk(file: BinaryIO, kind: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + kind)
    file.write(data)
    file.write(struct.pack(">I", zlib.crc32(data, zlib.crc32(kind))))


def _filtered(rows: np.ndarray, above: np.ndarray, step: int) -> np.ndarray:
    """Rows [n, bytes] as PNG filters them: each by Sub, Up or Paeth, whichever leaves the smallest differences.

    ``above`` [1, bytes] is the row before them, ``step`` the bytes of a pixel.
    """
    up = np.concatenate([above, rows[:-1]])
    left, corner = np.zeros_like(rows), np.zeros_like(rows)
    left[:, step:], corner[:, step:] = rows[:, :-step], up[:, :-step]
    choices = np.stack([rows - left, rows - up, rows - _paeth(left, up, corner)])
    cost = np.abs(choices.view(np.int8).astype(np.int16)).sum(axis=-1, dtype=np.int64)  # [3, n]
    best = cost.argmin(axis=0)
    filtered = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = np.array([1, 2, 4], np.uint8)[best]
    filtered[:, 1:] = choices[best, np.arange(rows.shape[0])]
    return filtered


def _paeth(left: np.ndarray, up: np.ndarray, corner: np.ndarray) -> np.ndarray:
    """Of the three neighbours the one nearest to left + up - corner."""
    to_left = np.abs(up.astype(np.int16) - corner)
    to_up = np.abs(left.astype(np.int16) - corner)
    to_corner = np.abs(left.astype(np.int16) + up - 2 * corner.astype(np.int16))
    nearest_of_rest = np.where(to_up <= to_corner, up, corner)
    return np.where((to_left <= to_up) & (to_left <= to_corner), left, nearest_of_rest)

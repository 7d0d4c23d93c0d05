"""Arrays into a photo's file, with everything it carries, format by format.

|format|bits  |grey|alpha|settings in|EXIF, XMP, ICC|IPTC|texts       |dpi |
|------|------|----|-----|-----------|--------------|----|------------|----|
|PNG   |8, 16 |yes |yes  |iTXt       |yes           |no  |yes         |yes |
|TIFF  |8, 16 |yes |yes  |XMP        |yes           |yes |no          |yes |
|JPEG  |8     |yes |no   |XMP        |yes           |yes |the comment |yes |
|WEBP  |8     |no  |yes  |XMP        |yes           |no  |no          |EXIF|
|AVIF  |8     |no  |yes  |XMP        |yes           |no  |no          |EXIF|

HEIC is only read: its encoder (x265) would bring the GNU General Public License on the whole program.
"""

from __future__ import annotations

import io
import struct
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from engine import metadata, png, tiff
from engine.formats import Refusal
from engine.metadata import Carried

SIXTEEN_BITS = frozenset({"PNG", "TIFF"})
GREY = frozenset({"PNG", "TIFF", "JPEG"})
ALPHA = frozenset({"PNG", "TIFF", "WEBP", "AVIF"})

_MOST_PIXELS_A_SIDE = {"JPEG": 65500, "WEBP": 16383, "AVIF": 32768}
_SEGMENT = 65533  #: bytes in a JPEG segment, after its length
_EXIF_HEADER, _XMP_HEADER = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_FULL_CHROMA_FROM = 90  #: quality from which JPEG and AVIF keep all colour
_AVIF_SPEED = 9  #: a third of the default's time, or less, for the same error and up to 12 % more bytes


def encode(
    file: BinaryIO, kind: str, samples: np.ndarray, carried: Carried, *, settings: str | None, quality: int
) -> None:
    """Writes ``samples`` [H, W, 1..4], as this format can hold them, to an empty ``file``.

    ``quality`` is 1..100; WebP is lossless at 100. Raises Refusal where the format cannot hold the picture, and what
    the libraries raise.
    """
    height, width, _ = samples.shape
    limit = _MOST_PIXELS_A_SIDE.get(kind, 2**31 - 1)
    if max(width, height) > limit:
        raise Refusal(f"a {kind} has at most {limit} pixels a side, save it as PNG or TIFF")
    if kind == "PNG":
        png.write(file, samples, carried, settings)
        return
    if carried.exif and kind == "AVIF":
        carried.exif = metadata.without_orientation(carried.exif)
    if settings:
        carried.xmp = metadata.add_settings(carried.xmp, settings)
    if kind == "TIFF":
        tiff.write(file, samples, carried)
    else:
        # Through memory, because Pillow's own writing hides what the system says of a full disk.
        file.write(_LOSSY[kind](samples, carried, quality))


def _jpeg(samples: np.ndarray, carried: Carried, quality: int) -> bytes:
    parts = (("EXIF", _EXIF_HEADER, carried.exif), ("XMP", _XMP_HEADER, carried.xmp))
    for name, header, data in parts:
        if data and len(header) + len(data) > _SEGMENT:
            raise Refusal(f"its {name} is too large for a JPEG, save it as PNG or TIFF")
    options: dict[str, Any] = {"quality": quality, "subsampling": 0 if quality >= _FULL_CHROMA_FROM else 2}
    if carried.dpi:
        options["dpi"] = carried.dpi
    comment = carried.texts.get("Comment", "").encode()
    if comment and len(comment) <= _SEGMENT:
        options["comment"] = comment
    if carried.iptc:
        segment = metadata.photoshop_segment(carried.iptc)
        if len(segment) > _SEGMENT:
            raise Refusal("its IPTC is too large for a JPEG, save it as TIFF")
        options["extra"] = b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment
    return _pillow(samples, "JPEG", carried, options)


def _webp(samples: np.ndarray, carried: Carried, quality: int) -> bytes:
    return _pillow(samples, "WEBP", carried, {"quality": quality, "lossless": quality == 100, "exact": True})


def _avif(samples: np.ndarray, carried: Carried, quality: int) -> bytes:
    subsampling = "4:4:4" if quality >= _FULL_CHROMA_FROM else "4:2:0"
    return _pillow(samples, "AVIF", carried, {"quality": quality, "subsampling": subsampling, "speed": _AVIF_SPEED})


def _pillow(samples: np.ndarray, kind: str, carried: Carried, options: dict[str, Any]) -> bytes:
    image = Image.fromarray(samples[..., 0] if samples.shape[-1] == 1 else samples)
    for name, data in (("icc_profile", carried.icc), ("exif", carried.exif), ("xmp", carried.xmp)):
        if data:
            options[name] = _EXIF_HEADER + data if name == "exif" and kind == "JPEG" else data
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


_LOSSY = {"JPEG": _jpeg, "WEBP": _webp, "AVIF": _avif}

"""A photo's file into arrays: upright, in the colour space of the file, with what the file carried.

Pillow reads everything but HEIC, which is libheif's. Pillow keeps only the high bytes of 16-bit colour; reading
such a file a second time with the byte order turned round gives the low bytes, and both together all 16 bits,
for every compression and interlacing Pillow knows.

Of animations and files of several pages the first picture is read. Raises `Refusal` with a cause in words where
it knows one, and whatever the libraries raise on damaged files; `engine.photo.read` turns all of it into sentences.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from PIL import Image, ImageFile, PngImagePlugin, TiffImagePlugin

from engine import color, formats, heif, icc, metadata, png, tiff
from engine.formats import Refusal
from engine.metadata import Carried

MAX_MEGAPIXELS = 400

# Pillow refuses twice this, and warns from this on, while it reads the header; `_check_size` refuses what it lets pass.
Image.MAX_IMAGE_PIXELS = MAX_MEGAPIXELS * 10**6

# Pillow knows no 16-bit grey with alpha in TIFF: its two samples of two bytes pass for four of one (`_grey_alpha_16`).
for _order in (b"II", b"MM"):
    TiffImagePlugin.OPEN_INFO.setdefault((_order, 1, (1,), 1, (16, 16), (2,)), ("RGBA", "RGBA"))

# What is wrong with a file is said by the errors raised. Pillow and tifffile also log it, which ends on stderr where
# nobody set up logging; libtiff writes it there by itself, unless told not to (it is out of reach on Windows).
for _name in ("PIL", "tifffile"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
with contextlib.suppress(AttributeError, OSError):
    ctypes.CDLL(Image.core.__file__).TIFFSetErrorHandler(None)

_OTHER_ORDER = {"16B": "16L", "16L": "16B", "16N": "16B" if sys.byteorder == "little" else "16L"}

# TIFF tags
_SUBFILE, _BITS, _PHOTOMETRIC, _ORIENTATION, _PLANAR, _IPTC, _DNG = 254, 258, 262, 274, 284, 33723, 50706


@dataclass
class Decoded:
    """``samples`` [H, W, 1 or 3] uint8 or uint16 and ``alpha`` [H, W] or None, upright."""

    samples: np.ndarray
    alpha: np.ndarray | None
    format: str
    carried: Carried


def decode(file: BinaryIO) -> Decoded:
    """Reads a photo. CMYK and Lab come out as sRGB, with a profile that says so."""
    kind = _kind(file)
    return _decode_heif(file) if kind == "HEIF" else _decode_pillow(file, kind)


def settings(file: BinaryIO) -> str | None:
    """The settings that made a picture, without decoding it."""
    kind = _kind(file)
    info = heif.opened(file).info if kind == "HEIF" else _open(file, kind).info
    own = info.get(png.SETTINGS)
    return str(own) if own is not None else metadata.find_settings(_xmp(info))


def _kind(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(256)
    if not head:
        raise Refusal("the file is empty")
    kind = formats.sniff(head)
    if kind is None:
        raise Refusal(f"it is {formats.describe(head)}")
    return kind


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_MEGAPIXELS * 10**6:
        raise Refusal(f"it claims {width:,} x {height:,} pixels; {MAX_MEGAPIXELS} megapixels are the most that is read")
    if width < 1 or height < 1:
        raise Refusal("it has no pixels")


@dataclass
class _Stored:
    """A picture as its file stores it: ``rows(band)`` gives [rows, W] or [rows, W, channels].

    ``channels`` are grey, grey and alpha, RGB or RGBA; ``size`` is (width, height).
    """

    size: tuple[int, int]
    channels: int
    dtype: type
    rows: Callable[[slice], np.ndarray]


def _upright(stored: _Stored, orientation: int) -> tuple[np.ndarray, np.ndarray | None]:
    """Samples [H, W, 1 or 3] and alpha [H, W] or None, turned as EXIF orientation 1..8 says."""
    width, height = stored.size
    shape = (height, width) if orientation < 5 else (width, height)
    colours = stored.channels - (stored.channels + 1) % 2
    samples = np.empty((*shape, colours), stored.dtype)
    alpha = np.empty(shape, stored.dtype) if colours < stored.channels else None
    for band in color.bands(height, width):
        values = stored.rows(band).reshape(-1, width, stored.channels)
        _as_stored(samples, orientation)[band] = values[..., :colours]
        if alpha is not None:
            _as_stored(alpha, orientation)[band] = values[..., -1]
    return samples, alpha


def _as_stored(upright: np.ndarray, orientation: int) -> np.ndarray:
    """A view of an upright picture in which the rows lie as the file has them."""
    match orientation:
        case 2:
            return upright[:, ::-1]
        case 3:
            return upright[::-1, ::-1]
        case 4:
            return upright[::-1]
        case 5:
            return upright.swapaxes(0, 1)
        case 6:
            return np.rot90(upright)
        case 7:
            return upright[::-1, ::-1].swapaxes(0, 1)
        case 8:
            return np.rot90(upright, -1)
    return upright


# -- Pillow -----------------------------------------------------------------------------------------


def _decode_pillow(file: BinaryIO, kind: str) -> Decoded:
    image = _open(file, kind)
    orientation = _tags(image).get(_ORIENTATION, 1)
    stored = _load(file, kind, image)
    carried = _carried(image)
    if kind != "TIFF":
        orientation = metadata.orientation(carried.exif)
    samples, alpha = _upright(stored, orientation if orientation in range(1, 9) else 1)
    return Decoded(samples, alpha, kind, carried)


def _open(file: BinaryIO, kind: str) -> Image.Image:
    file.seek(0)
    image = Image.open(file, formats=[kind])
    _check_size(*image.size)
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        if _DNG in _tags(image) or _tags(image).get(_SUBFILE) == 1:
            raise Refusal("it is a raw camera file")  # its first picture is a small preview
        strips = [tile.extents for tile in image.tile if tile.extents]  # a strip that nobody lists would stay black
        if sum((right - left) * (bottom - top) for left, top, right, bottom in strips) < image.width * image.height:
            raise Refusal("it is damaged, parts of the picture are missing")
        image.getexif()[_ORIENTATION] = 1  # Pillow would turn TIFF, and only TIFF, by itself
    return image


def _tags(image: Image.Image) -> Any:
    """The TIFF directory of an image, a mapping; empty for other formats."""
    return image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}


def _rawmode(image: Image.Image) -> str:
    """How Pillow is about to unpack the file's samples, such as "RGB;16B"."""
    args = image.tile[0].args if isinstance(image, ImageFile.ImageFile) and image.tile else ""
    return str(args[0] if isinstance(args, tuple) and args else args)


def _unpack_as(image: Image.Image, rawmode: str) -> None:
    """Makes Pillow unpack the file's samples in another way of the same number of bits."""
    assert isinstance(image, ImageFile.ImageFile)
    image.tile = [
        tile._replace(args=(rawmode, *tile.args[1:]) if isinstance(tile.args, tuple) else rawmode)
        for tile in image.tile
    ]


def _load(file: BinaryIO, kind: str, image: Image.Image) -> _Stored:
    """Decodes the first picture; only its unpacking into arrays is left to do, band by band."""
    tags, rawmode = _tags(image), _rawmode(image)
    bits = tags.get(_BITS, ())
    if tags.get(_PLANAR) == 2 and bits[:1] == (16,):
        planes = tiff.read_planes(file)
        return _Stored((planes.shape[1], planes.shape[0]), planes.shape[-1], np.uint16, planes.__getitem__)
    if rawmode == "LA;16B" or bits == (16, 16):
        return _grey_alpha_16(image, rawmode)
    if image.mode in ("RGB", "RGBA") and ";16" in rawmode:
        return _colour_16(image, _open(file, kind), rawmode)
    image.load()
    if image.mode.startswith("I;16"):
        return _grey_16(image)
    if image.mode in ("I", "F"):
        raise Refusal("its samples have 32 bits; 8 and 16 are read")
    return _eight_bits(image)


def _band(image: Image.Image, rows: slice) -> Image.Image:
    """Rows of a loaded image as they are stored; ``image.size`` may speak of the turned picture already (TIFF)."""
    return image.crop((0, rows.start, image.im.size[0], rows.stop))


def _eight_bits(image: Image.Image) -> _Stored:
    alpha = image.has_transparency_data
    mode = ("LA" if alpha else "L") if image.mode in ("1", "L", "LA", "La") else "RGBA" if alpha else "RGB"
    convert = color.cmyk_to_srgb(image.info.get("icc_profile")) if image.mode == "CMYK" else None

    def rows(band: slice) -> np.ndarray:
        part = _band(image, band)
        return np.asarray(convert(part) if convert else part if part.mode == mode else part.convert(mode))

    return _Stored(image.im.size, len(mode), np.uint8, rows)


def _grey_16(image: Image.Image) -> _Stored:
    tags, key = _tags(image), image.info.get("transparency")

    def rows(band: slice) -> np.ndarray:
        values = np.asarray(_band(image, band)).astype(np.uint16)
        if tags.get(_BITS) == (12,):
            values = values << 4 | values >> 8
        if tags.get(_PHOTOMETRIC) == 0:  # white is 0
            values = 65535 - values
        return _with_key(values[..., None], key)

    return _Stored(image.im.size, 1 if key is None else 2, np.uint16, rows)


def _grey_alpha_16(image: Image.Image, rawmode: str) -> _Stored:
    """Two samples of two bytes, taken for four of one."""
    big_endian = rawmode == "LA;16B" or _tags(image).prefix == b"MM"
    assert isinstance(image, ImageFile.ImageFile)
    if image.tile[0].codec_name == "libtiff":  # which turns bytes into the machine's order
        big_endian = sys.byteorder == "big"
    _unpack_as(image, "RGBA")
    image.load()

    def rows(band: slice) -> np.ndarray:
        values = np.asarray(_band(image, band)).view(np.uint16)
        return values.byteswap() if big_endian == (sys.byteorder == "little") else values

    return _Stored(image.im.size, 2, np.uint16, rows)


def _colour_16(high: Image.Image, low: Image.Image, rawmode: str) -> _Stored:
    """Twice the same file: for the high bytes of its samples, and in the other byte order for the low ones."""
    key, multiplied = high.info.get("transparency"), rawmode.startswith("RGBa")
    layout, order = rawmode.replace("a", "A").split(";")
    for image, wanted in ((high, order), (low, _OTHER_ORDER[order])):
        _unpack_as(image, f"{layout};{wanted}")
        image.load()

    def rows(band: slice) -> np.ndarray:
        values = np.asarray(_band(high, band)).astype(np.uint16) << 8
        values |= np.asarray(_band(low, band))
        if multiplied:
            alpha = np.maximum(values[..., 3:].astype(np.uint32), 1)
            values[..., :3] = np.minimum((values[..., :3] * np.uint32(65535) + alpha // 2) // alpha, 65535)
        return _with_key(values, key)

    channels = len(high.getbands()) + (key is not None)
    return _Stored(high.im.size, channels, np.uint16, rows)


def _with_key(values: np.ndarray, key: Any) -> np.ndarray:
    """Adds alpha to 16-bit samples: transparent where they equal the file's key colour, if it has one."""
    if key is None:
        return values
    alpha = np.where((values == np.array(key)).all(axis=-1, keepdims=True), 0, 65535)
    return np.concatenate([values, alpha.astype(np.uint16)], axis=-1)


def _carried(image: Image.Image) -> Carried:
    """What Pillow found beside the pixels of a loaded image. Nothing here can make a photo unreadable."""
    carried, info = Carried(), image.info
    # Damaged metadata raises errors of many kinds; the picture is worth more than its metadata, so it goes without.
    with contextlib.suppress(Exception):
        carried.icc = color.SRGB if image.mode == "CMYK" else info.get("icc_profile") or _gamma_profile(image)
    with contextlib.suppress(Exception):
        carried.exif = metadata.clean_exif(info.get("exif"))
        if _tags(image):
            carried.exif = metadata.exif_of_tiff(image.getexif())
        if "Raw profile type exif" in info:  # ImageMagick's way in PNG
            carried.exif = carried.exif or metadata.clean_exif(image.getexif().tobytes())
    with contextlib.suppress(Exception):
        carried.xmp = _xmp(info)
    with contextlib.suppress(Exception):
        carried.iptc = _iptc(image)
    with contextlib.suppress(Exception):
        carried.texts = _texts(image)
    with contextlib.suppress(Exception):
        x, y = (float(d) for d in info["dpi"])
        carried.dpi = (x, y) if 1 <= x <= 30000 and 1 <= y <= 30000 else None
    return carried


def _gamma_profile(image: Image.Image) -> bytes | None:
    """A profile that says what a PNG's gAMA and cHRM chunks say; None where they say sRGB, or nothing."""
    gamma = image.info.get("gamma")
    if not gamma or "srgb" in image.info or abs(gamma - 1 / 2.2) < 0.01:
        return None
    tone = icc.power_curve(1 / gamma)
    if image.mode in ("1", "L", "LA", "I;16"):
        return icc.grey_profile(tone)
    x_y = image.info.get("chromaticity")
    return icc.rgb_profile(tone, (x_y[2:4], x_y[4:6], x_y[6:8], x_y[:2])) if x_y else icc.rgb_profile(tone)


def _xmp(info: dict[Any, Any]) -> bytes | None:
    packet = info.get("xmp") or info.get("XML:com.adobe.xmp")
    return (packet.encode() if isinstance(packet, str) else bytes(packet).rstrip(b"\0")) if packet else None


def _iptc(image: Image.Image) -> bytes | None:
    value = _tags(image).get(_IPTC) or image.info.get("photoshop", {}).get(metadata.IPTC_RESOURCE)
    if isinstance(value, tuple) and all(isinstance(v, int) for v in value):  # some call its bytes 32-bit numbers
        value = struct.pack(f"{'<' if _tags(image).prefix == b'II' else '>'}{len(value)}I", *value)
    return value if isinstance(value, bytes) and value else None


def _texts(image: Image.Image) -> dict[str, str]:
    is_png = isinstance(image, PngImagePlugin.PngImageFile)
    texts = {str(k): str(v) for k, v in image.info.items() if isinstance(v, str)} if is_png else {}
    comment = image.info.get("comment")
    if isinstance(comment, bytes):
        try:
            texts["Comment"] = comment.decode()
        except UnicodeDecodeError:
            texts["Comment"] = comment.decode("latin-1")
    own = ("XML:com.adobe.xmp", png.SETTINGS)
    return {k: v for k, v in texts.items() if k not in own and not k.startswith("Raw profile type")}


# -- libheif ----------------------------------------------------------------------------------------


def _decode_heif(file: BinaryIO) -> Decoded:
    """HEIC, turned by libheif."""
    found = heif.opened(file)
    _check_size(*found.size)
    values = np.asarray(found)
    _check_size(values.shape[1], values.shape[0])  # the header may have said something else
    carried = Carried(found.info.get("icc_profile"), metadata.clean_exif(found.info.get("exif")), _xmp(found.info))
    channels = values.shape[2] if values.ndim == 3 else 1
    stored = _Stored((values.shape[1], values.shape[0]), channels, values.dtype.type, values.__getitem__)
    return Decoded(*_upright(stored, 1), "HEIF", carried)

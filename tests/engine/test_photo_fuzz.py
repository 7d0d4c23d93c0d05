"""Some thousands of damaged photos: each is read, or refused in a sentence, and nothing else happens."""

from __future__ import annotations

import functools
import io
import random
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, PngImagePlugin

from engine import photo
from engine.color import SRGB
from engine.errors import PhotoError

sys.path.insert(0, str(Path(__file__).parent))
from heic import heic

ROUNDS = 180  #: mutants of each seed file
WIDTH, HEIGHT = 24, 16


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _tiff(samples: np.ndarray, **options: object) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, samples, **options)  # pyright: ignore[reportArgumentType]
    return buffer.getvalue()


@functools.cache
def seeds() -> dict[str, bytes]:
    """A small photo in every format and many modes, with metadata to damage."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    rgb = np.stack([x * 10, y * 15, (x + y) * 6], axis=-1).astype(np.uint8)
    rgba = np.dstack([rgb, (x * 10).astype(np.uint8)])
    rgb16, grey16 = rgb.astype(np.uint16) * 257, rgb[..., 0].astype(np.uint16) * 257
    colour, grey = Image.fromarray(rgb), Image.fromarray(rgb[..., 0])
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a description"
    exif.get_ifd(0x8769)[0xA002] = WIDTH
    carried = {"exif": exif.tobytes(), "icc_profile": SRGB}
    xmp = b'<x:xmpmeta><rdf:RDF><rdf:Description tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "a title", zip=True)
    text.add_itxt("latent-darkroom", "{}")
    return {
        "jpeg": _saved(colour, "JPEG", xmp=xmp, comment=b"hello", **carried),
        "progressive": _saved(colour, "JPEG", progressive=True),
        "jpeg grey": _saved(grey, "JPEG"),
        "jpeg cmyk": _saved(colour.convert("CMYK"), "JPEG"),
        "png": _saved(Image.fromarray(rgba), "PNG", pnginfo=text, **carried),
        "png palette": _saved(colour.quantize(8), "PNG", transparency=2),
        "png 1 bit": _saved(grey.convert("1"), "PNG"),
        "png grey 16": _saved(Image.fromarray(grey16), "PNG", icc_profile=SRGB),
        "png 16": _png16(rgb16),
        "tiff": _saved(colour, "TIFF", **carried),
        "tiff lzw": _saved(colour, "TIFF", compression="tiff_lzw", icc_profile=SRGB),
        "tiff jpeg": _saved(colour, "TIFF", compression="jpeg"),
        "tiff g4": _saved(grey.convert("1"), "TIFF", compression="group4"),
        "tiff 16": _tiff(rgb16, photometric="rgb"),
        "tiff 16 packed": _tiff(rgb16, photometric="rgb", compression="zlib", predictor=True, tile=(16, 16)),
        "tiff 16 planes": _tiff(np.moveaxis(rgb16, -1, 0).copy(), photometric="rgb", planarconfig="separate"),
        "webp": _saved(Image.fromarray(rgba), "WEBP", xmp=xmp, **carried),
        "webp lossless": _saved(colour, "WEBP", lossless=True),
        "gif": _saved(colour.quantize(16), "GIF", save_all=True, append_images=[colour.quantize(4)]),
        "bmp": _saved(colour, "BMP"),
        "bmp rle": _saved(colour.quantize(16), "BMP"),
        "avif": _saved(Image.fromarray(rgba), "AVIF", quality=60, speed=10, xmp=xmp, **carried),
        "heic": heic(rgba, quality=80, exif=exif.tobytes(), xmp=xmp),
    }


def _png16(samples: np.ndarray) -> bytes:
    height, width, _ = samples.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)), (b"gAMA", struct.pack(">I", 55556))]
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


# -- ways to damage a file --------------------------------------------------------------------------


def flip_bytes(data: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        damaged[dice.randrange(len(damaged))] = dice.choice((0, 255, 127, dice.randrange(256)))
    return bytes(damaged)


def flip_in_head(data: bytes, dice: random.Random) -> bytes:
    return flip_bytes(data[:200], dice) + data[200:]


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def wrong_number(data: bytes, dice: random.Random) -> bytes:
    """A length, count or size field gets an extreme value."""
    place = dice.randrange(len(data) - 4)
    value = dice.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000, 0x00010000, len(data), dice.randrange(2**32)))
    code = dice.choice((">I", "<I", ">H", "<H"))
    number = struct.pack(code, value & (0xFFFF if code[1] == "H" else 0xFFFFFFFF))
    return data[:place] + number + data[place + len(number) :]


def wrong_checked_number(data: bytes, dice: random.Random) -> bytes:
    """As `wrong_number`, with the check sums of a PNG made right again, so that its decoder goes on."""
    damaged, place = bytearray(wrong_number(data, dice)), 8
    while data[:4] == b"\x89PNG" and place + 12 <= len(damaged):
        (size,) = struct.unpack_from(">I", damaged, place)
        if place + 12 + size > len(damaged):
            break
        struct.pack_into(">I", damaged, place + 8 + size, zlib.crc32(damaged[place + 4 : place + 8 + size]))
        place += 12 + size
    return bytes(damaged)


def move_part(data: bytes, dice: random.Random) -> bytes:
    a, b = sorted(dice.sample(range(len(data)), 2))
    place = dice.randrange(len(data))
    return data[:place] + data[a:b] + data[place:]


def drop_part(data: bytes, dice: random.Random) -> bytes:
    a = dice.randrange(len(data))
    return data[:a] + data[a + dice.randrange(1, 40) :]


WAYS: list[Callable[[bytes, random.Random], bytes]] = [
    flip_bytes, flip_in_head, cut, wrong_number, wrong_checked_number, move_part, drop_part,
]  # fmt: skip


def check(path: Path, note: str) -> bool:
    """Whether a file is read; raises where it is neither read well nor refused well."""
    try:
        taken = photo.read(path)
    except PhotoError as error:
        sentence = str(error)
        assert sentence.startswith(path.name) and "\n" not in sentence and len(sentence) < 300, (note, sentence)
        return False
    assert taken.pixels.ndim == 3 and taken.pixels.shape[2] == 3 and taken.pixels.size, note
    assert taken.pixels.dtype in (np.uint8, np.uint16) and taken.pixels.flags.c_contiguous, note
    if taken.alpha is not None:
        assert taken.alpha.shape == taken.pixels.shape[:2] and taken.alpha.dtype == taken.pixels.dtype, note
    return True


@pytest.mark.parametrize("name", seeds())
def test_damaged_files_are_read_or_refused(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    seed = seeds()[name]
    path, saved = tmp_path / f"{name}.photo", tmp_path / "saved.png"
    path.write_bytes(seed)
    assert check(path, "the seed itself")
    dice, read = random.Random(name), 0
    for i in range(ROUNDS):
        way = WAYS[i % len(WAYS)]
        path.write_bytes(way(seed, dice))
        note = f"{name}, mutant {i} by {way.__name__}"
        if check(path, note):
            read += 1
            if read % 10 == 0:  # what can be read can be written
                taken = photo.read(path)
                photo.write(taken, taken.pixels, saved, overwrite=True)
    assert 0 < read < ROUNDS
    assert capfd.readouterr() == ("", "")


def test_heads_of_one_format_on_bodies_of_another(tmp_path: Path) -> None:
    dice, files = random.Random(0), list(seeds().values())
    path = tmp_path / "spliced.jpg"
    for i in range(400):
        head, body = dice.sample(files, 2)
        path.write_bytes(head[: dice.randrange(4, 200)] + body[dice.randrange(100) :])
        check(path, f"splice {i}")


def test_noise(tmp_path: Path) -> None:
    dice = random.Random(0)
    path = tmp_path / "noise.png"
    for i in range(200):
        path.write_bytes(dice.randbytes(dice.randrange(300)))
        assert not check(path, f"noise {i}")

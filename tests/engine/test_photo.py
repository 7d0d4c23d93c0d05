"""Real files of every format and mode in, and pixels of every sort back out."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pi_heif
import pytest
import tifffile
from PIL import Image, ImageOps

from engine import formats, photo
from engine.color import SRGB
from engine.photo import Photo

sys.path.insert(0, str(Path(__file__).parent))
from heic import heic

HEIGHT, WIDTH = 24, 40
Y, X = np.mgrid[:HEIGHT, :WIDTH]
RGB = np.stack([X * 6, Y * 10, (X + Y) * 3], axis=-1).astype(np.uint8)
GREY = (X * 3 + Y * 5).astype(np.uint8)
ALPHA = (255 - X * 6).astype(np.uint8)
RGB16 = RGB.astype(np.uint16) * 257 ^ np.random.default_rng(0).integers(0, 256, RGB.shape, dtype=np.uint16)
GREY16, ALPHA16 = RGB16[..., 2].copy(), RGB16[..., 1].copy()
SETTINGS = '{"noise": 12.5, "model": "é <&> \\"quoted\\" ]]>"}'
LOSSLESS = (".png", ".tif", ".webp")
EVERY = (".png", ".tif", ".jpg", ".webp", ".avif")


def make(path: Path, samples: np.ndarray, **options: object) -> Path:
    if path.suffix == ".heic":
        path.write_bytes(heic(samples, **options))
    else:
        Image.fromarray(samples).save(path, **options)
    return path


def make_png16(path: Path, samples: np.ndarray, *chunks: tuple[bytes, bytes], interlaced: bool = False) -> Path:
    """A 16-bit PNG by the letter of the specification: no filters, one IDAT, Adam7 if asked."""
    height, width, channels = samples.shape
    adam7 = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    passes = [samples[y::dy, x::dx] for y, x, dy, dx in adam7] if interlaced else [samples]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for part in passes if part.size for row in part)
    colour_type = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, interlaced)
    every = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in every)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(body))
    return path


def same(a: np.ndarray, b: np.ndarray, within: int = 0) -> bool:
    return a.shape == b.shape and int(np.abs(a.astype(int) - b.astype(int)).max()) <= within


# -- reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "options", "within"), [
    (".png", {}, 0), (".bmp", {}, 0), (".tif", {}, 0), (".tif", {"compression": "tiff_lzw"}, 0),
    (".tif", {"compression": "jpeg", "quality": 95}, 12), (".jpg", {"quality": 95}, 12),
    (".jpg", {"quality": 95, "progressive": True}, 12), (".webp", {"lossless": True}, 0),
    (".webp", {"quality": 95}, 16), (".avif", {"quality": 95}, 12), (".heic", {"quality": 95}, 12),
])  # fmt: skip
def test_colour(tmp_path: Path, suffix: str, options: dict[str, object], within: int) -> None:
    path = make(tmp_path / f"a{suffix}", RGB, **options)
    taken = photo.read(path)
    assert same(taken.pixels, RGB, within)
    assert taken.pixels.flags.c_contiguous and taken.bits == 8 and not taken.grey and taken.alpha is None
    assert (taken.width, taken.height, taken.path, taken.icc) == (WIDTH, HEIGHT, path, None)
    kinds = {".jpg": "JPEG", ".tif": "TIFF", ".heic": "HEIF"}
    assert taken.format == kinds.get(suffix, suffix[1:].upper())


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp", ".avif", ".heic"])
def test_alpha(tmp_path: Path, suffix: str) -> None:
    options = {".webp": {"lossless": True, "exact": True}, ".avif": {"quality": 100}, ".heic": {"quality": 98}}
    taken = photo.read(make(tmp_path / f"a{suffix}", np.dstack([RGB, ALPHA]), **options.get(suffix, {})))
    assert taken.alpha is not None
    lossy = suffix in (".avif", ".heic")
    assert same(taken.alpha, ALPHA, 3 * lossy) and same(taken.pixels, RGB, 12 * lossy)


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.jpg", "a.bmp"])
def test_grey(tmp_path: Path, name: str) -> None:
    taken = photo.read(make(tmp_path / name, GREY))
    assert taken.grey and same(taken.pixels, np.repeat(GREY[..., None], 3, axis=-1), 2 * (name == "a.jpg"))


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_grey_with_alpha(tmp_path: Path, suffix: str) -> None:
    Image.fromarray(np.dstack([GREY, ALPHA]), "LA").save(tmp_path / f"a{suffix}")
    taken = photo.read(tmp_path / f"a{suffix}")
    assert taken.grey and taken.alpha is not None and same(taken.alpha, ALPHA) and same(taken.pixels[..., 0], GREY)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".bmp", ".gif"])
def test_palette(tmp_path: Path, suffix: str) -> None:
    indexed = Image.fromarray(RGB).quantize(32)
    indexed.save(tmp_path / f"a{suffix}")
    taken = photo.read(tmp_path / f"a{suffix}")
    assert same(taken.pixels, np.asarray(indexed.convert("RGB"))) and taken.alpha is None and not taken.grey


@pytest.mark.parametrize("suffix", [".png", ".gif"])
def test_palette_with_transparency(tmp_path: Path, suffix: str) -> None:
    indexed = Image.fromarray(RGB).quantize(8)
    indexed.save(tmp_path / f"a{suffix}", transparency=3)
    taken = photo.read(tmp_path / f"a{suffix}")
    assert taken.alpha is not None
    assert same(taken.alpha, np.where(np.asarray(indexed) == 3, 0, 255))


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.bmp"])
def test_one_bit(tmp_path: Path, name: str) -> None:
    bits = GREY > 100
    Image.fromarray(bits).save(tmp_path / name)
    taken = photo.read(tmp_path / name)
    assert taken.grey and same(taken.pixels[..., 1], bits * 255)


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_cmyk_without_a_profile(tmp_path: Path, suffix: str) -> None:
    """A JPEG of CMYK is stored inverted, as Adobe's programs do it."""
    Image.fromarray(RGB).convert("CMYK").save(tmp_path / f"a{suffix}", quality=98)
    taken = photo.read(tmp_path / f"a{suffix}")
    assert same(taken.pixels, RGB, 8 * (suffix == ".jpg"))
    saved = photo.read(photo.write(taken, taken.pixels, tmp_path / "b.tif"))
    assert same(saved.pixels, taken.pixels) and saved.icc == taken.icc and saved.icc is not None


def test_lab(tmp_path: Path) -> None:
    Image.fromarray(RGB).convert("LAB").save(tmp_path / "a.tif")
    assert np.abs(photo.read(tmp_path / "a.tif").pixels.astype(int) - RGB).mean() < 2  # Lab of 8 bits is coarse


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_png_of_16_bits(tmp_path: Path, channels: int, interlaced: bool) -> None:
    colour = GREY16[..., None] if channels < 3 else RGB16
    samples = colour if channels % 2 else np.dstack([colour, ALPHA16])
    taken = photo.read(make_png16(tmp_path / "a.png", samples, interlaced=interlaced))
    assert taken.bits == 16 and taken.grey == (channels < 3)
    assert same(taken.pixels, np.repeat(colour, 3, axis=-1) if channels < 3 else RGB16)
    assert taken.alpha is None if channels % 2 else (taken.alpha is not None and same(taken.alpha, ALPHA16))


@pytest.mark.parametrize("samples", [RGB16, GREY16[..., None]])
def test_png_of_16_bits_with_a_transparent_colour(tmp_path: Path, samples: np.ndarray) -> None:
    key = samples[3, 5].astype(">u2").tobytes()
    taken = photo.read(make_png16(tmp_path / "a.png", samples, (b"tRNS", key)))
    assert taken.alpha is not None
    assert same(taken.alpha, np.where((samples == samples[3, 5]).all(axis=-1), 0, 65535))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("options", [
    {}, {"compression": "zlib"}, {"compression": "zlib", "predictor": True}, {"tile": (16, 16)},
    {"tile": (16, 16), "compression": "zlib"}, {"rowsperstrip": 5},
])  # fmt: skip
def test_tiff_of_16_bits(tmp_path: Path, order: str, options: dict[str, object]) -> None:
    tifffile.imwrite(tmp_path / "rgb.tif", RGB16, photometric="rgb", byteorder=order, **options)
    assert same(photo.read(tmp_path / "rgb.tif").pixels, RGB16)
    both = np.dstack([RGB16, ALPHA16])
    tifffile.imwrite(
        tmp_path / "rgba.tif", both, photometric="rgb", extrasamples=["unassalpha"], byteorder=order, **options
    )
    taken = photo.read(tmp_path / "rgba.tif")
    assert same(taken.pixels, RGB16) and taken.alpha is not None and same(taken.alpha, ALPHA16)
    tifffile.imwrite(tmp_path / "grey.tif", GREY16, photometric="minisblack", byteorder=order, **options)
    taken = photo.read(tmp_path / "grey.tif")
    assert taken.grey and same(taken.pixels[..., 0], GREY16)
    both = np.dstack([GREY16, ALPHA16])
    tifffile.imwrite(
        tmp_path / "la.tif", both, photometric="minisblack", extrasamples=["unassalpha"], byteorder=order, **options
    )
    taken = photo.read(tmp_path / "la.tif")
    assert taken.grey and same(taken.pixels[..., 0], GREY16) and taken.alpha is not None and same(taken.alpha, ALPHA16)


def test_big_tiff(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", RGB16, photometric="rgb", bigtiff=True)
    assert same(photo.read(tmp_path / "a.tif").pixels, RGB16)


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_tiff_of_16_bits_in_planes(tmp_path: Path, compression: str | None) -> None:
    planes = np.moveaxis(RGB16, -1, 0).copy()
    tifffile.imwrite(tmp_path / "a.tif", planes, photometric="rgb", planarconfig="separate", compression=compression)
    assert same(photo.read(tmp_path / "a.tif").pixels, RGB16)


def test_tiff_of_16_bits_with_multiplied_alpha(tmp_path: Path) -> None:
    alpha = np.maximum(ALPHA16, 20000)
    multiplied = np.rint(RGB16 * (alpha[..., None] / 65535)).astype(np.uint16)
    both = np.dstack([multiplied, alpha])
    tifffile.imwrite(tmp_path / "a.tif", both, photometric="rgb", extrasamples=["assocalpha"])
    taken = photo.read(tmp_path / "a.tif")
    assert same(taken.pixels, RGB16, 3) and taken.alpha is not None and same(taken.alpha, alpha)


def test_tiff_where_white_is_0(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", 65535 - GREY16, photometric="miniswhite")
    tifffile.imwrite(tmp_path / "b.tif", 255 - GREY, photometric="miniswhite")
    assert same(photo.read(tmp_path / "a.tif").pixels[..., 0], GREY16)
    assert same(photo.read(tmp_path / "b.tif").pixels[..., 0], GREY)


def test_tiff_of_12_bits(tmp_path: Path) -> None:
    values = GREY16 >> 4
    first, second = values[:, 0::2].astype(int), values[:, 1::2].astype(int)
    packed = np.stack([first >> 4, (first & 15) << 4 | second >> 8, second & 255], axis=-1).astype(np.uint8)
    tags = ((256, 4, WIDTH), (257, 4, HEIGHT), (258, 3, 12), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1))
    tags += ((278, 4, HEIGHT), (279, 4, packed.size))
    directory = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    head = b"II*\0" + struct.pack("<I", 8 + packed.size)
    (tmp_path / "a.tif").write_bytes(head + packed.tobytes() + struct.pack("<H", len(tags)) + directory + bytes(4))
    assert same(photo.read(tmp_path / "a.tif").pixels[..., 0], values * 16 + (values >> 8))


def test_heic_of_10_bits(tmp_path: Path) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes(heic(RGB16, quality=-1, chroma=444))
    taken = photo.read(path)
    assert taken.bits == 16 and same(taken.pixels, RGB16, 600)


def test_one_pixel(tmp_path: Path) -> None:
    for suffix in (*EVERY, ".heic"):
        taken = photo.read(make(tmp_path / f"a{suffix}", RGB[9:10, 9:10].copy()))
        assert (taken.width, taken.height) == (1, 1)
    for suffix in EVERY:
        assert photo.read(photo.write(taken, taken.pixels, tmp_path / f"b{suffix}")).width == 1


def test_of_many_pictures_the_first(tmp_path: Path) -> None:
    first, second = Image.fromarray(RGB), Image.fromarray(255 - RGB)
    for name, options in {"a.webp": {"lossless": True}, "a.png": {}, "a.tif": {}}.items():
        first.save(tmp_path / name, save_all=True, append_images=[second], **options)
        assert same(photo.read(tmp_path / name).pixels, RGB)
    first.quantize(256).save(tmp_path / "a.gif", save_all=True, append_images=[second.quantize(256)])
    assert same(photo.read(tmp_path / "a.gif").pixels, RGB, 60)
    first.save(tmp_path / "a.mpo", "MPO", save_all=True, append_images=[second], quality=95)
    assert same(photo.read(tmp_path / "a.mpo").pixels, RGB, 12)


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    make(tmp_path / "a.jpg", RGB)
    (tmp_path / "a.jpg").rename(tmp_path / "a.png")
    assert photo.read(tmp_path / "a.png").format == "JPEG"


# -- orientation ------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif", ".heic"])
def test_orientation_is_applied_once(tmp_path: Path, suffix: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.fromarray(RGB)
    stored.info["exif"] = exif.tobytes()
    upright = np.asarray(ImageOps.exif_transpose(stored))
    path = tmp_path / f"a{suffix}"
    options = {"exif": exif.tobytes(), "quality": 98} | ({"lossless": True} if suffix == ".webp" else {})
    if suffix == ".heic":
        make(path, upright, quality=98, exif=exif.tobytes())
    else:
        Image.fromarray(RGB).save(path, **options)
    if suffix == ".heic":  # the decoder turns by what the container says; its EXIF says it again, and is not asked
        held = pi_heif.open_heif(path)
        upright = np.array(held)
    within = 0 if suffix in LOSSLESS else 14
    taken = photo.read(path)
    assert same(taken.pixels, upright, within)
    assert taken.pixels.flags.c_contiguous
    for target in EVERY:
        saved = photo.write(taken, taken.pixels, tmp_path / f"b{target}")
        again = photo.read(saved)
        assert same(again.pixels, taken.pixels, 0 if target in LOSSLESS and target != ".webp" else 40), target
        assert Image.open(saved).getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_of_16_bits_and_alpha(tmp_path: Path, orientation: int) -> None:
    both = np.dstack([RGB16, ALPHA16])
    options = {"photometric": "rgb", "extrasamples": ["unassalpha"]}
    tifffile.imwrite(tmp_path / "a.tif", both, extratags=[(274, 3, 1, orientation, True)], **options)
    eight = Image.fromarray((both >> 8).astype(np.uint8))
    eight.info["exif"] = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1" + struct.pack(">HHI", orientation, 0, 0)
    upright = np.asarray(ImageOps.exif_transpose(eight))
    taken = photo.read(tmp_path / "a.tif")
    assert taken.alpha is not None
    assert same(taken.pixels >> 8, upright[..., :3]) and same(taken.alpha >> 8, upright[..., 3])


# -- writing ----------------------------------------------------------------------------------------


def photos(folder: Path) -> dict[str, Photo]:
    """Photos of every sort of pixels."""
    made = {
        "rgb": make(folder / "rgb.png", RGB),
        "rgba": make(folder / "rgba.png", np.dstack([RGB, ALPHA])),
        "grey": make(folder / "grey.png", GREY),
        "rgb 16": make_png16(folder / "rgb16.png", RGB16),
        "rgba 16": make_png16(folder / "rgba16.png", np.dstack([RGB16, ALPHA16])),
        "grey 16": make_png16(folder / "grey16.png", GREY16[..., None]),
        "grey alpha 16": make_png16(folder / "la16.png", np.dstack([GREY16, ALPHA16])),
    }
    return {name: photo.read(path) for name, path in made.items()}


@pytest.mark.parametrize("suffix", EVERY)
def test_every_sort_of_pixels_into_every_format(tmp_path: Path, suffix: str) -> None:
    for name, taken in photos(tmp_path).items():
        target = photo.write(taken, taken.pixels, tmp_path / f"of {name}{suffix}", settings=SETTINGS, quality=100)
        assert photo.read_settings(target) == SETTINGS, name
        back = photo.read(target)
        whole = suffix in (".png", ".tif")
        assert back.bits == (taken.bits if whole else 8), name
        assert back.grey == (taken.grey and suffix in (".png", ".tif", ".jpg")), name
        assert (back.alpha is None) == (taken.alpha is None or suffix == ".jpg"), name
        step = taken.bits // back.bits * 128 if back.bits < taken.bits else 1
        pixels = back.pixels.astype(int) * (257 if step > 1 else 1)
        if whole or suffix == ".webp":
            assert same(pixels, taken.pixels, 0 if step == 1 else 128), name
        elif taken.alpha is None:
            assert same(pixels, taken.pixels, 12 * (257 if step > 1 else 1)), name
        if taken.alpha is not None and back.alpha is not None:
            assert same(back.alpha.astype(int) * (257 if step > 1 else 1), taken.alpha, 1 if step == 1 else 640), name


def test_what_tifffile_reads_of_a_16_bit_tiff(tmp_path: Path) -> None:
    for name, taken in photos(tmp_path).items():
        read = tifffile.imread(photo.write(taken, taken.pixels, tmp_path / "a.tif", overwrite=True))
        colour = read[..., :3] if "rgb" in name else read.reshape(HEIGHT, WIDTH, -1)[..., :1]
        assert same(colour, taken.pixels[..., : colour.shape[-1]]), name


def test_where_there_is_no_alpha_it_becomes_white(tmp_path: Path) -> None:
    clear = photo.read(make(tmp_path / "a.png", np.dstack([RGB, np.zeros_like(ALPHA)])))
    assert photo.read(photo.write(clear, clear.pixels, tmp_path / "a.jpg")).pixels.min() >= 254


def test_a_result_of_other_bits_than_the_photo(tmp_path: Path) -> None:
    eight, sixteen = photos(tmp_path)["rgb"], photos(tmp_path)["rgb 16"]
    assert same(photo.read(photo.write(sixteen, RGB, tmp_path / "a.png")).pixels, RGB.astype(int) * 257)
    assert same(photo.read(photo.write(eight, RGB16, tmp_path / "b.png")).pixels, np.rint(RGB16 / 257))


def test_a_large_png_and_tiff_of_many_bands(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (700, 900, 3), dtype=np.uint8)
    taken = photo.read(make(tmp_path / "a.bmp", noise))
    for name in ("a.png", "a.tif"):
        path = photo.write(taken, noise, tmp_path / name)
        assert same(np.asarray(Image.open(path)), noise)


# -- folders ----------------------------------------------------------------------------------------


def test_find_photos(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", ".hidden.png", "notes.txt", "z/c.tiff", "z/.d/e.png", "ä/ü.heic"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "z" / "loop").symlink_to(tmp_path)
    found = photo.find_photos([tmp_path])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a.png", "b.JPG", "z/c.tiff", "ä/ü.heic"]
    named = [str(tmp_path / "notes.txt"), tmp_path, tmp_path / "a.png", tmp_path / "missing.png"]
    assert photo.find_photos(named) == [tmp_path / "notes.txt", *found, tmp_path / "missing.png"]
    assert photo.is_photo("x/Y.HEIC") and not photo.is_photo("x/y.pdf")
    assert ".gif" in photo.READABLE and ".gif" not in photo.WRITABLE and photo.WRITABLE < photo.READABLE


def test_results_of_formats_that_are_only_read_become_png() -> None:
    named = {"a.JPG": "a.JPG", "a.heic": "a.png", "b/c.HIF": "b/c.png", "a.avif": "a.avif", "a.gif": "a.png"}
    assert {name: formats.target_name(Path(name)).as_posix() for name in named} == named


def test_a_heic_keeps_what_it_carries(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Grandmother, 1953"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>'
    taken = photo.read(make(tmp_path / "a.heic", RGB, exif=exif.tobytes(), xmp=xmp, icc_profile=SRGB, quality=90))
    saved = photo.read(photo.write(taken, taken.pixels, tmp_path / "a.png"))
    assert saved.exif and b"Grandmother" in saved.exif
    assert saved.xmp and saved.xmp.startswith(xmp) and saved.icc == SRGB

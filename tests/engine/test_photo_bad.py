"""Bad files and bad places: each gives one sentence that names the file and the cause, and leaves nothing behind."""

from __future__ import annotations

import errno
import io
import os
import struct
import subprocess
import sys
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageFile

from engine import decode, files, photo
from engine.errors import PhotoError

sys.path.insert(0, str(Path(__file__).parent))
from heic import heic

RGB = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
PNG = b"\x89PNG\r\n\x1a\n"


def encoded(kind: str, **options: object) -> bytes:
    if kind == "HEIF":
        return heic(RGB, quality=90)
    buffer = io.BytesIO()
    Image.fromarray(RGB).save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(path: Path) -> str:
    """The cause a file is refused for."""
    with pytest.raises(PhotoError) as caught:
        photo.read(path)
    assert str(caught.value) == f"{path.name}: {caught.value.cause}" and "\n" not in str(caught.value)
    return caught.value.cause


@pytest.fixture
def good(tmp_path: Path) -> photo.Photo:
    (tmp_path / "good.png").write_bytes(encoded("PNG"))
    return photo.read(tmp_path / "good.png")


# -- files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
@pytest.mark.parametrize(("kind", "options"), [
    ("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"}),
    ("WEBP", {}), ("WEBP", {"lossless": True}), ("AVIF", {}), ("GIF", {}), ("BMP", {}), ("HEIF", {}),
])  # fmt: skip
def test_cut_off(tmp_path: Path, kind: str, options: dict[str, object], part: float) -> None:
    whole = encoded(kind, **options)
    (tmp_path / "cut.bin").write_bytes(whole[: int(len(whole) * part)])
    assert "cut off" in refused(tmp_path / "cut.bin")


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    assert refused(tmp_path / "empty.jpg") == "the file is empty"


@pytest.mark.parametrize(("content", "what"), [
    (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"), (b"PK\x03\x04" + bytes(40), "a ZIP archive"),
    (b"8BPS\0\1", "a Photoshop document"), (b"\0\0\0\x18ftypmp42" + bytes(60), "a video"),
    (b"Dear diary,\nno picture today.\n", "a text"), (b"<svg xmlns='...'/>", "an SVG drawing"),
    (b"\0\0\0\x0cjP  \r\n", "a JPEG 2000 picture"), (bytes(500), "no photo"),
    (b"II*\0\x10\0\0\0CR\x02\0" + bytes(50), "a raw camera file"), (b"FUJIFILMCCD-RAW", "a raw camera file"),
])  # fmt: skip
def test_what_is_no_photo_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    assert what in refused(tmp_path / "a.jpg")


def test_raw_camera_files_are_not_taken_for_their_previews(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.dng", RGB, photometric="rgb", extratags=[(50706, 1, 4, bytes((1, 4, 0, 0)), True)])
    tifffile.imwrite(tmp_path / "a.nef", RGB, photometric="rgb", subfiletype=1)
    assert refused(tmp_path / "a.dng") == refused(tmp_path / "a.nef") == "it is a raw camera file"


def test_samples_of_32_bits(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", RGB[..., 0].astype(np.float32))
    tifffile.imwrite(tmp_path / "b.tif", RGB.astype(np.float32), photometric="rgb")
    assert "32 bits" in refused(tmp_path / "a.tif")
    assert "a kind of TIFF that is not read" in refused(tmp_path / "b.tif")


def _png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def _bmp_that_claims(width: int, height: int) -> bytes:
    whole = bytearray(encoded("BMP"))
    struct.pack_into("<ii", whole, 18, width, height)
    return bytes(whole)


def _jpeg_that_claims(width: int, height: int) -> bytes:
    whole = bytearray(encoded("JPEG"))
    struct.pack_into(">HH", whole, whole.index(b"\xff\xc0") + 5, height, width)
    return bytes(whole)


def _gif_that_claims(width: int, height: int) -> bytes:
    whole = bytearray(encoded("GIF"))
    struct.pack_into("<HH", whole, 6, width, height)
    return bytes(whole)


def _tiff_that_claims(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, shape=(1, 1, 3), dtype=np.uint8, photometric="rgb", metadata=None)
    whole = bytearray(buffer.getvalue())
    (start,) = struct.unpack_from("<I", whole, 4)
    for place in range(start + 2, start + 2 + 12 * struct.unpack_from("<H", whole, start)[0], 12):
        (tag,) = struct.unpack_from("<H", whole, place)
        if tag in (256, 257):
            struct.pack_into("<HII", whole, place + 2, 4, 1, width if tag == 256 else height)
    return bytes(whole)


@pytest.mark.parametrize("build", [
    _png_that_claims, _bmp_that_claims, _jpeg_that_claims, _gif_that_claims, _tiff_that_claims,
])  # fmt: skip
@pytest.mark.parametrize("side", [21_000, 60_000])
def test_headers_of_bombs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Callable[[int, int], bytes], side: int
) -> None:
    """60,000 x 60,000 pixels, or a little over the limit: refused by the header, whatever memory there is."""
    (tmp_path / "bomb").write_bytes(build(side, side))
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("memory for the pixels was asked for"))
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("memory for the pixels was asked for"))
    cause = refused(tmp_path / "bomb")
    assert "megapixels" in cause and "claims" in cause


def test_a_large_photo_below_the_limit_is_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 2000)  # warns from 2,000 pixels on, refuses from 4,000
    (tmp_path / "a.png").write_bytes(encoded("PNG"))  # has 3,072
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert photo.read(tmp_path / "a.png").width == 64
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert "megapixels" in refused(tmp_path / "a.png")


@pytest.mark.parametrize("name", [b"iTXt", b"zTXt", b"iCCP"])
def test_chunks_that_unpack_to_gigabytes(tmp_path: Path, name: bytes) -> None:
    bomb = zlib.compress(bytes(100_000_000), 9)
    prefix = {b"iTXt": b"k\0\1\0\0\0", b"zTXt": b"k\0\0", b"iCCP": b"k\0\0"}[name]
    whole = encoded("PNG")
    (tmp_path / "a.png").write_bytes(whole[:33] + chunk(name, prefix + bomb) + whole[33:])
    assert "unpacks to more" in refused(tmp_path / "a.png")


def test_hostile_metadata_does_not_hold_up_the_photo(tmp_path: Path) -> None:
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 65535) + b"\x69\x87\4\0\1\0\0\0\x08\0\0\0" * 400
    xmp = b"<xmp:Thumbnails>" * 3000
    (tmp_path / "a.jpg").write_bytes(encoded("JPEG", exif=exif, xmp=xmp, icc_profile=b"\0" * 200))
    taken = photo.read(tmp_path / "a.jpg")
    assert taken.icc is None
    assert photo.read(photo.write(taken, taken.pixels, tmp_path / "b.jpg", settings="{}")).width == 64


def test_memory_that_runs_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: photo.Photo) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(decode, "_upright", no_memory)
    assert "memory" in refused(tmp_path / "good.png")
    monkeypatch.setattr(photo, "_samples", no_memory)
    with pytest.raises(PhotoError, match="memory"):
        photo.write(good, good.pixels, tmp_path / "b.png")


# -- places -----------------------------------------------------------------------------------------


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.png") == "it is not there (any more)"
    assert refused(tmp_path) == "it is a folder"
    assert refused(tmp_path / "good.png" / "a.png") == "it is not there (any more)"
    assert "too long" in refused(tmp_path / ("n" * 300 + ".png"))
    assert refused(Path("nul\0.png"))
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    assert "circle" in refused(tmp_path / "loop.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert refused(tmp_path / "pipe.png") == "it is not a file"


@pytest.mark.skipif(ROOT, reason="root may read and write everything")
def test_permissions(tmp_path: Path, good: photo.Photo) -> None:
    (tmp_path / "good.png").chmod(0)
    assert refused(tmp_path / "good.png") == "no permission to read it"
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o500)
    with pytest.raises(PhotoError, match="no permission to write"):
        photo.write(good, good.pixels, folder / "a.png")


def test_names_of_any_script_and_length(tmp_path: Path, good: photo.Photo) -> None:
    folder = tmp_path
    for _ in range(4):
        folder = folder / ("Fotos von früher 相片 📷 " * 4)
    folder.mkdir(parents=True)
    name = "n" * 250 + ".png"  # as long as a name can be: the temporary one must not be longer
    target = photo.write(good, good.pixels, folder / name, settings="{}")
    assert np.array_equal(photo.read(target).pixels, RGB)
    assert names(folder) == [name]


def test_a_name_that_exists(tmp_path: Path, good: photo.Photo) -> None:
    before = (tmp_path / "good.png").read_bytes()
    with pytest.raises(PhotoError, match=r"^good\.png: it already exists$"):
        photo.write(good, 255 - good.pixels, tmp_path / "good.png")
    assert (tmp_path / "good.png").read_bytes() == before
    photo.write(good, 255 - good.pixels, tmp_path / "good.png", overwrite=True)
    assert np.array_equal(photo.read(tmp_path / "good.png").pixels, 255 - RGB)


def test_a_heic_whose_items_have_no_readable_kind(tmp_path: Path) -> None:
    whole = heic(RGB, xmp=b"<x/>")
    assert whole.count(b"application/rdf+xml") == 1
    (tmp_path / "a.heic").write_bytes(whole.replace(b"application", b"appl\xff\xff\xff\xffion"))
    assert refused(tmp_path / "a.heic") == "it is damaged (HEIF)"


@pytest.mark.parametrize(("name", "cause"), [
    ("folder.png", "it is a folder"), ("missing/a.png", "its folder does not exist"), ("good.png/a.png", "its folder"),
    ("n" * 300 + ".png", "too long"), ("a.gif", "not as '.gif'"), ("a.heic", "not as '.heic'"),
    ("a", "not as ''"), ("nul\0.png", "null"),
])  # fmt: skip
def test_targets_that_cannot_be_written(tmp_path: Path, good: photo.Photo, name: str, cause: str) -> None:
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(PhotoError, match=cause):
        photo.write(good, good.pixels, tmp_path / name, overwrite=True)
    assert names(tmp_path) == ["folder.png", "good.png"]


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".webp", ".avif"])
@pytest.mark.parametrize(("number", "cause"), [
    (errno.ENOSPC, "the disk is full"), (errno.EROFS, "can only be read"), (errno.EACCES, "no permission to write"),
])  # fmt: skip
def test_a_disk_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: photo.Photo, suffix: str, number: int, cause: str
) -> None:
    class FailingFile(io.FileIO):
        def write(self, data: object) -> int:
            raise OSError(number, os.strerror(number))

    target = tmp_path / f"a{suffix}"
    target.write_bytes(b"what was there before")
    monkeypatch.setattr(Path, "open", lambda path, mode: FailingFile(path, mode.replace("b", "")))
    with pytest.raises(PhotoError, match=cause):
        photo.write(good, good.pixels, target, overwrite=True)
    monkeypatch.undo()
    assert target.read_bytes() == b"what was there before"
    assert names(tmp_path) == sorted([target.name, "good.png"])


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system to limit the size of files")
def test_a_file_that_the_system_stops(tmp_path: Path) -> None:
    """The real thing: the system ends writing half-way."""
    (tmp_path / "good.png").write_bytes(encoded("PNG"))
    code = (
        "import resource, signal, sys\nfrom engine import photo\n"
        "good = photo.read(sys.argv[1])\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try:\n    photo.write(good, good.pixels, sys.argv[2])\nexcept photo.PhotoError as error:\n    print(error)"
    )
    for name in ("a.png", "a.tif", "a.jpg"):
        command = [sys.executable, "-c", code, tmp_path / "good.png", tmp_path / name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.stdout.strip(), done.stderr) == (f"{name}: it grows too large for this disk", "")
    assert names(tmp_path) == ["good.png"]


def test_results_of_the_wrong_size_or_type(tmp_path: Path, good: photo.Photo) -> None:
    for wrong in (good.pixels[1:], good.pixels.astype(np.float32), good.pixels[..., 0]):
        with pytest.raises(PhotoError, match="the result is"):
            photo.write(good, wrong, tmp_path / "a.png")
    assert names(tmp_path) == ["good.png"]


def test_what_a_format_cannot_hold(tmp_path: Path, good: photo.Photo) -> None:
    good.exif = b"II*\0\x08\0\0\0\1\0\x0e\1\2\0" + struct.pack("<II", 70000, 26) + bytes(4) + b"x" * 70000
    with pytest.raises(PhotoError, match="its EXIF is too large for a JPEG, save it as PNG or TIFF"):
        photo.write(good, good.pixels, tmp_path / "a.jpg")
    assert photo.read(photo.write(good, good.pixels, tmp_path / "a.png")).exif == good.exif
    Image.new("L", (17000, 2)).save(tmp_path / "long.bmp")
    long = photo.read(tmp_path / "long.bmp")
    with pytest.raises(PhotoError, match="a WEBP has at most 16383 pixels a side"):
        photo.write(long, long.pixels, tmp_path / "a.webp")


# -- engine.files -----------------------------------------------------------------------------------


def test_a_replaced_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "real.txt").chmod(0o640)
    (tmp_path / "link.txt").symlink_to("real.txt")
    with files.replacing(tmp_path / "link.txt", overwrite=True) as file:
        file.write(b"new")
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "real.txt").read_bytes() == b"new"
    if sys.platform != "win32":
        assert (tmp_path / "real.txt").stat().st_mode & 0o777 == 0o640


def test_nothing_is_left_of_a_file_whose_writer_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), files.replacing(tmp_path / "a.txt") as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_a_name_taken_while_the_file_was_written(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), files.replacing(tmp_path / "a.txt") as file:
        file.write(b"mine")
        (tmp_path / "a.txt").write_bytes(b"theirs")
    assert (tmp_path / "a.txt").read_bytes() == b"theirs" and names(tmp_path) == ["a.txt"]

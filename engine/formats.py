"""Which files are photos: by suffix, by their first bytes, and whether their end is missing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

_SUFFIXES = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png",),
    "TIFF": (".tif", ".tiff"),
    "WEBP": (".webp",),
    "HEIF": (".heic", ".heif", ".hif"),
    "AVIF": (".avif",),
    "BMP": (".bmp",),
    "GIF": (".gif",),
}
_READ_ONLY = ("HEIF", "BMP", "GIF")

#: suffix (lower case, with its dot) to the format that is written for it
FORMAT_OF_SUFFIX = {s: name for name, suffixes in _SUFFIXES.items() if name not in _READ_ONLY for s in suffixes}
READABLE = frozenset(s for suffixes in _SUFFIXES.values() for s in suffixes)
WRITABLE = frozenset(FORMAT_OF_SUFFIX)

#: first bytes of files that are no photos, or photos of kinds that are not read: (offset, bytes, what it is)
_OTHERS = (
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"gimp xcf", "a GIMP picture"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"FUJIFILM", "a raw camera file"),
    (0, b"IIRO", "a raw camera file"),
    (0, b"IIU\0", "a raw camera file"),
    (8, b"CR\x02", "a raw camera file"),
    (4, b"ftypcrx", "a raw camera file"),
    (4, b"ftyp", "a video"),
    (8, b"AVI ", "a video"),
    (0, b"\x1a\x45\xdf\xa3", "a video"),
    (0, b"<svg", "an SVG drawing"),
    (0, b"<?xml", "an XML text"),
    (0, b"<!DOCTYPE", "a web page"),
    (0, b"<html", "a web page"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"\x1f\x8b", "a packed archive"),
    (0, b"Rar!", "a packed archive"),
    (0, b"7z\xbc\xaf", "a packed archive"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")


class Refusal(Exception):
    """A file is not read or written, for the cause that ``str(refusal)`` names."""


def sniff(head: bytes) -> str | None:
    """The format of a photo, by the first 64 bytes or more of its file; None if it is no photo."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+") and head[8:10] != b"CR":
        return "TIFF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head[4:8] == b"ftyp":
        brands = head[8 : max(12, min(int.from_bytes(head[:4], "big"), len(head)))]
        if any(brands[i : i + 4] in (b"avif", b"avis") for i in range(0, len(brands), 4)):
            return "AVIF"
        if head[8:12] in _HEIF_BRANDS:
            return "HEIF"
    return None


def describe(head: bytes) -> str:
    """What a file is that is no photo, for a sentence: "a PDF document"."""
    for offset, magic, what in _OTHERS:
        if head[offset : offset + len(magic)] == magic:
            return what
    if head and all(byte >= 32 or byte in b"\t\r\n\f" for byte in head):
        return "a text"
    return "no photo of a kind this app reads"


def is_cut_off(file: BinaryIO, kind: str) -> bool:
    """Whether the end of a photo's file is missing, as far as its format tells."""
    size = file.seek(0, os.SEEK_END)

    def at(offset: int, count: int) -> bytes:
        file.seek(offset)
        return file.read(count)

    head = at(0, 16)
    tail = at(max(0, size - 65536), 65536)
    if kind == "JPEG":
        return b"\xff\xd9" not in tail
    if kind == "PNG":
        return b"IEND" not in tail
    if kind == "GIF":
        return b"\x3b" not in tail[-64:]
    if kind == "WEBP":
        return int.from_bytes(head[4:8], "little") + 8 > size
    if kind == "BMP":
        return int.from_bytes(head[2:6], "little") > size
    if kind == "TIFF":  # where its directory is; 43 marks the kind with offsets of 64 bits
        offset = head[8:16] if 43 in head[2:4] else head[4:8]
        return int.from_bytes(offset, "little" if head[:1] == b"I" else "big") > size
    place = 0
    while place < size:  # the boxes of HEIF and AVIF (ISO/IEC 14496-12)
        box = at(place, 16)
        length = int.from_bytes(box[:4], "big")
        if length == 1:
            length = int.from_bytes(box[8:16], "big")
        elif length == 0:
            return False
        if length < 8:
            return False
        place += length
    return place > size


def is_photo(path: str | Path) -> bool:
    """Whether a file's name ends like a photo's."""
    return Path(path).suffix.lower() in READABLE


def target_name(path: Path) -> Path:
    """What a photo's result may be called: as the photo itself, or .png where its format is only read."""
    return path if path.suffix.lower() in WRITABLE else path.with_suffix(".png")


def find_photos(paths: Iterable[str | Path]) -> list[Path]:
    """The photos in files and folders, each once, in the order given; folders are searched to the bottom, sorted.

    Files that are named are taken whatever their suffix, so that what is wrong with one can be said.
    In folders, names that begin with a dot are skipped, as are folders that may not be read.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            found[path] = None
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            found.update(dict.fromkeys(Path(folder, n) for n in sorted(names) if n[0] != "." and is_photo(n)))
    return list(found)

"""EXIF, XMP, IPTC, texts, resolution and settings: kept from file to file, and corrected for the new picture."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, PngImagePlugin

from engine import metadata, photo

HEIGHT, WIDTH = 24, 40
Y, X = np.mgrid[:HEIGHT, :WIDTH]
RGB = np.stack([X * 6, Y * 10, (X + Y) * 3], axis=-1).astype(np.uint8)
SETTINGS = '{"noise": 12.5, "model": "é <&> \\"quoted\\" ]]>"}'
EVERY = (".png", ".tif", ".jpg", ".webp", ".avif")


def make(path: Path, samples: np.ndarray, **options: object) -> Path:
    Image.fromarray(samples).save(path, **options)
    return path


def make_exif() -> tuple[Image.Exif, bytes]:
    """EXIF as a camera writes it: orientation, a description, times, a maker note, a place, and a thumbnail."""
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0112], exif[0x0131] = "Grandmother, 1953", "Kodak", 6, "scanner 1.0"
    exif.get_ifd(0x8769).update({0x9003: "1953:06:01 12:00:00", 0x927C: b"maker\0note", 0xA002: WIDTH, 0xA003: HEIGHT})
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    block = bytearray(exif.tobytes().removeprefix(b"Exif\0\0"))
    thumbnail = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(thumbnail, "JPEG")
    order = "<" if block[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", block, 4)
    (count,) = struct.unpack_from(order + "H", block, first)
    second = len(block)
    struct.pack_into(order + "I", block, first + 2 + 12 * count, second)
    place = second + 2 + 3 * 12 + 4
    size = len(thumbnail.getvalue())
    entries = ((0x0103, 3, 1, 6), (0x0201, 4, 1, place), (0x0202, 4, 1, size))
    block += struct.pack(order + "H", 3) + b"".join(struct.pack(order + "HHII", *e) for e in entries) + bytes(4)
    return exif, bytes(block + thumbnail.getvalue())


XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="uuid:7"'
    b' xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    b' tiff:Orientation="6" dc:source="album 3"/></rdf:RDF></x:xmpmeta>' + b" " * 2000 + b'<?xpacket end="w"?>'
)


@pytest.mark.parametrize("source", [".jpg", ".png", ".webp"])
@pytest.mark.parametrize("suffix", EVERY)
def test_exif_and_xmp_are_kept_and_say_upright(tmp_path: Path, source: str, suffix: str) -> None:
    _, block = make_exif()
    options: dict[str, object] = {"exif": b"Exif\0\0" + block}
    if source == ".png":
        options["pnginfo"] = text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    else:
        options["xmp"] = XMP
    taken = photo.read(make(tmp_path / f"a{source}", RGB, **options))
    assert (taken.width, taken.height, taken.xmp) == (HEIGHT, WIDTH, XMP)
    target = photo.write(taken, taken.pixels, tmp_path / f"b{suffix}", settings=SETTINGS)
    saved = photo.read(target)
    assert saved.exif is not None and saved.xmp is not None
    assert (saved.width, saved.height) == (HEIGHT, WIDTH)
    tags = Image.Exif()
    tags.load(b"Exif\0\0" + saved.exif)
    assert (tags[0x010E], tags[0x010F], tags[0x0131]) == ("Grandmother, 1953", "Kodak", "scanner 1.0")
    assert tags.get(0x0112, 1) == 1
    inner = tags.get_ifd(0x8769)
    assert inner[0x9003] == "1953:06:01 12:00:00" and inner[0x927C] == b"maker\0note"
    assert (inner[0xA002], inner[0xA003]) == (HEIGHT, WIDTH)
    assert tags.get_ifd(0x8825)[2] == (52.0, 31.0, 12.0)
    assert not tags.get_ifd(ExifTags.IFD.IFD1) and b"\xff\xd8\xff" not in saved.exif
    assert b'tiff:Orientation="1"' in saved.xmp and b'dc:source="album 3"' in saved.xmp
    assert photo.read_settings(target) == SETTINGS


@pytest.mark.parametrize("suffix", EVERY)
def test_exif_and_xmp_of_a_tiff(tmp_path: Path, suffix: str) -> None:
    exif, _ = make_exif()
    exif[700] = XMP
    Image.fromarray(RGB).save(tmp_path / "a.tif", exif=exif.tobytes(), dpi=(300, 300))
    taken = photo.read(tmp_path / "a.tif")
    assert (taken.width, taken.height) == (HEIGHT, WIDTH) and taken.dpi == (300, 300)
    saved = photo.read(photo.write(taken, taken.pixels, tmp_path / f"b{suffix}", settings=SETTINGS))
    assert saved.exif is not None
    tags = Image.Exif()
    tags.load(b"Exif\0\0" + saved.exif)
    assert tags[0x010E] == "Grandmother, 1953" and tags.get_ifd(0x8769)[0x9003] == "1953:06:01 12:00:00"
    assert tags.get_ifd(0x8825)[2] == (52.0, 31.0, 12.0)
    assert (saved.width, saved.height) == (HEIGHT, WIDTH)


@pytest.mark.parametrize("dpi", [(300.0, 300.0), (72.0, 144.0)])
def test_resolution(tmp_path: Path, dpi: tuple[float, float]) -> None:
    for source in ("a.jpg", "a.png", "a.tif"):
        taken = photo.read(make(tmp_path / source, RGB, dpi=dpi))
        for target in ("b.jpg", "b.png", "b.tif"):
            saved = photo.read(photo.write(taken, taken.pixels, tmp_path / target, overwrite=True))
            assert saved.dpi == pytest.approx(dpi, abs=0.02), (source, target)


def test_captions_and_comments(tmp_path: Path) -> None:
    iptc = b"\x1c\x02\x78\x00\x09the photo"
    segment = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
    extra = b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment
    taken = photo.read(make(tmp_path / "a.jpg", RGB, extra=extra, comment="Ostern 1953, Köln".encode()))
    assert taken.iptc == iptc and taken.texts == {"Comment": "Ostern 1953, Köln"}
    for name in ("b.jpg", "b.tif"):
        assert photo.read(photo.write(taken, taken.pixels, tmp_path / name)).iptc == iptc
    for name in ("c.jpg", "c.png"):
        saved = photo.read(photo.write(taken, taken.pixels, tmp_path / name, settings=SETTINGS))
        assert saved.texts == {"Comment": "Ostern 1953, Köln"}
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "Ostern")
    text.add_itxt("Author", "Jürgen 猫")
    taken = photo.read(make(tmp_path / "d.png", RGB, pnginfo=text))
    saved = photo.read(photo.write(taken, taken.pixels, tmp_path / "e.png"))
    assert saved.texts == {"Title": "Ostern", "Author": "Jürgen 猫"}


@pytest.mark.parametrize("suffix", EVERY)
def test_settings_are_replaced_and_not_collected(tmp_path: Path, suffix: str) -> None:
    taken = photo.read(make(tmp_path / "a.png", RGB))
    assert photo.read_settings(tmp_path / "a.png") is None
    for text in ('{"round": 1}', '{"round": 2}'):
        target = photo.write(taken, taken.pixels, tmp_path / f"a{suffix}", settings=text, overwrite=True)
        taken = photo.read(target)
    assert photo.read_settings(target) == '{"round": 2}'
    assert b"round&quot;: 1" not in target.read_bytes() and b'round": 1' not in target.read_bytes()
    assert b'"round": 2' in target.read_bytes()


# -- packets and blocks by themselves ---------------------------------------------------------------


def test_settings_that_other_programs_wrote_anew() -> None:
    """Programs that pass unknown XMP on may write an element as an attribute, or in another description."""
    inner = b'<latentdarkroom:settings>{"a":\n1}</latentdarkroom:settings>'
    attribute = b'<rdf:Description latentdarkroom:settings="{&quot;a&quot;:&#xA;1}"/>'
    for form in (attribute, b"<rdf:Description>" + inner + b"</rdf:Description>"):
        packet = b"<x:xmpmeta><rdf:RDF>" + form + b"</rdf:RDF></x:xmpmeta>"
        assert metadata.find_settings(packet) == '{"a":\n1}'
        again = metadata.add_settings(packet, "{}")
        assert metadata.find_settings(again) == "{}" and b"&quot;" not in again and b"\n1" not in again


@pytest.mark.parametrize("packet", [None, b"", b"no xml", b"<x:xmpmeta>" + bytes(20)])
def test_settings_where_there_is_no_packet_to_add_to(packet: bytes | None) -> None:
    text = '{"line\\r": "\r\n \t <x> &amp; \'"}'
    assert metadata.find_settings(metadata.add_settings(packet, text)) == text


def test_xmp_is_corrected() -> None:
    packet = (
        b"<rdf:Description exif:PixelXDimension='40'><tiff:Orientation> 8</tiff:Orientation>"
        b"<tiff:ImageWidth>40</tiff:ImageWidth><xmp:Thumbnails>old</xmp:Thumbnails><dc:a/><xmp:Thumbnails>old"
    )
    assert metadata.upright_xmp(packet, 24, 40) == (
        b"<rdf:Description exif:PixelXDimension='24'><tiff:Orientation> 1</tiff:Orientation>"
        b"<tiff:ImageWidth>24</tiff:ImageWidth><dc:a/><xmp:Thumbnails>old"
    )


def test_exif_of_either_byte_order_is_edited_in_place() -> None:
    _, block = make_exif()
    edited = metadata.upright_exif(block, 24, 40)
    assert metadata.orientation(block) == 6 and metadata.orientation(edited) == 1
    assert len(edited) < len(block)  # by the thumbnail, which was its end
    changed = [i for i in range(len(edited)) if edited[i] != block[i]]
    assert 0 < len(changed) <= 10
    small = b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\x08\0\0\0\0\0\0"
    assert metadata.orientation(small) == 8
    assert metadata.upright_exif(small, 1, 1) == small.replace(b"\0\x08\0\0\0\0", b"\0\1\0\0\0\0")
    assert metadata.clean_exif(b"Exif\0\0" + small) == small
    assert metadata.clean_exif(b"rubbish") is None and metadata.clean_exif(small[:12]) is None

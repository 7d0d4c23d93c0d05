"""What a photo's file carries besides its pixels, corrected for the new picture.

EXIF is edited in place: tags are overwritten where they are and nothing moves, so that maker notes, whose
inner offsets nobody documents, stay valid. The settings that made a picture go into XMP as
``latentdarkroom:settings``, because every format that keeps XMP keeps it whole, any program passes it on, and no
tag that belongs to the user (Software, ImageDescription, UserComment) is touched; a PNG has a text of its own
for them instead.

Sources: CIPA DC-008 (Exif 3.0), ISO 16684-1 (XMP), IPTC IIM 4.2 in Photoshop image resources.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

from PIL import ExifTags, Image


@dataclass
class Carried:
    """Everything but pixels. Absent things are None or empty."""

    icc: bytes | None = None
    exif: bytes | None = None  #: a TIFF structure, without the "Exif\\0\\0" that some formats put before it
    xmp: bytes | None = None
    iptc: bytes | None = None  #: IIM records
    texts: dict[str, str] = field(default_factory=dict)  #: PNG texts; "Comment" is JPEG's and GIF's comment
    dpi: tuple[float, float] | None = None


# -- EXIF -------------------------------------------------------------------------------------------

_ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x0112, 0x8769, 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}  #: bytes a value by type


class Entry(NamedTuple):
    """One tag: its number, type, where in the block its 12 bytes are, and where its value.

    ``value`` is 0 where the type is unknown or the value lies outside the block.
    """

    tag: int
    kind: int
    place: int
    value: int


def clean_exif(raw: bytes | None) -> bytes | None:
    """The TIFF structure in raw EXIF; None where there is none that can be walked."""
    block = bytes(raw or b"").removeprefix(b"Exif\0\0")
    is_tiff = len(block) >= 14 and block[:4] in (b"II*\0", b"MM\0*")
    return block if is_tiff and any(entry.value for entry in entries(block)) else None


def byte_order(block: bytes | bytearray) -> str:
    """As `struct` writes it: "<" or ">"."""
    return "<" if block[:1] == b"I" else ">"


def entries(block: bytes | bytearray, start: int | None = None) -> Iterator[Entry]:
    """The tags of the directory at ``start`` (default: the first one)."""
    order = byte_order(block)
    first: int = struct.unpack_from(order + "I", block, 4)[0] if start is None else start
    if first < 8 or first + 2 > len(block):
        return
    (count,) = struct.unpack_from(order + "H", block, first)
    for place in range(first + 2, min(first + 2 + 12 * count, len(block) - 11), 12):
        tag, kind, values, offset = struct.unpack_from(order + "HHII", block, place)
        size = _SIZES.get(kind, 0) * values
        value = place + 8 if size <= 4 else offset
        yield Entry(tag, kind, place, value if 0 < size <= len(block) - value else 0)


def orientation(block: bytes | None) -> int:
    """1..8 as EXIF counts them; 1 (upright) where there is none."""
    if block:
        for entry in entries(block):
            if entry.tag == _ORIENTATION and (value := _integer(block, entry)) in range(1, 9):
                return value
    return 1


def upright_exif(block: bytes, width: int, height: int) -> bytes:
    """EXIF for an upright picture of this size: orientation 1, no thumbnail, nothing moved."""
    edited = bytearray(block)
    for entry in entries(block):
        if entry.tag == _ORIENTATION:
            _overwrite(edited, entry, 1)
        elif entry.tag in (0x0100, 0x0101):
            _overwrite(edited, entry, width if entry.tag == 0x0100 else height)
        elif entry.tag == _EXIF_IFD:
            for inner in entries(block, _integer(block, entry)):
                if inner.tag in (0xA002, 0xA003):
                    _overwrite(edited, inner, width if inner.tag == 0xA002 else height)
    _drop_thumbnail(edited)
    return bytes(edited)


def without_orientation(block: bytes) -> bytes:
    """EXIF for AVIF, whose container says how a picture is turned; the writer would take a tag for that."""
    edited = bytearray(block)
    (first,) = struct.unpack_from(byte_order(block) + "I", block, 4)
    every = list(entries(block))
    end = every[-1].place + 16 if every else 0  # of the directory with its link to the next one
    if end > len(block) or not any(entry.tag == _ORIENTATION for entry in every):
        return block
    kept = b"".join(block[e.place : e.place + 12] for e in every if e.tag != _ORIENTATION)
    table = struct.pack(byte_order(block) + "H", len(kept) // 12) + kept + block[end - 4 : end]
    edited[first:end] = table.ljust(end - first, b"\0")
    return bytes(edited)


def _integer(block: bytes | bytearray, entry: Entry) -> int:
    code = {3: "H", 4: "I", 13: "I"}.get(entry.kind) if entry.value else None
    return struct.unpack_from(byte_order(block) + code, block, entry.value)[0] if code else 0


def _overwrite(block: bytearray, entry: Entry, value: int) -> None:
    if entry.kind == 3 and entry.value and value < 65536:
        struct.pack_into(byte_order(block) + "H", block, entry.value, value)
    elif entry.kind == 4 and entry.value:
        struct.pack_into(byte_order(block) + "I", block, entry.value, value)


def _drop_thumbnail(block: bytearray) -> None:
    """Unlinks the second directory, blanks the JPEG it names, and shortens the block where that was its end."""
    order = byte_order(block)
    (first,) = struct.unpack_from(order + "I", block, 4)
    (count,) = struct.unpack_from(order + "H", block, first)
    link = first + 2 + 12 * count
    if link + 4 > len(block):
        return
    (second,) = struct.unpack_from(order + "I", block, link)
    struct.pack_into(order + "I", block, link, 0)
    found = {entry.tag: _integer(block, entry) for entry in entries(block, second)} if second else {}
    start, size = found.get(0x0201, 0), found.get(0x0202, 0)
    if start + size <= len(block) and block[start : start + 2] == b"\xff\xd8":
        block[start : start + size] = bytes(size)
        if start + size >= len(block) - 3:
            del block[start:]


#: tags of a TIFF file that describe the photo, not how its pixels are laid out
_TIFF_DESCRIBES = {
    269,
    270,
    271,
    272,
    282,
    283,
    285,
    296,
    305,
    306,
    315,
    316,
    18246,
    18249,
    33432,
    *range(40091, 40096),
}


def exif_of_tiff(tags: Image.Exif) -> bytes | None:
    """EXIF out of a TIFF file's own directory."""
    kept = Image.Exif()
    kept.endian = tags.endian
    for tag in _TIFF_DESCRIBES & set(tags):
        kept[tag] = tags[tag]
    for tag in (_EXIF_IFD, _GPS_IFD):
        if tag in tags and (inner := tags.get_ifd(tag)):
            kept[tag] = dict(inner)
    if ExifTags.IFD.Interop in kept.get(_EXIF_IFD, {}):
        kept[_EXIF_IFD][ExifTags.IFD.Interop] = dict(tags.get_ifd(ExifTags.IFD.Interop))
    return clean_exif(kept.tobytes()) if len(kept) else None


# -- XMP --------------------------------------------------------------------------------------------

_NAMESPACE = "urn:latent-darkroom:"
_PACKET = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
_OWN_BLOCK = re.compile(
    rb'<rdf:Description rdf:about="[^"<>]*" xmlns:latentdarkroom="[^"<>]*">'
    rb"<latentdarkroom:settings>[^<]*</latentdarkroom:settings></rdf:Description>"
)
_OWN_ELEMENT = re.compile(rb"<latentdarkroom:settings>([^<]*)</latentdarkroom:settings>")
_OWN_ATTRIBUTE = re.compile(rb'latentdarkroom:settings="([^"<]*)"')


def upright_xmp(packet: bytes, width: int, height: int) -> bytes:
    """XMP for an upright picture of this size: orientation and sizes corrected, thumbnails and padding dropped."""
    values = {"tiff:Orientation": 1, "tiff:ImageWidth": width, "tiff:ImageLength": height}
    values |= {"exif:PixelXDimension": width, "exif:PixelYDimension": height}
    for name, value in values.items():
        pattern = name.encode() + rb'(\s{0,9}=\s{0,9}["\']|>\s{0,9})\d{1,9}'
        packet = re.sub(pattern, name.encode() + rb"\g<1>" + str(value).encode(), packet)
    for prefix in (b"xmp", b"xap"):
        packet = _without_element(packet, prefix + b":Thumbnails")
    packet = packet.replace(b"\0", b"")  # which ends the packet for some writers
    body, trailer, rest = packet.rpartition(b"<?xpacket end")
    return body.rstrip() + trailer + rest if trailer else packet


def _without_element(packet: bytes, name: bytes) -> bytes:
    """Without regular expressions, which take forever on a hostile packet of a thousand unclosed elements."""
    kept, place = [], 0
    while (start := packet.find(b"<" + name, place)) >= 0 and (end := packet.find(b"</" + name + b">", start)) >= 0:
        kept.append(packet[place:start])
        place = end + len(name) + 3
    return b"".join([*kept, packet[place:]])


def add_settings(packet: bytes | None, settings: str) -> bytes:
    """XMP with ``settings`` in it, in place of any that were; a new packet where there is none that can be added to."""
    packet = packet or _PACKET
    for pattern in (_OWN_BLOCK, _OWN_ELEMENT, _OWN_ATTRIBUTE):
        packet = pattern.sub(b"", packet)
    if b"</rdf:RDF>" not in packet:
        packet = _PACKET
    about = re.search(rb'rdf:about="([^"<>]*)"', packet)  # one packet describes one thing
    own = b'<rdf:Description rdf:about="%s" xmlns:latentdarkroom="%s"><latentdarkroom:settings>' % (
        about[1] if about else b"",
        _NAMESPACE.encode(),
    )
    text = escape(settings, {"\r": "&#13;"}).encode("ascii", "xmlcharrefreplace")  # true in a packet of any encoding
    own += text + b"</latentdarkroom:settings></rdf:Description>"
    before, closing, after = packet.rpartition(b"</rdf:RDF>")
    return before + own + closing + after


def find_settings(packet: bytes | None) -> str | None:
    """The settings that `add_settings` put into XMP, also after another program wrote the packet anew."""
    found = _OWN_ELEMENT.search(packet or b"") or _OWN_ATTRIBUTE.search(packet or b"")
    if not found:
        return None
    text = re.sub(r"&#(\d{1,7});", lambda code: chr(int(code[1])), found[1].decode("utf-8", "replace"))
    text = re.sub(r"&#x([0-9A-Fa-f]{1,6});", lambda code: chr(int(code[1], 16)), text)
    return unescape(text, {"&quot;": '"', "&apos;": "'"})


# -- IPTC -------------------------------------------------------------------------------------------

IPTC_RESOURCE = 0x0404  #: number of the Photoshop image resource that holds IPTC records


def photoshop_segment(iptc: bytes) -> bytes:
    """The data of a JPEG APP13 segment that holds IPTC records."""
    return (
        b"Photoshop 3.0\0"
        + struct.pack(">4sHHI", b"8BIM", IPTC_RESOURCE, 0, len(iptc))
        + iptc
        + b"\0" * (len(iptc) % 2)
    )

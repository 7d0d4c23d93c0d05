"""ICC profiles as bytes: the few tags that a matrix profile is made of, read and written.

Source: ICC.1:2022 (profile version 4.4); the tags used are the same in version 2.
"""

from __future__ import annotations

import struct

import numpy as np

_HEADER = 128  #: bytes before the tag table
_D50 = (0.9642, 1.0, 0.8249)  #: white of the profile connection space

#: CIE 1931 xy of red, green, blue and white of sRGB (IEC 61966-2-1)
SRGB_PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), (0.3127, 0.3290))
#: the tone curve tag of sRGB
SRGB_CURVE = b"para\0\0\0\0" + struct.pack(
    ">HH5i", 3, 0, *(round(v * 65536) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
)


def space(profile: bytes) -> str:
    """The colour space a profile is for: "RGB", "GRAY", "CMYK" ..."""
    return profile[16:20].decode("latin-1").strip()


def tags(profile: bytes) -> dict[bytes, bytes]:
    """Signature and data of every tag. Raises ValueError on a table that points outside the profile."""
    if len(profile) < _HEADER + 4 or profile[36:40] != b"acsp":
        raise ValueError("not an ICC profile")
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    if count > 100:
        raise ValueError("too many tags")
    found = {}
    for i in range(count):
        name, offset, size = struct.unpack_from(">4sII", profile, _HEADER + 4 + 12 * i)
        if offset + size > len(profile):
            raise ValueError("a tag lies outside the profile")
        found[name] = profile[offset : offset + size]
    return found


def xyz(tag: bytes) -> np.ndarray:
    """[3] the colour in an XYZType tag, relative to D50."""
    if tag[:4] != b"XYZ ":
        raise ValueError("not an XYZ tag")
    return np.array(struct.unpack_from(">3i", tag, 8)) / 65536


def curve(tag: bytes, codes: np.ndarray) -> np.ndarray:
    """A tone curve (curveType or parametricCurveType) at ``codes`` in 0..1: linear light in 0..1, never falling."""
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count == 0:
            return codes
        if count == 1:
            return codes ** (struct.unpack_from(">H", tag, 12)[0] / 256)
        table = np.frombuffer(tag, ">u2", count, 12) / 65535
        light = np.interp(codes, np.linspace(0, 1, count), table)
    elif tag[:4] == b"para":
        (kind,) = struct.unpack_from(">H", tag, 8)
        if kind > 4:
            raise ValueError("unknown parametric curve")
        g, *rest = (v / 65536 for v in struct.unpack_from(f">{(1, 3, 4, 5, 7)[kind]}i", tag, 12))
        a, b, c, d, e, f = _parameters(kind, rest)
        light = np.where(codes >= d, np.maximum(a * codes + b, 0) ** g + e, c * codes + f)
    else:
        raise ValueError("unknown curve")
    return np.maximum.accumulate(np.clip(np.nan_to_num(light), 0, 1))


def _parameters(kind: int, rest: list[float]) -> tuple[float, ...]:
    """The five forms of parametricCurveType as one: ``(a x + b)^g + e`` from d on, ``c x + f`` below."""
    if kind == 0:
        return 1, 0, 0, 0, 0, 0
    a, b = rest[:2]
    edge = -b / a if a else 0.0
    if kind == 1:
        return a, b, 0, edge, 0, 0
    if kind == 2:
        return a, b, 0, edge, rest[2], rest[2]
    if kind == 3:
        return a, b, rest[2], rest[3], 0, 0
    return a, b, rest[2], rest[3], rest[4], rest[5]


def power_curve(gamma: float) -> bytes:
    """A tone curve tag: linear light is the code to the power ``gamma``."""
    return b"para\0\0\0\0" + struct.pack(">HHi", 0, 0, round(gamma * 65536))


def grey_profile(tone: bytes) -> bytes:
    """A grey profile with the tone curve tag ``tone``."""
    return _build(b"GRAY", "grey", {b"kTRC": tone})


def rgb_profile(tone: bytes, primaries: tuple[tuple[float, float], ...] = SRGB_PRIMARIES, name: str = "RGB") -> bytes:
    """An RGB matrix profile: one tone curve tag and the xy of red, green, blue and white.

    Colours are adapted to D50 by the linear Bradford transform, as ICC.1 Annex E asks.
    """
    x, y = np.array(primaries, dtype=float).T
    if not (y > 1e-6).all():
        raise ValueError("impossible primaries")
    colours = np.stack([x / y, np.ones(4), (1 - x - y) / y])  # [XYZ, r g b w]
    rgb, white = colours[:, :3], colours[:, 3]
    rgb = rgb * np.linalg.solve(rgb, white)
    bradford = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    gain = (bradford @ _D50) / (bradford @ white)
    rgb = np.linalg.solve(bradford, gain[:, None] * (bradford @ rgb))
    colorants = {key: _xyz_tag(column) for key, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), rgb.T, strict=True)}
    return _build(b"RGB ", name, colorants | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), tone))


def _xyz_tag(colour: np.ndarray | tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(float(v) * 65536) for v in colour))


def _text(text: str) -> bytes:
    """multiLocalizedUnicodeType with one English record."""
    data = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(data), 28) + data


def _build(space: bytes, name: str, own: dict[bytes, bytes]) -> bytes:
    every = {b"desc": _text(name), b"cprt": _text("No copyright, use freely"), b"wtpt": _xyz_tag(_D50)} | own
    table, body, start = b"", b"", _HEADER + 4 + 12 * len(every)
    for signature, data in every.items():
        table += struct.pack(">4sII", signature, start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s12x4s", start + len(body), b"", 0x04400000, b"mntr", space, b"XYZ ", b"acsp")
    head += b"\0" * 28 + struct.pack(">3i", *(round(v * 65536) for v in _D50)) + b"\0" * 48
    return head + struct.pack(">I", len(every)) + table + body

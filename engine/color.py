"""Colour: photos from the colour space of their ICC profile into sRGB, which the models know, and back.

Little CMS (Pillow's ImageCms) converts 8-bit RGB and CMYK, relative colorimetric with black point compensation.
Grey is a table of its tone curve. 16-bit RGB, which ImageCms lacks, is computed here for matrix profiles (`_Matrix`:
within 2/65535); for profiles made of tables it is interpolated between colours that Little CMS gives (`_Lattice`: on
Adobe RGB half of all colours within 0.15/255, 99 % within 0.5/255, the worst, where sRGB ends, 11/255).

Everything runs in bands of rows, so a conversion needs little more memory than its result.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
from PIL import Image, ImageCms

from engine import icc

SRGB = icc.rgb_profile(icc.SRGB_CURVE, name="sRGB")

_BAND = 1 << 18  #: pixels in a band
_INTENT = (ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION)
_KEEP_UNTIL = 1 / 16  #: a pixel changed by this part of the range or more keeps nothing of what sRGB could not hold
_CODES = np.linspace(0, 1, 65536)


class _Convert(Protocol):
    def __call__(self, pixels: np.ndarray) -> np.ndarray: ...


class Profile:
    """The colour space of a file, other than sRGB itself.

    ``channels`` is 1 (grey) or 3 (RGB). `to_srgb` and `from_srgb` take and give [H, W, channels] uint8 or uint16.
    Some profiles, as scanners have them, lead only one way: ``two_way`` is False, and there is no `from_srgb`.
    """

    def __init__(self, channels: int, to_srgb: _Convert, from_srgb: _Convert | None) -> None:
        self.channels, self.two_way = channels, from_srgb is not None
        self._to_srgb, self._from_srgb = to_srgb, from_srgb or to_srgb

    def to_srgb(self, source: np.ndarray) -> np.ndarray:
        """sRGB of the file's own samples."""
        return _banded(self._to_srgb, source)

    def from_srgb(self, result: np.ndarray, before: np.ndarray, source: np.ndarray) -> np.ndarray:
        """The file's own samples of an sRGB ``result``, where ``before`` is the sRGB of the file's ``source``.

        sRGB cannot hold every colour of a wide profile, nor its darkest tones exactly. Where the result left
        a pixel alone, what was lost on the way in comes back: an unchanged photo returns its exact samples.
        """
        top = np.iinfo(result.dtype).max

        def convert(band: slice) -> np.ndarray:
            new, old = result[band], before[band]
            change = np.abs(new.astype(np.float32) - old).max(axis=-1, keepdims=True)
            keep = np.clip(1 - change / (top * _KEEP_UNTIL), 0, 1)
            lost = source[band].astype(np.float32) - self._from_srgb(old)
            return np.rint(self._from_srgb(new) + keep * lost).clip(0, top).astype(result.dtype)

        converted = np.empty_like(source)
        for band in bands(*source.shape[:2]):
            converted[band] = convert(band)
        return converted


def open_profile(profile: bytes, channels: int, dtype: np.dtype) -> Profile | None:
    """The colour space of a file with 1 or 3 colour channels of ``dtype``; None where it is sRGB.

    A grey file may carry an RGB profile; its `Profile` then has 3 channels.
    Raises ValueError on a profile that is damaged, makes white dark, or belongs to other channels.
    """
    space = icc.space(profile)
    if space == "GRAY" and channels == 1:
        there, back = _grey_pair(profile, dtype)
    elif space == "RGB":
        channels, there, back = 3, _lcms(profile, SRGB), _lcms(SRGB, profile)
        if there is None:
            raise ValueError("a profile that leads nowhere")
    else:
        raise ValueError(f"a profile for {space} does not fit {channels} channels")
    sampled = np.dtype(np.uint8) if channels == 3 else dtype  # Little CMS takes 8 bits
    top = int(np.iinfo(sampled).max)
    grid = np.stack(np.meshgrid(*[np.linspace(0, top, 18)] * channels, indexing="ij"), axis=-1)
    grid = np.rint(grid).astype(sampled).reshape(1, -1, channels)
    converted = there(grid)
    if converted[0, -1].min() < top / 2:
        raise ValueError("a profile without a white")
    if np.abs(converted.astype(int) - grid).max() * 255 <= top:  # as between two makers' profiles of sRGB
        return None
    if channels == 3 and dtype == np.uint16:
        there, back = _matrix_pair(profile) or (_Lattice(there), _Lattice(back) if back else None)
    return Profile(channels, there, back)


def cmyk_to_srgb(profile: bytes | None) -> Callable[[Image.Image], Image.Image] | None:
    """Converts Pillow images from CMYK to sRGB; None where the profile is missing or is none of CMYK."""
    try:
        if not profile or icc.space(profile) != "CMYK":
            return None
        return ImageCms.buildTransform(_handle(profile), _handle(SRGB), "CMYK", "RGB", *_INTENT).apply
    except (ImageCms.PyCMSError, ValueError):
        return None


def bands(height: int, width: int) -> Iterator[slice]:
    """Slices of rows that together cover the picture, each of a bounded number of pixels."""
    rows = max(1, _BAND // max(1, width))
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def _banded(convert: _Convert, pixels: np.ndarray) -> np.ndarray:
    converted = np.empty_like(pixels)
    for band in bands(*pixels.shape[:2]):
        converted[band] = convert(pixels[band])
    return converted


def _handle(profile: bytes) -> ImageCms.ImageCmsProfile:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except OSError as error:
        raise ValueError("a damaged profile") from error


def _lcms(source: bytes, target: bytes) -> _Convert | None:
    """8-bit RGB from one profile to another; None where a profile does not lead this way."""
    try:
        transform = ImageCms.buildTransform(_handle(source), _handle(target), "RGB", "RGB", *_INTENT)
    except ImageCms.PyCMSError:
        return None
    return lambda pixels: np.asarray(transform.apply(Image.fromarray(pixels)))


def _grey_pair(profile: bytes, dtype: np.dtype) -> tuple[_Convert, _Convert]:
    """The ways from a grey profile to sRGB and back: look-up in one table."""
    own, srgb = icc.curve(_tag(icc.tags(profile), b"kTRC"), _CODES), icc.curve(icc.SRGB_CURVE, _CODES)
    top = np.iinfo(dtype).max

    def way(decode: np.ndarray, encode: np.ndarray) -> _Convert:
        light = np.interp(np.arange(top + 1) / top, _CODES, decode)
        table = np.rint(np.interp(light, encode, _CODES) * top).astype(dtype)
        return lambda pixels: table[pixels]

    return way(own, srgb), way(srgb, own)


def _tag(tags: dict[bytes, bytes], name: bytes) -> bytes:
    if name not in tags:
        raise ValueError(f"a profile without {name.decode()}")
    return tags[name]


class _Matrix:
    """RGB to RGB at 16 bits through tone curves and one 3x3 matrix."""

    def __init__(self, decode: np.ndarray, matrix: np.ndarray, encode: np.ndarray) -> None:
        self.decode, self.matrix, self.encode = decode.astype(np.float32), matrix.T.astype(np.float32), encode

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        light = np.stack([self.decode[c][pixels[..., c]] for c in range(3)], axis=-1) @ self.matrix
        root = np.sqrt(np.sqrt(np.clip(light, 0, 1, out=light)))
        index = (root * 65535 + 0.5).astype(np.uint16)
        return np.stack([self.encode[c][index[..., c]] for c in range(3)], axis=-1)


def _matrix_pair(profile: bytes) -> tuple[_Matrix, _Matrix] | None:
    """The ways to sRGB and back at 16 bits; None where the profile is made of tables."""
    tags = icc.tags(profile)
    if any(tag.startswith((b"A2B", b"B2A", b"D2B", b"B2D")) for tag in tags):
        return None
    decode, encode, matrix = _curves_and_matrix(tags)
    srgb_decode, srgb_encode, srgb_matrix = _curves_and_matrix(icc.tags(SRGB))
    return (
        _Matrix(decode, np.linalg.solve(srgb_matrix, matrix), srgb_encode),
        _Matrix(srgb_decode, np.linalg.solve(matrix, srgb_matrix), encode),
    )


def _curves_and_matrix(tags: dict[bytes, bytes]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """[3, 65536] code to light, [3, 65536] fourth root of light to code, [3, 3] light to XYZ.

    The fourth root spreads light about as evenly as tone curves do, so that nearest look-up is exact to 2/65535.
    """
    decode = np.stack([icc.curve(_tag(tags, name), _CODES) for name in (b"rTRC", b"gTRC", b"bTRC")])
    encode = np.stack([np.rint(np.interp(_CODES**4, light, _CODES) * 65535).astype(np.uint16) for light in decode])
    return decode, encode, np.stack([icc.xyz(_tag(tags, name)) for name in (b"rXYZ", b"gXYZ", b"bXYZ")], axis=-1)


class _Lattice:
    """RGB to RGB at 16 bits by tetrahedral interpolation between 86^3 colours that an 8-bit conversion gives.

    Source: Kasson, Plouffe, Nin, "A tetrahedral interpolation technique for color space conversion", 1993.
    """

    def __init__(self, convert: _Convert, nodes: int = 86) -> None:
        steps = np.linspace(0, 255, nodes).astype(np.uint8)  # 86 nodes: every third code, exactly
        grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
        self.table = convert(grid.reshape(nodes, -1, 3)).reshape(-1, 3).astype(np.float32) * 257
        self.nodes = nodes

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        place = pixels.reshape(-1, 3) * np.float32((self.nodes - 1) / 65535)
        cell = np.minimum(place.astype(np.int32), self.nodes - 2)
        part = place - cell
        order = np.argsort(-part, axis=-1)  # walk from the cell's lowest corner to its highest, longest way first
        part = np.take_along_axis(part, order, axis=-1)
        strides = np.array([self.nodes**2, self.nodes, 1])
        corner = cell @ strides
        value = self.table[corner] * (1 - part[:, :1])
        for step in range(3):
            corner = corner + strides[order[:, step]]
            weight = part[:, step] - (part[:, step + 1] if step < 2 else 0)
            value += self.table[corner] * weight[:, None]
        return np.rint(value).astype(np.uint16).reshape(pixels.shape)

"""Colour: photos from the colour space of their ICC profile into sRGB, which the models know, and back.

Little CMS (Pillow's ImageCms) converts 8-bit colour and 8- and 16-bit grey, relative colorimetric with black
point compensation. It has no 16-bit RGB in Pillow: matrix profiles are computed here at 16 bits (`_Matrix`,
within 2/65535), profiles made of tables are sampled through Little CMS (`_Lattice`: on Adobe RGB, whose gamut and
tone curve differ much, half of all colours within 0.15/255, 99 % within 0.5/255, the worst 11/255 where sRGB ends).

Everything runs in bands of rows, so a conversion needs little more memory than its result.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
from PIL import Image, ImageCms

from engine import icc

_BAND = 1 << 18  #: pixels in a band
_SPACES = {"GRAY": 1, "RGB": 3}
_GREY_MODES = {"uint8": "L", "uint16": "I;16"}
_KEEP_UNTIL = 1 / 16  #: a pixel changed by this part of the range or more keeps nothing of what sRGB could not hold

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


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
    Raises ValueError on a profile that is damaged or belongs to other channels.
    """
    handle = _handle(profile)
    space = icc.space(profile)
    if _SPACES.get(space, 0) < channels:
        raise ValueError(f"a profile for {space} does not fit {channels} channels")
    channels = _SPACES[space]
    srgb = _handle(SRGB if channels == 3 else icc.grey_profile(icc.tags(SRGB)[b"rTRC"]))
    mode = "RGB" if channels == 3 else _GREY_MODES[dtype.name]
    there = _lcms(handle, srgb, mode)
    if _is_identity(there, channels, dtype):
        return None
    try:
        back = _lcms(srgb, handle, mode)
    except ValueError:
        back = None
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


_INTENT = (ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION)


def _handle(profile: bytes) -> ImageCms.ImageCmsProfile:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except OSError as error:
        raise ValueError("a damaged profile") from error


def _lcms(source: ImageCms.ImageCmsProfile, target: ImageCms.ImageCmsProfile, mode: str) -> _Convert:
    try:
        transform = ImageCms.buildTransform(source, target, mode, mode, *_INTENT)
    except ImageCms.PyCMSError as error:
        raise ValueError("the profile does not lead this way") from error

    def convert(pixels: np.ndarray) -> np.ndarray:
        image = Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)
        return np.asarray(transform.apply(image)).reshape(pixels.shape)

    return convert


def _is_identity(convert: _Convert, channels: int, dtype: np.dtype) -> bool:
    """Whether a conversion moves no colour by more than one step of 255, as between two profiles of sRGB."""
    dtype = dtype if channels == 1 else np.dtype(np.uint8)  # what Little CMS converts
    steps = np.linspace(0, np.iinfo(dtype).max, 18 if channels == 3 else 256).astype(dtype)
    grid = np.stack(np.meshgrid(*[steps] * channels, indexing="ij"), axis=-1).reshape(1, -1, channels)
    return bool(np.abs(convert(grid).astype(int) - grid).max() * 255 <= np.iinfo(dtype).max)


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
    own, srgb = icc.tags(profile), icc.tags(SRGB)
    if any(tag.startswith((b"A2B", b"B2A", b"D2B", b"B2D")) for tag in own) or b"rXYZ" not in own:
        return None
    own, srgb = _curves_and_matrix(own), _curves_and_matrix(srgb)
    return (
        _Matrix(own[0], np.linalg.solve(srgb[2], own[2]), srgb[1]),
        _Matrix(srgb[0], np.linalg.solve(own[2], srgb[2]), own[1]),
    )


def _curves_and_matrix(tags: dict[bytes, bytes]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """[3, 65536] code to light, [3, 65536] fourth root of light to code, [3, 3] light to XYZ.

    The fourth root spreads light about as evenly as tone curves do, so that nearest look-up is exact to 2/65535.
    """
    codes = np.linspace(0, 1, 65536)
    decode = np.stack([icc.curve(tags[tag], codes) for tag in (b"rTRC", b"gTRC", b"bTRC")])
    encode = np.stack([np.rint(np.interp(codes**4, light, codes) * 65535).astype(np.uint16) for light in decode])
    return decode, encode, np.stack([icc.xyz(tags[tag]) for tag in (b"rXYZ", b"gXYZ", b"bXYZ")], axis=-1)


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

"""A photo read just as large as it is needed: what learns from thousands of large photos reads them small.

A JPEG is decoded at an eighth, a quarter or half of its size by its own transform, which takes a tenth of
the time and memory; everything else is read whole (`engine.photo.read`) and scaled.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

from engine import color, photo
from engine.errors import PhotoError
from engine.formats import sniff


class Scaled(NamedTuple):
    """``pixels`` [h, w, 3] uint8 sRGB, upright; ``width`` and ``height`` of the photo itself."""

    pixels: np.ndarray
    width: int
    height: int


def read_scaled(path: Path, shorter: int) -> Scaled:
    """A photo with its shorter side scaled down to ``shorter`` pixels, or as it is if that is less.

    Transparent parts become white. Raises PhotoError, and nothing else.
    """
    return _of_jpeg(path, shorter) or _of_any(path, shorter)


def _of_any(path: Path, shorter: int) -> Scaled:
    read = photo.read(path)
    pixels = read.pixels if read.bits == 8 else (read.pixels >> 8).astype(np.uint8)
    if read.alpha is not None:
        cover = (read.alpha.astype(np.float32) / np.iinfo(read.alpha.dtype).max)[..., None]
        pixels = np.rint(pixels * cover + 255 * (1 - cover)).astype(np.uint8)
    return Scaled(_down_to(Image.fromarray(pixels), shorter), read.width, read.height)


def _of_jpeg(path: Path, shorter: int) -> Scaled | None:
    """None for what is no plain JPEG or not large enough to gain by it: `photo.read` then says what is wrong, too."""
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            if sniff(file.read(64)) != "JPEG":
                return None
            image = Image.open(file, formats=["JPEG"])
            width, height = image.size
            if image.mode not in ("RGB", "L") or min(width, height) < 2 * shorter:
                return None
            profile = image.info.get("icc_profile")
            image.draft(image.mode, (2 * shorter, 2 * shorter))
            upright = ImageOps.exif_transpose(image)
            if upright.width * height != upright.height * width and (upright.width > upright.height) != (
                width > height
            ):
                width, height = height, width
            pixels = _down_to(upright.convert("RGB"), shorter)
    except Exception:  # decoders raise errors of any kind; reading it whole finds the words
        return None
    return Scaled(_in_srgb(pixels, profile), width, height)


def _in_srgb(pixels: np.ndarray, icc: bytes | None) -> np.ndarray:
    try:
        profile = color.open_profile(icc, 3, pixels.dtype) if icc else None
    except ValueError:
        return pixels
    return profile.to_srgb(pixels) if profile else pixels


def _down_to(image: Image.Image, shorter: int) -> np.ndarray:
    share = shorter / min(image.size)
    if share < 1:
        size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return np.array(image)


__all__ = ["PhotoError", "Scaled", "read_scaled"]

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import PhotoError
from engine.scaled import read_scaled


def test_a_large_jpeg_is_read_small_and_upright(tmp_path: Path) -> None:
    pixels = np.zeros((600, 900, 3), np.uint8)
    pixels[:, :450] = (200, 40, 20)
    exif = Image.Exif()
    exif[274] = 6  # to be turned by a quarter: the left becomes the top
    Image.fromarray(pixels).save(tmp_path / "a.jpg", exif=exif, quality=95)
    read = read_scaled(tmp_path / "a.jpg", 64)
    assert (read.width, read.height) == (600, 900)
    assert read.pixels.shape == (96, 64, 3)
    assert np.abs(read.pixels[:40].astype(int) - (200, 40, 20)).max() < 8
    assert read.pixels[60:].max() < 8


def test_a_small_picture_stays_as_it_is(tmp_path: Path, picture: np.ndarray) -> None:
    Image.fromarray(picture).save(tmp_path / "a.png")
    assert np.array_equal(read_scaled(tmp_path / "a.png", 1000).pixels, picture)


def test_what_is_transparent_becomes_white(tmp_path: Path, picture: np.ndarray) -> None:
    alpha = np.full(picture.shape[:2], 255, np.uint8)
    alpha[:20] = 0
    Image.fromarray(np.dstack([picture, alpha])).save(tmp_path / "a.png")
    pixels = read_scaled(tmp_path / "a.png", 1000).pixels
    assert (pixels[:20] == 255).all()
    assert np.array_equal(pixels[20:], picture[20:])


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("a letter")
    with pytest.raises(PhotoError, match=r"^a\.jpg: it is a text"):
        read_scaled(tmp_path / "a.jpg", 64)

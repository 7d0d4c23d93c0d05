from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from desktop.widgets.picture import DOUBT_FULL, Picture, colour_image, doubt_colour, doubt_image, eight_bits


def noise(height: int, width: int, dtype: type = np.uint8) -> np.ndarray:
    return np.random.default_rng(1).integers(0, np.iinfo(dtype).max, (height, width, 3), dtype=dtype)


def saved(tmp_path: Path, pixels: np.ndarray, name: str = "p.npy") -> str:
    np.save(tmp_path / name, pixels)
    return str(tmp_path / name)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_each_level_holds_the_means_of_the_finer_one(tmp_path: Path, dtype: type) -> None:
    pixels = noise(1031, 1300, dtype)  # an odd number of rows, more than a strip
    picture = Picture.open(saved(tmp_path, pixels))
    assert [level.shape[:2] for level in picture.levels] == [(1031, 1300), (516, 650), (258, 325)]
    even = eight_bits(pixels[:1030]).astype(float).reshape(515, 2, 650, 2, 3).mean((1, 3))
    assert np.abs(picture.levels[1][:515] - even).max() <= 0.5
    last_row = eight_bits(pixels[1030:]).astype(float).reshape(1, 650, 2, 3).mean(2)
    assert np.abs(picture.levels[1][515:] - last_row).max() <= 0.5


def test_a_patched_copy_equals_a_new_picture_and_leaves_the_file(tmp_path: Path) -> None:
    old, new = noise(901, 1203), 255 - noise(901, 1203)
    path = saved(tmp_path, old)
    copy = Picture.open(path).private_copy(path)
    box = (333, 127, 1203, 640)
    copy.patch(new, box)
    mixed = old.copy()
    mixed[127:640, 333:1203] = new[127:640, 333:1203]
    expected = Picture.open(saved(tmp_path, mixed, "mixed.npy"))
    for level, wanted in zip(copy.levels, expected.levels, strict=True):
        np.testing.assert_array_equal(level, wanted)
    np.testing.assert_array_equal(np.load(path), old)


def test_the_level_has_a_pixel_for_each_pixel_of_the_screen(tmp_path: Path) -> None:
    picture = Picture.open(saved(tmp_path, noise(3000, 3000)))
    assert [picture.level_for(zoom) for zoom in (4.0, 1.0, 0.51, 0.5, 0.26, 0.25, 0.001)] == [0, 0, 0, 1, 1, 2, 3]


def test_a_crop_is_kept_while_it_covers_what_is_wanted(tmp_path: Path) -> None:
    pixels = noise(600, 800)
    picture = Picture.open(saved(tmp_path, pixels))
    area, image = picture.crop(0, QRect(100, 100, 200, 200), colour_image)
    assert area == QRect(50, 50, 300, 300)
    assert QColor(image.pixel(10, 20)).getRgb()[:3] == tuple(int(value) for value in pixels[70, 60])
    assert picture.crop(0, QRect(140, 60, 200, 200), colour_image)[1] is image
    assert picture.crop(0, QRect(340, 60, 200, 200), colour_image)[1] is not image
    edge, _ = picture.crop(0, QRect(700, 500, 400, 400), colour_image)
    assert QRect(0, 0, 800, 600).contains(edge)


def test_sixteen_bits_are_rounded_to_eight() -> None:
    assert eight_bits(np.array([0, 128, 129, 257, 65535], np.uint16)).tolist() == [0, 0, 1, 1, 255]


def test_doubt_grows_lighter_and_less_clear_and_turns_from_blue_to_yellow() -> None:
    image = doubt_image(np.array([[0, 32, 64, DOUBT_FULL, 255]], np.uint8))
    colours = [QColor.fromRgba(image.pixel(x, 0)) for x in range(5)]
    assert [c.alpha() for c in colours] == sorted(c.alpha() for c in colours)
    lightness = [sum(doubt_colour(step / 10)[:3]) for step in range(11)]
    assert lightness == sorted(lightness)
    assert colours[0].blue() > colours[0].red()
    assert colours[3].red() > colours[3].blue()
    assert image.pixel(3, 0) == image.pixel(4, 0)

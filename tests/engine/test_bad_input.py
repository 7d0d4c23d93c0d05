"""Pictures that no restorer was made for come back as they were, in one piece, at any size."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from engine.jobs import RestoreSettings
from engine.restore import Restorer

AUTOMATIC = RestoreSettings()


def change(shipped: Restorer, photo: np.ndarray) -> np.ndarray:
    """What Automatic changes, on the 8-bit scale, [H, W, 3]."""
    scale = 255 / np.iinfo(photo.dtype).max
    return np.abs(shipped.restore(photo, AUTOMATIC).pixels.astype(float) - photo) * scale


@pytest.mark.parametrize(
    "colour", [(0, 0, 0), (255, 255, 255), (127, 127, 127), (200, 16, 46), (3, 4, 5), (90, 160, 30)]
)
@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_a_picture_of_one_colour_stays_as_it_is(shipped: Restorer, colour: tuple[int, int, int], kind: type) -> None:
    photo = np.full((72, 88, 3), colour, dtype=kind) * kind(np.iinfo(kind).max // 255)
    assert shipped.read(photo).estimate.fading == 0
    changed = change(shipped, photo)
    assert changed.mean() < 0.5
    assert np.quantile(changed, 0.98) <= 3


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_a_gradient_gets_no_bands_and_no_texture(shipped: Restorer, kind: type) -> None:
    steps = np.linspace(0, np.iinfo(kind).max, 256).round().astype(kind)
    photo = np.broadcast_to(steps[None, :, None], (64, 256, 3)).copy()
    assert change(shipped, photo).mean() < 0.5
    rows = shipped.restore(photo, AUTOMATIC).pixels.astype(float)[8:-8]
    assert rows.std(axis=0).max() / np.iinfo(kind).max < 1 / 255


@pytest.mark.parametrize(("paper", "ink"), [((255, 255, 255), (0, 0, 0)), ((30, 30, 34), (210, 210, 210))])
def test_writing_stays_and_the_paper_stays_even(
    shipped: Restorer, paper: tuple[int, int, int], ink: tuple[int, int, int]
) -> None:
    page = Image.new("RGB", (240, 136), paper)
    for line in range(5):
        text = "The boat leaves on Friday, 12.50"
        ImageDraw.Draw(page).text((10, 6 + 18 * line), text, ink, ImageFont.load_default(13))
    photo = np.asarray(page)
    changed = change(shipped, photo)
    assert changed.mean() < 1.5
    assert changed[116:].max() <= 3


def test_nothing_but_noise_becomes_calm_and_stays_grey(shipped: Restorer) -> None:
    photo = np.random.default_rng(1).integers(0, 256, (88, 96, 3), dtype=np.uint8)
    result = shipped.restore(photo, AUTOMATIC).pixels
    assert np.abs(result.mean(axis=(0, 1)) - photo.mean(axis=(0, 1))).max() < 4
    assert result.std() < 0.5 * photo.std()


def test_a_stamp_keeps_its_colour_on_a_grey_photo(shipped: Restorer, picture: np.ndarray) -> None:
    grey = np.repeat(picture[..., :1], 3, axis=2)
    photo = np.tile(grey, (2, 2, 1))
    photo[40:64, 100:140] = (200, 30, 40)
    assert shipped.read(photo).estimate.monochrome
    result = shipped.restore(photo, RestoreSettings(fading=False)).pixels.astype(int)
    assert np.abs(result[44:60, 104:136].mean(axis=(0, 1)) - (200, 30, 40)).max() < 20
    away = np.ones(photo.shape[:2], dtype=bool)
    away[16:88, 76:164] = False
    assert np.ptp(result[away], axis=1).max() == 0


SIZES = [(1, 1), (1, 7), (7, 1), (3, 500), (500, 3), (8, 8), (9, 9), (17, 31), (33, 300), (187, 129)]


@pytest.mark.parametrize("size", SIZES)
def test_no_size_has_seams(toy: Restorer, size: tuple[int, int]) -> None:
    photo = np.random.default_rng(3).integers(0, 256, (*size, 3), dtype=np.uint8)
    told, tile = RestoreSettings(noise=10.0), 56 if min(size) < 40 else 150
    boxes = []
    tiled = toy.restore(photo, told, tile=tile, doubt=True, on_part=lambda box, *_: boxes.append(box))
    whole = toy.restore(photo, told, tile=4096, doubt=True)
    assert len(boxes) > 1 or max(size) < 180
    assert whole.doubt is not None
    assert tiled.doubt is not None
    assert np.abs(whole.pixels.astype(int) - tiled.pixels).max() <= 1
    assert np.abs(whole.doubt.astype(int) - tiled.doubt).max() <= 1


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (3, 500), (9, 9), (17, 31)])
def test_small_photos_are_not_harmed(shipped: Restorer, size: tuple[int, int]) -> None:
    y, x = np.mgrid[0 : size[0], 0 : size[1]]
    photo = (90 + 60 * np.stack([np.sin(x / 9), np.cos(y / 11), np.sin((x + y) / 13)], axis=2)).astype(np.uint8)
    assert change(shipped, photo).mean() < 4

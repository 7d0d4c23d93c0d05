"""What the tables put together: mosaics for timing, sheets for people, files compressed twice."""

from __future__ import annotations

import numpy as np

from benchmarks.jpeg import compressed_twice
from benchmarks.sheets import flow, sheet
from benchmarks.speed import mosaic


def photo(h: int, w: int, value: int) -> np.ndarray:
    return np.full((h, w, 3), value, np.uint8)


def test_a_mosaic_has_the_megapixels_asked_for():
    pixels = mosaic([photo(30, 50, 1), photo(50, 30, 2)], 0.1)
    assert abs(pixels.shape[0] * pixels.shape[1] / 1e6 - 0.1) < 0.001
    assert abs(pixels.shape[1] / pixels.shape[0] - 1.5) < 0.01
    assert set(np.unique(pixels)) == {1, 2}


def test_a_sheet_shows_both_pictures_whole():
    page = np.asarray(sheet([photo(40, 60, 250), photo(40, 60, 130)], ["before", "after"]))
    for value in (250, 130):
        assert (page == value).all(axis=2).sum() >= 40 * 60


def test_a_sheet_scaled_to_a_height_keeps_the_shape():
    small = np.asarray(sheet([photo(80, 160, 250)], ["one"], height=40))
    rows, columns = np.nonzero((small == 250).all(axis=2))
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (40, 80)


def test_pages_flow_into_rows():
    pages = [sheet([photo(40, 100, value)], ["x"]) for value in (60, 120, 180)]
    whole = flow(pages, width=2 * pages[0].width)
    assert whole.size == (2 * pages[0].width, 2 * pages[0].height)
    assert flow(pages, width=10).size == (pages[0].width, 3 * pages[0].height)


def test_moving_the_second_grid_crops_the_clean_photo_alike():
    grey = np.repeat(np.random.default_rng(0).integers(90, 160, (48, 48, 1), dtype=np.uint8), 3, axis=2)
    dirty, clean = compressed_twice(grey, (3, 4))
    assert dirty.shape == clean.shape == (45, 44, 3)
    assert np.array_equal(clean, grey[3:, 4:])
    still, _ = compressed_twice(grey, (0, 0))
    assert not np.array_equal(still[3:, 4:], dirty)

from __future__ import annotations

import numpy as np
import pytest

from engine.tiling import around, cut, tiles

REACH, MULTIPLE = 136, 8


@pytest.mark.parametrize(
    ("width", "height"),
    [(1, 1), (8, 8), (500, 333), (4000, 3000), (3000, 4000), (6000, 4000), (30000, 200), (17, 9999)],
)
def test_tiles_cover_every_pixel_once_and_keep_their_halo(width: int, height: int) -> None:
    area = 700_000
    seen = np.zeros((-(-height // 8), -(-width // 8)), dtype=int)
    for tile in tiles(width, height, REACH, MULTIPLE, area):
        left, top, right, bottom = tile.core
        assert all(v % MULTIPLE == 0 for v in (*tile.core, *tile.fed))
        seen[top // 8 : bottom // 8, left // 8 : right // 8] += 1
        x0, y0, x1, y1 = tile.fed
        padded = (-(-width // 8) * 8, -(-height // 8) * 8)
        assert (x0, y0) == (max(0, left - REACH), max(0, top - REACH))
        assert (x1, y1) == (min(padded[0], right + REACH), min(padded[1], bottom + REACH))
        assert (x1 - x0) * (y1 - y0) <= area
    assert (seen == 1).all()


def test_a_photo_that_fits_is_one_tile() -> None:
    assert len(tiles(1000, 704, REACH, MULTIPLE, 704_000)) == 1


def test_halos_cost_less_than_half_of_a_twelve_megapixel_photo() -> None:
    grid = tiles(4000, 3000, REACH, MULTIPLE)
    work = sum((t.fed[2] - t.fed[0]) * (t.fed[3] - t.fed[1]) for t in grid)
    assert work < 1.3 * 4000 * 3000


def test_an_area_too_small_for_any_halo_still_gives_tiles() -> None:
    assert len(tiles(100, 100, REACH, MULTIPLE, 64)) > 1


def test_around_moves_edges_outwards() -> None:
    tile = around((13, 20, 30, 41), 100, 50, 16, 8)
    assert tile.core == (8, 16, 32, 48)
    assert tile.fed == (0, 0, 48, 56)
    rows, columns = tile.inside
    assert (rows, columns) == (slice(16, 48), slice(8, 32))


@pytest.mark.parametrize(("dtype", "peak"), [(np.uint8, 255), (np.uint16, 65535)])
def test_cut_scales_to_one_and_mirrors_beyond_the_edge(dtype: type, peak: int) -> None:
    photo = np.zeros((3, 5, 3), dtype=dtype)
    photo[2, 4] = peak
    tensor = cut(photo, (0, 0, 8, 8))
    assert tensor.shape == (1, 3, 8, 8)
    assert tensor.dtype == np.float32
    assert tensor.max() == pytest.approx(1.0)
    assert (tensor[0, :, 3, 5] == 1).all()  # the corner, mirrored both ways
    assert tensor.sum() == pytest.approx(3 * 4)


def test_cut_leaves_floats_as_they_are() -> None:
    photo = np.full((8, 8, 3), 1.25, dtype=np.float32)
    assert (cut(photo, (0, 0, 8, 8)) == 1.25).all()

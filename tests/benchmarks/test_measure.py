from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.measure import (
    blocks,
    clipped,
    coverage,
    match_tones,
    psnr,
    rank_correlation,
    ssim,
    to_bytes,
)


def photo(seed: int = 0, shape: tuple[int, ...] = (24, 32, 3)) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def test_psnr_of_an_error_of_one_step():
    clean = np.full((8, 8, 3), 100, np.uint8)
    assert psnr(clean + np.uint8(1), clean) == pytest.approx(20 * math.log10(255))


def test_psnr_averages_the_squared_error_over_all_channels():
    clean = np.zeros((4, 4, 3), np.uint8)
    red = clean.copy()
    red[..., 0] = 30
    assert psnr(red, clean) == pytest.approx(10 * math.log10(255**2 / 300))


def test_psnr_of_equal_pictures_is_infinite():
    assert psnr(photo(), photo()) == math.inf


def test_psnr_counts_what_a_file_would_hold():
    clean = np.full((4, 4, 3), 255, np.uint8)
    # Above white is white, and less than half a step is rounded away.
    assert psnr(np.full((4, 4, 3), 1.7, np.float32), clean) == math.inf
    assert psnr(np.full((4, 4, 3), 1 - 0.4 / 255, np.float32), clean) == math.inf
    assert psnr(np.full((4, 4, 3), 1 - 0.6 / 255, np.float32), clean) < math.inf


def test_to_bytes_does_not_wrap_around():
    assert to_bytes(np.array([-0.5, 0.0, 0.5, 1.0, 9.0])).tolist() == [0, 0, 128, 255, 255]


def test_ssim_is_one_for_equal_pictures_and_falls_with_noise():
    pytest.importorskip("skimage")
    clean, other = photo(0), photo(1)
    mixed = (clean // 2 + other // 2).astype(np.uint8)
    assert ssim(clean, clean) == pytest.approx(1.0)
    assert ssim(other, clean) < ssim(mixed, clean) < 1.0


def test_matched_tones_leave_no_error_where_only_tones_drifted():
    clean = photo()
    faded = (clean * np.array([0.5, 0.7, 0.6]) + np.array([40, 20, 60])) / 255.0
    assert psnr(faded, clean) < 20
    assert psnr(match_tones(faded, clean), clean) > 50


def test_matched_tones_keep_the_error_of_texture():
    clean = photo()
    assert psnr(match_tones(photo(1), clean), clean) < 12


def test_blocks_are_means_and_drop_what_is_left_over():
    values = np.zeros((17, 9))
    values[8:16, :8] = 4.0
    values[16], values[:, 8] = 99.0, 99.0
    assert blocks(values).tolist() == [0.0, 4.0]


def test_rank_correlation_sees_order_alone():
    a = np.array([1.0, 2.0, 3.0, 4.0])
    assert rank_correlation(a, np.exp(a)) == pytest.approx(1.0)
    assert rank_correlation(a, -(a**3)) == pytest.approx(-1.0)
    assert rank_correlation(a, np.ones(4)) == 0.0


def test_rank_correlation_shares_ranks_between_equal_values():
    # By hand: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
    assert rank_correlation(np.array([0, 1, 1, 2]), np.array([0, 1, 2, 3])) == pytest.approx(4.5 / math.sqrt(4.5 * 5))


def test_coverage_of_a_normal_error():
    error = np.random.default_rng(0).normal(0, 3.0, (200, 200, 3))
    deviation = np.full((200, 200), 3.0)
    assert coverage(error, deviation, 1.0) == pytest.approx(0.683, abs=0.01)
    assert coverage(error, deviation, 2.0) == pytest.approx(0.954, abs=0.01)


def test_clipped_counts_black_and_white():
    pixels = np.full((2, 2, 3), 7, np.uint8)
    pixels[0, 0] = (0, 255, 8)
    assert clipped([pixels, np.full((2, 2, 3), 7, np.uint8)]) == pytest.approx(1 / 12)

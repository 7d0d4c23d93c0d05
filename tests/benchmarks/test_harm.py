from __future__ import annotations

import numpy as np
import pytest

from benchmarks.harm import add_noise, blur, gaussian_kernel, jpeg, scratch
from benchmarks.measure import psnr


@pytest.fixture
def photo() -> np.ndarray:
    """A smooth picture with an edge."""
    y, x = np.mgrid[0:64, 0:96]
    pixels = np.stack([x * 2, y * 3, 128 + 60 * (x > y)], axis=-1)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def test_noise_is_the_same_every_time_and_has_its_level(photo):
    noisy = add_noise(photo, 25, clip=False)
    assert np.array_equal(noisy, add_noise(photo, 25, clip=False))
    assert not np.array_equal(noisy, add_noise(photo, 25, clip=False, seed=1))
    assert float(np.std(noisy * 255.0 - photo)) == pytest.approx(25, rel=0.03)


def test_unclipped_noise_leaves_the_range_and_a_file_does_not(photo):
    noisy = add_noise(photo, 50, clip=False)
    assert noisy.dtype == np.float32
    assert noisy.min() < 0
    assert noisy.max() > 1
    file = add_noise(photo, 50, clip=True)
    assert file.dtype == np.uint8
    inside = (noisy > 0.01) & (noisy < 0.99)
    assert np.abs(file / 255.0 - noisy)[inside].max() <= 0.5 / 255 + 1e-6


def test_noise_takes_floats_as_well(photo):
    assert np.allclose(add_noise(photo / 255.0, 10, clip=False), add_noise(photo, 10, clip=False), atol=1e-6)


def test_blur_is_the_kernel_the_peers_are_told():
    point = np.zeros((31, 31, 3))
    point[15, 15] = 1.0
    spread = blur(point, 1.6)[..., 1]
    kernel = gaussian_kernel(1.6)
    k = len(kernel) // 2
    assert np.allclose(spread[15 - k : 16 + k, 15 - k : 16 + k], kernel, atol=1e-6)
    assert float(spread.sum()) == pytest.approx(1.0, abs=1e-5)


def test_kernel_has_its_radius():
    kernel = gaussian_kernel(2.0)
    axis = np.arange(len(kernel)) - len(kernel) // 2
    assert float((kernel.sum(0) * axis**2).sum()) == pytest.approx(4.0, rel=0.02)


def test_blur_leaves_a_flat_picture_alone_up_to_its_border():
    assert np.allclose(blur(np.full((9, 11, 3), 0.4), 3.0), 0.4, atol=1e-6)


def test_jpeg_is_worse_at_lower_quality_and_keeps_the_size(photo):
    assert jpeg(photo, 90).shape == photo.shape
    assert psnr(jpeg(photo, 10), photo) < psnr(jpeg(photo, 40), photo) < psnr(jpeg(photo, 90), photo)


def test_grey_jpeg_has_no_colour():
    grey = np.repeat(np.random.default_rng(0).integers(0, 256, (32, 32, 1), dtype=np.uint8), 3, axis=2)
    compressed = jpeg(grey, 20, grey=True)
    assert (compressed == compressed[..., :1]).all()


def test_scratch_touches_only_what_the_mask_covers(photo):
    mask = np.zeros(photo.shape[:2], np.float32)
    mask[20:24] = 1.0
    damaged = scratch(photo, mask, np.random.default_rng(3))
    assert np.array_equal(damaged[mask == 0], photo[mask == 0])
    assert psnr(damaged[20:24], photo[20:24]) < 20

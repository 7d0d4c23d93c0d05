from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from engine.quality import jpeg_quality


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    """A picture with the falling spectrum of photographs, [320, 400, 3] uint8."""
    random = np.random.default_rng(0)
    fy, fx = np.fft.fftfreq(320)[:, None, None], np.fft.fftfreq(400)[None, :, None]
    spectrum = random.normal(size=(320, 400, 3)) + 1j * random.normal(size=(320, 400, 3))
    waves = np.fft.ifft2(spectrum / (0.003 + np.hypot(fy, fx)) ** 1.3, axes=(0, 1)).real
    waves = waves.mean(axis=2, keepdims=True) + 0.3 * waves
    return (128 + 45 * waves / waves.std()).clip(0, 255).astype(np.uint8)


def compressed(photo: np.ndarray, quality: int, **options: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(photo).save(file, "JPEG", quality=quality, **options)
    return np.asarray(Image.open(file).convert("RGB"))


@pytest.mark.parametrize("quality", [10, 20, 40, 60, 80])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_the_quality_is_read_off_the_pixels(photo: np.ndarray, quality: int, subsampling: int) -> None:
    assert jpeg_quality(compressed(photo, quality, subsampling=subsampling)) == pytest.approx(quality, abs=4)


def test_also_of_grey_photos_and_of_cropped_ones_and_in_sixteen_bits(photo: np.ndarray) -> None:
    grey = np.repeat(photo[:, :, :1], 3, axis=2)
    assert jpeg_quality(compressed(grey, 30)) == pytest.approx(30, abs=4)
    assert jpeg_quality(compressed(photo, 30)[3:, 5:]) == pytest.approx(30, abs=4)
    assert jpeg_quality(compressed(photo, 30).astype(np.uint16) * 257) == pytest.approx(30, abs=4)


@pytest.mark.parametrize(
    ("first", "second", "moved"), [(10, 30, (3, 4)), (20, 60, (1, 7)), (30, 75, (4, 0)), (50, 92, (2, 5))]
)
def test_an_earlier_and_coarser_compression_is_read_off_its_own_grid(
    photo: np.ndarray, first: int, second: int, moved: tuple[int, int]
) -> None:
    cropped = np.ascontiguousarray(compressed(photo, first)[moved[0] :, moved[1] :])
    assert jpeg_quality(compressed(cropped, second)) == pytest.approx(first, abs=2)


@pytest.mark.parametrize(("first", "second"), [(60, 20), (90, 40)])
def test_an_earlier_and_finer_compression_does_not_count(photo: np.ndarray, first: int, second: int) -> None:
    cropped = np.ascontiguousarray(compressed(photo, first)[3:, 4:])
    assert jpeg_quality(compressed(cropped, second)) == pytest.approx(second, abs=2)


def test_what_was_never_compressed_has_no_quality(photo: np.ndarray) -> None:
    noise = np.random.default_rng(1).normal(0, 20, photo.shape)
    assert jpeg_quality(photo) == 0
    assert jpeg_quality((photo + noise).clip(0, 255).astype(np.uint8)) == 0
    assert jpeg_quality(np.full((64, 64, 3), 77, dtype=np.uint8)) == 0
    assert jpeg_quality(photo[:10, :10]) == 0
    assert jpeg_quality((photo / 255).astype(np.float32) + 0.3 / 255) == 0


def test_noise_on_top_hides_the_compression(photo: np.ndarray) -> None:
    noisy = compressed(photo, 50) + np.random.default_rng(2).normal(0, 8, photo.shape)
    assert jpeg_quality(noisy.clip(0, 255).astype(np.uint8)) == 0

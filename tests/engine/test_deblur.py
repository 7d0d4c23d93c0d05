"""Blur of a known width is undone with the model as the prior."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import deblur
from engine.jobs import RestoreSettings
from engine.metrics import psnr
from engine.restore import Restorer

FRUIT = Path(__file__).resolve().parents[2] / "assets/samples/fruit"
TOLD = RestoreSettings(noise=2.0, blur=1.2, jpeg=0, scratches=False, fading=False)


def softened(pixels: np.ndarray, radius: float, noise: float = 2.0) -> np.ndarray:
    """Gaussian blur with mirrored borders, by multiplying in Fourier space, and white noise; uint8."""
    wide = np.pad(pixels / 255.0, ((32, 32), (32, 32), (0, 0)), mode="symmetric")
    fy, fx = np.fft.fftfreq(wide.shape[0])[:, None, None], np.fft.rfftfreq(wide.shape[1])[None, :, None]
    spectrum = np.fft.rfft2(wide, axes=(0, 1)) * np.exp(-2 * (np.pi * radius) ** 2 * (fy**2 + fx**2))
    soft = np.fft.irfft2(spectrum, s=wide.shape[:2], axes=(0, 1))[32:-32, 32:-32]
    soft = 255 * soft + noise * np.random.default_rng(1).standard_normal(soft.shape)
    return np.rint(soft.clip(0, 255)).astype(np.uint8)


def test_a_known_blur_is_undone_better_than_by_the_network_alone(
    shipped: Restorer, picture: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    soft = softened(picture, 1.2)
    turns = psnr(shipped.restore(soft, TOLD).pixels, picture)
    monkeypatch.setattr(deblur, "to_undo", lambda *_: None)
    assert turns > psnr(shipped.restore(soft, TOLD).pixels, picture) + 0.5


@pytest.mark.parametrize("name", ["02.jpg", "05.jpg", "08.jpg"])
def test_blocks_of_jpeg_are_not_sharpened(shipped: Restorer, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clean, file = np.asarray(Image.open(FRUIT / name).convert("RGB").reduce(2)), io.BytesIO()
    Image.fromarray(softened(clean, 1.2, noise=0.0)).save(file, "JPEG", quality=20)
    blocky = np.asarray(Image.open(file))
    told = RestoreSettings(blur=1.2, scratches=False, fading=False)
    restored = psnr(shipped.restore(blocky, told).pixels, clean)
    assert restored > psnr(blocky, clean) + 2
    monkeypatch.setattr(deblur, "_LEAST_QUALITY", 0)
    assert restored > psnr(shipped.restore(blocky, told).pixels, clean) + 1


def test_without_a_prior_what_the_noise_allows_comes_back(picture: np.ndarray) -> None:
    soft = softened(picture, 1.0, noise=0.0)
    photo = np.moveaxis(soft, 2, 0)[None].astype(np.float32) / 255
    levels: list[float] = []

    def nothing(x: np.ndarray, level: float) -> np.ndarray:
        levels.append(level)
        return x

    sharp, left = deblur.sharpened(photo, deblur.Blur(1.0, 2.0), nothing)
    assert sharp.shape == photo.shape
    assert sharp.dtype == np.float32
    assert levels == sorted(levels, reverse=True)
    assert left <= levels[-1]
    back = np.rint(np.moveaxis(sharp[0], 0, 2) * 255).astype(np.uint8)
    assert psnr(back, picture) > psnr(soft, picture) + 3


def test_tiles_agree_with_the_whole_to_a_grey_level(shipped: Restorer, picture: np.ndarray) -> None:
    soft = softened(np.tile(picture, (6, 4, 1)), 1.2)
    whole, tiled = (shipped.restore(soft, TOLD, tile=side).pixels for side in (9999, 400))
    assert np.abs(whole.astype(int) - tiled).max() <= 1


def test_all_settings_go_with_it(shipped: Restorer, picture: np.ndarray) -> None:
    soft = softened(picture, 1.2)
    variant = RestoreSettings(noise=2.0, blur=1.2, jpeg=0, scratches=True, fading=True, variant=2)
    result = shipped.restore(soft, variant, doubt=True)
    assert result.pixels.shape == soft.shape
    assert result.doubt is not None
    deep = shipped.restore(soft.astype(np.uint16) * 257, TOLD).pixels
    assert psnr(np.rint(deep / 257).astype(np.uint8), shipped.restore(soft, TOLD).pixels) > 50
    tiny = shipped.restore(soft[:1, :3], TOLD).pixels
    assert tiny.shape == (1, 3, 3)


@pytest.mark.parametrize(
    ("told", "estimated", "noise", "jpeg", "radius"),
    [
        (1.6, 0.0, 2.0, 0, 1.6),
        (0.0, 2.0, 2.0, 0, None),  # the user says that there is none
        (None, 1.6, 2.0, 0, 1.5),
        (None, 0.5, 2.0, 0, None),  # as any camera
        (None, 1.6, 2.0, 60, None),  # JPEG hides how soft it was
        (1.6, 0.0, 2.0, 60, 1.6),
        (1.6, 0.0, 2.0, 20, None),  # the blocks of JPEG would be sharpened as well
        (1.6, 0.0, 25.0, 0, None),  # nothing to gain under so much noise
    ],
)
def test_only_what_is_sure_is_undone(
    told: float | None, estimated: float, noise: float, jpeg: int, radius: float | None
) -> None:
    blur = deblur.to_undo(told, estimated, noise, jpeg)
    assert (blur and blur.radius) == (None if radius is None else pytest.approx(radius))


@pytest.mark.parametrize(
    ("estimated", "jpeg", "told"), [(1.6, 0, 1.5), (1.6, 60, None), (0.5, 0, None), (0.1, 0, 0.0), (0.1, 60, 0.0)]
)
def test_who_takes_over_from_automatic_changes_nothing(estimated: float, jpeg: int, told: float | None) -> None:
    assert deblur.handed_over(estimated, 2.0, jpeg) == told
    assert deblur.to_undo(told, estimated, 2.0, jpeg) == deblur.to_undo(None, estimated, 2.0, jpeg)

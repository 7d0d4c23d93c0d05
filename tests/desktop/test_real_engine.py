"""The window with the engine and the weights that are shipped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop import engine_process
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_photo import State

LONG = 120000


@pytest.fixture
def noisy_photo(tmp_path: Path) -> Path:
    """Smooth shapes under noise, as a JPEG that says who made it and that it lies on its side."""
    y, x = np.mgrid[0:240, 0:320]
    clean = np.stack([128 + 60 * np.sin(x / 40), 128 + 60 * np.cos(y / 30), 90 + x / 4 + y / 8], axis=2)
    noisy = clean + np.random.default_rng(5).normal(0, 20, clean.shape)
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Oma, 1932", 6
    path = tmp_path / "Oma.jpg"
    Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(path, quality=95, exif=exif)
    return path


def test_a_photo_comes_back_cleaner_and_is_saved_with_what_it_carried(
    make_window: Callable[..., object], qtbot, tmp_path: Path, noisy_photo: Path
) -> None:
    window = make_window(engine_process.main)
    tab = window.tab(RestoreTab)
    tab.open([noisy_photo])
    qtbot.waitUntil(lambda: [photo.state for photo in tab.queue.photos] == [State.DONE], timeout=LONG)
    (photo,) = tab.queue.photos
    assert (photo.width, photo.height) == (240, 320)
    qtbot.waitUntil(lambda: photo.estimate is not None, timeout=LONG)
    assert photo.result is not None
    before, after = np.load(photo.pixels).astype(float), np.load(photo.result.pixels).astype(float)
    assert np.abs(np.diff(after, axis=0)).mean() < 0.6 * np.abs(np.diff(before, axis=0)).mean()
    assert np.load(photo.result.doubt).shape == (320, 240)
    qtbot.waitUntil(lambda: tab.view.canvas._result is not None, timeout=LONG)

    tab.queue.save(photo.number, tmp_path / "out.jpg")
    tab._pump()
    qtbot.waitUntil(lambda: photo.state is State.SAVED, timeout=LONG)
    with Image.open(tmp_path / "out.jpg") as saved:
        assert saved.size == (240, 320)
        assert saved.getexif()[0x010E] == "Oma, 1932"
        assert saved.getexif().get(0x0112, 1) == 1

    tab.view.panel.variant.buttons()[1].click()
    qtbot.waitUntil(lambda: photo.ask == 2 and photo.state is State.DONE, timeout=LONG)
    sample = np.load(photo.result.pixels).astype(float)
    assert np.abs(sample - after).max() > 0

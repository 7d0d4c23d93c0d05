from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop import samples
from desktop.tabs.explore import ExploreTab
from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.interpolate import InterpolateTab
from desktop.tabs.restore import RestoreTab
from desktop.widgets.sample_row import mosaic
from engine import recipes

ROOT = Path(__file__).resolve().parents[2]


def test_they_are_small_and_can_be_read() -> None:
    files = [path for path in samples.FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 600_000
    pictures = [path for path in files if path.suffix != ".md"]
    assert len(pictures) > 30
    for path in pictures:
        with Image.open(path) as image:
            image.load()
    assert all(recipes.read(path) for sample in samples.faces() for path in sample.paths)
    assert "make_samples" in (samples.FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_bundle_takes_them_along() -> None:
    assert '"assets/samples"' in (ROOT / "build.spec").read_text(encoding="utf-8")


def test_every_sample_is_shown(qapp) -> None:
    for sample in [*samples.old_photos(), *samples.faces(), *samples.photos_to_walk(), *samples.folder()]:
        image = mosaic(sample.shown, 2.0).toImage()
        colours = {image.pixelColor(x, y).rgb() for x in range(8, image.width(), 16) for y in range(8, 160, 16)}
        assert len(colours) > 10, sample.words


def test_without_samples_there_is_no_row(qapp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(samples, "FOLDER", tmp_path)
    assert samples.old_photos() == samples.faces() == samples.folder() == samples.photos_to_walk() == []


def test_a_click_tries_one_at_once(window, qtbot) -> None:
    restore = window.tab(RestoreTab)
    qtbot.waitUntil(lambda: not restore.view.empty.samples.buttons[0].icon().isNull())
    restore.view.empty.samples.buttons[1].click()
    qtbot.waitUntil(lambda: bool(restore.queue.photos))
    assert restore.queue.photos[0].path == samples.old_photos()[1].paths[0]

    window.show_tab(walk := window.tab(InterpolateTab))
    walk.view.samples.buttons[0].click()
    qtbot.waitUntil(lambda: len(walk.plan.pictures) == 3)

    folder = samples.FOLDER / "fruit"
    window.show_tab(explore := window.tab(ExploreTab))
    explore.view.empty.samples.buttons[0].click()
    assert explore.state.folder == folder
    window.show_tab(learn := window.tab(FinetuneTab))
    learn.view.folder.invitation.samples.buttons[0].click()
    assert learn.state.folder.folder == folder


def test_they_can_be_made_again(tmp_path: Path) -> None:
    """The scenes, at least: what the models draw is theirs, and has its own tests."""
    script = (
        "import sys; from pathlib import Path; from assets import make_samples\n"
        "import numpy as np; photo = make_samples.finished(make_samples.orchard(np.random.default_rng(7)))\n"
        "tones = np.asarray([(0.2, 0.9)] * 3, np.float32)\n"
        "make_samples.aged(photo, 5, 6, 0.5, tones, grey=False).save(Path(sys.argv[1]) / 'orchard.png')\n"
    )
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, env=environment, check=True)
    with Image.open(tmp_path / "orchard.png") as image:
        assert image.size == (720, 540)
        assert len(np.unique(np.asarray(image.resize((90, 60))).reshape(-1, 3), axis=0)) > 1000

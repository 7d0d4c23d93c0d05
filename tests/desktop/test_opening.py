from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from desktop.opening import Opening, sort
from desktop.tabs.generate import GenerateTab
from desktop.tabs.models import ModelsTab
from desktop.tabs.restore import RestoreTab
from engine import recipes
from engine.recipes import Recipe

ROOT = Path(__file__).resolve().parents[2]


def test_every_file_goes_to_the_tab_that_knows_it(tmp_path: Path, photo_file: Callable[..., Path]) -> None:
    photo, nameless = photo_file("old.png"), photo_file("x.png").rename(tmp_path / "scan")
    drawn = recipes.save(np.zeros((8, 8, 3), np.uint8), Recipe(model="digits", seed=3), tmp_path / "drawn.png")
    album, weights, diffusers = tmp_path / "album", tmp_path / "vae.safetensors", tmp_path / "vae"
    album.mkdir()
    weights.touch()
    diffusers.mkdir()
    (diffusers / "config.json").write_text("{}")
    letter, gone = tmp_path / "letter.txt", tmp_path / "gone.jpg"
    letter.write_text("Dear photo")
    found = sort([photo, album, weights, drawn, letter, gone, diffusers, nameless, photo])
    assert found.photos == [photo, album, nameless]
    assert found.drawn == [drawn]
    assert found.models == [weights, diffusers]
    assert (found.missing, found.strange) == ([gone], [letter])
    assert list(found.by_tab()) == ["restore", "generate", "models"]


def test_a_sentence_names_what_cannot_be_opened(qapp, tmp_path: Path) -> None:
    opening = Opening(qapp)
    (tmp_path / "a.txt").write_text("a")
    assert opening.sentence(sort([tmp_path / "a.txt"])) == "“a.txt” is neither a photo nor a model."
    sentence = opening.sentence(sort([tmp_path / "a.txt", tmp_path / "b.jpg"]))
    assert sentence.startswith("There is no file “b.jpg”.")
    assert "1" in sentence


def test_files_from_outside_come_to_their_tabs(window, qtbot, tmp_path: Path, photo_file: Callable[..., Path]) -> None:
    drawn = recipes.save(np.zeros((8, 8, 3), np.uint8), Recipe(model="digits", seed=3), tmp_path / "drawn.png")
    window.open([drawn, tmp_path / "gone.jpg"])
    qtbot.waitUntil(lambda: isinstance(window.current, GenerateTab))
    assert window.banner.isVisible()
    assert "gone.jpg" in window.banner.text
    qtbot.waitUntil(lambda: [r.seed for r in window.tab(GenerateTab).state.shown.values()] == [3])
    window.open([photo_file(), drawn])
    qtbot.waitUntil(lambda: isinstance(window.current, RestoreTab))
    qtbot.waitUntil(lambda: bool(window.tab(RestoreTab).queue.photos))


def test_a_model_file_opens_in_models(window, qtbot, tmp_path: Path) -> None:
    weights = tmp_path / "nothing.safetensors"
    weights.write_bytes(b"no weights")
    window.open([weights])
    qtbot.waitUntil(lambda: isinstance(window.current, ModelsTab))
    imports = window.tab(ModelsTab).imports
    qtbot.waitUntil(lambda: imports.queue.running or bool(imports.queue.refusals))


def test_files_that_macos_hands_over_are_heard_of(tmp_path: Path) -> None:
    script = (
        "from PySide6.QtGui import QFileOpenEvent; from desktop.app import make_application\n"
        "app = make_application(); app.files_opened.connect(lambda paths: print(*paths))\n"
        "app.sendEvent(app, QFileOpenEvent('/there/old photo.jpg'))\n"
        "import os, sys; sys.stdout.flush(); os._exit(0)\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == Path("/there/old photo.jpg")

"""Pictures to the bin and back, copies of them, and what lies over a picture that is looked at."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop import samples
from desktop.bin import from_bin, to_bin
from desktop.preferences import Preferences
from desktop.tabs import explore_close
from desktop.tabs.explore_files import ExploreDialogs, copy_files
from desktop.tabs.explore_mover import Mover
from desktop.tabs.explore_state import ExploreState
from desktop.tabs.explore_words import ExploreWords
from engine.errors import PhotoError


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "album" / name for name in ("a.png", "b.png")]
    paths[0].parent.mkdir()
    for number, path in enumerate(paths):
        Image.new("RGB", (8, 6), (number, 0, 0)).save(path)
    return paths


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the bin there is the user's own")
def test_the_systems_bin_takes_pictures_and_gives_them_back(
    pictures: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    before = pictures[0].read_bytes()
    done = to_bin([*pictures, tmp_path / "gone.png"])
    assert done.missing == [tmp_path / "gone.png"]
    assert not any(path.exists() for path in pictures)
    moved = [(path, now) for path, now in done.moved if now is not None]
    if not moved:
        pytest.skip("this system does not say where its bin is")
    notes = {now.parent.parent / "info" / f"{now.name}.trashinfo" for _, now in moved}
    assert all(note.exists() for note in notes)
    pictures[1].write_bytes(b"something else has come in its place")
    assert from_bin(moved) == [pictures[1]]
    assert pictures[0].read_bytes() == before
    assert pictures[1].read_bytes() == b"something else has come in its place"
    assert sum(note.exists() for note in notes) == 1


def test_a_copy_never_takes_the_place_of_a_file(pictures: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "copies"
    target.mkdir()
    (target / "a.png").write_bytes(b"mine")
    failures = copy_files([*pictures, tmp_path / "gone.png"], target)
    assert [path.name for path, _ in failures] == ["gone.png"]
    assert "not there" in failures[0][1]
    assert (target / "a.png").read_bytes() == b"mine"
    assert (target / "a-2.png").read_bytes() == pictures[0].read_bytes()
    assert (target / "b.png").exists()
    assert all(path.exists() for path in pictures)


def test_a_copy_to_a_folder_that_is_not_there_says_why(pictures: list[Path], tmp_path: Path) -> None:
    (failure, _) = copy_files(pictures, tmp_path / "nowhere")
    assert failure == (pictures[0], "its folder does not exist")


def test_pictures_are_read_small_upright_and_of_any_kind(tmp_path: Path) -> None:
    turned = Image.new("RGB", (400, 200), (200, 10, 10))
    exif = turned.getexif()
    exif[0x0112] = 6  # a quarter turn
    turned.save(tmp_path / "turned.jpg", exif=exif)
    image = explore_close.read(tmp_path / "turned.jpg", 100)
    assert (image.width(), image.height()) == (50, 100)
    deep = np.full((30, 60), 30000, np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.tif")
    assert explore_close.read(tmp_path / "deep.tif", 100).width() == 60
    square = explore_close.read_square(tmp_path / "turned.jpg", 40, whole=False)
    assert (square.width(), square.height()) == (40, 40)
    with pytest.raises(PhotoError, match=r"gone.jpg: it is not there"):
        explore_close.read(tmp_path / "gone.jpg")
    (tmp_path / "text.jpg").write_text("hello")
    with pytest.raises(PhotoError, match=r"text.jpg"):
        explore_close.read(tmp_path / "text.jpg")


def test_the_square_that_the_model_saw() -> None:
    size = QSize(100, 60)
    assert explore_close.middle(size, whole=True) == QRect(0, -20, 100, 100)
    assert explore_close.middle(size, whole=False) == QRect(20, 0, 60, 60)
    assert explore_close.content(size, 50, whole=True) == QRect(0, 10, 50, 30)
    assert explore_close.content(size, 50, whole=False) == QRect(0, 0, 50, 50)


@pytest.mark.parametrize("whole", [True, False])
def test_heat_lies_where_the_model_is_wrong(whole: bool) -> None:
    picture = QImage(120, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor(90, 90, 90))
    heat = np.zeros((16, 16), np.uint8)
    heat[7:9, :4] = 255  # at the left of what was seen
    veiled = explore_close.with_heat(picture, heat, whole)
    left = veiled.pixelColor(4 if whole else 34, 30)
    right = veiled.pixelColor(110, 30)
    assert left.red() > 200 and left.blue() < 130
    assert right.red() < 100
    assert veiled.size() == picture.size()


def test_what_came_with_the_program_stays(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    asked, said = [], []
    dialogs = ExploreDialogs(page, Preferences(tmp_path / "settings.json"))
    monkeypatch.setattr(dialogs, "may_bin", lambda paths, kept: asked.append(paths))
    mover = Mover(ExploreState(), QUndoStack(page), dialogs, ExploreWords(page), page)
    mover.failed.connect(lambda error: said.append(str(error)))
    own = tmp_path / "own.png"
    own.write_bytes(b"")
    (sample, *_) = samples.folder()[0].shown
    mover.to_bin([own, sample])
    assert (asked, sample.exists()) == ([], True)
    assert said == ["Pictures that came with the program are not moved to the bin: they stay to be tried."]
    mover.to_bin([own])
    assert asked == [[own]]

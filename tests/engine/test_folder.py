from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import DarkroomError
from engine.folder import Likeness, label_of, perceptual_hash, picture_files


def save(path: Path, pixels: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def test_pictures_are_found_to_the_bottom_in_order(tmp_path: Path, picture: np.ndarray) -> None:
    for name in ("b.png", "a.jpg", "sub/c.png", ".hidden.png", ".cache/d.png"):
        save(tmp_path / name, picture)
    (tmp_path / "notes.txt").write_text("no picture")
    found = list(picture_files(tmp_path))
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.jpg", "b.png", "sub/c.png"]
    assert [label_of(path, tmp_path) for path in found] == ["", "", "sub"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_a_circle_end(tmp_path: Path, picture: np.ndarray) -> None:
    save(tmp_path / "a.png", picture)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again.png").symlink_to(tmp_path / "a.png")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere.png")
    names = [path.name for path in picture_files(tmp_path)]
    assert sorted(names) == ["a.png", "gone.png"]  # each file once, and the dead link for its reader to complain of


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DarkroomError, match=r"^gone: it is not there"):
        list(picture_files(tmp_path / "gone"))
    with pytest.raises(DarkroomError, match=r"^a\.txt: "):
        (tmp_path / "a.txt").write_text("x")
        list(picture_files(tmp_path / "a.txt"))


def copied(pixels: np.ndarray) -> np.ndarray:
    """A picture that went through a messenger: smaller, compressed, a little lighter."""
    image = Image.fromarray(pixels)
    buffer = io.BytesIO()
    image.resize((image.width * 2 // 3, image.height * 2 // 3)).save(buffer, "JPEG", quality=70)
    return np.clip(np.array(Image.open(buffer)).astype(int) + 6, 0, 255).astype(np.uint8)


def test_copies_are_found_and_others_are_not(picture: np.ndarray) -> None:
    likeness, picture = Likeness(), picture.repeat(3, axis=0).repeat(3, axis=1)
    others = [np.roll(picture, 17 * i, axis=i % 2) for i in range(1, 5)]
    pictures = [picture, *others]
    assert [likeness.place(perceptual_hash(p), p) for p in pictures] == [None] * 5
    again = [copied(p) for p in reversed(pictures)]
    assert [likeness.place(perceptual_hash(p), p) for p in again] == [4, 3, 2, 1, 0]


def test_five_thousand_copies_are_one_picture(picture: np.ndarray) -> None:
    likeness = Likeness()
    places = {likeness.place(perceptual_hash(picture), picture) for _ in range(5000)}
    assert places == {None, 0}
    assert likeness.seen == 5000

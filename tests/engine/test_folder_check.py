from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import lessons
from engine.errors import DarkroomError
from engine.folder_check import Pictures, check, light, look


def blobs(count: int, side: int = 72) -> list[np.ndarray]:
    """Pictures of one kind: a bright disc on a dark ground, each somewhere else."""
    rng, (y, x) = np.random.default_rng(0), np.mgrid[0:side, 0:side]
    found = []
    for _ in range(count):
        cy, cx, radius = rng.uniform(0.2, 0.8) * side, rng.uniform(0.2, 0.8) * side, rng.uniform(0.12, 0.4) * side
        inside = (y - cy) ** 2 + (x - cx) ** 2 < radius**2
        found.append(np.where(inside[..., None], rng.integers(120, 255, 3), (30, 40, 60)).astype(np.uint8))
    return found


def filled(folder: Path, count: int = 24) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, pixels in enumerate(blobs(count)):
        Image.fromarray(pixels).save(folder / f"{number:03}.png")
    return folder


def test_every_file_is_judged_and_named(tmp_path: Path) -> None:
    folder = filled(tmp_path / "kind")
    Image.fromarray(blobs(1)[0]).save(folder / "copy.jpg", quality=80)
    Image.new("RGB", (80, 80), "white").save(folder / "blank.png")
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (72, 72, 3), np.uint8)).save(folder / "noise.png")
    Image.fromarray(blobs(30, 40)[-1]).save(folder / "tiny.png")
    (folder / "broken.png").write_bytes((folder / "000.png").read_bytes()[:60])
    (folder / "letter.jpg").write_text("Dear Sir,")
    white = np.full((72, 72, 3), 250, np.uint8)
    white[::8] = 0
    Image.fromarray(white).save(folder / "stripes.png")
    pictures = Pictures(folder)
    said = list(look(pictures))
    found = {s.file: s for s in said if isinstance(s, lessons.Found)}
    kinds = {name: f.finding for name, f in found.items() if not name[0].isdigit()}
    assert kinds == {
        "blank.png": "blank", "broken.png": "unreadable", "copy.jpg": "alike", "letter.jpg": "unreadable",
        "noise.png": "good", "stripes.png": "good", "tiny.png": "small",
    }  # fmt: skip
    assert found["copy.jpg"].like == "000.png"
    assert found["letter.jpg"].reason == "letter.jpg: it is a text."
    assert found["000.png"].thumbnail[:2] == b"\xff\xd8"
    assert {s.file for s in said if isinstance(s, lessons.Judged)} == {"stripes.png"}
    looking = [s for s in said if isinstance(s, lessons.Looking)]
    assert looking[-1].done == looking[-1].total == len(found)


def test_what_is_left_out_is_not_looked_at(tmp_path: Path) -> None:
    folder = filled(tmp_path / "kind", 5)
    pictures = Pictures(folder)
    list(look(pictures, {"000.png", "003.png"}))
    assert [found.file for found in pictures.used] == ["001.png", "002.png", "004.png"]


def test_an_empty_folder_and_a_missing_one_are_said(tmp_path: Path) -> None:
    with pytest.raises(DarkroomError, match="there are no pictures in this folder"):
        list(check(tmp_path))
    with pytest.raises(DarkroomError, match="gone: it is not there"):
        list(check(tmp_path / "gone"))


def test_lights_say_what_is_missing_with_a_number() -> None:
    red = light("draw", 1, [100], [100])
    assert (red.colour, red.text) == (
        "red",
        "To draw pictures like these, at least 20 different pictures are needed; here are 1.",
    )
    assert light("draw", 100, [100] * 100, [100] * 100).colour == "yellow"
    assert light("draw", 300, [100] * 300, [100] * 300).colour == "green"
    assert light("restore", 60, [50] * 60, [50] * 60).colour == "red"


def test_a_folder_as_a_whole(tmp_path: Path) -> None:
    folder = filled(tmp_path / "kind" / "discs", 22).parent
    shutil.copy(folder / "discs" / "001.png", folder / "again.png")
    *_, checked = check(folder)
    assert isinstance(checked, lessons.Checked)
    assert checked.used == 22
    assert checked.findings == {"good": 22, "alike": 1}
    assert checked.labels == {"": 1, "discs": 21}
    assert checked.likely == "draw"
    assert [s.goal for s in checked.suggestions] == ["draw", "restore", "denoise-noisy"]
    assert "dB" in checked.suggestions[0].reason
    assert [light.colour for light in checked.lights] == ["yellow", "red", "red"]

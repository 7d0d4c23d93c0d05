from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.sets import Absent, Sets


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "testsets" / "Tiny"
    folder.mkdir(parents=True)
    Image.new("RGB", (5, 4), (10, 20, 30)).save(folder / "b.png")
    Image.new("L", (5, 4), 77).save(folder / "a.bmp")
    (folder / "notes.txt").write_text("no picture")
    (tmp_path / "data").mkdir()
    with zipfile.ZipFile(tmp_path / "data" / "damage.zip", "w") as archive:
        # Not in order, so that sorting is seen to matter.
        for number in reversed(range(25)):
            with archive.open(f"dirt/{number:03}.png", "w") as file:
                Image.new("L", (4, 4), 10 * number).save(file, "PNG")
        archive.writestr("LICENSE", "MIT")
    return tmp_path


def test_pictures_come_by_name_with_three_channels(shared):
    first, second = Sets(shared).pictures("Tiny")
    assert (first.name, second.name) == ("a", "b")
    assert first.pixels.shape == (4, 5, 3)
    assert (first.pixels == 77).all()
    assert second.pixels[0, 0].tolist() == [10, 20, 30]


def test_a_quick_look_takes_the_first_pictures_or_every_other(shared):
    Image.new("RGB", (5, 4)).save(shared / "testsets" / "Tiny" / "c.png")
    assert [p.name for p in Sets(shared, first=1).pictures("Tiny")] == ["a"]
    assert [p.name for p in Sets(shared, every=2).pictures("Tiny")] == ["a", "c"]


def test_damage_is_every_tenth_mask_as_in_training(shared):
    masks = Sets(shared).damage()
    assert [round(float(mask.max()) * 255) for mask in masks] == [0, 100, 200]
    training = pytest.importorskip("engine.training.data").DamageBank.load(shared / "data" / "damage.zip")
    assert [int(mask.max()) for mask in training.held_out] == [0, 100, 200]


def test_a_quick_look_takes_damage_from_everywhere(shared):
    assert len(Sets(shared, first=2).damage()) == 2
    assert len(Sets(shared, first=99).damage()) == 3


def test_what_is_absent_is_named(tmp_path):
    with pytest.raises(Absent, match="CBSD68"):
        Sets(tmp_path).pictures("CBSD68")
    with pytest.raises(Absent, match=r"damage\.zip"):
        Sets(tmp_path).damage()
    with pytest.raises(Absent, match=r"ffdnet\.pth"):
        Sets(tmp_path).peer("ffdnet.pth")


def test_the_environment_names_the_folder(monkeypatch, shared):
    monkeypatch.setenv("LATENT_DARKROOM_SHARED", str(shared))
    assert Sets.beside_repository().shared == shared
    monkeypatch.delenv("LATENT_DARKROOM_SHARED")
    assert Sets.beside_repository().shared.name == "shared"

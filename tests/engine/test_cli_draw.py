"""The commands that draw, in processes' own words: arguments in, files, lines and exit codes out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import recipes
from engine.cli import main
from engine.generate import Generator


@pytest.fixture(autouse=True)
def installed(toy_generator: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The toy generator as an installed model, "toy-drawer"."""
    from engine import catalog

    monkeypatch.setattr(catalog, "own", lambda: toy_generator.parent)
    return toy_generator.name


@pytest.fixture
def face(tmp_path: Path) -> Path:
    path = tmp_path / "me.jpg"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (50, 70, 3), dtype=np.uint8)).save(path)
    return path


def test_generate_writes_pictures_that_can_be_drawn_again(
    installed: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    out, grid = tmp_path / "out", tmp_path / "all.png"
    words = ["generate", "--model", installed, "--count", "5", "--seed", "3", "--output", str(out), "--grid", str(grid)]
    assert main([*words, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(line["output"]).name for line in lines] == [f"{installed}-{seed}.png" for seed in range(3, 8)]
    stored = recipes.read(out / f"{installed}-5.png")
    assert stored is not None
    again = Generator(installed, "cpu").draw([stored])[0]
    assert np.abs(again.astype(int) - np.asarray(Image.open(out / f"{installed}-5.png"))).max() <= 1
    assert Image.open(grid).width > 32
    assert main(words) == 1
    assert "already exists" in capsys.readouterr().err


def test_edit_moves_what_it_is_told_to_move(
    installed: str, face: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    plain, moved, again = tmp_path / "plain.png", tmp_path / "moved.png", tmp_path / "again.png"
    base = ["edit", str(face), "--model", installed, "--rounds", "1"]
    assert main([*base, "-o", str(plain)]) == 0
    assert "pictures" in capsys.readouterr().err
    assert main([*base, "--set", "tilt=2", "-o", str(moved)]) == 0
    assert np.abs(np.asarray(Image.open(plain)).astype(int) - np.asarray(Image.open(moved))).max() > 2
    # A picture that was drawn here is taken with its settings, and back again.
    assert main(["edit", str(moved), "--set", "tilt=0", "-o", str(again)]) == 0
    assert np.abs(np.asarray(Image.open(plain)).astype(int) - np.asarray(Image.open(again))).max() <= 1
    assert main(["edit", "--list", "--model", installed]) == 0
    assert "tilt  (label)" in capsys.readouterr().out


def test_interpolate_writes_films_and_sheets(
    installed: str, face: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    drawn = tmp_path / "drawn"
    main(["generate", "--model", installed, "--count", "2", "-o", str(drawn)])
    stops = [str(path) for path in sorted(drawn.iterdir())]
    film, sheet = tmp_path / "walk.gif", tmp_path / "walk.png"
    assert main(["interpolate", *stops, "--frames", "8", "--path", "prior", "--loop", "-o", str(film)]) == 0
    with Image.open(film) as image:
        assert getattr(image, "n_frames", 1) == 8
    assert main(["interpolate", *stops, str(face), "--model", installed, "--frames", "4", "-o", str(sheet)]) == 0
    assert sheet.exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("generate --model {m} --count 2", 2, "--output"),
        ("generate --model nobody -o {d}", 1, "no model"),
        ("generate --model {m} --count 0 -o {d}", 2, "not a number from 1"),
        ("generate --model {m} --count 2 --seed 9223372036854775807 -o {d}", 2, "seeds end"),
        ("edit {f} --model {m} -o {d}/a.jpg", 2, ".png"),
        ("edit {f} -o {d}/a.png", 2, "--model"),
        ("edit {f} --model {m} --set tilt -o {d}/a.png", 2, "NAME=VALUE"),
        ("edit {f} --model {m} --set nose=1 -o {d}/a.png", 1, "no slider"),
        ("edit {d}/gone.jpg --model {m} -o {d}/a.png", 1, "gone.jpg"),
        ("interpolate {f} -o {d}/a.gif", 2, "two pictures"),
        ("interpolate {f} {f} -o {d}/a.avi", 2, ".gif"),
        ("interpolate {f} {f} --loop --back -o {d}/a.gif", 2, "choose one"),
        ("interpolate {f} {f} --model {m} --frames 3 -o {d}/none/a.gif", 1, "folder"),
    ],
)
def test_bad_input_gets_one_sentence(
    words: str, code: int, sentence: str, installed: str, face: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(words.format(m=installed, d=tmp_path, f=face).split()) == code
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.splitlines()) == 1 or code == 1
    assert "Traceback" not in said

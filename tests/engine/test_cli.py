from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import cli, presets
from engine.photo import read_settings


@pytest.fixture
def folder(tmp_path: Path, picture: np.ndarray) -> Path:
    """Two photos, one of them in a sub-folder, and a file that is none."""
    (tmp_path / "album" / "inner").mkdir(parents=True)
    Image.fromarray(picture).save(tmp_path / "album" / "one.png")
    Image.fromarray(picture[:40, :50]).save(tmp_path / "album" / "inner" / "two.jpg")
    (tmp_path / "album" / "broken.png").write_bytes(b"no picture")
    return tmp_path / "album"


def test_one_photo_to_one_file(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.png"
    code = cli.main(["restore", str(folder / "one.png"), "--output", str(target), "--noise", "10", "--jpeg", "auto"])
    assert code == cli.DONE
    assert Image.open(target).size == (136, 96)
    settings = json.loads(read_settings(target) or "")
    assert settings["noise"] == 10.0
    assert settings["jpeg"] is None
    assert "out.png" in capsys.readouterr().out


def test_a_folder_keeps_names_and_one_bad_file_stops_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["restore", str(folder), "--output", str(tmp_path / "out"), "--json"])
    assert code == cli.SOME_FAILED
    written = sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*"))
    assert written == ["inner/two.jpg", "one.png"]
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert len(lines) == 3
    failed = [line for line in lines if line["error"]]
    assert [Path(line["input"]).name for line in failed] == ["broken.png"]
    assert failed[0]["output"] is None
    good = next(line for line in lines if not line["error"])
    assert good["device"].startswith("CPU")
    assert good["seconds"] > 0
    assert {"noise", "blur", "jpeg", "scratches", "fading"} <= set(good["estimate"])
    assert captured.err.startswith("broken.png: ")
    assert captured.err.count("\n") == 1


def test_quality_is_told_and_kept(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command, target = ["restore", str(folder / "one.png"), "--overwrite", "-o"], tmp_path / "out.png"
    results = []
    for quality in ("fast", "normal", "best"):
        assert cli.main([*command, str(target), "--noise", "10", "--quality", quality]) == cli.DONE
        assert json.loads(read_settings(target) or "")["quality"] == quality
        results.append(np.asarray(Image.open(target)).astype(int))
    assert 0 < np.abs(results[0] - results[1]).mean() < 8
    assert 0 < np.abs(results[2] - results[1]).mean() < 8
    assert cli.main([*command, str(target), "--quality", "fast", "--variants", "2"]) == cli.WRONG_USE
    assert "draws no variants" in capsys.readouterr().err


def test_a_preset_is_used_but_for_what_is_said_beside_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared, target = tmp_path / "mine.json", tmp_path / "out.png"
    presets.write_shared(presets.Preset(name="Mine", noise=7.0, blur=1.5, fading=False, strength=0.5), shared)
    command = ["restore", str(folder / "one.png"), "-o", str(target), "--preset"]
    assert cli.main([*command, str(shared), "--noise", "auto", "--strength", "0.25"]) == cli.DONE
    settings = json.loads(read_settings(target) or "")
    assert (settings["noise"], settings["blur"], settings["fading"], settings["strength"]) == (None, 1.5, False, 0.25)
    assert cli.main([*command, "sepia"]) == cli.SOME_FAILED
    assert "There is no preset “sepia”" in capsys.readouterr().err


def test_nothing_is_replaced_unless_asked(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "there.png"
    target.write_bytes(b"mine")
    command = ["restore", str(folder / "one.png"), "-o", str(target)]
    assert cli.main(command) == cli.SOME_FAILED
    assert target.read_bytes() == b"mine"
    assert "exists" in capsys.readouterr().err
    assert cli.main([*command, "--overwrite"]) == cli.DONE
    assert target.read_bytes() != b"mine"


def test_variants_and_uncertainty_are_written_beside(folder: Path, tmp_path: Path) -> None:
    command = ["restore", str(folder / "one.png"), "-o", str(tmp_path / "out.png"), "--variants", "2", "--seed", "4"]
    assert cli.main([*command, "--uncertainty", str(tmp_path / "doubt.png")]) == cli.DONE
    pictures = [np.asarray(Image.open(tmp_path / name)) for name in ("out-variant-1.png", "out-variant-2.png")]
    assert not np.array_equal(*pictures)
    assert Image.open(tmp_path / "doubt.png").mode == "L"


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["paint"],
        ["restore"],
        ["restore", "a.png"],
        ["restore", "a.png", "-o", "b.png", "--noise", "loud"],
        ["restore", "a.png", "-o", "b.png", "--strength", "nan"],
        ["restore", "a.png", "b.png", "-o", "one.png"],
        ["restore", "a.png", "-o", "b.png", "--scratches", "maybe"],
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_two(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(wrong) == cli.WRONG_USE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1


def test_an_empty_folder_and_a_missing_photo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert cli.main(["restore", str(tmp_path / "empty"), "-o", str(tmp_path / "out")]) == cli.SOME_FAILED
    assert "no photos in empty" in capsys.readouterr().err
    assert cli.main(["restore", str(tmp_path / "gone.png"), "-o", str(tmp_path / "out.png")]) == cli.SOME_FAILED
    assert capsys.readouterr().err.startswith("gone.png: ")


def test_a_model_nobody_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["restore", "a.png", "-o", str(tmp_path / "b.png"), "--model", "magic"]
    assert cli.main(command) == cli.SOME_FAILED
    assert "'magic'" in capsys.readouterr().err


def test_devices(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["devices", "--json"]) == cli.DONE
    listed = json.loads(capsys.readouterr().out)
    assert sum(d["chosen"] for d in listed) == 1
    assert any(d["id"] == "cpu" and d["works"] for d in listed)
    assert cli.main(["devices"]) == cli.DONE
    assert "cpu" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Latent Darkroom ")

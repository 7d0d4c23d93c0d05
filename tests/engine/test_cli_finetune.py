from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file

from engine import catalog, cli, lessons, runs

ROOT = Path(__file__).parents[2]

#: The command with small numbers, so that a lesson is a matter of seconds.
_SMALL = """
import sys
from engine import catalog, cli
from engine.training import finetune_restore as course
course._JUDGES = course._STAND_INS = course._LEAVES = 2
from pathlib import Path
home = Path(sys.argv.pop(1))
catalog.own = lambda: home / "models"
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy_model: Path) -> Path:
    """A home with a toy among the models."""
    place = tmp_path / "home"
    monkeypatch.setattr(catalog, "own", lambda: place / "models")
    shutil.copytree(toy_model, place / "models" / "toy")
    card = catalog.read_card(place / "models" / "toy")
    card.id = "toy"
    catalog.write_card(place / "models" / "toy", card)
    return place


@pytest.fixture
def folder(tmp_path: Path, picture: np.ndarray) -> Path:
    (tmp_path / "waves").mkdir()
    for number in range(10):
        Image.fromarray(np.roll(picture, 13 * number, axis=number % 2)).save(tmp_path / "waves" / f"{number}.png")
    return tmp_path / "waves"


def started(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", _SMALL, str(home), "finetune", *arguments, "--json"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)


def heard(process: subprocess.Popen[bytes], until: str) -> dict:
    """The first line of this type; all lines before it are read."""
    assert process.stdout is not None
    for line in process.stdout:
        said = json.loads(line)
        if said["type"] == until:
            return said
    assert process.stderr is not None
    pytest.fail(f"it never said {until}: {process.stderr.read().decode()}")


def ended(process: subprocess.Popen[bytes]) -> tuple[list[str], str]:
    """What was said to the end, by type, and the last sentence of what went wrong."""
    out, err = process.communicate(timeout=300)
    lines = [line for line in err.decode().splitlines() if line.strip()]
    return [json.loads(line)["type"] for line in out.splitlines()], lines[-1] if lines else ""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_killed_and_resumed_it_ends_bit_for_bit_where_it_would_have(home: Path, folder: Path) -> None:
    def learn(run: str, *killed_at: int) -> dict[str, np.ndarray]:
        arguments = [str(folder), "--base", "toy", "--goal", "restore", "--name", run, "--steps", "10"]
        for step in killed_at:
            process = started(home, *arguments)
            while heard(process, "Saved")["step"] < step:
                pass
            process.send_signal(signal.SIGKILL)
            process.communicate()
            arguments = ["--name", run, "--resume"]
        said, trouble = ended(started(home, *arguments))
        assert said[-1] == "Kept", trouble
        return load_file(home / "models" / run / catalog.WEIGHTS)

    whole, broken = learn("whole"), learn("broken", 4)
    assert all(np.array_equal(whole[name], broken[name]) for name in whole)
    base = load_file(home / "models" / "toy" / catalog.WEIGHTS)
    assert any(not np.array_equal(whole[name], base[name]) for name in whole)
    assert not (home / "lessons" / "broken").exists()


def test_a_window_asks_and_may_leave_and_come_back(home: Path, folder: Path) -> None:
    process = started(
        home, str(folder), "--base", "toy", "--goal", "restore", "--name", "Waves", "--steps", "4", "--ask"
    )
    heard(process, "Saved")
    said, trouble = ended(process)  # closes its ear
    assert said[-1] == "Stopped", trouble
    assert [lesson.run for lesson in runs.unfinished()] == ["waves"]
    process = started(home, "--name", "Waves", "--resume", "--ask")
    result = heard(process, "Result")
    assert result["steps"] == 4
    assert process.stdin is not None
    process.stdin.write(b'nonsense\n{"type":"Discard"}\n')
    process.stdin.flush()
    assert ended(process)[0] == ["Discarded"]
    assert runs.unfinished() == []
    assert "waves" not in catalog.folders()


def test_the_second_lesson_waits_for_the_first(home: Path, folder: Path) -> None:
    with runs.alone("first", lambda text: None):
        process = started(home, str(folder), "--base", "toy", "--goal", "restore", "--name", "x", "--steps", "2")
        assert "'first'" in heard(process, "Waiting")["text"]
    assert ended(process)[0][-1] in ("Kept", "Result")


def test_the_folder_is_checked_in_words_and_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["finetune", str(folder), "--check", "--leave-out", "3.png", "--json"]) == cli.DONE
    said = [msgspec.json.decode(line, type=lessons.Look) for line in capsys.readouterr().out.splitlines()]
    assert isinstance(said[-1], lessons.Checked)
    assert said[-1].used == 9
    assert cli.main(["finetune", str(folder), "--check"]) == cli.DONE
    assert "at least 20 different pictures are needed; here are 10." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--name", "x"], "finetune needs a FOLDER of pictures."),
        (["{folder}", "--goal", "restore", "--base", "toy"], "finetune needs --name"),
        (["--name", "x", "--resume"], "There is no lesson called 'x'"),
        (["{folder}", "--name", "digits"], "There is a model 'digits' already"),
        (["{folder}/gone", "--name", "x", "--goal", "restore", "--base", "toy"], "gone: it is not there"),
        (["{folder}", "--name", "x", "--goal", "draw", "--base", "toy"], "cannot learn to draw"),
        (["{folder}", "--name", "x", "--minutes", "0"], "not a number from 0.5"),
        (["{folder}", "--name", "…"], "cannot be a model's name"),
        (["{folder}", "--check", "--leave-out", "@nowhere.txt"], "The list nowhere.txt cannot be read"),
    ],
)
def test_wrong_use_is_one_sentence(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code = cli.main(["finetune", *(a.format(folder=folder) for a in arguments)])
    complaint = capsys.readouterr().err
    assert code in (cli.WRONG_USE, cli.SOME_FAILED)
    assert sentence in complaint
    assert "Traceback" not in complaint


def test_an_edition_without_torch_says_so(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "engine.training.finetune", raising=False)
    real = __import__

    def without(name: str, *rest, **more):
        if name.startswith("engine.training"):
            raise ModuleNotFoundError("No module named 'torch'", name="torch")
        return real(name, *rest, **more)

    monkeypatch.setattr("builtins.__import__", without)
    assert cli.main(["finetune", str(folder), "--name", "x"]) == cli.SOME_FAILED
    assert "Learning needs PyTorch" in capsys.readouterr().err


def test_no_right_to_write_is_said(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    assert cli.main(["finetune", str(folder), "--base", "toy", "--goal", "restore", "--name", "x"]) == cli.SOME_FAILED
    assert "no permission to write here" in capsys.readouterr().err

"""``latent-darkroom models`` as a process of its own, with everything that other tests call directly."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from engine import imports
from engine.terminal import DONE, INTERRUPTED, SOME_FAILED, WRONG_USE

sys.path.insert(0, str(Path(__file__).parent / "importers"))
import toys

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has no models yet."""
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    return {**os.environ, **home, "LOCALAPPDATA": str(tmp_path / "data")}


def models(home: dict[str, str], *arguments: str | Path, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop", "models", *map(str, arguments)]
    return subprocess.run(command, env=home, cwd=ROOT, capture_output=True, text=True, **options)


def said(output: str) -> list[imports.Said]:
    return [msgspec.json.decode(line, type=imports.Said) for line in output.splitlines()]


def test_from_weights_to_the_shelf_to_another_computer(home: dict[str, str], tmp_path: Path) -> None:
    weights = toys.save(toys.Burgess(), tmp_path / "faces.safetensors")
    done = models(home, "import", weights, "--json", stdin=subprocess.DEVNULL)
    assert done.returncode == DONE, done.stderr
    lines = said(done.stdout)
    assert all(isinstance(line, imports.Importing) for line in lines[:-1])
    last = lines[-1]
    assert isinstance(last, imports.Imported)
    assert (last.model, last.difference < 1e-4) == ("faces", True)

    assert "* faces" in models(home, "list").stdout
    assert "draw random pictures" in models(home, "show", "faces").stdout
    file = tmp_path / "faces.darkroom"
    assert models(home, "export", "faces", "--output", file).returncode == DONE
    assert "removed" in models(home, "remove", "faces").stdout
    again = models(home, "import", file, "--name", "Faces again")
    assert again.stdout.startswith("faces-again: Faces again")
    assert models(home, "verify", "faces-again").stdout == "faces-again: whole\n"


def test_what_cannot_be_imported_is_said_in_one_sentence(home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "no.pt").write_bytes(b"no weights at all")
    done = models(home, "import", tmp_path / "no.pt")
    assert (done.returncode, done.stdout) == (SOME_FAILED, "")
    assert done.stderr.startswith("no.pt: it is no file of weights")
    assert len(done.stderr.splitlines()) == 1
    done = models(home, "import", tmp_path / "gone.pt", "--json", stdin=subprocess.DEVNULL)
    assert isinstance(said(done.stdout)[-1], imports.NotImported)
    assert "gone.pt" in done.stdout
    assert models(home, "import", *["x"] * 3).returncode == WRONG_USE


def test_closing_the_pipe_cancels_and_leaves_nothing_behind(home: dict[str, str], tmp_path: Path) -> None:
    weights = toys.save(toys.KL(), tmp_path / "toy.safetensors")
    command = [sys.executable, "-m", "desktop", "models", "import", str(weights), "--json"]
    process = subprocess.Popen(
        command, env=home, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout
    process.stdout.readline()  # it has begun
    process.stdin.close()
    lines = said(process.stdout.read())
    assert process.wait() == INTERRUPTED
    assert isinstance(lines[-1], imports.ImportStopped)
    shelf = tmp_path / "data" / "latent-darkroom" / "models"
    for _ in range(50):  # Windows may take a moment to let go
        if not shelf.exists() or not list(shelf.iterdir()):
            break
        time.sleep(0.1)
    assert not shelf.exists() or not list(shelf.iterdir())

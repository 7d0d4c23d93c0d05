"""`python -m benchmarks` as a person runs it: in a process of its own, with and without its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.sets import REPOSITORY


def run(shared: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LATENT_DARKROOM_SHARED": str(shared)}
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "testsets" / "Classic5"
    folder.mkdir(parents=True)
    for number in range(2):
        pixels = np.random.default_rng(number).integers(0, 256, (64, 64), dtype=np.uint8)
        Image.fromarray(pixels).resize((96, 96), Image.Resampling.BICUBIC).save(folder / f"{number}.bmp")
    return tmp_path


def test_a_table_without_our_model_says_so(shared):
    done = run(shared, "jpeg", "--model", "not-there")
    assert done.returncode == 0, done.stderr
    assert "### JPEG: Classic5 in grey (2 photos)" in done.stdout
    assert "| the file" in done.stdout
    assert "models/not-there is not there yet" in done.stdout


def test_a_quick_look_measures_fewer_pictures(shared):
    assert "(1 photos)" in run(shared, "jpeg", "--model", "not-there", "--images", "1").stdout


def test_an_absent_set_is_left_out_with_a_note(tmp_path):
    done = run(tmp_path, "jpeg", "sheets", "--model", "not-there")
    assert done.returncode == 0, done.stderr
    assert "jpeg: left out, the test set Classic5 is absent" in done.stdout
    assert "sheets: left out, models/not-there is not there yet" in done.stdout


def test_an_unknown_table_is_refused(tmp_path):
    done = run(tmp_path, "portraits")
    assert done.returncode == 2
    assert "'portraits'" in done.stderr

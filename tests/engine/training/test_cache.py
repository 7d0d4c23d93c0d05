from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import torch
from PIL import Image

from engine.errors import DarkroomError
from engine.scaled import read_scaled
from engine.training.cache import Cache, opened


def read(path: Path) -> np.ndarray:
    return read_scaled(path, 16).pixels.transpose(2, 0, 1)


def folder_of(place: Path, count: int = 6) -> tuple[Path, list[str]]:
    place.mkdir()
    for number in range(count):
        Image.new("RGB", (16, 16), (10 * number, 0, 255)).save(place / f"{number}.png")
    return place, [f"{number}.png" for number in range(count)]


def cache_of(tmp_path: Path, source: Path, files: list[str]) -> Cache:
    (tmp_path / "cache").mkdir(exist_ok=True)
    return opened(tmp_path / "cache", source, files, read, 3 * 16 * 16, lambda done, total: None)


def test_pictures_are_kept_in_order_and_their_size_is_known(tmp_path: Path) -> None:
    source, files = folder_of(tmp_path / "in")
    cache = cache_of(tmp_path, source, files)
    assert [int(p[0, 0, 0]) for p in cache.pictures] == [0, 10, 20, 30, 40, 50]
    assert cache.all_of(2, 5).shape == (3, 3, 16, 16)
    assert int(cache.all_of(2, 5)[0, 0, 0, 0]) == 20
    assert cache.size == 6 * 3 * 16 * 16
    assert not cache.lost


def test_a_whole_cache_serves_again_though_the_folder_is_gone(tmp_path: Path) -> None:
    source, files = folder_of(tmp_path / "in")
    first = cache_of(tmp_path, source, files).all_of(0, 6).clone()
    shutil.rmtree(source)
    assert torch.equal(cache_of(tmp_path, source, files).all_of(0, 6), first)


def test_pictures_that_vanished_leave_the_others_their_places(tmp_path: Path) -> None:
    source, files = folder_of(tmp_path / "in")
    (source / "0.png").unlink()
    (source / "3.png").write_text("no picture any more")
    cache = cache_of(tmp_path, source, files)
    assert cache.lost == ["0.png", "3.png"]
    assert [int(p[0, 0, 0]) for p in cache.pictures] == [10, 10, 20, 20, 40, 50]


def test_a_folder_that_vanished_and_a_full_disk_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DarkroomError, match="none of its pictures can be read"):
        cache_of(tmp_path, tmp_path / "gone", ["a.png"])

    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr("engine.training.cache.shutil.disk_usage", lambda place: Usage(1000))
    source, files = folder_of(tmp_path / "in")
    with pytest.raises(DarkroomError, match="the disk is too full"):
        cache_of(tmp_path, source, files)

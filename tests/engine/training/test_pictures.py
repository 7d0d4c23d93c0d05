from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.training.pictures import PictureSet


def save(path: Path, size: tuple[int, int], color: tuple[int, int, int]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, color).save(path)


def test_pictures_are_made_square_on_the_colour_of_their_border(tmp_path: Path) -> None:
    save(tmp_path / "wide.png", (64, 32), (10, 200, 30))
    pictures = PictureSet.load(tmp_path, 32, hold_out=1)
    assert pictures.held_out.shape == (1, 3, 32, 32)
    assert pictures.held_out[0].permute(1, 2, 0).reshape(-1, 3).unique(dim=0).tolist() == [[10, 200, 30]]


def test_folders_are_labels_and_test_is_kept_unseen(tmp_path: Path) -> None:
    for number in range(4):
        save(tmp_path / "train" / "apple" / f"{number}.png", (32, 32), (255, 0, 0))
        save(tmp_path / "test" / "pear" / f"{number}.png", (32, 32), (0, 255, 0))
    pictures = PictureSet.load(tmp_path, 32, hold_out=4)
    assert len(pictures.pictures) == 3
    assert len(pictures.held_out) == 1
    assert len(pictures.unseen) == 4
    assert {str(label["folder"]) for label in pictures.labels} == {"train/apple"}
    assert pictures.unseen[:, 1].min() == 255


def test_labels_are_found_by_the_name_of_the_file(tmp_path: Path) -> None:
    lines = []
    for number in range(3):
        save(tmp_path / f"{number}.png", (32, 32), (number, 0, 0))
        lines.append(json.dumps({"file": f"{number}.png", "nose": number / 2}))
    (tmp_path / "labels.jsonl").write_text("\n".join(reversed(lines)))
    pictures = PictureSet.load(tmp_path, 32, hold_out=3)
    assert [label["nose"] for label in pictures.labels] == [0.5, 1.0]
    assert pictures.pictures[:, 0, 0, 0].tolist() == [1, 2]


def test_digits_in_the_idx_format(tmp_path: Path) -> None:
    images = np.arange(3 * 28 * 28, dtype=np.uint32).reshape(3, 28, 28).astype(np.uint8)
    with gzip.open(tmp_path / "images-idx3-ubyte.gz", "wb") as file:
        file.write(struct.pack(">IIII", 0x803, 3, 28, 28) + images.tobytes())
    with gzip.open(tmp_path / "labels-idx1-ubyte.gz", "wb") as file:
        file.write(struct.pack(">II", 0x801, 3) + bytes([7, 2, 1]))
    pictures = PictureSet.load(tmp_path, 32, hold_out=3)
    assert [label["digit"] for label in pictures.labels] == [2, 1]
    assert torch.equal(pictures.pictures[0, 1, 2:30, 2:30], torch.from_numpy(images[1]))
    assert pictures.pictures[:, :, :2].max() == 0


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No training pictures"):
        PictureSet.load(tmp_path, 32)

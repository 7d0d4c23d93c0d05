"""Our JPEG against Pillow's, which is libjpeg's."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from PIL import Image

from engine.training.jpeg import compress


def pillow(photo: np.ndarray, quality: int, subsampling: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(photo).save(file, "JPEG", quality=quality, subsampling=subsampling)
    return np.array(Image.open(file))


def ours(photo: np.ndarray, quality: int, *, subsample: bool) -> np.ndarray:
    x = torch.from_numpy(photo).permute(2, 0, 1)[None] / 255.0
    y = compress(x, torch.tensor([float(quality)]), subsample)
    return (y[0].permute(1, 2, 0) * 255).round().numpy()


@pytest.mark.parametrize("quality", [10, 40, 75, 95])
@pytest.mark.parametrize("subsample", [False, True])
def test_compresses_as_libjpeg_does(picture: np.ndarray, quality: int, subsample: bool) -> None:
    theirs = pillow(picture, quality, 2 if subsample else 0).astype(float)
    mine = ours(picture, quality, subsample=subsample)
    # Fixed-point arithmetic apart, and the smoother chroma upsampling of libjpeg.
    assert np.abs(mine - theirs).mean() < (1.2 if subsample else 0.4)
    damage = np.abs(theirs - picture).mean()
    assert abs(np.abs(mine - picture).mean() - damage) < 0.1 * damage + 0.2


def test_sizes_that_are_no_multiple_of_eight() -> None:
    x = torch.rand(2, 3, 13, 29)
    y = compress(x, torch.tensor([20.0, 90.0]))
    assert y.shape == x.shape
    assert torch.equal(y, torch.round(y * 255) / 255)


def test_a_moved_grid_gives_other_blocks() -> None:
    x = torch.rand(1, 3, 32, 32)
    quality = torch.tensor([30.0])
    assert not torch.equal(compress(x, quality), compress(x, quality, shift=(3, 5)))

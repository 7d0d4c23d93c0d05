from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from benchmarks.ffdnet import FFDNet, Network  # noqa: E402


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(0)
    return Network().eval()


@pytest.fixture(scope="module")
def ffdnet(network, tmp_path_factory) -> FFDNet:
    """Weights of the published layout, random."""
    path: Path = tmp_path_factory.mktemp("peers") / "ffdnet.pth"
    torch.save(network.state_dict(), path)
    return FFDNet(path, threads=1)


def test_the_graph_says_what_the_network_says(network, ffdnet):
    photo = np.random.default_rng(0).random((36, 50, 3), np.float32)
    with torch.inference_mode():
        planes = torch.from_numpy(photo).permute(2, 0, 1)[None]
        expected = network(planes, torch.full((1, 1, 1, 1), 25 / 255))[0].permute(1, 2, 0).numpy()
    assert np.abs(ffdnet(photo, 25) - expected).max() < 1e-5


def test_tiles_change_nothing(ffdnet):
    photo = np.random.default_rng(1).random((150, 97, 3), np.float32)
    assert np.abs(ffdnet(photo, 15, tile=64) - ffdnet(photo, 15)).max() < 1e-5


def test_bytes_in_bytes_out_of_any_size(ffdnet):
    photo = np.random.default_rng(2).integers(0, 256, (17, 23, 3), dtype=np.uint8)
    result = ffdnet(photo, 50)
    assert result.shape == photo.shape
    assert result.dtype == np.uint8

from __future__ import annotations

import torch

from engine.training.leaves import dead_leaves


def test_leaves_are_the_seeds_and_have_the_statistics_of_photos() -> None:
    leaves = dead_leaves(4, 128, torch.Generator().manual_seed(1))
    assert leaves.shape == (4, 3, 128, 128)
    assert leaves.dtype == torch.uint8
    assert torch.equal(leaves, dead_leaves(4, 128, torch.Generator().manual_seed(1)))
    # The power of photos falls with about the square of the frequency.
    grey = leaves.float().mean(1)
    power = torch.fft.fft2(grey - grey.mean((1, 2), keepdim=True)).abs().square().mean(0)
    low, high = power[2:5, 2:5].mean(), power[16:40, 16:40].mean()
    assert 20 < float(low / high) < 20000

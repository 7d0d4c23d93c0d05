from __future__ import annotations

import pytest
import torch

from engine.nets.twolevel import TwoLevel, TwoLevelConfig, deviation


@pytest.mark.parametrize("side", [32, 64, 96, 128])
def test_every_size_has_its_network(side: int) -> None:
    config = TwoLevelConfig.of(side)
    assert TwoLevel(config)(torch.rand(1, 3, side, side)).shape == (1, 3, side, side)
    assert sum(p.numel() for p in TwoLevel(config).parameters()) < 4e6


def test_other_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="50 pixels"):
        TwoLevelConfig.of(50)


def test_the_decoder_sees_nothing_but_the_latents() -> None:
    torch.manual_seed(0)
    vae = TwoLevel(TwoLevelConfig.of(32)).eval()
    pictures = torch.rand(2, 3, 32, 32)
    with torch.no_grad():
        seen = vae.encode(pictures)
        torch.testing.assert_close(vae.decode(seen.globe.mean, deviation(seen)), vae(pictures), atol=1e-4, rtol=1e-4)


def test_no_deviation_is_what_is_expected() -> None:
    torch.manual_seed(0)
    vae = TwoLevel(TwoLevelConfig.of(32)).eval()
    globe = torch.randn(2, vae.config.globe)
    with torch.no_grad():
        above, expected = vae.expected(globe)
        still = vae.decode(globe, torch.zeros_like(expected.mean))
        torch.testing.assert_close(still, vae.finish(globe, expected.mean, above))

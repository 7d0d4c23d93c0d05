from __future__ import annotations

import torch

from engine.nets.flow import Flow, mean_flow_loss
from engine.training.optimise import Optimiser


def test_an_untrained_flow_is_standard_normal() -> None:
    flow = Flow(4)
    noise = torch.randn(5, 4)
    torch.testing.assert_close(flow.carry(noise, 4), noise)
    torch.testing.assert_close(flow.back(noise, 8), noise)


def test_a_flow_learns_two_heaps_in_one_step_and_back() -> None:
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)

    def heaps(count: int) -> torch.Tensor:
        side = torch.randint(2, (count, 1), generator=generator) * 2.0 - 1.0
        return torch.cat([side, 0.2 * torch.randn(count, 1, generator=generator)], dim=1) + 0.1 * torch.randn(
            count, 2, generator=generator
        )

    flow = Flow(2, width=64, depth=2)
    optimiser = Optimiser(flow)
    for step in range(400):
        flow.zero_grad(set_to_none=True)
        mean_flow_loss(flow, heaps(256), generator).backward()
        optimiser.step(2e-3 * (1 - step / 400))
    with torch.no_grad():
        for steps in (1, 4):
            drawn = flow.carry(torch.randn(500, 2, generator=generator), steps)
            assert (drawn[:, 0].abs() - 1).abs().mean() < 0.35  # of N(0, 1) it is 0.48
            assert 0.35 < (drawn[:, 0] > 0).float().mean() < 0.65
            assert drawn[:, 1].std() < 0.45
        noise = torch.randn(100, 2, generator=generator)
        assert (flow.back(flow.carry(noise, 64), 64) - noise).norm(dim=1).median() < 0.3  # of strangers it is 1.7

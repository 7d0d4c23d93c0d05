from __future__ import annotations

import pytest
import torch
from torch import nn

from engine.training.optimise import Optimiser


def network(channels_last: bool = False) -> nn.Module:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.ConvTranspose2d(8, 3, 2, stride=2))
    return model.to(memory_format=torch.channels_last if channels_last else torch.contiguous_format)  # pyright: ignore[reportCallIssue]


def learn(model: nn.Module, optimiser: Optimiser, steps: range, rate: float = 0.01) -> float:
    """Learn to double the size of random pictures; returns the last error."""
    error = torch.zeros(())
    for step in steps:
        x = torch.rand(4, 3, 8, 8, generator=torch.Generator().manual_seed(step))
        model.zero_grad(set_to_none=True)
        error = (model(x) - x.repeat_interleave(2, 2).repeat_interleave(2, 3)).square().mean()
        error.backward()
        optimiser.step(rate)
    return float(error.detach())


@pytest.mark.parametrize("channels_last", [False, True])
def test_it_learns_whatever_the_memory_layout(channels_last: bool) -> None:
    model = network(channels_last)
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    optimiser = Optimiser(model)
    assert learn(model, optimiser, range(200)) < 0.2 * learn(network(), Optimiser(network()), range(1), rate=0.0)
    assert all(not torch.equal(p, before[name]) for name, p in model.named_parameters())


def test_the_layout_does_not_change_the_step() -> None:
    plain, last = network(), network(channels_last=True)
    for model in (plain, last):
        learn(model, Optimiser(model), range(5))
    for a, b in zip(plain.parameters(), last.parameters(), strict=True):
        torch.testing.assert_close(a, b, rtol=0.05, atol=1e-3)  # Muon works in bfloat16


def test_a_kernels_step_is_orthogonal() -> None:
    model = nn.Conv2d(4, 6, 3, bias=False)
    before = model.weight.detach().clone()
    model(torch.randn(2, 4, 9, 9, generator=torch.Generator().manual_seed(1))).square().sum().backward()
    Optimiser(model).step(0.01)
    singular = torch.linalg.svdvals((model.weight.detach() - before).flatten(1))
    assert singular.min() > 0.4 * singular.max()


def test_it_goes_on_from_its_state() -> None:
    whole = network()
    learn(whole, Optimiser(whole), range(20))

    broken = network()
    first = Optimiser(broken)
    learn(broken, first, range(8))
    state = {name: value.clone() for name, value in first.state().items()}
    second = Optimiser(broken)
    second.load(state)
    learn(broken, second, range(8, 20))
    for a, b in zip(whole.parameters(), broken.parameters(), strict=True):
        assert torch.equal(a, b)

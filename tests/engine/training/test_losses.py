from __future__ import annotations

import math

import pytest
import torch

from engine.facts import FACTS
from engine.nets.ladder import Ladder, LadderConfig
from engine.training import losses


def test_log_error_is_half_the_logarithm_of_the_squared_error() -> None:
    clean = torch.zeros(2, 3, 8, 8)
    drawn = clean + torch.tensor([0.1, 0.2])[:, None, None, None]
    expected = [0.5 * math.log(0.01 + losses.FLOOR), 0.5 * math.log(0.04 + losses.FLOOR)]
    assert losses.log_error(drawn, clean).tolist() == pytest.approx(expected)


def test_rates_are_the_kl_and_free_bits_only_raise_the_coarse_levels(toy_config: LadderConfig) -> None:
    torch.manual_seed(0)
    posterior = Ladder(toy_config).encode(torch.rand(2, 3, 16, 16), torch.zeros(2, 2 * len(FACTS)))
    free, levels = losses.rates(posterior, 3 * 16 * 16, free=0.0)
    assert len(levels) == 3
    torch.testing.assert_close(free, torch.stack(levels).sum(0))
    held, _ = losses.rates(posterior, 3 * 16 * 16, free=100.0)
    assert (held > free).all()


def test_the_doubt_is_best_where_it_is_the_true_variance() -> None:
    torch.manual_seed(0)
    clean = torch.zeros(1, 3, 64, 64)
    drawn = clean + 0.1 * torch.randn_like(clean)
    at = {v: float(losses.doubt_error(torch.full_like(clean, math.log(v)), drawn, clean)) for v in (0.003, 0.01, 0.03)}
    assert min(at, key=lambda v: at[v]) == 0.01


def test_readings_count_only_where_there_is_a_truth_and_by_their_share() -> None:
    facts, certain = torch.tensor([[0.5, 0.0]]), torch.tensor([[1.0, 0.0]])
    assert float(losses.reading_error(torch.tensor([[0.5, 9.0]]), facts, certain)) == 0.0
    strong, weak = torch.tensor([[0.9]]), torch.tensor([[0.1]])
    one = torch.ones(1, 1)
    assert losses.reading_error(strong + 0.05, strong, one) < losses.reading_error(weak + 0.05, weak, one)


def test_beyond_black_and_white_is_no_error_where_the_picture_is_black_or_white() -> None:
    clean = torch.tensor([0.0, 1.0, 0.5]).reshape(1, 3, 1, 1)
    beyond = torch.tensor([-0.2, 1.3, 0.5]).reshape(1, 3, 1, 1)
    assert losses.log_error(beyond, clean).item() == pytest.approx(losses.log_error(clean, clean).item())


def test_what_is_too_bright_learns_even_beyond_white() -> None:
    drawn = torch.full((1, 3, 2, 2), 1.2, requires_grad=True)
    losses.log_error(drawn, torch.full((1, 3, 2, 2), 0.5)).sum().backward()
    assert drawn.grad is not None
    assert (drawn.grad > 0).all()

from __future__ import annotations

import torch

from engine.nets.gaussian import Gaussian, kl, split, standard


def test_kl_is_the_closed_form_of_torch() -> None:
    torch.manual_seed(1)
    q, p = (Gaussian(torch.randn(2, 3, 4, 4), 0.5 * torch.randn(2, 3, 4, 4)) for _ in range(2))
    expected = torch.distributions.kl_divergence(
        torch.distributions.Normal(q.mean, q.log_sigma.exp()), torch.distributions.Normal(p.mean, p.log_sigma.exp())
    )
    torch.testing.assert_close(kl(q, p), expected)


def test_kl_of_a_gaussian_to_itself_is_zero() -> None:
    q = Gaussian(torch.full((1, 2, 3, 3), 0.7), torch.full((1, 2, 3, 3), -1.2))
    assert kl(q, q).abs().max() < 1e-6
    assert kl(q, standard(q.mean)).min() > 0


def test_samples_have_the_mean_and_sigma_asked_for() -> None:
    generator = torch.Generator().manual_seed(3)
    q = Gaussian(torch.full((1, 1, 200, 200), 2.0), torch.full((1, 1, 200, 200), -1.0))
    sample = q.sample(torch.randn(1, 1, 200, 200, generator=generator))
    assert abs(sample.mean() - 2.0) < 0.01
    assert abs(sample.std() - torch.exp(torch.tensor(-1.0))) < 0.01


def test_log_sigma_is_kept_where_gradients_can_bring_it_back() -> None:
    parameters = torch.full((1, 4, 2, 2), 100.0, dtype=torch.bfloat16)
    q = split(parameters)
    assert q.mean.dtype == torch.float32
    assert q.log_sigma.max() <= 2.0

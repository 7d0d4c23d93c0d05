"""Diagonal Gaussians: the posteriors and priors of every latent, and the KL between them.

Kingma and Welling, Auto-Encoding Variational Bayes (2014), section 2.4 (reparametrisation) and
appendix B (the KL of two Gaussians in closed form).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

# Standard deviations between e^-7 (a quarter of an 8-bit step) and e^2. Beyond these a gradient
# step can no longer bring a latent back.
LOG_SIGMA_RANGE = (-7.0, 2.0)


class Gaussian(NamedTuple):
    """A diagonal Gaussian over a latent: ``mean`` and ``log_sigma``, both [B, C, H, W]."""

    mean: Tensor
    log_sigma: Tensor

    def sample(self, noise: Tensor) -> Tensor:
        """Reparametrised sample ``mean + sigma * noise`` with ``noise ~ N(0, I)`` of the same shape."""
        return self.mean + self.log_sigma.exp() * noise


def split(parameters: Tensor) -> Gaussian:
    """Read a network's output [B, 2C, ...] as mean and (clamped) log sigma of C channels, in float32."""
    mean, log_sigma = parameters.float().chunk(2, dim=1)
    return Gaussian(mean, log_sigma.clamp(*LOG_SIGMA_RANGE))


def standard(like: Tensor) -> Gaussian:
    """N(0, I) of the shape of ``like``."""
    return Gaussian(torch.zeros_like(like), torch.zeros_like(like))


def kl(posterior: Gaussian, prior: Gaussian) -> Tensor:
    """KL(posterior || prior) in nats for every latent, [B, C, H, W], at least 0."""
    gap = (posterior.mean - prior.mean) * torch.exp(-prior.log_sigma)
    ratio = posterior.log_sigma - prior.log_sigma
    return 0.5 * (gap.square() + torch.exp(2 * ratio) - 1) - ratio

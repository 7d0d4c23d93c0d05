"""The denoising variational objective, in nats per sub-pixel.

For a sampled latent the bound of Im et al. (2017), with the decoder's variance at its optimum for
each picture as in Rybkin et al. (sigma-VAE, 2021): ``-log p(x|z) = log(MSE) / 2 + const``. Beside
it the same likelihood for the posterior means, since that path is the product.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.nets.gaussian import kl
from engine.nets.ladder import Posterior

#: Mean squared error (40 dB) around which a picture counts as good. The gradient of a logarithm grows
#: as the error shrinks: without a floor the nearly clean pictures of a batch outshout the damaged
#: ones, and the encoder never learns to notice damage that it is not told of.
FLOOR = 1e-4


@dataclass(frozen=True)
class Weights:
    """How the terms add up. ``free`` is the nats per latent that cost nothing at the coarse levels."""

    bound: float = 0.125  #: share of the batch that is decoded from samples
    free: float = 0.1
    doubt: float = 0.1


def log_error(drawn: Tensor, clean: Tensor) -> Tensor:
    """``log(MSE) / 2`` of every picture, [B]: the optimal Gaussian negative log likelihood but for a
    constant. One unit is 8.69 dB.

    A picture's file cannot say how far beyond black or white the light was (Tobin's censored
    regression, 1958): drawing darker than black is no error where the picture is black, so that
    black comes out black instead of a level or two above it.
    """
    return 0.5 * torch.log((_within(drawn.float(), clean) - clean).square().mean((1, 2, 3)) + FLOOR)


def _within(drawn: Tensor, clean: Tensor) -> Tensor:
    """``drawn``, cut off at 0 and 1 where ``clean`` is."""
    drawn = torch.where(clean <= 0, drawn.clamp(min=0), drawn)
    return torch.where(clean >= 1, drawn.clamp(max=1), drawn)


def rates(posterior: Posterior, sub_pixels: int, free: float) -> tuple[Tensor, list[Tensor]]:
    """KL in nats per sub-pixel: the sum that is trained (with free bits), [B], and each level's own, [B]."""
    total, levels = torch.zeros(()), []
    for level, (q, p) in enumerate(zip(posterior.levels, posterior.priors, strict=True)):
        per_latent = kl(q, p)
        levels.append(per_latent.sum((1, 2, 3)) / sub_pixels)
        if level > 0:
            # Free bits (Kingma et al., 2016): a channel is only pressed down while it costs more.
            per_latent = per_latent.mean((2, 3), keepdim=True).clamp(min=free).expand_as(per_latent)
        total = total + per_latent.sum((1, 2, 3)) / sub_pixels
    return total, levels


def doubt_error(log_variance: Tensor, drawn: Tensor, clean: Tensor) -> Tensor:
    """Negative log likelihood of the error under the predicted variance, scalar, but for a constant.

    Of a Laplace distribution: errors have heavy tails (a scratch that was missed), and a Gaussian
    would spread those few over every pixel. Only the variance learns from it. Variances below half
    an 8-bit level are not told apart.
    """
    log_deviation = 0.5 * log_variance.float().clamp(min=-12.5)
    error = (drawn.float() - clean).abs().detach()
    return (2**0.5 * error * torch.exp(-log_deviation) + log_deviation).mean()


def reading_error(read: Tensor, facts: Tensor, certain: Tensor) -> Tensor:
    """Squared error of the logarithms of what was read off each photo, where there is a true value, scalar.

    All [B, n], at least 0. Logarithms, since three grey levels of noise more or less matter at five and
    not at fifty. (A squared error relative to the truth would do the same for sure readings, but
    pull every doubtful one to zero, where it weighs most: grain after JPEG was read as texture.)
    """
    error = (torch.log(read + 0.1) - torch.log(facts + 0.1)).square()
    return (error * certain).sum() / certain.sum().clamp(min=1)


def in_bytes(photos: Tensor) -> Tensor:
    """Photos as 8-bit files keep them: clipped to [0, 1] and rounded to whole levels, any shape."""
    return torch.round(photos.clamp(0, 1) * 255) / 255


def psnr(drawn: Tensor, clean: Tensor) -> float:
    """Mean PSNR in dB over pictures [B, 3, H, W] in [0, 1], ``drawn`` as 8-bit files."""
    error = (in_bytes(drawn) - clean).square().mean((1, 2, 3))
    return float((-10 * torch.log10(error.clamp(min=1e-9))).mean())

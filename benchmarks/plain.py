"""The generators' peers: a plain convolutional VAE, and the beta-TCVAE, with as many weights and as long a training.

Encoder and decoder of stride-2 convolutions around one latent vector, Adam, as in most papers.
"""

from __future__ import annotations

import math
import time

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F


class PlainVAE(nn.Module):
    """Pictures [B, 3, side, side] in [0, 1]; ``globe`` latent numbers; ``width`` sets the number of weights."""

    def __init__(self, side: int, globe: int, width: int) -> None:
        super().__init__()
        steps = int(math.log2(side // (4 if side % 64 == 0 or side == 32 else 6)))
        widths = [min(width * 2**n, width * 4) for n in range(steps)]
        self.core = (widths[-1], side >> steps, side >> steps)
        ins = [3, *widths[:-1]]
        self.encoder = nn.Sequential(
            *(nn.Sequential(nn.Conv2d(a, b, 4, 2, 1), nn.ReLU()) for a, b in zip(ins, widths, strict=True))
        )
        self.posterior = nn.Linear(math.prod(self.core), 2 * globe)
        self.spread = nn.Linear(globe, math.prod(self.core))
        outs = list(zip(widths[::-1], [*widths[-2::-1], 3], strict=True))
        layers: list[nn.Module] = []
        for number, (a, b) in enumerate(outs):
            layers.append(nn.ConvTranspose2d(a, b, 4, 2, 1))
            if number < len(outs) - 1:
                layers.append(nn.ReLU())
        self.decoder = nn.Sequential(*layers)

    def encode(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance of q(z | x), [B, G] each."""
        mean, log_variance = self.posterior(self.encoder(pictures - 0.5).flatten(1)).chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 6)

    def decode(self, z: Tensor) -> Tensor:
        return self.decoder(F.relu(self.spread(z)).unflatten(1, self.core)) + 0.5


def weights(network: nn.Module) -> int:
    """How many numbers a network has learnt."""
    return sum(p.numel() for p in network.parameters())


def as_large_as(count: int, side: int, globe: int) -> PlainVAE:
    """The plain VAE whose number of weights comes nearest to ``count``."""
    sizes = {width: weights(PlainVAE(side, globe, width)) for width in range(8, 160, 4)}
    return PlainVAE(side, globe, min(sizes, key=lambda width: abs(sizes[width] - count)))


def train(vae: PlainVAE, pictures: Tensor, minutes: float, *, beta: float = 1.0, correlation: float = 0.0) -> int:
    """Train on pictures [N, 3, side, side] uint8 for so long. Returns the number of steps.

    The decoder's variance is at its optimum, as in ours (sigma-VAE). ``beta`` weighs the KL;
    ``correlation`` weighs the total correlation of the latents on top (Chen et al., Isolating Sources
    of Disentanglement in VAEs, 2018, minibatch-weighted estimate).
    """
    torch.manual_seed(0)
    adam, batch, step = torch.optim.Adam(vae.parameters(), 1e-3), 64, 0
    rng = np.random.default_rng(0)
    end = time.monotonic() + 60 * minutes
    vae.train()
    while time.monotonic() < end:
        x = pictures[rng.integers(0, len(pictures), batch)].float() / 255
        mean, log_variance = vae.encode(x)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        error = 0.5 * torch.log((vae.decode(z) - x).square().mean((1, 2, 3)) + 1e-4).mean()
        kl = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum(1).mean()
        loss = error + beta * kl / x[0].numel()
        if correlation:
            loss = loss + correlation * _total_correlation(z, mean, log_variance, len(pictures)) / x[0].numel()
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(vae.parameters(), 1.0)
        adam.step()
        step += 1
    vae.eval()
    return step


@torch.no_grad()
def redraw(vae: PlainVAE, pictures: np.ndarray) -> np.ndarray:
    """Pictures [N, H, W, 3] uint8 from their posterior means, as uint8."""
    parts = []
    for start in range(0, len(pictures), 64):
        x = torch.from_numpy(pictures[start : start + 64]).permute(0, 3, 1, 2).float() / 255
        parts.append(vae.decode(vae.encode(x)[0]))
    return to_pictures(torch.cat(parts))


@torch.no_grad()
def sample(vae: PlainVAE, count: int, globe: int) -> np.ndarray:
    """Pictures [N, H, W, 3] uint8 drawn from N(0, I)."""
    z = torch.randn(count, globe, generator=torch.Generator().manual_seed(0))
    return to_pictures(torch.cat([vae.decode(part) for part in z.split(64)]))


def to_pictures(drawn: Tensor) -> np.ndarray:
    """[N, 3, H, W] around [0, 1] as [N, H, W, 3] uint8."""
    return (drawn.clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).numpy()


def _total_correlation(z: Tensor, mean: Tensor, log_variance: Tensor, count: int) -> Tensor:
    """KL of q(z) from the product of its marginals, estimated from one batch [B, G]."""
    batch = len(z)
    gap = z[:, None] - mean[None]
    log_q = -0.5 * (gap.square() * torch.exp(-log_variance)[None] + log_variance[None] + math.log(2 * math.pi))
    log_pairs = math.log(batch * count)
    joint = torch.logsumexp(log_q.sum(2), dim=1) - log_pairs
    single = (torch.logsumexp(log_q, dim=1) - log_pairs).sum(1)
    return (joint - single).mean()

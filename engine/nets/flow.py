"""The learned prior of a latent vector: a mean flow, which carries N(0, I) to the latents in a few steps.

A VAE's decoder draws well where training pictures lie, and they never fill N(0, I) evenly. The flow
learns where they do. It predicts the *average* velocity u(z, r, t) between the times r and t of the
straight path z_t = (1 - t) x + t e from data x to noise e, so that one step z_r = z_t - (t - r) u
crosses any distance (Geng et al., Mean Flows for One-step Generative Modeling, 2025).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Flow(nn.Module):
    """Average velocity of vectors [B, size]; a residual network that is told both times."""

    def __init__(self, size: int, width: int = 256, depth: int = 4) -> None:
        super().__init__()
        self.size = size
        self.hear = nn.Sequential(nn.Linear(64, 64), nn.SiLU())
        self.enter = nn.Linear(size, width)
        self.expand = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.reduce = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.films = nn.ModuleList(nn.Linear(64, 2 * width) for _ in range(depth))
        self.leave = nn.Linear(width, size)
        # Mean and standard deviation of every number of the latent over the training pictures.
        self.register_buffer("center", torch.zeros(size))
        self.register_buffer("scale", torch.ones(size))
        with torch.no_grad():
            self.leave.weight.zero_()
            self.leave.bias.zero_()
            for film, reduce in zip(self.films, self.reduce, strict=True):
                film.get_parameter("weight").zero_()
                reduce.get_parameter("weight").mul_(0.1)

    def forward(self, z: Tensor, r: Tensor, t: Tensor) -> Tensor:
        """u(z, r, t) for standardised z [B, size] and times [B] in [0, 1], r <= t."""
        heard = self.hear(torch.cat([_waves(t), _waves(t - r)], dim=1))
        x = self.enter(z)
        for expand, reduce, film in zip(self.expand, self.reduce, self.films, strict=True):
            scale, shift = film(heard).chunk(2, dim=1)
            x = x + reduce(F.silu(expand(_even(x) * (1 + scale) + shift)))
        return self.leave(_even(x))

    def carry(self, noise: Tensor, steps: int) -> Tensor:
        """Carry N(0, I) noise [B, size] to latents in ``steps`` equal steps."""
        z = noise
        for step in range(steps, 0, -1):
            t = z.new_full((len(z),), step / steps)
            z = z - self(z, t - 1 / steps, t) / steps
        return z * self.get_buffer("scale") + self.get_buffer("center")

    def back(self, latent: Tensor, steps: int) -> Tensor:
        """The noise that `carry` would bring to ``latent`` [B, size], nearly: small steps the other way."""
        z = (latent - self.get_buffer("center")) / self.get_buffer("scale")
        for step in range(steps):
            t = z.new_full((len(z),), (step + 0.5) / steps)
            z = z + self(z, t, t) / steps
        return z


def mean_flow_loss(flow: Flow, latents: Tensor, generator: torch.Generator, same: float = 0.6) -> Tensor:
    """The mean flow objective on standardised latents [B, size], scalar.

    ``same`` is the share of samples with r = t, where the average is the velocity itself (plain flow
    matching). Section 4.1 of the paper: u = v - (t - r) du/dt, the derivative along the path taken as
    constant; each sample weighed by the inverse of its own error (adaptive loss, p = 1).
    """
    batch = len(latents)
    noise = torch.randn(latents.shape, generator=generator).to(latents)
    times = torch.sigmoid(torch.randn(batch, 2, generator=generator) - 0.4).to(latents)
    t, r = times.amax(1), times.amin(1)
    z = (1 - t)[:, None] * latents + t[:, None] * noise
    velocity = noise - latents
    # Where r = t there is no derivative to take, which is most of the work.
    plain = round(same * batch)
    at_once = flow(z[:plain], t[:plain], t[:plain]) - velocity[:plain]
    z, r, t, velocity = z[plain:], r[plain:], t[plain:], velocity[plain:]
    average, change = torch.func.jvp(flow, (z, r, t), (velocity, torch.zeros_like(r), torch.ones_like(t)))[:2]
    over_time = average - (velocity - (t - r)[:, None] * change).detach()
    error = torch.cat([at_once, over_time]).square().mean(1)
    return (error / (error.detach() + 1e-2)).mean()


def _waves(time: Tensor, count: int = 16) -> Tensor:
    """A time [B] as [B, 2 count] sines and cosines of rising frequency."""
    frequencies = torch.exp(torch.linspace(0.0, math.log(100.0), count, device=time.device))
    angles = time[:, None] * frequencies
    return torch.cat([torch.sin(angles), torch.cos(angles)], dim=1)


def _even(x: Tensor) -> Tensor:
    """Every vector at unit size (root mean square)."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-6)

"""The two-level VAE that draws pictures of one kind: a global latent for what is seen, a spatial one for its detail.

A picture x is encoded into z_g, one vector for the whole picture, and z_s, a small grid of vectors.
Both are Gaussian; the prior is p(z_g) p(z_s | z_g) with p(z_g) = N(0, I), and the posterior
q(z_g | x) q(z_s | x, z_g) shares its top-down path with the prior as in a ladder (Sonderby et al.,
Ladder Variational Autoencoders, 2016). A detail is kept as its *deviation* from what the prior
expects, (z_s - mean) / sigma: a slider moves z_g, and the same deviation then means the same kind
of detail on another picture.

Most of the width lies where the resolution is low: pixels are folded into channels at once, which
is what makes a picture of 128 pixels a matter of milliseconds on one core.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.nets.blocks import Film, down, stack, up
from engine.nets.gaussian import Gaussian, kl, split, standard


@dataclass(frozen=True)
class TwoLevelConfig:
    """Sizes of a two-level VAE. Widths from fine to coarse; the coarsest is the grid of z_s."""

    side: int = 128  #: pictures are ``side`` x ``side`` pixels
    fold: int = 4  #: pixels folded into channels before the first convolution, per side
    widths: tuple[int, ...] = (64, 128, 160)
    look: tuple[int, ...] = (1, 1, 1)  #: residual blocks of the encoder
    draw: tuple[int, ...] = (1, 1, 2)  #: ... of the decoder
    globe: int = 64  #: length of z_g
    detail: int = 8  #: channels of z_s

    @classmethod
    def of(cls, side: int) -> TwoLevelConfig:
        """The configuration for pictures of this side, in pixels: 32, or a multiple of 32 from 64 to 128.

        Raises `ValueError` for any other.
        """
        if side == 32:
            return cls(32, 2, (64, 128), (1, 1), (1, 2), globe=32, detail=4)
        if side in (64, 96, 128):
            return cls(side)
        raise ValueError(f"There is no network for pictures of {side} pixels; choose 32, 64, 96 or 128.")

    @property
    def grid(self) -> int:
        """Side of the grid of z_s."""
        return self.side // self.fold // 2 ** (len(self.widths) - 1)


class Seen(NamedTuple):
    """Posteriors of a batch of pictures: q(z_g | x) [B, G], q(z_s | x, z_g) and p(z_s | z_g), both [B, D, g, g]."""

    globe: Gaussian
    detail: Gaussian
    expected: Gaussian


class TwoLevel(nn.Module):
    """The whole VAE. Pictures are [B, 3, side, side] in [0, 1]."""

    def __init__(self, config: TwoLevelConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or TwoLevelConfig()
        pixels, wide, half = 3 * c.fold**2, c.widths[-1], c.grid // 2
        self._core = (wide * 3 // 5, half, half)
        core = self._core[0] * half * half
        # Encoder, from fine to coarse.
        steps = zip(c.widths[:-1], c.widths[1:], strict=True)
        self.enter = nn.ModuleList([nn.Conv2d(pixels, c.widths[0], 3, padding=1), *(down(a, b) for a, b in steps)])
        self.look = nn.ModuleList(stack(w, n) for w, n in zip(c.widths, c.look, strict=True))
        self.gather = down(wide, self._core[0])
        self.posterior_globe = nn.Linear(core, 2 * c.globe)
        self.posterior_detail = nn.Conv2d(2 * wide, 2 * c.detail, 1)
        # Decoder, from coarse to fine.
        self.spread = nn.Linear(c.globe, core)
        self.rise_core = up(self._core[0], wide)
        self.expect = stack(wide, 1)
        self.prior_detail = nn.Conv2d(wide, 2 * c.detail, 1)
        self.read = nn.Conv2d(c.detail, wide, 1)
        self.films = nn.ModuleList(Film(c.globe, w) for w in c.widths)
        self.draw = nn.ModuleList(stack(w, n) for w, n in zip(c.widths, c.draw, strict=True))
        self.rise = nn.ModuleList(up(b, a) for a, b in zip(c.widths[:-1], c.widths[1:], strict=True))
        self.leave = nn.Conv2d(c.widths[0], pixels, 3, padding=1)
        with torch.no_grad():
            for head in (self.posterior_globe, self.posterior_detail, self.prior_detail, self.leave):
                head.weight.mul_(0.3)

    # -- from picture to latents -----------------------------------------------------------------

    def encode(self, pictures: Tensor, noise: Tensor | None = None) -> Seen:
        """The posteriors of pictures. z_s depends on z_g: its sample with ``noise`` [B, G], else its mean."""
        x = F.pixel_unshuffle(pictures - 0.5, self.config.fold)
        for enter, look in zip(self.enter, self.look, strict=True):
            x = look(enter(x))
        globe = split(self.posterior_globe(F.relu(self.gather(x)).flatten(1)))
        above, expected = self.expected(globe.mean if noise is None else globe.sample(noise))
        return Seen(globe, split(self.posterior_detail(torch.cat([x, above], dim=1))), expected)

    # -- from latents to picture -----------------------------------------------------------------

    def expected(self, globe: Tensor) -> tuple[Tensor, Gaussian]:
        """What z_g [B, G] alone says: decoder features over the grid, and p(z_s | z_g)."""
        above = self.expect(self.rise_core(F.relu(self.spread(globe)).unflatten(1, self._core)))
        return above, split(self.prior_detail(above))

    def finish(self, globe: Tensor, detail: Tensor, above: Tensor) -> Tensor:
        """Draw the pictures of z_g and z_s, with ``above`` from `expected`: [B, 3, side, side] around [0, 1]."""
        x = above + self.read(detail)
        for level in reversed(range(len(self.config.widths))):
            x = self.draw[level](self.films[level](x, globe))
            if level > 0:
                x = self.rise[level - 1](x)
        return F.pixel_shuffle(self.leave(x), self.config.fold) + 0.5

    def decode(self, globe: Tensor, deviation: Tensor) -> Tensor:
        """Draw the pictures of z_g [B, G] and of the details' deviations [B, D, g, g] from what z_g expects.

        A deviation of zero is the most expected picture; one drawn from N(0, I) a sample of the prior.
        """
        above, expected = self.expected(globe)
        return self.finish(globe, expected.sample(deviation), above)

    def forward(self, pictures: Tensor) -> Tensor:
        """Encode to the posterior means and draw them again."""
        seen = self.encode(pictures)
        above, _ = self.expected(seen.globe.mean)
        return self.finish(seen.globe.mean, seen.detail.mean, above)


def deviation(seen: Seen) -> Tensor:
    """The posterior mean of z_s as a deviation from what z_g expects, [B, D, g, g]."""
    return (seen.detail.mean - seen.expected.mean) * torch.exp(-seen.expected.log_sigma)


def rates(seen: Seen) -> tuple[Tensor, Tensor]:
    """KL of z_g from N(0, I) and of z_s from what z_g expects, in nats a picture, [B] each."""
    return kl(seen.globe, standard(seen.globe.mean)).sum(1), kl(seen.detail, seen.expected).sum((1, 2, 3))

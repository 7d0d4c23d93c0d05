"""The ladder VAE that restores photos: three levels of Gaussian latents and no way around them.

A photo y is encoded into latents z0, z1, z2 at 1/2, 1/4 and 1/8 of its resolution; the decoder
sees nothing but these and draws the clean photo x. The prior is learned top-down,
p(z0, z1, z2) = p(z0 | z1, z2) p(z1 | z2) p(z2), and the posterior uses the same top-down path
(Sonderby et al., Ladder Variational Autoencoders, 2016; Child, Very Deep VAEs, 2021). Training
maximises the denoising variational objective E_q(z|y)[log p(x|z)] - KL(q(z|y) || p(z))
(Im et al., Denoising Criterion for Variational Auto-Encoding Framework, 2017).

Twelve channels of z0 are *pixel latents*: their posterior mean is the photo itself (2x2 pixels
unshuffled) plus a learned correction, and the decoder adds its own refinement to them. The latent
so has as many numbers as the photo, and an untrained ladder already gives the photo back, which
is what lets a VAE keep up with regressors that pass pixels around the bottleneck.

The encoder is told what is known about the damage (`engine.facts.tell`); each fact may be unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.facts import FACTS
from engine.nets.blocks import Film, reach, stack, up
from engine.nets.gaussian import Gaussian, split, standard
from engine.nets.unet import UNet

#: Height and width of a photo must be multiples of this.
MULTIPLE = 8
_PIXELS = 12  # 2x2 pixels of 3 colours


@dataclass(frozen=True)
class LadderConfig:
    """Sizes of a ladder, finest level (1/2) first. The defaults are the shipped model's."""

    widths: tuple[int, int, int] = (48, 96, 160)
    latents: tuple[int, int, int] = (20, 24, 32)
    look: tuple[int, int, int] = (1, 1, 3)  #: residual blocks of the encoder on the way down
    gather: tuple[int, int] = (1, 2)  #: ... and on the way up again
    draw: tuple[int, int, int] = (1, 1, 1)  #: ... of the decoder

    @property
    def reach(self) -> int:
        """How many pixels away an input pixel can still change an output pixel."""
        return reach(map(sum, zip(self.look, (*self.gather, 0), self.draw, strict=True)), MULTIPLE)


class Posterior(NamedTuple):
    """What the encoder believes about the latents of a photo, finest level first.

    ``levels`` and ``priors`` are the Gaussians q(z_l | y, z_>l) and p(z_l | z_>l); ``drawn`` the
    latents that were passed on top-down (samples, or means); ``above`` the decoder's features over
    z0, which follow from z1 and z2 alone and save drawing them twice. ``doubt`` [B, 3, H, W] is the log
    variance of the error to expect of the mean path. The encoder says it: a latent that is clean no
    longer knows how noisy the photo was.
    """

    levels: tuple[Gaussian, Gaussian, Gaussian]
    priors: tuple[Gaussian, Gaussian, Gaussian]
    drawn: tuple[Tensor, Tensor, Tensor]
    above: Tensor
    doubt: Tensor

    @property
    def deviation(self) -> Tensor:
        """The doubt as one standard deviation a pixel, all colours together, [B, 1, H, W]."""
        return torch.exp(self.doubt.float()).mean(1, keepdim=True).sqrt()


class Encoder(UNet):
    """Photo and told facts to features at 1/2, 1/4 and 1/8.

    The way up matters. Under the bound a latent pays for every nat, and a coarse latent that only
    carried the far view to the fine ones would not earn its keep: it would fall silent, and the
    finest posterior would see no further than its own few convolutions.
    """

    def __init__(self, config: LadderConfig) -> None:
        super().__init__(_PIXELS, config.widths, config.look, config.gather)
        hidden = 64
        self.listen = nn.Sequential(nn.Linear(2 * len(FACTS), hidden), nn.ReLU())
        self.films = nn.ModuleList(Film(hidden, w) for w in config.widths)

    def forward(self, pixels: Tensor, told: Tensor) -> list[Tensor]:
        """Each level's features, finest first, with all that the coarser ones saw."""
        heard = self.listen(told)
        return self.up(self.down(pixels, lambda level, x: self.films[level](x, heard)))


class Ladder(nn.Module):
    """The whole VAE. Photos are [B, 3, H, W] in [0, 1], H and W multiples of 8."""

    def __init__(self, config: LadderConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or LadderConfig()
        w0, w1, w2 = config.widths
        c0, c1, c2 = config.latents
        self.encoder = Encoder(config)
        # Posterior heads read the encoder's features beside the top-down ones; priors only the latter.
        self.posterior = nn.ModuleList(
            [nn.Conv2d(2 * w0, 2 * c0, 1), nn.Conv2d(2 * w1, 2 * c1, 1), nn.Conv2d(w2, 2 * c2, 1)]
        )
        self.prior = nn.ModuleList([nn.Conv2d(w0, 2 * c0, 1), nn.Conv2d(w1, 2 * c1, 1)])
        self.read = nn.ModuleList([nn.Conv2d(c0, w0, 1), nn.Conv2d(c1, w1, 1), nn.Conv2d(c2, w2, 1)])
        self.rise = nn.ModuleList([up(w1, w0), up(w2, w1)])
        self.blocks = nn.ModuleList(stack(w, n) for w, n in zip(config.widths, config.draw, strict=True))
        self.refine = nn.Conv2d(w0, _PIXELS, 3, padding=1)
        self.doubt = nn.Sequential(nn.Conv2d(w0 + _PIXELS, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, _PIXELS, 1))
        self._start_as_identity()

    @torch.no_grad()
    def _start_as_identity(self) -> None:
        heads = [(head, -3.0) for head in self.posterior] + [(head, -1.0) for head in self.prior]
        for head, log_sigma in heads:
            assert isinstance(head, nn.Conv2d)
            _quiet(head)
            # Little noise at first: the decoder learns to draw before it learns to doubt.
            head.get_parameter("bias")[head.out_channels // 2 :] = log_sigma
        _quiet(self.refine)
        self.doubt.get_parameter("2.bias").fill_(-7.0)

    # -- from photo to latents -------------------------------------------------------------------

    def encode(self, photo: Tensor, told: Tensor, noise: tuple[Tensor, ...] | None = None) -> Posterior:
        """The posterior q(z | photo, told), level by level from the coarsest down.

        ``told`` is [B, 2 len(FACTS)] (see `engine.facts.tell`). Finer levels depend on what was drawn on the
        coarser ones: ``noise`` holds N(0, I) for z0, z1 and z2; without it the means are taken.
        """
        pixels = F.pixel_unshuffle(photo - 0.5, 2)
        f0, f1, f2 = self.encoder(pixels, told)

        def take(level: int, q: Gaussian) -> Tensor:
            return q.mean if noise is None else q.sample(noise[level])

        q2 = split(self.posterior[2](f2))
        z2 = take(2, q2)
        u1 = self.rise[1](self._draw(2, z2))
        q1 = split(_beside(self.posterior[1], f1, u1))
        z1 = take(1, q1)
        u0 = self.rise[0](self._draw(1, z1, u1))
        q0 = split(_beside(self.posterior[0], f0, u0))
        # The doubt reads the encoder's features, and what the posterior takes off the pixels (it goes wrong
        # where it takes off much); it does not bend them.
        taken = q0.mean[:, :_PIXELS]
        doubt = F.pixel_shuffle(self.doubt(torch.cat([f0, taken], dim=1).detach()), 2)
        q0 = Gaussian(q0.mean + F.pad(pixels, (0, 0, 0, 0, 0, q0.mean.shape[1] - _PIXELS)), q0.log_sigma)

        priors = (split(self.prior[0](u0)), split(self.prior[1](u1)), standard(q2.mean))
        return Posterior((q0, q1, q2), priors, (take(0, q0), z1, z2), u0, doubt)

    # -- from latents to photo -------------------------------------------------------------------

    def _draw(self, level: int, z: Tensor, above: Tensor | None = None) -> Tensor:
        """One step down the decoder: read a latent into the features from above."""
        features = self.read[level](z)
        return self.blocks[level](features if above is None else above + features)

    def decode(self, z0: Tensor, z1: Tensor, z2: Tensor) -> Tensor:
        """Draw the photo from its latents, and from nothing else: [B, 3, H, W] around [0, 1]."""
        return self._finish(z0, self.rise[0](self._draw(1, z1, self.rise[1](self._draw(2, z2)))))

    def _finish(self, z0: Tensor, above: Tensor) -> Tensor:
        d0 = self._draw(0, z0, above)
        return F.pixel_shuffle(z0[:, :_PIXELS] + self.refine(d0), 2) + 0.5

    def sample_prior(self, height: int, width: int, generator: torch.Generator, spread: float = 1.0) -> Tensor:
        """Draw a photo from the prior alone, [1, 3, height, width]; ``spread`` scales every sigma."""
        config, device = self.config, next(self.parameters()).device

        def draw(level: int, prior: Gaussian | None) -> Tensor:
            step = 2 ** (level + 1)
            shape = (1, config.latents[level], height // step, width // step)
            noise = torch.randn(shape, generator=generator).to(device) * spread
            return noise if prior is None else prior.sample(noise)

        z2 = draw(2, None)
        u1 = self.rise[1](self._draw(2, z2))
        z1 = draw(1, split(self.prior[1](u1)))
        u0 = self.rise[0](self._draw(1, z1, u1))
        return self._finish(draw(0, split(self.prior[0](u0))), u0)

    def redraw(self, posterior: Posterior) -> Tensor:
        """``decode(*posterior.drawn)`` without drawing the coarse levels again."""
        return self._finish(posterior.drawn[0], posterior.above)

    def forward(self, photo: Tensor, told: Tensor) -> Tensor:
        """The mean path, which is the product: decode the posterior means."""
        return self.redraw(self.encode(photo, told))


def _quiet(head: nn.Conv2d) -> None:
    """Start a head at a tenth of its usual scale and without a bias."""
    head.weight.mul_(0.1)
    head.get_parameter("bias").zero_()


def _beside(head: nn.Module, left: Tensor, right: Tensor) -> Tensor:
    """``head(cat([left, right], dim=1))`` for a 1x1 convolution, without the memory of the copy."""
    assert isinstance(head, nn.Conv2d)
    for_left, for_right = head.weight.split((left.shape[1], right.shape[1]), dim=1)
    return F.conv2d(left, for_left, head.bias) + F.conv2d(right, for_right)

"""A short adversarial refinement: the decoder learns to draw what z_g leaves open as crisp as the pictures are.

The mean of everything that a latent leaves open is soft. Here the encoder stays as it is, and the
decoder is trained against a critic that sees a picture and its z_g (Larsen et al., Autoencoding beyond
pixels using a learned similarity metric, 2016), beside the bound's own reconstruction.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.generate import EASE
from engine.nets.blocks import down
from engine.nets.twolevel import TwoLevel, TwoLevelConfig
from engine.training.critic import LOUD, judge
from engine.training.data import generator_for
from engine.training.losses import log_error
from engine.training.pictures import PictureSet


@dataclass(frozen=True)
class Terms:
    """How the terms of the decoder's loss add up, per picture."""

    critic: float = 0.1
    features: float = 1.0
    pixels: float = 0.3  #: of the picture drawn from z_g, which the critic sees
    whole: float = 1.0  #: of the picture drawn from both latents
    steady: float = 1.0  #: of the critic's own: how little it may jump for a little noise


class Critic(nn.Module):
    """Is this a picture of the set, and the one that z_g tells of? [B, 3, side, side] in [0, 1] -> logits [B]."""

    def __init__(self, config: TwoLevelConfig) -> None:
        super().__init__()
        self.fold = config.fold
        wide = config.widths[-1]
        self.enter = nn.Conv2d(3 * config.fold**2, 64, 3, padding=1)
        self.halve = nn.ModuleList([down(64, 96), down(96, wide)])
        self.look = nn.ModuleList([nn.Conv2d(w, w, 3, padding=1) for w in (96, wide)])
        self.judge = nn.Conv2d(wide, 1, 1)
        self.expect = nn.Linear(config.globe, wide)

    def forward(self, pictures: Tensor, globe: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Logits [B, h, w], one a region, and the features at every resolution."""
        x = F.leaky_relu(self.enter(F.pixel_unshuffle(pictures - 0.5, self.fold)), 0.2)
        seen = [x]
        for halve, look in zip(self.halve, self.look, strict=True):
            x = F.leaky_relu(halve(x), 0.2)
            x = x + F.leaky_relu(look(x), 0.2)
            seen.append(x)
        # The projection of Miyato and Koyama (cGANs with Projection Discriminator, 2018).
        told = (x * self.expect(globe)[:, :, None, None]).mean(1) / x.shape[1] ** 0.5
        return LOUD * (self.judge(x)[:, 0] + told), seen


class Pair(nn.Module):
    """A VAE whose encoder stays as it is, and its critic."""

    def __init__(self, vae: TwoLevel) -> None:
        super().__init__()
        self.vae, self.critic = vae, Critic(vae.config)
        for part in (vae.enter, vae.look, vae.gather, vae.posterior_globe, vae.posterior_detail):
            part.requires_grad_(False)


class SharpenLoss:
    """The loss of one step, of both in turn: what is the decoder's does not reach the critic, nor the other way."""

    def __init__(self, pictures: PictureSet, seed: int, device: torch.device, mirror: bool, batch: int = 24) -> None:
        self.pictures, self.seed, self.device, self.mirror, self.batch = pictures, seed, device, mirror, batch
        self.terms = Terms()

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, Pair)
        vae, critic, terms = model.vae, model.critic, self.terms
        generator = generator_for(self.seed, step, stream=9)
        clean = self.pictures.batch(self.batch, self.mirror, generator)[0].to(self.device)
        clean = clean.contiguous(memory_format=torch.channels_last)
        noise_globe = torch.randn(self.batch, vae.config.globe, generator=generator).to(self.device)
        shape = (self.batch, vae.config.detail, vae.config.grid, vae.config.grid)
        noise = EASE * torch.randn(shape, generator=generator).to(self.device)
        jitter = 0.02 * torch.randn(clean.shape, generator=generator).to(self.device)
        alone = round(0.7 * self.batch)  # drawn from z_g alone, as samples of the prior are

        with torch.autocast(self.device.type, torch.bfloat16):
            seen = vae.encode(clean, noise_globe)
            globe = seen.globe.sample(noise_globe)
            above, expected = vae.expected(globe)
            detail = torch.cat([expected.sample(noise)[:alone], seen.detail.mean[alone:]])
            drawn = vae.finish(globe, detail, above)
            ours, real, told = drawn[:alone], clean[:alone], globe[:alone]
            shown = ours.clamp(0, 1)  # the critic sees what a file holds

            verdict = judge(critic, shown, real, told, jitter[:alone])

        whole = log_error(drawn[alone:], clean[alone:]).mean()
        pixels = log_error(ours, real).mean()
        # The critic learns to see before it is listened to.
        heard = min(1.0, spent / 0.1)
        total = heard * (terms.critic * verdict.fooled + terms.features * verdict.unlike)
        total = total + terms.pixels * pixels + terms.whole * whole + verdict.fair + terms.steady * verdict.steep
        log = {"pixels": pixels, "whole": whole, **verdict._asdict()}
        return total, {name: float(value.detach()) for name, value in log.items()}

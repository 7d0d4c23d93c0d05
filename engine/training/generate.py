"""How the generators learn: first the two-level VAE, then the prior over its latents.

The VAE's objective is the bound, with the decoder's variance at its optimum (Rybkin et al.,
sigma-VAE, 2021) and the two rates held at a capacity rather than weighed (Burgess et al.,
Understanding Disentangling in beta-VAE, 2018): how many nats a latent may carry is a choice that
means the same for every set of pictures, a weight is not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from engine.nets.flow import Flow, mean_flow_loss
from engine.nets.gaussian import Gaussian
from engine.nets.twolevel import TwoLevel, deviation, rates
from engine.training.data import generator_for
from engine.training.losses import log_error, psnr
from engine.training.pictures import PictureSet


@dataclass(frozen=True)
class Capacity:
    """Nats each latent may carry, per number of it, and how hard the rates are held there."""

    globe: float = 2.0
    detail: float = 0.75
    hold: float = 60.0
    silent: float = 0.3  #: share of pictures drawn without any detail, from z_g alone


class DrawLoss:
    """The loss of one step of the two-level VAE."""

    def __init__(self, pictures: PictureSet, seed: int, device: torch.device, mirror: bool, batch: int = 32) -> None:
        self.pictures, self.seed, self.device, self.mirror, self.batch = pictures, seed, device, mirror, batch
        self.capacity = Capacity()

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, TwoLevel)
        config, capacity = model.config, self.capacity
        generator = generator_for(self.seed, step, stream=5)
        clean, _ = self.pictures.batch(self.batch, self.mirror, generator)
        clean = clean.to(self.device)
        noise_globe = torch.randn(self.batch, config.globe, generator=generator).to(self.device)
        shape = (self.batch, config.detail, config.grid, config.grid)
        noise_detail = torch.randn(shape, generator=generator).to(self.device)
        silent = torch.arange(self.batch, device=self.device) < round(capacity.silent * self.batch)

        with torch.autocast(self.device.type, torch.bfloat16):
            seen = model.encode(clean.contiguous(memory_format=torch.channels_last), noise_globe)
            globe = seen.globe.sample(noise_globe)
            above, _ = model.expected(globe)
            detail = torch.where(silent[:, None, None, None], seen.expected.mean, seen.detail.sample(noise_detail))
            drawn = model.finish(globe, detail, above)
        error = log_error(drawn, clean).mean()
        globe_nats, detail_nats = (nats.mean() for nats in rates(seen))
        # Wide at first, so that the latents are found before they are pressed.
        slack = 1.0 + 2.0 * max(0.0, 1.0 - spent / 0.3)
        room = slack * capacity.globe * config.globe, slack * capacity.detail * shape[1] * shape[2] * shape[3]
        off = (globe_nats - room[0]).abs() + (detail_nats - room[1]).abs()
        total = error + capacity.hold * off / clean[0].numel()
        log = {"error": error, "globe": globe_nats, "detail": detail_nats}
        return total, {name: float(value.detach()) for name, value in log.items()}


def held_out_drawing(pictures: PictureSet, device: torch.device, most: int = 200):
    """A check for the trainer: PSNR in dB of held-out (and unseen) pictures drawn from both latents, and
    from z_g alone; active numbers of z_g."""

    @torch.no_grad()
    def check(model: nn.Module) -> dict[str, float]:
        assert isinstance(model, TwoLevel)
        scores: dict[str, float] = {}
        for name, every in (("held_out", pictures.held_out), ("unseen", pictures.unseen)):
            if not len(every):
                continue
            clean = every[:: max(1, len(every) // most)].to(device) / 255.0
            seen = model.encode(clean)
            above, expected = model.expected(seen.globe.mean)
            scores[name] = psnr(model.finish(seen.globe.mean, seen.detail.mean, above), clean)
            scores[f"{name}_globe"] = psnr(model.finish(seen.globe.mean, expected.mean, above), clean)
            scores[f"{name}_active"] = float((seen.globe.mean.var(0, correction=0) > 0.05).sum())
        return scores

    return check


#: Scale of the posterior's noise in the latents that the flow learns: the decoder draws the means best, and without
#: any noise the flow would learn the training pictures by heart.
CALM = 0.5


class PriorLoss:
    """The loss of one step of the flow over z_g, on calmed posterior samples of the training pictures.

    The VAE is frozen, so its posteriors are worked out once, of every picture and its mirror image.
    """

    def __init__(self, vae: TwoLevel, pictures: PictureSet, seed: int, mirror: bool, batch: int = 512) -> None:
        self.seed, self.batch = seed, batch
        self.posterior = posteriors(vae, pictures.pictures, mirror)
        self.posterior.log_sigma.add_(math.log(CALM))
        spread = self.posterior.mean.var(0) + self.posterior.log_sigma.exp().square().mean(0)
        self.center, self.scale = self.posterior.mean.mean(0), spread.sqrt()

    def flow(self, width: int = 256, depth: int = 4) -> Flow:
        """A flow to begin with, which knows how the latents are spread."""
        flow = Flow(self.center.shape[0], width, depth)
        flow.get_buffer("center").copy_(self.center)
        flow.get_buffer("scale").copy_(self.scale)
        return flow

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, Flow)
        generator = generator_for(self.seed, step, stream=7)
        picks = torch.randint(len(self.posterior.mean), (self.batch,), generator=generator)
        noise = torch.randn(self.batch, model.size, generator=generator)
        drawn = Gaussian(self.posterior.mean[picks], self.posterior.log_sigma[picks]).sample(noise)
        return mean_flow_loss(model, (drawn - self.center) / self.scale, generator), {}


@torch.no_grad()
def posteriors(vae: TwoLevel, pictures: Tensor, mirror: bool = False) -> Gaussian:
    """q(z_g | x) of pictures [N, 3, side, side] uint8 (and of their mirror images), [N or 2 N, G]."""
    device = next(vae.parameters()).device
    views = [pictures, pictures.flip(3)] if mirror else [pictures]
    seen = [vae.encode(part.to(device) / 255.0).globe for view in views for part in view.split(256)]
    return Gaussian(torch.cat([s.mean for s in seen]).cpu(), torch.cat([s.log_sigma for s in seen]).cpu())


@torch.no_grad()
def means(vae: TwoLevel, pictures: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Posterior means of z_g [N, G] and the details' deviations [N, D, g, g] of pictures [N, 3, side, side] uint8."""
    device = next(vae.parameters()).device
    seen = [vae.encode(part.to(device) / 255.0) for part in pictures.split(256)]
    found = torch.cat([s.globe.mean for s in seen]), torch.cat([deviation(s) for s in seen])
    return found[0].cpu().numpy(), found[1].cpu().numpy()

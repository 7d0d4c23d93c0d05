"""Faded thumbnails for the tone reader, drawn at random from clean photos."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.nets.tone import THUMBNAIL, ToneReader, fade, tone_loss, unfade
from engine.tones import FADED
from engine.training.data import generator_for
from engine.training.degrade import luminance

#: Photos are first scaled to this side; thumbnails are random crops of it.
SOURCE = 256
#: Gamma of a display, and so of a photo's numbers.
DISPLAY = 2.2


def sources(photos: list[Tensor]) -> Tensor:
    """Photos [3, H, W] uint8 as one tensor [N, 3, SOURCE, SOURCE] uint8."""
    small = [F.interpolate(p[None] / 255.0, size=(SOURCE, SOURCE), mode="area") for p in photos]
    return (torch.cat(small) * 255).round().byte()


class Faded(NamedTuple):
    """A batch of thumbnails. ``clean``, ``faded`` and ``seen``, which is faded with grain and dust, are [B, 3, side,
    side]; ``really`` [B] is 1 where a photo has faded at all."""

    clean: Tensor
    faded: Tensor
    seen: Tensor
    really: Tensor


def draw(bank: Tensor, batch: int, generator: torch.Generator) -> Faded:
    """Crops of the bank, half of them faded. A third is grey: the curves of the three colours are then one."""

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator)

    side = int(torch.randint(SOURCE // 2, SOURCE + 1, (), generator=generator))
    picks = torch.randint(len(bank), (batch,), generator=generator)
    corners = torch.randint(SOURCE - side + 1, (batch, 2), generator=generator).tolist()
    crops = [bank[p, :, y : y + side, x : x + side] for p, (y, x) in zip(picks, corners, strict=True)]
    x = F.interpolate(torch.stack(crops) / 255.0, size=(THUMBNAIL, THUMBNAIL), mode="area")
    x = torch.where(_each(uniform(batch) < 0.5), x.flip(3), x)
    grey = uniform(batch) < 0.33
    clean = torch.where(_each(grey), luminance(x), x)

    really = uniform(batch) < 0.5
    drifted = torch.where(_each(uniform(batch) < 0.4), _drift(clean, grey, uniform), _age(clean, grey, uniform))
    faded = torch.where(_each(really), drifted, clean)

    grain = torch.randn(x.shape, generator=generator) * _each(0.03 * uniform(batch) * (uniform(batch) < 0.7))
    grain = torch.where(_each(grey | (uniform(batch) < 0.5)), grain[:, :1], grain)
    # Specks of dust and scratches are darker or lighter than any print, and must not be taken for its tones.
    specks = uniform(batch, 1, *x.shape[2:]) < _each(0.004 * uniform(batch) * (uniform(batch) < 0.4))
    dust = _each(uniform(batch) < 0.65) * (0.8 + 0.2 * uniform(batch, 1, 1, 1))
    return Faded(clean, faded, torch.where(specks, dust, (faded + grain).clamp(0, 1)), really.float())


def _each(values: Tensor) -> Tensor:
    """[B] as [B, 1, 1, 1]: one value a photo."""
    return values[:, None, None, None]


def _drift(x: Tensor, grey: Tensor, uniform: Callable[..., Tensor]) -> Tensor:
    """Black and white drawn together, at random: one drift for all colours, and on top of it a cast, as each dye fades
    a little differently."""
    batch, same = len(x), grey[:, None]
    cast = torch.where(same, torch.zeros(batch, 3), uniform(batch, 3) * (uniform(batch, 1) < 0.7))
    black = 0.35 * uniform(batch, 1) + 0.15 * cast
    white = 1 - 0.35 * uniform(batch, 1) - 0.2 * cast.roll(1, dims=1)
    bend = torch.where(same, torch.zeros(batch, 3), 0.5 * (uniform(batch, 3) - 0.5))
    return fade(x, black, white, torch.exp(0.6 * (uniform(batch, 1) - 0.5) + bend))


def _age(x: Tensor, grey: Tensor, uniform: Callable[..., Tensor]) -> Tensor:
    """A print in the dark and the light: each dye loses a share of its density, and the paper gains a stain, yellow
    most often (Wilhelm, The Permanence and Care of Color Photographs, 1993)."""
    batch, same = len(x), grey[:, None]
    loss = 0.4 * uniform(batch, 1) + torch.where(same, torch.zeros(batch, 3), 0.15 * uniform(batch, 3))
    stain = 0.3 * uniform(batch, 1) ** 2 + torch.where(
        same, torch.zeros(batch, 3), 0.2 * uniform(batch, 3) * torch.tensor([0.25, 0.5, 1.0])
    )
    deepest = 1.6 + 1.0 * uniform(batch)
    density = torch.minimum(-DISPLAY * torch.log10(x.clamp(min=1e-3)), _each(deepest))
    left = density * (1 - loss[:, :, None, None]) + stain[:, :, None, None]
    return 10 ** (-left / DISPLAY)


class ToneLoss:
    """The loss of one step of the tone reader."""

    def __init__(self, photos: list[Tensor], seed: int, batch: int = 48) -> None:
        self.bank, self.seed, self.batch = sources(photos), seed, batch

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, ToneReader)
        batch = self._draw(step)
        error, noticed = tone_loss(model(batch.seen), batch.faded, batch.clean, batch.really)
        log = {"error": float(error.detach()), "noticed": float(noticed.detach())}
        return error * 10 + noticed, log

    def repeat(self, step: int, spent: float) -> dict[str, Tensor]:
        """The batch of a step, as `engine.training.loop.Repeatable` has it."""
        return self._draw(step)._asdict()

    def _draw(self, step: int) -> Faded:
        return draw(self.bank, self.batch, generator_for(self.seed, step, stream=1))


def held_out_tone(photos: list[Tensor]):
    """A check for the trainer: PSNR of faded held-out thumbnails before and after correction in dB, the mean error
    (8-bit scale) that it does to unfaded ones, and the shares of both that are noticed as faded."""
    batch = draw(sources(photos), 512, generator_for(0, 0, stream=2))
    drifted = batch.really > 0

    @torch.no_grad()
    def check(model: nn.Module) -> dict[str, float]:
        assert isinstance(model, ToneReader)
        tone = model(batch.seen)
        noticed = tone.faded > math.log(FADED / (1 - FADED))
        fixed = torch.where(_each(noticed), unfade(batch.faded, tone), batch.faded)
        before = (batch.faded - batch.clean).square().mean((1, 2, 3))[drifted]
        after = (fixed - batch.clean).square().mean((1, 2, 3))[drifted]
        return {
            "before": float(-10 * before.clamp(min=1e-6).log10().mean()),
            "after": float(-10 * after.clamp(min=1e-6).log10().mean()),
            "harm": float((fixed - batch.clean).abs().mean((1, 2, 3))[~drifted].mean()) * 255,
            "found": float(noticed[drifted].float().mean()),
            "mistaken": float(noticed[~drifted].float().mean()),
        }

    return check

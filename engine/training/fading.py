"""Faded thumbnails for the tone reader, drawn at random from clean photos."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.nets.tone import THUMBNAIL, ToneReader, fade, tone_loss, unfade
from engine.training.data import generator_for
from engine.training.degrade import luminance

#: Photos are first scaled to this side; thumbnails are random crops of it.
SOURCE = 128


def sources(photos: list[Tensor]) -> Tensor:
    """Photos [3, H, W] uint8 as one tensor [N, 3, SOURCE, SOURCE] in [0, 1]."""
    small = [F.interpolate(p[None] / 255.0, size=(SOURCE, SOURCE), mode="area") for p in photos]
    return torch.cat(small)


def draw(bank: Tensor, batch: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """A batch of thumbnails: clean, faded (both [B, 3, 64, 64]) and which were faded at all [B].

    A third is grey: the curves of the three colours are then one.
    """

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator)

    side = int(torch.randint(THUMBNAIL, SOURCE + 1, (), generator=generator))
    picks = torch.randint(len(bank), (batch,), generator=generator)
    corners = torch.randint(SOURCE - side + 1, (batch, 2), generator=generator).tolist()
    crops = [bank[p, :, y : y + side, x : x + side] for p, (y, x) in zip(picks, corners, strict=True)]
    x = F.interpolate(torch.stack(crops), size=(THUMBNAIL, THUMBNAIL), mode="area")
    x = torch.where((uniform(batch) < 0.5)[:, None, None, None], x.flip(3), x)
    grey = uniform(batch) < 0.33
    x = torch.where(grey[:, None, None, None], luminance(x), x)

    # One drift for all colours, and on top of it a cast: each dye has faded a little differently.
    cast = torch.where(grey[:, None], torch.zeros(batch, 3), uniform(batch, 3) * (uniform(batch, 1) < 0.7))
    black = 0.35 * uniform(batch, 1) + 0.15 * cast
    white = 1 - 0.35 * uniform(batch, 1) - 0.2 * cast.roll(1, dims=1)
    bend = torch.where(grey[:, None], torch.zeros(batch, 3), 0.15 * torch.randn(batch, 3, generator=generator))
    gamma = torch.exp(0.6 * (uniform(batch, 1) - 0.5) + bend)
    really = (uniform(batch) < 0.5).float()
    faded = torch.where(really[:, None, None, None] > 0, fade(x, black, white, gamma), x)
    return x, faded, really


class ToneLoss:
    """The loss of one step of the tone reader."""

    def __init__(self, photos: list[Tensor], seed: int, batch: int = 64) -> None:
        self.bank, self.seed, self.batch = sources(photos), seed, batch

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, ToneReader)
        clean, faded, really = self._draw(step)
        error, noticed = tone_loss(model(faded), faded, clean, really)
        log = {"error": float(error.detach()), "noticed": float(noticed.detach())}
        return error * 10 + noticed, log

    def repeat(self, step: int, spent: float) -> dict[str, Tensor]:
        """The batch of a step, as `engine.training.loop.Repeatable` has it."""
        return dict(zip(("clean", "faded", "really"), self._draw(step), strict=True))

    def _draw(self, step: int) -> tuple[Tensor, Tensor, Tensor]:
        return draw(self.bank, self.batch, generator_for(self.seed, step, stream=1))


def held_out_tone(photos: list[Tensor]):
    """A check for the trainer: mean error (8-bit scale) of held-out thumbnails before and after
    correction, of unfaded ones after it, and the share of drifts noticed rightly."""
    clean, faded, really = draw(sources(photos), 256, generator_for(0, 0, stream=2))

    @torch.no_grad()
    def check(model: nn.Module) -> dict[str, float]:
        assert isinstance(model, ToneReader)
        tone = model(faded)
        fixed = (unfade(faded, tone) - clean).abs().mean((1, 2, 3)) * 255
        before = (faded - clean).abs().mean((1, 2, 3)) * 255
        noticed = ((tone.faded > 0).float() == really).float().mean()
        drifted = really > 0
        return {
            "before": float(before[drifted].mean()),
            "after": float(fixed[drifted].mean()),
            "harm": float(fixed[~drifted].mean()),
            "noticed": float(noticed),
        }

    return check

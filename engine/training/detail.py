"""How the detail painter learns: damaged photos are restored, and a critic compares what it adds with the real photo.

The ladder stays as it is. What is painted lies along the expected error, so the critic can only ask
for texture where the photo has left it open.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.detail import NOISE
from engine.nets.blocks import down
from engine.nets.detail import DetailPainter
from engine.nets.ladder import Ladder
from engine.training import losses
from engine.training.critic import LOUD, judge
from engine.training.data import PhotoBank, generator_for
from engine.training.degrade import Kinds, degrade, tell_some

#: Where restored photos come out soft: strong noise, grain, compression and blur.
KINDS: Kinds = (
    (0.30, frozenset({"noise"})),
    (0.25, frozenset({"jpeg"})),
    (0.10, frozenset({"blur", "trace"})),
    (0.15, frozenset({"grain"})),
    (0.10, frozenset({"grain", "jpeg"})),
    (0.10, frozenset({"blur", "grain", "jpeg"})),
)


#: Side in pixels of what must stay where it is.
COARSE = 4


@dataclass(frozen=True)
class Terms:
    """How the terms of the painter's loss add up."""

    critic: float = 0.1
    features: float = 1.0
    pixels: float = 0.5
    steady: float = 1.0  #: of the critic's own: how little it may jump for a little noise


class DetailCritic(nn.Module):
    """Is this the photo of which ``told`` is the mean? Both [B, 3, H, W] in [0, 1] -> logits [B, H/8, W/8]."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv2d(2 * 12, 48, 3, padding=1)
        self.halve = nn.ModuleList([down(48, 64), down(64, 96)])
        self.look = nn.ModuleList([nn.Conv2d(w, w, 3, padding=1) for w in (48, 64, 96)])
        self.judge = nn.Conv2d(96, 1, 1)

    def forward(self, photos: Tensor, told: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Logits, one a region, and the features at every resolution."""
        # What was added to the mean is the question: it is shown ten times as large as the mean.
        both = torch.cat([10 * (photos - told), told - 0.5], dim=1)
        x = F.leaky_relu(self.enter(F.pixel_unshuffle(both, 2)), 0.2)
        seen = []
        for level, look in enumerate(self.look):
            x = F.leaky_relu(self.halve[level - 1](x), 0.2) if level else x
            x = x + F.leaky_relu(look(x), 0.2)
            seen.append(x)
        return LOUD * self.judge(x)[:, 0] / x.shape[1] ** 0.5, seen


class DetailPair(nn.Module):
    """A painter and its critic."""

    def __init__(self) -> None:
        super().__init__()
        self.painter, self.critic = DetailPainter(), DetailCritic()


class DetailLoss:
    """The loss of one step, of both in turn. ``ladder`` restores; ``scale`` calibrates its expected errors."""

    def __init__(
        self, ladder: Ladder, scale: float, photos: PhotoBank, seed: int, size: int = 96, batch: int = 6
    ) -> None:
        self.ladder, self.scale, self.photos = ladder.eval().requires_grad_(False), scale, photos
        self.seed, self.size, self.batch, self.terms = seed, size, batch, Terms()

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, DetailPair)
        generator = generator_for(self.seed, step, stream=10)
        clean, restored, deviation = self.restored(generator, self.photos, self.batch)
        jitter = 0.01 * torch.randn(clean.shape, generator=generator)
        with torch.autocast(clean.device.type, torch.bfloat16):
            painted = restored + model.painter(restored, deviation, self.noise(generator, len(clean))).float()
            verdict = judge(model.critic, painted.clamp(0, 1), clean, restored, jitter)
        # What is larger than grain must stay right: in deviations of the expected error, which weighs every
        # photo alike whatever its damage.
        coarse = F.avg_pool2d(painted - clean, COARSE).abs() / F.avg_pool2d(deviation + 1 / 255, COARSE)
        pixels = COARSE * coarse.mean()

        terms = self.terms
        heard = min(1.0, spent / 0.1)  # the critic learns to see before it is listened to
        total = heard * (terms.critic * verdict.fooled + terms.features * verdict.unlike) + terms.pixels * pixels
        total = total + verdict.fair + terms.steady * verdict.steep
        log = {"pixels": pixels, **verdict._asdict()}
        return total, {name: float(value.detach()) for name, value in log.items()}

    def noise(self, generator: torch.Generator, count: int) -> Tensor:
        return torch.randn(count, NOISE, self.size // 2, self.size // 2, generator=generator)

    @torch.no_grad()
    def restored(self, generator: torch.Generator, photos: PhotoBank, count: int) -> tuple[Tensor, Tensor, Tensor]:
        """Photos as they were, restored [count, 3, side, side], and the expected error [count, 1, side, side]."""
        clean = photos.crops(count, self.size, generator)
        sample = degrade(clean, torch.zeros_like(clean[:, :1]), generator, KINDS)
        told = tell_some(sample.facts, sample.certain, generator)
        with torch.autocast(clean.device.type, torch.bfloat16):
            posterior = self.ladder.encode(sample.photo.contiguous(memory_format=torch.channels_last), told)
            mean = self.ladder.redraw(posterior).float()
        return sample.clean, mean.clamp(0, 1), posterior.deviation * self.scale


def held_out_detail(loss: DetailLoss, photos: list[Tensor], count: int = 24):
    """A check for the trainer, over held-out photos: PSNR in dB of the mean and of full detail, and how much
    edge (mean slope) they have, the real photos have 1."""
    clean, restored, deviation = loss.restored(generator_for(0, 0, stream=11), PhotoBank(photos, []), count)

    @torch.no_grad()
    def check(model: nn.Module) -> dict[str, float]:
        noise = loss.noise(generator_for(0, 1, stream=11), count)
        painted = restored + model.get_submodule("painter")(restored, deviation, noise)
        return {
            "psnr0": losses.psnr(restored, clean),
            "psnr1": losses.psnr(painted, clean),
            "edges0": float(slope(restored) / slope(clean)),
            "edges1": float(slope(painted) / slope(clean)),
        }

    return check


def slope(photos: Tensor) -> Tensor:
    """Mean size of the difference of neighbours, scalar."""
    across, along = photos.diff(dim=3).abs(), photos.diff(dim=2).abs()
    return across.mean() + along.mean()

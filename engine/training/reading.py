"""How the damage reader learns: the spectra of damaged photos, and what was done to them."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from engine.facts import FACTS
from engine.nets.damage import READ, DamageReader
from engine.spectrum import FIGURES, describe
from engine.training import losses
from engine.training.data import DamageBank, PhotoBank, generator_for
from engine.training.degrade import Kinds, degrade

#: What the reader sees: less of what it cannot read, and much grain, which only numbers tell from texture.
KINDS: Kinds = (
    (0.25, frozenset({"noise"})),
    (0.20, frozenset({"grain"})),
    (0.25, frozenset({"grain", "jpeg"})),
    (0.10, frozenset({"jpeg"})),
    (0.06, frozenset()),
    (0.06, frozenset({"blur", "trace"})),
    (0.08, frozenset({"blur", "grain", "damage", "jpeg"})),
)
#: Where the numbers the reader reads stand among the facts.
_READ = [FACTS.index(name) for name in READ]


class ReadingLoss:
    """The loss of one step of the damage reader. Damaging photos takes far longer than learning from
    their figures, so ``count`` photos are damaged first and seen again and again."""

    def __init__(
        self, photos: PhotoBank, damage: DamageBank, seed: int, count: int, batch: int = 128, size: int = 128
    ) -> None:
        self.seed, self.batch = seed, batch
        drawn = [self._draw(photos, damage, size, part) for part in range(-(-count // 16))]
        self.figures, self.facts, self.certain = (torch.cat(parts) for parts in zip(*drawn, strict=True))

    def _draw(self, photos: PhotoBank, damage: DamageBank, size: int, part: int) -> tuple[Tensor, Tensor, Tensor]:
        generator = generator_for(self.seed, part, stream=3)
        clean = photos.crops(16, size, generator)
        sample = degrade(clean, damage.crops(16, size, generator), generator, KINDS)
        return figures(sample.photo), sample.facts[:, _READ], sample.certain[:, _READ]

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, DamageReader)
        batch = self.repeat(step, spent)
        return losses.reading_error(model(batch["figures"]), batch["facts"], batch["certain"]), {}

    def repeat(self, step: int, spent: float) -> dict[str, Tensor]:
        """The batch of a step, as `engine.training.loop.Repeatable` has it."""
        generator = generator_for(self.seed, step, stream=4)
        picks = torch.randint(len(self.figures), (self.batch,), generator=generator)
        # A little blur on the figures keeps the reader from learning the bank by heart.
        seen = self.figures[picks] + 0.2 * torch.randn(self.batch, FIGURES, generator=generator)
        return {"figures": seen, "facts": self.facts[picks], "certain": self.certain[picks]}


def figures(photos: Tensor) -> Tensor:
    """`describe` for photos [B, 3, H, W], as [B, FIGURES]."""
    pixels = photos.permute(0, 2, 3, 1).numpy()
    return torch.from_numpy(np.stack([describe([photo]) for photo in pixels]))


def held_out_reading(photos: list[Tensor], side: int = 256):
    """A check for the trainer: mean absolute error of the noise read off held-out photos as 8-bit
    files, in grey levels, for some strengths."""
    clean = torch.stack([p[:, :side, :side] for p in photos if min(p.shape[1:]) >= side]) / 255.0
    noise = torch.randn(clean.shape, generator=generator_for(0, 0, stream=6))
    strengths = (0, 5, 15, 25, 50)
    noisy = {s: figures(losses.in_bytes(clean + noise * s / 255)) for s in strengths}

    @torch.no_grad()
    def check(model: nn.Module) -> dict[str, float]:
        at = READ.index("noise")
        return {f"off{s}": float((model(seen)[:, at] * 50 - s).abs().mean()) for s, seen in noisy.items()}

    return check

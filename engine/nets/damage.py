"""How noisy and how blurred a photo is, from the figures of its spectrum.

The encoder restores best when it is told how strong the damage is. On Automatic nobody tells it
but this small network.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from engine.spectrum import FIGURES

#: What is read, in the units of `engine.facts.tell`.
READ = ("noise", "blur")


class DamageReader(nn.Module):
    """Figures [B, FIGURES] of `engine.spectrum.describe` to the numbers `READ`, [B, len(READ)], at least 0."""

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        self.think = nn.Sequential(
            nn.Linear(FIGURES, width),
            nn.ReLU(),
            nn.Linear(width, width),
            nn.ReLU(),
            nn.Linear(width, len(READ)),
        )

    def forward(self, figures: Tensor) -> Tensor:
        # Figures run from -3 (nothing) to about 7 (contrast edges).
        return F.softplus(self.think((figures - 2.0) / 3.0) - 2.0)

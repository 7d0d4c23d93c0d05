"""How far the tones of a photo have drifted: black, white and gamma of each colour, from a thumbnail.

Fading is a matter of the whole photo, which the ladder, tile by tile, never sees. So it is undone
before the photo is encoded, with a curve of three numbers a colour that this small network reads
off a thumbnail. Prints fade by losing density: black turns to grey, white to yellow, and the dyes
of a colour print at different speeds (Wilhelm, The Permanence and Care of Color Photographs, 1993).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

#: Side of the thumbnail in pixels.
THUMBNAIL = 128
#: Places in the order of its tones that are looked at: the extremes, where a print's black and white lie, most closely.
RANKS = (0.0005, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.997, 0.9995)


class Tone(NamedTuple):
    """The drift of each photo's tones, ``faded = black + (white - black) * original ** gamma``.

    ``black``, ``white`` and ``gamma`` are [B, 3]; ``faded`` is the logit that there is any drift, [B].
    """

    black: Tensor
    white: Tensor
    gamma: Tensor
    faded: Tensor


class ToneReader(nn.Module):
    """Thumbnails [B, 3, 128, 128] in [0, 1] to their `Tone`. 0.2 M parameters."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        w = width
        layers: list[nn.Module] = []
        for inside, out in ((3, w), (w, 2 * w), (2 * w, 3 * w), (3 * w, 4 * w)):
            layers += [nn.Conv2d(inside, out, 3, stride=2, padding=1), nn.ReLU()]
        self.look = nn.Sequential(*layers)
        # The extremes and middle of the histogram say most; convolutions alone find them slowly.
        self.decide = nn.Sequential(
            nn.Linear(4 * w + 3 * len(RANKS), 192), nn.ReLU(), nn.Linear(192, 96), nn.ReLU(), nn.Linear(96, 10)
        )
        with torch.no_grad():
            last = self.decide[-1]
            assert isinstance(last, nn.Linear)
            last.weight.mul_(0.1)

    def forward(self, thumbnail: Tensor) -> Tone:
        seen = self.look(F.avg_pool2d(thumbnail, 2) - 0.5).mean((2, 3))
        # Of four neighbours one: they are much alike, and sorting takes longer than all the rest.
        ranked = thumbnail[:, :, ::2, ::2].flatten(2).sort(dim=2).values
        places = [round(rank * (ranked.shape[2] - 1)) for rank in RANKS]
        ranks = torch.stack([ranked[:, :, p] for p in places], dim=2).flatten(1)
        raw = self.decide(torch.cat([seen, ranks], dim=1))
        black = 0.5 * torch.sigmoid(raw[:, 0:3] - 3)
        white = 1 - 0.5 * torch.sigmoid(raw[:, 3:6] - 3)
        gamma = torch.exp(0.7 * torch.tanh(raw[:, 6:9]))
        return Tone(black, white, gamma, raw[:, 9])


def fade(photo: Tensor, black: Tensor, white: Tensor, gamma: Tensor) -> Tensor:
    """Fade photos [B, 3, H, W] in [0, 1] by curves of [B, 3] each."""
    black, white, gamma = (t[:, :, None, None] for t in (black, white, gamma))
    return black + (white - black) * photo.clamp(min=1e-4) ** gamma


def unfade(photo: Tensor, tone: Tone) -> Tensor:
    """Undo `fade`, clipped to [0, 1]."""
    black, white, gamma = (t[:, :, None, None] for t in tone[:3])
    return ((photo - black) / (white - black)).clamp(1e-4, 1) ** (1 / gamma)


def tone_loss(tone: Tone, faded: Tensor, clean: Tensor, really: Tensor) -> tuple[Tensor, Tensor]:
    """Root of the mean squared error of every corrected thumbnail, on average, and how well the drift was noticed;
    two scalars. ``really`` [B] is 1 where a photo was faded.
    """
    error = ((unfade(faded, tone) - clean).square().mean((1, 2, 3)) + 1e-5).sqrt()
    return error.mean(), F.binary_cross_entropy_with_logits(tone.faded, really)

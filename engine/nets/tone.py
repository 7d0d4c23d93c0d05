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
THUMBNAIL = 64


class Tone(NamedTuple):
    """The drift of each photo's tones, ``faded = black + (white - black) * original ** gamma``.

    ``black``, ``white`` and ``gamma`` are [B, 3]; ``faded`` is the logit that there is any drift, [B].
    """

    black: Tensor
    white: Tensor
    gamma: Tensor
    faded: Tensor


class ToneReader(nn.Module):
    """Thumbnails [B, 3, 64, 64] in [0, 1] to their `Tone`. 0.2 M parameters."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        w = width
        layers: list[nn.Module] = []
        for inside, out in ((3, w), (w, 2 * w), (2 * w, 3 * w), (3 * w, 4 * w)):
            layers += [nn.Conv2d(inside, out, 3, stride=2, padding=1), nn.ReLU()]
        self.look = nn.Sequential(*layers)
        # The extremes and middle of the histogram say most; convolutions alone find them slowly.
        self.decide = nn.Sequential(nn.Linear(4 * w + 3 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
        with torch.no_grad():
            last = self.decide[2]
            assert isinstance(last, nn.Linear)
            last.weight.mul_(0.1)

    def forward(self, thumbnail: Tensor) -> Tone:
        seen = self.look(thumbnail - 0.5).mean((2, 3))
        ranked = thumbnail.flatten(2).sort(dim=2).values
        places = [0, 20, 409, 2048, 3686, 4075, 4095]  # of 4096: extremes, 0.5 %, 10 %, median
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
    """Absolute error of the corrected thumbnails, and how well the drift was noticed; two scalars.

    ``really`` [B] is 1 where a photo was faded.
    """
    return (unfade(faded, tone) - clean).abs().mean(), F.binary_cross_entropy_with_logits(tone.faded, really)

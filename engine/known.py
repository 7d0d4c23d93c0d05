"""How well a generative model knows a picture: the bound on its likelihood, and that in a word.

Both terms of the bound are compared with those of pictures that the model has not learnt from but
that are of its kind: how far off the picture is drawn again, and how many nats its latents carry.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np

from engine.jobs import Verdict

#: Quantiles of held-out pictures that a card keeps of the squared error and of the nats: low, middle, high.
QUANTILES = (0.01, 0.5, 0.99)
Numbers = TypeVar("Numbers", float, np.ndarray)

#: "Roughly" reaches to this many times the high quantile of the error.
_ROUGHLY = 2.0


def quantiles(errors: np.ndarray, nats: np.ndarray) -> dict[str, list[float]]:
    """What a card keeps (`Card.typical`) of held-out pictures' mean squared errors [N] and nats [N]."""
    return {
        "error": [float(q) for q in np.quantile(errors, QUANTILES)],
        "nats": [float(q) for q in np.quantile(nats, QUANTILES)],
    }


def judge(error: float, nats: float, numbers: int, typical: dict[str, list[float]]) -> Verdict:
    """The verdict on a picture of ``numbers`` numbers that is drawn again with a mean squared ``error`` (of
    values in [0, 1]) from latents that carry ``nats``; ``typical`` is from `quantiles`.

    A picture is known well if both terms are as usual: one that is too plain for the kind is drawn
    almost perfectly and gives itself away by its nats (Nalisnick et al., Detecting Out-of-Distribution
    Inputs to Deep Generative Models Using Typicality, 2019).
    """
    low, _, high = typical["nats"]
    room = 0.25 * (high - low)
    usual = low - room <= nats <= high + room
    worst = typical["error"][2]
    if error <= worst and usual:
        known = "well"
    elif error <= _ROUGHLY * worst and nats <= high + 2 * (high - low):
        known = "roughly"
    else:
        known = "not"
    psnr = -10 * math.log10(max(error, 1e-9))
    return Verdict(known=known, psnr=round(psnr, 2), bits=round(bits(error, nats, numbers, typical), 3))


def bits(error: float, nats: float, numbers: int, typical: dict[str, list[float]]) -> float:
    """Bound on the bits a number of an 8-bit picture (the negative bound of Kingma and Welling, 2014, eq. 3, in
    bits; at least 0)."""
    return max(0.0, float(sum(bits_apart(error, nats, numbers, typical))))


def bits_apart(error: Numbers, nats: Numbers, numbers: int, typical: dict[str, list[float]]) -> tuple[Numbers, Numbers]:
    """`bits` in its two terms, of one picture or of many: what the reconstruction costs under the Gaussian decoder
    whose variance is the model's usual error (below 0 where it is drawn closer than a grey level), and the latents."""
    variance = typical["error"][1]
    density = 0.5 * error / variance + 0.5 * math.log(2 * math.pi * variance)
    return (density + math.log(255)) / math.log(2), nats / numbers / math.log(2)

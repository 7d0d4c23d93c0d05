"""Latents of one picture, better than the encoder's guess: a few Gauss-Newton steps through the decoder.

An encoder is trained to be right on the average; for a single picture it leaves a gap (Cremer et al.,
Inference Suboptimality in Variational Autoencoders, 2018). Near its guess the decoder is almost
linear in z_g, and z_g is short enough to take the derivative one number at a time. No torch is needed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.errors import Cancelled
from engine.generate import BATCH, Generator, Latent
from engine.jobs import Verdict
from engine.known import judge

#: A number of z_g is moved by this many of its standard deviations to see what it changes.
_STEP = 0.25
#: Shares of the Gauss-Newton step that are tried: the decoder is linear only nearby.
_SHARES = np.array([1.0, 0.5, 0.25], np.float32)
#: Shares of what the encoder makes of the remaining error that are tried on the details.
_DETAIL_SHARES = np.array([2.0, 1.0, 0.5], np.float32)


def encoded(
    generator: Generator,
    picture: np.ndarray,
    rounds: int = 0,
    on_round: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Latent, Verdict]:
    """The latents of ``picture`` [side, side, 3] uint8, refined, and how well the model knows it."""
    latent = refine(generator, picture, rounds, on_round, cancelled)
    drawn = np.moveaxis(generator.expected(latent)[0].clip(0, 1), 0, 2)
    error = float(np.mean((drawn - picture / np.float32(255)) ** 2))
    nats = float(generator.posterior(picture[None])[2].sum())
    return latent, judge(error, nats, picture.size, generator.model.card.typical)


def refine(
    generator: Generator,
    picture: np.ndarray,
    rounds: int,
    on_round: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Latent:
    """The latents of ``picture`` [side, side, 3] uint8 after ``rounds`` rounds, each never worse than before.

    Raises `Cancelled` when ``cancelled()`` says so between two rounds.
    """
    best = generator.encode(picture[None])
    target = np.moveaxis(picture, 2, 0).astype(np.float32) / 255
    for number in range(rounds):
        if cancelled and cancelled():
            raise Cancelled
        best = _globe(generator, target, best)
        if generator.detailed:
            best = _details(generator, picture, target, best)
        if on_round:
            on_round(number + 1, rounds)
    return best


def _globe(generator: Generator, target: np.ndarray, at: Latent) -> Latent:
    """One damped Gauss-Newton step on z_g towards the picture, under the prior as the flow spreads it."""
    size, scale = generator.globe, generator.scale
    drawn = generator.expected(at)[0]
    slopes = np.empty((size, drawn.size), np.float32)
    for start in range(0, size, BATCH):
        axes = np.arange(start, min(start + BATCH, size))
        moved = np.repeat(at.globe, len(axes), axis=0)
        moved[np.arange(len(axes)), axes] += _STEP * scale[axes]
        seen = generator.expected(Latent(moved, np.repeat(at.deviation, len(axes), axis=0)))
        slopes[axes] = (seen - drawn).reshape(len(axes), -1) / _STEP
    error = (target - drawn).ravel()
    # The noise of the decoder weighs the picture against the prior, which keeps z_g where pictures are.
    noise = max(float(np.mean(error**2)), 1e-6)
    standing = (at.globe[0] - generator.center) / scale
    normal = slopes @ slopes.T + noise * np.eye(size, dtype=np.float32)
    way = np.linalg.solve(normal, slopes @ error - noise * standing) * scale
    return _best(generator, target, at, way * _SHARES[:, None], np.zeros_like(at.deviation))


def _details(generator: Generator, picture: np.ndarray, target: np.ndarray, at: Latent) -> Latent:
    """One step on the details: what the encoder sees in the remaining error, added to them."""
    drawn = generator.expected(at)
    corrected = np.clip(target + (target - drawn[0]), 0, 1)
    asked = np.rint(np.moveaxis(corrected, 0, 2) * 255).astype(np.uint8)
    now = generator.decode(at)[0]
    seen = generator.encode(np.stack([asked, picture, now]))
    ways = np.stack([seen.deviation[0] - seen.deviation[1], seen.deviation[1] - seen.deviation[2]])
    shares = np.concatenate([way * _DETAIL_SHARES[:, None, None, None] for way in ways])
    return _best(generator, target, at, np.zeros((len(shares), generator.globe), np.float32), shares)


def _best(generator: Generator, target: np.ndarray, at: Latent, globe: np.ndarray, detail: np.ndarray) -> Latent:
    """Of ``at`` and ``at`` moved by each of the ways the one that draws the picture best."""
    count = len(globe)
    tried = Latent(
        np.concatenate([at.globe, at.globe + globe]).astype(np.float32),
        np.concatenate([at.deviation, np.broadcast_to(at.deviation + detail, (count, *at.deviation.shape[1:]))]),
    )
    errors = np.mean((generator.expected(tried) - target) ** 2, axis=(1, 2, 3))
    winner = int(errors.argmin())
    return tried[winner : winner + 1]

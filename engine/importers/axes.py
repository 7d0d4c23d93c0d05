"""Sliders and a measure of what it knows for an imported model whose training pictures are not at hand.

The model's own pictures stand in for them: latents drawn from its prior, decoded.
"""

from __future__ import annotations

import numpy as np

from engine.directions import Direction
from engine.directions import learn as learn_directions
from engine.figures import figures
from engine.generate import nats_of
from engine.sessions import Graphs

#: Pictures that are drawn, so many at once.
_PICTURES, _BATCH = 512, 32
#: An axis whose full swing moves no pixel by as much as this, of values in [0, 1], is dead.
_DEAD = 0.02
#: Shares of the variance of the model's pictures that a picture drawn again may miss: next to nothing, usually, and
#: by far. An autoencoder that explains less than two thirds of what makes pictures differ does not know this one.
_MISSED = (0.02, 0.1, 0.35)


def learn(graphs: Graphs, length: int) -> tuple[list[Direction], dict[str, list[float]]]:
    """Directions of a latent of ``length`` numbers under N(0, I), and what verdicts are measured by.

    Directions are figures of the pictures (such as their brightness) that follow from the latent, and the
    latent's own axes, the one that changes most first.
    """
    random = np.random.Generator(np.random.Philox(key=0))
    latents = random.standard_normal((_PICTURES, length)).astype(np.float32)
    drawn = _decoded(graphs, latents)
    shown = np.rint(np.moveaxis(drawn, 1, 3).clip(0, 1) * 255).astype(np.uint8)
    named = learn_directions(latents.astype(np.float64), figures(shown), "picture")
    moved = np.concatenate([np.eye(length), -np.eye(length)]).astype(np.float32) * 2
    swing = _decoded(graphs, moved)
    change = np.abs(swing[:length] - swing[length:]).reshape(length, -1)
    strongest = [int(axis) for axis in np.argsort(-change.mean(1)) if change[axis].max() >= _DEAD]
    own = [Direction.along(np.eye(length)[axis], name=f"Axis {axis + 1}", source="component") for axis in strongest]

    seen = [graphs.run("encoder", pictures=part) for part in np.split(drawn, _PICTURES // _BATCH)]
    mean, log_sigma = (np.concatenate(part).astype(np.float64) for part in zip(*seen, strict=True))
    nats = nats_of(mean, log_sigma)
    low, middle, high = (float(q) for q in np.quantile(nats, (0.01, 0.5, 0.99)))
    variance = float(drawn.var(axis=0).mean())
    return named + own, {"error": [variance * share for share in _MISSED], "nats": [0.5 * low, middle, 1.5 * high]}


def _decoded(graphs: Graphs, latents: np.ndarray) -> np.ndarray:
    batches = [latents[start : start + _BATCH] for start in range(0, len(latents), _BATCH)]
    return np.concatenate([graphs.run("decoder", globe=batch)[0] for batch in batches])

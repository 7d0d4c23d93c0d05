"""How odd a picture is: for the model that looks at it, and among the pictures of its folder.

The bound on the likelihood alone is no measure of it: pictures that are plainer than anything a model has
learnt are drawn almost perfectly and score better than its own kind. So a picture is odd when what it costs
is *untypical*, be it too much or too little (the typical-set test of Nalisnick et al., Detecting
Out-of-Distribution Inputs to Deep Generative Models Using Typicality, 2019), for each term of the bound
apart. What is odd in a folder and not for the model (one digit among others) stands apart in
the latent: its Mahalanobis distance from the rest, with a covariance that the odd ones have no say in.
"""

from __future__ import annotations

import numpy as np

from engine.known import quantiles

#: Share of the covariance that is the same in all directions: few pictures do not tell many directions apart.
_EVEN = 0.1
#: Rounds of leaving out the farthest pictures, and their share.
_ROUNDS, _FARTHEST = 4, 0.1
#: Added to the variances of traits: they are nearly dependent.
_RIDGE = 0.002
#: The quantile of the folder's distances that counts as 1.
_ODD_HERE = 0.95


def usual(errors: np.ndarray, nats: np.ndarray, typical: dict[str, list[float]]) -> dict[str, list[float]]:
    """What errors and nats are compared with: the model's own (`Card.typical`), or the folder's where it has none."""
    return typical if {"error", "nats"} <= typical.keys() else quantiles(errors, nats)


def untypical(errors: np.ndarray, nats: np.ndarray, typical: dict[str, list[float]]) -> np.ndarray:
    """How untypical pictures are for the model, [N]: 0 as its middle one, 1 as its hundredth most untypical.

    ``errors`` [N] are mean squared, ``nats`` [N] the KL, ``typical`` as in `known.quantiles`. A small error alone
    makes no picture odd; too few nats do.
    """
    error, cost = _standing(errors, typical["error"]), _standing(nats, typical["nats"])
    return np.hypot(np.maximum(error, 0), cost).astype(np.float32)


def uncharacteristic(traits: np.ndarray, typical: dict[str, list[float]]) -> np.ndarray:
    """`untypical`, by the traits [N, T] of a model that has some: their Mahalanobis distance from those of pictures of
    the model's own kind, or, where its card keeps none (`reference`), from those of this folder."""
    if not {"traits", "traits_scatter", "traits_distance"} <= typical.keys():
        return np.maximum(out_of_place(traits / np.maximum(traits.std(0), 1e-6)), 0)
    mean = np.array(typical["traits"])
    distances = _distances(traits - mean, np.array(typical["traits_scatter"]).reshape(len(mean), len(mean)))
    middle, far = typical["traits_distance"]
    return np.maximum((distances - middle) / (far - middle), 0).astype(np.float32)


def reference(traits: np.ndarray) -> dict[str, list[float]]:
    """What a card keeps (`Card.typical`) of the traits [N, T] of pictures of the model's own kind."""
    mean, scatter = traits.mean(0), np.cov(traits, rowvar=False)
    scatter += _RIDGE * np.diag(np.diag(scatter))
    distances = _distances(traits - mean, scatter)
    return {
        "traits": [round(float(v), 5) for v in mean],
        "traits_scatter": [round(float(v), 6) for v in scatter.ravel()],
        "traits_distance": [round(float(v), 4) for v in np.quantile(distances, (0.5, 0.99))],
    }


def out_of_place(space: np.ndarray) -> np.ndarray:
    """How far pictures [N, D] are from the rest of their folder, [N]: 0 as the middle one, 1 as one in twenty."""
    if len(space) < 3:
        return np.zeros(len(space), np.float32)
    points = space.astype(np.float64)
    kept = np.ones(len(points), bool)
    distances = np.zeros(len(points))
    for _ in range(_ROUNDS):
        mean, spread = points[kept].mean(0), np.cov(points[kept], rowvar=False)
        even = _EVEN * np.trace(spread) / len(spread) + 1e-9
        distances = _distances(points - mean, (1 - _EVEN) * spread + even * np.eye(len(spread)))
        kept = distances <= np.quantile(distances, 1 - _FARTHEST)
    middle, far = np.quantile(distances, (0.5, _ODD_HERE))
    return ((distances - middle) / max(far - middle, 1e-9)).astype(np.float32)


def oddness(untypical: np.ndarray, out_of_place: np.ndarray, weight: float = 1.0) -> np.ndarray:
    """Both in one number, [N]: 0 is the most ordinary picture; ``weight`` is of the place in the folder."""
    return np.hypot(untypical, weight * np.maximum(out_of_place, 0)).astype(np.float32)


def _distances(around: np.ndarray, scatter: np.ndarray) -> np.ndarray:
    """Mahalanobis distances [N] of centred rows [N, D]."""
    return np.sqrt(np.maximum((around * np.linalg.solve(scatter, around.T).T).sum(1), 0))


def _standing(values: np.ndarray, quantiles: list[float]) -> np.ndarray:
    """Logarithms of positive values between their low (-1), middle (0) and high (1) quantile, and beyond."""
    low, middle, high = np.log(np.maximum(quantiles, 1e-12))
    gap = np.log(np.maximum(values, 1e-12)) - middle
    return gap / np.maximum(np.where(gap > 0, high - middle, middle - low), 1e-6)

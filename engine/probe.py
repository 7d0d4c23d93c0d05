"""Labels for many pictures from a few: they spread along neighbours in the latent.

    answer = spread(latents, labels)            # labels -1 where nobody said
    whom_to_ask = stand_for_most(latents, 100)

The VAE has learnt from all the pictures without a label; a label then says the name of a whole region
(Kingma et al., Semi-supervised Learning with Deep Generative Models, 2014, their model M1). The
spreading is that of Zhou et al. (Learning with Local and Global Consistency, 2004), done over with
distances in which what pictures of one name differ in counts less (Fisher's discriminant).
"""

from __future__ import annotations

import numpy as np

#: Neighbours of a picture; the answers for each number of them are added up.
_NEIGHBOURS = (4, 6, 9)
#: How much a picture listens to its neighbours rather than to its own label, and how often.
_LISTEN, _ROUNDS = 0.99, 150
#: How often all is done over with better distances.
_TIMES = 3
#: Rows of the distances that are in memory at once.
_ROWS = 1000


def spread(latents: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Probabilities [N, K] for latents [N, L] of which some have ``labels`` [N], 0..K-1, and the others -1.

    Raises `ValueError` where fewer than two names are known or there are fewer pictures than neighbours.
    """
    names = np.unique(labels[labels >= 0])
    if len(names) < 2:
        raise ValueError("Labels of two kinds at least are needed.")
    if len(latents) <= max(_NEIGHBOURS):
        raise ValueError(f"At least {max(_NEIGHBOURS) + 1} pictures are needed; there are {len(latents)}.")
    count = int(labels.max()) + 1
    said = np.zeros((len(latents), count))
    said[np.flatnonzero(labels >= 0), labels[labels >= 0]] = 1.0
    space = latents.astype(np.float64)
    answer = said
    for time in range(_TIMES):
        near, far = _neighbours(space, max(_NEIGHBOURS))
        answer = sum(_heard(near[:, :k], far[:, :k], said) for k in _NEIGHBOURS)
        answer = answer / np.maximum(answer.sum(1, keepdims=True), 1e-12)
        if time < _TIMES - 1:
            space = _apart(latents.astype(np.float64), answer)
    return answer


def stand_for_most(latents: np.ndarray, count: int, seed: int = 0, rounds: int = 30) -> np.ndarray:
    """The places [count] of the pictures whose names tell the most: each in the middle of a group (k-means)."""
    rng = np.random.default_rng(seed)
    centers = latents[rng.choice(len(latents), count, replace=False)].astype(np.float64)
    for _ in range(rounds):
        owner = np.concatenate([_squared(part, centers).argmin(1) for part in _parts(latents)])
        for group in range(count):
            mine = owner == group
            if mine.any():
                centers[group] = latents[mine].mean(0)
    gaps = np.concatenate([_squared(part, centers) for part in _parts(latents)])
    return np.unique(gaps.argmin(0))


def _neighbours(space: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The nearest others of each row, nearest first: their places and squared distances, [N, count] each."""
    places, gaps = [], []
    for start in range(0, len(space), _ROWS):
        gap = _squared(space[start : start + _ROWS], space)
        gap[np.arange(len(gap)), start + np.arange(len(gap))] = np.inf
        nearest = np.argpartition(gap, count, axis=1)[:, :count]
        gap = np.take_along_axis(gap, nearest, axis=1)
        order = np.argsort(gap, axis=1)
        places.append(np.take_along_axis(nearest, order, axis=1))
        gaps.append(np.take_along_axis(gap, order, axis=1))
    return np.concatenate(places), np.concatenate(gaps)


def _heard(near: np.ndarray, gaps: np.ndarray, said: np.ndarray) -> np.ndarray:
    """What every picture has heard in the end, [N, K]; names that are loud in all are turned down."""
    count, neighbours = near.shape
    # Each picture measures distances by how far its own neighbourhood reaches.
    reach = np.sqrt(np.maximum(gaps[:, -1], 1e-12))
    weight = np.exp(-gaps / (reach[:, None] * reach[near]))
    rows = np.concatenate([np.repeat(np.arange(count), neighbours), near.ravel()])
    columns = np.concatenate([near.ravel(), np.repeat(np.arange(count), neighbours)])
    weights = np.tile(weight.ravel(), 2)
    order = np.argsort(rows, kind="stable")
    rows, columns, weights = rows[order], columns[order], weights[order]
    starts = np.searchsorted(rows, np.arange(count))
    share = 1 / np.sqrt(np.add.reduceat(weights, starts))
    weights = (weights * share[rows] * share[columns])[:, None]
    heard = said.copy()
    for _ in range(_ROUNDS):
        heard = _LISTEN * np.add.reduceat(weights * heard[columns], starts) + (1 - _LISTEN) * said
    heard = heard / np.maximum(heard.sum(0), 1e-12)
    return heard / np.maximum(heard.sum(1, keepdims=True), 1e-12)


def _apart(latents: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """Latents in which pictures of one name scatter evenly: whitened by their covariance within the names."""
    named, sure = answer.argmax(1), answer.max(1)
    within = 1e-3 * np.eye(latents.shape[1])
    for name in np.unique(named):
        mine = named == name
        if mine.sum() > 1:
            within += mine.mean() * np.cov(latents[mine], rowvar=False, aweights=sure[mine])
    return latents @ np.linalg.cholesky(np.linalg.inv(within))


def _squared(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.maximum((a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T, 0.0)


def _parts(latents: np.ndarray) -> list[np.ndarray]:
    return [latents[start : start + _ROWS] for start in range(0, len(latents), _ROWS)]

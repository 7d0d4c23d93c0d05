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

from engine.neighbours import group_means, nearest, parts, squared_distances

#: Neighbours of a picture; the answers for each number of them are added up.
_NEIGHBOURS = (4, 6, 9)
#: How much a picture listens to its neighbours rather than to its own label, and how often.
_LISTEN, _ROUNDS = 0.99, 150
#: How often all is done over with better distances.
_TIMES = 3


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
        near, far = nearest(space, max(_NEIGHBOURS))
        answer = sum(heard(near[:, :k], far[:, :k], said) for k in _NEIGHBOURS)
        answer = answer / np.maximum(answer.sum(1, keepdims=True), 1e-12)
        if time < _TIMES - 1:
            space = _apart(latents.astype(np.float64), answer)
    return answer


def stand_for_most(latents: np.ndarray, count: int, seed: int = 0, rounds: int = 30) -> np.ndarray:
    """The places [count] of the pictures whose names tell the most: each in the middle of a group (k-means)."""
    first = latents[np.random.default_rng(seed).choice(len(latents), count, replace=False)]
    _, means = group_means(latents, first, rounds)
    gaps = np.concatenate([squared_distances(part, means) for part in parts(latents)])
    return np.unique(gaps.argmin(0))


def heard(near: np.ndarray, gaps: np.ndarray, said: np.ndarray) -> np.ndarray:
    """What every picture has heard in the end, [N, K], of what was ``said`` [N, K]: rows add up to 1, or are 0 where
    nothing came through. Names that are loud in all are turned down.

    ``near`` and ``gaps`` [N, k] are the places and squared distances of neighbours, nearest first.
    """
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
    answer = said.copy()
    for _ in range(_ROUNDS):
        answer = _LISTEN * np.add.reduceat(weights * answer[columns], starts) + (1 - _LISTEN) * said
    answer = answer / np.maximum(answer.sum(0), 1e-12)
    return answer / np.maximum(answer.sum(1, keepdims=True), 1e-12)


def _apart(latents: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """Latents in which pictures of one name scatter evenly: whitened by their covariance within the names."""
    named, sure = answer.argmax(1), answer.max(1)
    within = 1e-3 * np.eye(latents.shape[1])
    for name in np.unique(named):
        mine = named == name
        if mine.sum() > 1:
            within += mine.mean() * np.cov(latents[mine], rowvar=False, aweights=sure[mine])
    return latents @ np.linalg.cholesky(np.linalg.inv(within))

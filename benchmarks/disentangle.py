"""How cleanly the axes of a latent hold the factors a picture was drawn from, and what a slider moves.

Codes are [N, D], one row a picture: posterior means. Factors are [N, K], the exact values the picture
was drawn with; a categorical one is coded by whole numbers. Use a thousand pictures or more: with N = 1000
the estimates of chance alone are off by a few hundredths.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from benchmarks.measure import rank_correlation

#: A factor of whose variance a linear reading finds less than this is not read at all: what it leans on is chance.
READ = 0.01


def mig(codes: np.ndarray, factors: np.ndarray, bins: int = 20) -> float:
    """Mutual information gap, 0..1: by how much the code that knows most about a factor knows more than the next,
    as a share of the factor's entropy, mean of the factors.

    Chen et al., Isolating Sources of Disentanglement (2018). Values are counted in ``bins`` bins of equal
    weight, a factor with fewer values as it is. Categories need no declaration: order does not matter.
    Raises `ValueError` where a factor has one value only.
    """
    _check(codes, factors)
    gaps = []
    counted = [_binned(code, bins) for code in codes.T]
    for factor in (_binned(column, bins) for column in factors.T):
        known = sorted(_mutual_information(code, factor) for code in counted)
        gaps.append((known[-1] - (known[-2] if len(known) > 1 else 0.0)) / _mutual_information(factor, factor))
    return float(np.mean(gaps))


def _binned(values: np.ndarray, bins: int) -> np.ndarray:
    """Values as numbers of bins from 0."""
    distinct, where = np.unique(values, return_inverse=True)
    if len(distinct) <= bins:
        return where
    return np.searchsorted(np.quantile(values, np.arange(1, bins) / bins), values, side="right")


def _mutual_information(a: np.ndarray, b: np.ndarray) -> float:
    """Of two columns of small whole numbers, in nats; of a column with itself, its entropy."""
    joint = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(joint, (a, b), 1.0 / len(a))
    apart = joint.sum(1, keepdims=True) * joint.sum(0)
    seen = joint > 0
    return float((joint[seen] * np.log(joint[seen] / apart[seen])).sum())


@dataclass(frozen=True)
class DCI:
    """Each 0..1, 1 is best."""

    disentanglement: float  #: a code serves one factor
    completeness: float  #: a factor is held by one code
    informativeness: float  #: share of the factors' variance that a linear reading finds, on unseen pictures
    importances: np.ndarray  #: [D, K], how much the reading of a factor leans on a code


def dci(codes: np.ndarray, factors: np.ndarray, categorical: Collection[int] = (), seed: int = 0) -> DCI:
    """Disentanglement, completeness and informativeness of Eastwood and Williams (2018), by the lasso, one of the two
    regressors of the paper: the importance of a code is the size of its weight, both sides standardised.

    ``categorical`` names the columns of ``factors`` whose values are mere names; each is read as one
    indicator a category, with one penalty on a code's weights for all of them (multi-task lasso,
    Obozinski et al., 2010). The penalty of each factor is the strongest whose error over 5 folds is within one
    standard error of the best. A factor that is not read at all counts as held by no code. Non-linear
    readings are not found. Raises `ValueError` where a factor has one value only.
    """
    _check(codes, factors)
    x = _standard(codes)
    targets = [_indicators(f) if j in categorical else _standard(f[:, None]) for j, f in enumerate(factors.T)]
    y = np.concatenate(targets, axis=1)
    starts = np.cumsum([0, *(target.shape[1] for target in targets[:-1])])

    path = np.geomspace(1.0, 1e-3, 19)  # at 1 all weights are 0: no correlation is larger
    errors = _errors(x, y, starts, path, seed)
    mean, deviation = errors.mean(1), errors.std(1) / np.sqrt(len(x))
    best = mean.argmin(0)
    columns = np.arange(len(targets))
    chosen = (mean <= mean[best, columns] + deviation[best, columns]).argmax(0)  # the first is the strongest
    found = np.maximum(0.0, 1.0 - mean[chosen, columns])

    weights = _lasso(x, y, starts, path[chosen], np.zeros((x.shape[1], y.shape[1])))
    importances = _sizes(weights, starts) * (found >= READ)
    served = importances.sum(1)
    disentanglement = float(_concentration(importances) @ served / served.sum()) if served.any() else 0.0
    completeness = float(_concentration(importances.T).mean())
    return DCI(disentanglement, completeness, float(found.mean()), importances)


def _concentration(importances: np.ndarray) -> np.ndarray:
    """1 for a row [K] with one entry above 0, 0 for a flat or an empty one: [..., K] to [...]."""
    if importances.shape[1] == 1:
        return (importances[:, 0] > 0).astype(float)
    total = importances.sum(1, keepdims=True)
    share = importances / np.where(total > 0, total, 1.0)
    entropy = -(share * np.log(np.where(share > 0, share, 1.0))).sum(1) / np.log(importances.shape[1])
    return np.where(total[:, 0] > 0, 1.0 - entropy, 0.0)


def _errors(x: np.ndarray, y: np.ndarray, starts: np.ndarray, path: np.ndarray, seed: int) -> np.ndarray:
    """Squared error on unseen pictures of every factor (whose variance is 1) at every penalty, [P, N, K]."""
    errors = np.empty((len(path), len(x), len(starts)))
    fold = np.random.default_rng(seed).permutation(len(x)) % 5
    for i in range(5):
        seen, unseen = fold != i, fold == i
        mean_x, mean_y = x[seen].mean(0), y[seen].mean(0)
        weights = np.zeros((x.shape[1], y.shape[1]))
        for p, penalty in enumerate(path):
            weights = _lasso(x[seen] - mean_x, y[seen] - mean_y, starts, np.full(len(starts), penalty), weights)
            missed = y[unseen] - mean_y - (x[unseen] - mean_x) @ weights
            errors[p, unseen] = np.add.reduceat(missed**2, starts, axis=1)
    return errors


def _lasso(x: np.ndarray, y: np.ndarray, starts: np.ndarray, penalties: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weights [D, C] that minimise ``|y - x w|^2 / 2N + penalty * (size of a code's weights)`` for all factors at
    once; the columns of a factor begin at ``starts`` [K] and share a penalty [K].

    FISTA (Beck and Teboulle, 2009), from ``weights`` on.
    """
    gram, correlation = x.T @ x / len(x), x.T @ y / len(x)
    step = 1.0 / np.linalg.eigvalsh(gram)[-1]
    columns = np.diff([*starts, y.shape[1]])
    ahead, pace = weights, 1.0
    for _ in range(1000):
        moved = ahead - step * (gram @ ahead - correlation)
        size = _sizes(moved, starts)
        shrink = np.maximum(0.0, 1.0 - step * penalties / np.maximum(size, 1e-12))
        following = moved * np.repeat(shrink, columns, axis=1)
        next_pace = (1.0 + np.sqrt(1.0 + 4.0 * pace**2)) / 2.0
        ahead = following + (pace - 1.0) / next_pace * (following - weights)
        change = np.abs(following - weights).max()
        weights, pace = following, next_pace
        if change < 1e-6:
            break
    return weights


def _sizes(weights: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Length of each code's weights for each factor: [D, C] to [D, K]."""
    return np.sqrt(np.add.reduceat(weights**2, starts, axis=1))


def _standard(values: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and variance 1; one that never varies becomes 0."""
    centred = values - values.mean(0)
    deviation = centred.std(0)
    varies = deviation > 1e-9 * np.abs(values).max(0)
    return np.where(varies, centred / np.where(varies, deviation, 1.0), 0.0)


def _indicators(values: np.ndarray) -> np.ndarray:
    """One centred column a category, their variances adding up to 1 as those of any other factor."""
    each = (values[:, None] == np.unique(values)).astype(float)
    each -= each.mean(0)
    return each / np.sqrt(each.var(0).sum())


def _check(codes: np.ndarray, factors: np.ndarray) -> None:
    if codes.ndim != 2 or factors.ndim != 2 or len(codes) != len(factors):
        raise ValueError(f"Codes are {codes.shape} and factors {factors.shape}, not [N, D] and [N, K].")
    if not (np.isfinite(codes).all() and np.isfinite(factors).all()):
        raise ValueError("Codes and factors must be finite.")
    if (constant := np.flatnonzero(np.ptp(factors, axis=0) == 0)).size:
        raise ValueError(f"Factor {constant[0]} has one value only, so nothing can be said about it.")


@dataclass(frozen=True)
class SliderEffects:
    """What moving one slider does to the factors that a predictor reads off the pictures."""

    correlation: float  #: Spearman's, of the slider with its own factor; median of the pictures, 1 is best
    own: float  #: how far its own factor moves, in standard deviations of that factor
    leak: float  #: how far the most moved other factor moves, in its standard deviations, as a share of ``own``
    leaks_into: int | None  #: which factor that is; None where there is no other


def slider_effects(values: np.ndarray, read: np.ndarray, own: int, deviations: np.ndarray) -> SliderEffects:
    """The effects of one slider, set to ``values`` [M] on each of P pictures.

    ``read`` [P, M, K] are the factors read off the results, ``own`` the index of the one the slider is named
    after, ``deviations`` [K] the standard deviation of each factor over the data. A factor moves as far in a
    picture as from its least to its greatest reading on the way, so there and back again counts,
    and so does the predictor's unrest; the mean of the pictures is taken. A categorical factor has no such
    distance: give the predicted chance of a category instead. ``leak`` is infinite where the slider
    moves others and not its own. Raises `ValueError` on shapes that do not fit.
    """
    if read.ndim != 3 or read.shape[1:] != (len(values), len(deviations)) or len(values) < 3:
        raise ValueError(f"Readings are {read.shape}, not [P, {len(values)}, {len(deviations)}] with 3 steps or more.")
    if not np.all(np.asarray(deviations) > 0):
        raise ValueError("A factor that does not vary over the data has no unit to measure effects in.")
    correlation = float(np.median([rank_correlation(values, path[:, own]) for path in read]))
    moved = np.ptp(read, axis=1).mean(0) / deviations
    others = np.where(np.arange(len(moved)) == own, -np.inf, moved)
    most = int(others.argmax())
    if most == own:
        return SliderEffects(correlation, float(moved[own]), 0.0, None)
    with np.errstate(divide="ignore", invalid="ignore"):
        leak = float(np.nan_to_num(others[most] / moved[own], nan=0.0, posinf=np.inf))
    return SliderEffects(correlation, float(moved[own]), leak, most)

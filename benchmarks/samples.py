"""How good sampled pictures are, measured against real pictures that the model has never seen.

Pictures are [N, H, W, 3] float32 in [0, 1], some hundreds to a few thousand of one size, 16 to 256
pixels a side. Nothing here is a Fréchet Inception Distance: features are the caller's own, or principal
components of small pictures, so numbers compare models within one table and not between papers.
Every function is deterministic for its ``seed`` (the classifier up to the rounding of the threads it runs on).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from torch import Tensor, nn
from torch.nn import functional as F

#: Pictures [N, H, W, 3] to features [N, D] whose Euclidean distance means how different two pictures look.
Features = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class SampleScores:
    """Everything about one set of samples. Beside each number, what a perfect model gets."""

    sliced_wasserstein: float  #: mean of the levels, about 0 (two sets of real pictures show how near)
    wasserstein_levels: dict[int, float]  #: side of the pyramid's level in pixels: distance; fine to coarse
    c2st: float  #: accuracy of telling samples from held-out pictures, 0.5
    precision: float  #: near 1
    recall: float  #: near 1
    density: float  #: 1; more means samples crowd where real pictures are densest
    coverage: float  #: 1 - 1 / 2^k for neighbourhoods of k, 0.97
    memorised: float  #: share of samples suspiciously close to a training picture, as ``memorised_held_out``
    memorised_held_out: float  #: the same share of pictures that cannot be memorised, about 0.05


def score(
    samples: np.ndarray, held_out: np.ndarray, training: np.ndarray, features: Features | None = None, seed: int = 0
) -> SampleScores:
    """All scores of ``samples`` [N, H, W, 3] against ``held_out`` [M, H, W, 3]; ``training`` [T, H, W, 3] is what
    the model learnt from. Without ``features``, `pixel_features` of the training pictures.

    Where N and M differ, the longer set is thinned out for all but memorisation, as most scores depend on
    how many pictures there are: give each model of a table the same N. Raises `ValueError` on pictures of
    different sizes or fewer than 20 in a set.
    """
    for name, pictures in (("samples", samples), ("held-out pictures", held_out), ("training pictures", training)):
        if pictures.ndim != 4 or pictures.shape[1:] != held_out.shape[1:] or pictures.shape[3] != 3:
            raise ValueError(f"The {name} are {pictures.shape}, not [N, H, W, 3] of one size with the others.")
        if len(pictures) < 20:
            raise ValueError(f"There are only {len(pictures)} {name}; at least 20 are needed.")
    features = features or pixel_features(training)
    fake, real, known = features(samples), features(held_out), features(training)

    n = min(len(samples), len(held_out))
    rng = np.random.default_rng(seed)
    kept, kept_real = (np.sort(rng.permutation(len(pictures))[:n]) for pictures in (samples, held_out))
    levels = sliced_wasserstein(samples[kept], held_out[kept_real], seed)
    precision, recall = precision_recall(fake[kept], real[kept_real])
    density, coverage = density_coverage(fake[kept], real[kept_real])
    memorised, memorised_held_out = memorisation(fake, real, known, seed)
    return SampleScores(
        sliced_wasserstein=float(np.mean(list(levels.values()))),
        wasserstein_levels=levels,
        c2st=c2st(samples[kept], held_out[kept_real], seed),
        precision=precision,
        recall=recall,
        density=density,
        coverage=coverage,
        memorised=memorised,
        memorised_held_out=memorised_held_out,
    )


# Sliced Wasserstein distance


def sliced_wasserstein(
    samples: np.ndarray, real: np.ndarray, seed: int = 0, *, patches: int = 16384, slices: int = 256
) -> dict[int, float]:
    """Distance between the 7x7 patches of two sets at each level of a Laplacian pyramid, fine to coarse, down to
    16 pixels a side: texture at the fine levels, layout and colour at the last.

    Karras et al., Progressive Growing of GANs (2018): ``patches`` at random places are projected on ``slices``
    random directions, and the mean distance of the sorted projections is what moving one set onto the
    other costs (Rabin et al., 2011). Each level is measured in standard deviations of the real patches'
    colours. The paper normalises either set by itself, which would forgive wrong contrast and tint. It prints
    the distance times 1000.
    """
    distances = {}
    # The same places in both sets, so that a set is at no distance from itself.
    fakes, reals = (_patches(pictures, patches, np.random.default_rng(seed)) for pictures in (samples, real))
    rng = np.random.default_rng([seed, 1])
    for side, fake in fakes.items():
        mean, deviation = (f(reals[side], axis=(0, 1)) for f in (np.mean, np.std))
        directions = rng.standard_normal((fake[0].size, slices))
        directions = (directions / np.linalg.norm(directions, axis=0)).astype(np.float32)
        a, b = (
            np.sort((((x - mean) / np.maximum(deviation, 1e-6)).reshape(patches, -1) @ directions).T)
            for x in (fake, reals[side])
        )
        distances[side] = float(np.abs(a - b).mean())
    return distances


def _patches(pictures: np.ndarray, count: int, rng: np.random.Generator) -> dict[int, np.ndarray]:
    """``count`` patches of each level, [count, 49, 3], by the level's side; every picture gives as many."""
    which = np.arange(count) * len(pictures) // count
    spots = rng.random((count, 2))
    found: dict[int, list[np.ndarray]] = {}
    # A few pictures at a time: the pyramid of two thousand would fill the memory.
    for start in range(0, len(pictures), 64):
        here = (which >= start) & (which < start + 64)
        for level in _pyramid(pictures[start : start + 64].astype(np.float32)):
            windows = sliding_window_view(level, (7, 7), axis=(1, 2))
            y, x = (spots[here] * windows.shape[1:3]).astype(int).T
            patch = windows[which[here] - start, y, x]
            found.setdefault(min(level.shape[1:3]), []).append(patch.reshape(len(patch), 3, 49).transpose(0, 2, 1))
    return {side: np.concatenate(parts) for side, parts in found.items()}


def _pyramid(pictures: np.ndarray) -> list[np.ndarray]:
    """Laplacian pyramid (Burt and Adelson, 1983) of [N, H, W, 3], fine to coarse; the last is the low-pass rest."""
    levels = []
    while min(pictures.shape[1:3]) >= 32:
        smaller = _smooth(pictures)[:, ::2, ::2]
        spread = np.zeros_like(pictures)
        spread[:, ::2, ::2] = 4.0 * smaller
        levels.append(pictures - _smooth(spread))
        pictures = smaller
    return [*levels, pictures]


def _smooth(pictures: np.ndarray) -> np.ndarray:
    """Binomial filter of five taps along H and W of [N, H, W, C], mirrored borders."""
    for axis in (1, 2):
        padded = np.pad(pictures, [(2, 2) if i == axis else (0, 0) for i in range(4)], mode="reflect")
        length = pictures.shape[axis]
        taps = (np.take(padded, range(i, i + length), axis=axis) * (w / 16) for i, w in enumerate((1, 4, 6, 4, 1)))
        pictures = sum(taps, start=np.zeros_like(pictures))
    return pictures


# Classifier two-sample test


def c2st(
    samples: np.ndarray, real: np.ndarray, seed: int = 0, *, side: int = 32, folds: int = 5, steps: int = 300
) -> float:
    """How often a small convolutional network tells samples from real pictures that it was not trained on.

    Lopez-Paz and Oquab, Revisiting Classifier Two-Sample Tests (2017): 0.5 is chance and perfect, 1.0 a
    plain difference. Both sets, of equal length, are shrunk to ``side`` pixels (texture finer than that is left to
    the sliced Wasserstein distance). Each fold of the pictures is judged by a network that learnt from
    the others for ``steps`` batches, so every picture is judged once. Chance alone has a standard
    deviation of about 0.5 / sqrt(2 N). Raises `ValueError` on sets of different length.
    """
    if len(samples) != len(real):
        raise ValueError(f"{len(samples)} samples against {len(real)} real pictures: chance would not be 0.5.")
    x = torch.cat([_shrink(pictures, side) for pictures in (samples, real)]).to(memory_format=torch.channels_last)
    x = (x - x.mean((0, 2, 3), keepdim=True)) / x.std((0, 2, 3), keepdim=True).clamp(min=1e-3)
    y = torch.cat([torch.ones(len(samples)), torch.zeros(len(real))])
    # The same shuffle of both sets keeps each fold half and half.
    turn = np.random.default_rng(seed).permutation(len(samples)) % folds
    fold = torch.from_numpy(np.concatenate([turn, turn]))
    right = 0
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for i in range(folds):
            network = _train_classifier(x[fold != i], y[fold != i], steps)
            with torch.inference_mode():
                right += int(((network(x[fold == i])[:, 0] > 0) == (y[fold == i] > 0.5)).sum())
    return right / len(y)


def _train_classifier(x: Tensor, y: Tensor, steps: int, batch: int = 64, rate: float = 3e-3) -> nn.Module:
    layers: list[nn.Module] = []
    for before, after in ((3, 16), (16, 32), (32, 64)):
        layers += [nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
    network = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 1))
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    order = torch.cat([torch.randperm(len(x)) for _ in range(steps * batch // len(x) + 1)])
    for chosen in order[: steps * batch].split(batch):
        loss = F.binary_cross_entropy_with_logits(network(x[chosen])[:, 0], y[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return network.eval()


def _shrink(pictures: np.ndarray, side: int) -> Tensor:
    """[N, H, W, 3] to [N, 3, side, side] by area means; smaller pictures stay as they are."""
    planes = torch.from_numpy(np.ascontiguousarray(pictures, dtype=np.float32)).permute(0, 3, 1, 2)
    return F.interpolate(planes, size=side, mode="area") if min(planes.shape[2:]) > side else planes.contiguous()


# Scores in a space of features


def pixel_features(pictures: np.ndarray, side: int = 16, components: int = 64) -> Features:
    """Features for want of better: the leading principal components, found on real ``pictures``, of pictures
    shrunk to ``side`` pixels. They see layout and colour, not fine texture: blurred samples score well in them."""

    def flat(x: np.ndarray) -> np.ndarray:
        return _shrink(x, side).flatten(1).double().numpy()

    mean = flat(pictures).mean(0)
    axes = np.linalg.svd(flat(pictures) - mean, full_matrices=False)[2][:components]
    return lambda x: (flat(x) - mean) @ axes.T


def precision_recall(fake: np.ndarray, real: np.ndarray, k: int = 5) -> tuple[float, float]:
    """Share of samples that lie within the real pictures' neighbourhoods, and the other way round, 0..1 each.

    Kynkäänniemi et al. (2019): a neighbourhood reaches to the k-th nearest picture of its own set.
    Features [N, D] and [M, D].
    """
    between = _distances(fake, real)
    precision = (between <= _reach(real, k)).any(1)
    recall = (between <= _reach(fake, k)[:, None]).any(0)
    return float(precision.mean()), float(recall.mean())


def density_coverage(fake: np.ndarray, real: np.ndarray, k: int = 5) -> tuple[float, float]:
    """How densely samples fill the real pictures' neighbourhoods (1 is right, may be more), and the share of those
    neighbourhoods that hold a sample, 0..1.

    Naeem et al., Reliable Fidelity and Diversity Metrics (2020): unlike precision and recall, one outlier
    changes little. Perfect samples of the same number cover 1 - 1 / 2^k. Features [N, D] and [M, D].
    """
    inside = _distances(fake, real) <= _reach(real, k)
    return float(inside.sum(1).mean() / k), float(inside.any(0).mean())


def memorisation(
    fake: np.ndarray, real: np.ndarray, training: np.ndarray, seed: int = 0, quantile: float = 0.05
) -> tuple[float, float]:
    """Share of samples that lie at least as close to a training picture as the closest ``quantile`` of held-out
    pictures do, and the share of held-out pictures themselves. A model that copies has a larger first.

    The threshold comes from one half of the held-out pictures, and the other half is what it is tried on
    beside the samples; both halves take their turn. Features [N, D], [M, D] and [T, D].
    """
    near_fake, near_real = (_distances(features, training).min(1) for features in (fake, real))
    halves = np.array_split(near_real[np.random.default_rng(seed).permutation(len(real))], 2)
    thresholds = [np.quantile(half, quantile) for half in halves]
    memorised = [np.mean(near_fake <= threshold) for threshold in thresholds]
    others = [np.mean(half <= threshold) for half, threshold in zip(halves[::-1], thresholds, strict=True)]
    return float(np.mean(memorised)), float(np.mean(others))


def _reach(features: np.ndarray, k: int) -> np.ndarray:
    """Distance of each of [N, D] to its k-th nearest other, [N]. Raises `ValueError` on too few."""
    if len(features) <= k:
        raise ValueError(f"{len(features)} pictures have no {k} neighbours.")
    return np.partition(_distances(features, features), k, axis=1)[:, k]  # the nearest is itself


def _distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Euclidean distances of [N, D] and [M, D], [N, M]."""
    a, b = np.asarray(a, np.float64) - np.mean(b, axis=0), np.asarray(b, np.float64) - np.mean(b, axis=0)
    sizes = (a**2).sum(1)[:, None] + (b**2).sum(1)
    squared = sizes - 2.0 * a @ b.T
    # Equal pictures are at distance 0, whatever rounding says.
    return np.sqrt(np.where(squared > 1e-10 * sizes, squared, 0.0))

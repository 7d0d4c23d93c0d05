"""Digits read off the latent: the VAE learnt from all of them without a label, the reader from 100 labels."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from benchmarks.bench import Bench
from benchmarks.sets import REPOSITORY, Absent
from benchmarks.table import Table
from engine.generate import Generator
from engine.probe import spread, stand_for_most
from engine.training.pictures import PictureSet

_DRAWS = 5  #: choices of the labelled pictures


def tables(bench: Bench) -> Iterable[Table]:
    source = bench.sets.shared / "data" / "digits"
    if not source.exists() or not (REPOSITORY / "models" / "digits" / "model.json").is_file():
        raise Absent("digits or its pictures are not here")
    generator = Generator("digits", "cpu", bench.threads)
    pictures = PictureSet.load(source, generator.side)
    every = np.concatenate([p.permute(0, 2, 3, 1).numpy() for p in (pictures.pictures, pictures.held_out)])
    latents = np.concatenate([generator.encode(part).globe for part in np.array_split(every, 40)])
    truth = np.array([int(str(label["digit"])) for label in pictures.labels + pictures.held_out_labels])
    known = len(pictures.labels)
    grey = every[..., 0].reshape(len(every), -1) / 255.0
    table = Table(
        f"Digits read with 100 labels ({len(truth) - known} held-out digits, mean of {_DRAWS} choices)",
        ["labelled pictures", "held-out digits read right, %", "logistic regression on pixels, %"],
    )
    for name, choose in (("10 of each digit, at random", at_random), ("100 that stand for most", for_most)):
        ours, pixels = [], []
        for seed in range(_DRAWS):
            bench.say(f"{name}: {seed + 1} of {_DRAWS}")
            asked = choose(latents[:known], truth[:known], seed)
            labels = np.full(len(truth), -1)
            labels[asked] = truth[asked]
            ours.append((spread(latents, labels).argmax(1)[known:] == truth[known:]).mean())
            pixels.append((regression(grey[asked], truth[asked], grey[known:]) == truth[known:]).mean())
        table.add(name, 100 * float(np.mean(ours)), 100 * float(np.mean(pixels)), digits=1)
    return [table]


def at_random(latents: np.ndarray, truth: np.ndarray, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.choice(np.flatnonzero(truth == digit), 10, replace=False) for digit in range(10)])


def for_most(latents: np.ndarray, truth: np.ndarray, seed: int) -> np.ndarray:
    return stand_for_most(latents, 100, seed)


def regression(pictures: np.ndarray, names: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression  # pyright: ignore[reportMissingImports]

    return LogisticRegression(max_iter=500).fit(pictures, names).predict(unknown)

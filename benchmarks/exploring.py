"""Explore: the odd ones out, dimension reduction, few labels, more pictures from few, and how fast a folder opens."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from benchmarks import exploring_peers as peers
from benchmarks.bench import Bench
from benchmarks.sets import REPOSITORY, Absent
from benchmarks.table import Table
from engine import arrange, oddness
from engine.atlas import Line, Step, open_atlas
from engine.augment import Plan, augment
from engine.explore import explore
from engine.eyes import eye_of
from engine.neighbours import nearest
from engine.probe import heard, spread
from engine.usual import pictures

#: Set, the model that explores it, its side, and where its pictures are.
SETS = {
    "faces": ("cartoon-faces", 128, ("faces.zip",)),
    "fruit": ("fruit", 96, ("fruit.zip",)),
    "digits": ("digits", 32, ("digits",)),
    "photos": ("photo-restore", 64, ("photos-portraits.zip", "photos-scenes.zip")),
}
#: Pictures of a folder, foreign ones among them, and how often they are drawn.
_FOLDER, _FOREIGN, _DRAWS = 1000, 20, 3
_NEAR = 10


@dataclass
class Looked:
    """Pictures [N, side, side, 3] as a model saw them."""

    squares: np.ndarray
    latent: np.ndarray  #: the numbers that say what is alike
    error: np.ndarray
    nats: np.ndarray
    traits: np.ndarray

    def __getitem__(self, part: np.ndarray) -> Looked:
        return Looked(*(array[part] for array in vars(self).values()))

    def __add__(self, other: Looked) -> Looked:
        return Looked(*(np.concatenate(two) for two in zip(vars(self).values(), vars(other).values(), strict=True)))


class Gallery:
    """The sets, each at any side, and what the models see in them."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self._squares, self._looked = bench, {}, {}

    def squares(self, name: str, side: int) -> np.ndarray:
        """[N, side, side, 3] uint8. Photos are those that the restoration model's card knows nothing of."""
        if (name, side) not in self._squares:
            if name == "digits":
                found = [np.repeat(np.pad(digit, 2)[..., None], 3, 2) for digit in self.digits[0]]
            else:
                found = []
                for file in SETS[name][2]:
                    source = self.bench.sets.shared / "data" / file
                    if not source.exists():
                        raise Absent(f"data/{file} is absent")
                    found += list(pictures(source, side))[1 if name == "photos" else 0 :: 2 if name == "photos" else 1]
            rng = np.random.default_rng(0)
            if name == "faces":
                found = [found[n] for n in sorted(rng.choice(len(found), 1500, replace=False))]
            self._squares[name, side] = np.stack([peers.square(picture, side) for picture in found])
        return self._squares[name, side]

    def looked(self, name: str, by: str) -> Looked:
        """What the model of the set ``by`` sees in the pictures of a set (all of its own, some of others)."""
        if (name, by) not in self._looked:
            model, side, _ = SETS[by]
            squares = self.squares(name, side)
            if name != by:
                squares = squares[:: max(1, len(squares) // 200)][:200]
            self.bench.say(f"{model} looks at {len(squares)} {name}")
            eye = eye_of(model, "cpu", self.bench.threads)
            sights = [eye.look(squares[start : start + 16]) for start in range(0, len(squares), 16)]
            traits = [np.zeros((len(s.nats), 1)) if s.traits is None else s.traits for s in sights]
            self._looked[name, by] = Looked(
                squares,
                np.concatenate([s.latent[:, : eye.globe] for s in sights]),
                np.concatenate([s.error.mean((1, 2)) for s in sights]),
                np.concatenate([s.nats for s in sights]),
                np.concatenate(traits),
            )
        return self._looked[name, by]

    @cached_property
    def digits(self) -> tuple[np.ndarray, np.ndarray]:
        """Digits [N, 28, 28] uint8 and what they are [N]."""
        return peers.read_digits(self.bench.sets.shared / "data" / "digits")


def tables(bench: Bench) -> Iterable[Table]:
    if not (bench.sets.shared / "data" / "digits").exists():
        raise Absent("data/digits is absent")
    if missing := [m for m, _, _ in SETS.values() if not (REPOSITORY / "models" / m / "model.json").is_file()]:
        raise Absent(f"models/{missing[0]} is not there")
    gallery = Gallery(bench)
    yield odd_ones(bench, gallery)
    yield reduced(bench, gallery)
    yield few_labels(bench, gallery)
    yield more_pictures(bench, gallery)
    yield speed(bench, gallery)


# -- the odd ones out ------------------------------------------------------------------------------------


def odd_ones(bench: Bench, gallery: Gallery) -> Table:
    """Area under the ROC of the ranking that the list of odd ones has."""
    table = Table(
        f"The odd ones out: {_FOREIGN} foreign pictures among {_FOLDER:,} (area under the ROC, mean of {_DRAWS} draws)",
        ["folder", "foreign", "ours", "PCA error", "plain autoencoder", "IsolationForest on our latent"],
        notes=[
            "PCA and the forest learn from the folder; the autoencoder, as large as our model, "
            f"from the folder's set for {peers.MINUTES:g} minutes.",
            "There are 370 photos that the restoration model's card knows nothing of.",
        ],
    )
    for base in SETS:
        coder = peers.autoencoder(bench, SETS[base][0], gallery.squares(base, SETS[base][1]))
        for other in SETS:
            if other != base:
                scores = [_mixed(gallery, base, other, draw, coder) for draw in range(_DRAWS)]
                table.rows.append([base, other, *(f"{v:.3f}" for v in np.mean(scores, axis=0))])
        if base == "digits":
            names = gallery.digits[1]
            per = [[_left_out(gallery, names, digit, draw, coder) for draw in range(_DRAWS)] for digit in range(10)]
            means = np.mean(per, axis=1)
            for words, row in (("mean of ten", means.mean(0)), ("the hardest for each", means.min(0))):
                table.rows.append(["one digit", f"the others, {words}", *(f"{v:.3f}" for v in row)])
    return table


def _mixed(gallery: Gallery, base: str, other: str, draw: int, coder: peers.Coder) -> list[float]:
    rng = np.random.default_rng(draw)
    inside, outside = gallery.looked(base, base), gallery.looked(other, base)
    some = inside[rng.permutation(len(inside.error))[:_FOLDER]]
    return _areas(SETS[base], some + outside[rng.permutation(len(outside.error))[:_FOREIGN]], coder)


def _left_out(gallery: Gallery, names: np.ndarray, digit: int, draw: int, coder: peers.Coder) -> list[float]:
    rng = np.random.default_rng(draw)
    every = gallery.looked("digits", "digits")
    mine, others = (rng.permutation(np.flatnonzero(yes)) for yes in (names == digit, names != digit))
    return _areas(SETS["digits"], every[mine[:_FOLDER]] + every[others[:_FOREIGN]], coder)


def _areas(which: tuple, folder: Looked, coder: peers.Coder) -> list[float]:
    foreign = np.arange(len(folder.error)) >= len(folder.error) - _FOREIGN
    scores = (
        oddness_of(which[0], folder),
        peers.pca_error(folder.squares),
        coder(folder.squares),
        peers.forest(folder.latent),
    )
    return [peers.area(foreign, score) for score in scores]


def oddness_of(model: str, folder: Looked) -> np.ndarray:
    """As `arrange.arranged` does it."""
    from engine import catalog

    typical = catalog.read_card(catalog.folders()[model]).typical
    strange, _ = arrange.strangeness(folder.error, folder.nats, folder.traits, folder.squares[0].size, typical)
    here = oddness.out_of_place(arrange.compared(folder.latent))
    return oddness.oddness(strange, here, arrange.weight_of(folder.traits))


# -- dimension reduction -----------------------------------------------------------------------------------


def reduced(bench: Bench, gallery: Gallery) -> Table:
    """How many of the ten nearest neighbours have the same label."""
    table = Table(
        f"{_NEAR}-nearest-neighbour label agreement, %",
        ["pictures", "map by neighbours", "map by components", "PCA of pixels to 2", "latent", "PCA of pixels, same"],
    )
    fruit = peers.fruit_labels(bench.sets.shared / "data" / "fruit.zip")
    for words, name, labels in (
        ("digits", "digits", gallery.digits[1]),
        ("fruit, three kinds", "fruit", fruit[0]),
        ("fruit, 67 varieties", "fruit", fruit[1]),
    ):
        looked = gallery.looked(name, name)
        some = np.random.default_rng(0).permutation(len(labels))[:4000]
        space, labels = arrange.compared(looked.latent[some]), labels[some]
        bench.say(f"the map of {len(some)} {words}")
        grey = looked.squares[some][:, ::2, ::2].reshape(len(some), -1) / 255.0
        by_map = None
        if arrange.has_neighbour_map():
            by_map = arrange.by_neighbours(space, bench.threads, lambda *_: None, lambda: False)
        table.add(
            f"{words} ({len(some):,})",
            None if by_map is None else agreement(by_map, labels),
            agreement(arrange.components(space), labels),
            agreement(peers.pca(grey, 2), labels),
            agreement(space, labels),
            agreement(peers.pca(grey, space.shape[1]), labels),
            digits=1,
        )
    return table


def agreement(space: np.ndarray, labels: np.ndarray) -> float:
    near, _ = nearest(space.astype(np.float64), _NEAR)
    return 100 * float((labels[near] == labels[:, None]).mean())


# -- few labels --------------------------------------------------------------------------------------------


def few_labels(bench: Bench, gallery: Gallery) -> Table:
    """Digits named from a few examples of each."""
    table = Table(
        f"Digits read from a few labels of each, % right on the rest of 5,000 (mean of {_DRAWS} choices)",
        ["labels of each", "tags, as suggested", "spread thrice", "logistic regression on pixels"],
    )
    every = gallery.looked("digits", "digits")
    some = np.random.default_rng(1).permutation(len(every.error))[:5000]
    truth, latents = gallery.digits[1][some].astype(int), every.latent[some]
    grey = every.squares[some][..., 0].reshape(len(some), -1) / 255.0
    near, gaps = nearest(latents, 9)
    for each in (5, 10, 50):
        bench.say(f"{each} labels of each digit")
        rows = []
        for draw in range(_DRAWS):
            rng = np.random.default_rng(draw)
            asked = np.concatenate([rng.choice(np.flatnonzero(truth == d), each, replace=False) for d in range(10)])
            rest = np.setdiff1d(np.arange(len(truth)), asked)
            labels = np.full(len(truth), -1)
            labels[asked] = truth[asked]
            told = heard(near, gaps, np.eye(11)[labels][:, :10])
            answers = (told.argmax(1)[rest], spread(latents, labels).argmax(1)[rest])
            rows.append([100 * float((a == truth[rest]).mean()) for a in answers])
            rows[-1].append(100 * peers.regression(grey[asked], truth[asked], grey[rest], truth[rest]))
        table.add(str(each), *np.mean(rows, axis=0), digits=1)
    return table


# -- more pictures -----------------------------------------------------------------------------------------


def more_pictures(bench: Bench, gallery: Gallery) -> Table:
    """A small classifier on 20 digits of each, with and without variants of them."""
    table = Table(
        f"A small classifier taught with 20 digits of each, % of 4,000 others right (mean of {_DRAWS} choices)",
        ["taught with", "right", "pictures"],
    )
    squares, truth = gallery.squares("digits", 32), gallery.digits[1].astype(int)
    without, with_them, counts = [], [], []
    for draw in range(_DRAWS):
        rng = np.random.default_rng(draw)
        asked = np.concatenate([rng.choice(np.flatnonzero(truth == d), 20, replace=False) for d in range(10)])
        rest = rng.permutation(np.setdiff1d(np.arange(len(truth)), asked))[:4000]
        more, names = variants_of(bench, squares[asked], truth[asked])
        bench.say(f"choice {draw + 1}: {len(more)} variants")
        taught = peers.Classifier(squares[rest], truth[rest])
        without.append(100 * taught(squares[asked], truth[asked]))
        with_them.append(100 * taught(np.concatenate([squares[asked], more]), np.concatenate([truth[asked], names])))
        counts.append(len(more))
    table.add("the 200 digits", float(np.mean(without)), "200", digits=1)
    table.add("and variants of them", float(np.mean(with_them)), f"200 + {np.mean(counts):.0f}", digits=1)
    return table


def variants_of(bench: Bench, squares: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Variants, as ``latent-darkroom augment`` writes them, and their labels."""
    with tempfile.TemporaryDirectory() as place:
        for number, (picture, label) in enumerate(zip(squares, labels, strict=True)):
            path = Path(place, "given", str(label), f"{number}.png")
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(picture).save(path)
        plan = Plan(Path(place, "given"), "digits", Path(place, "made"), variants=10)
        made = list(augment(plan, lambda _: None, device="cpu"))
        return np.stack([np.asarray(Image.open(d.file)) for d in made]), np.array([int(d.label) for d in made])


# -- fast --------------------------------------------------------------------------------------------------


def speed(bench: Bench, gallery: Gallery) -> Table:
    """Files to a map, and a map opened again."""
    table = Table(f"A folder on {bench.threads} threads", ["", "pictures", "seconds", "pictures a second", "MiB more"])
    with tempfile.TemporaryDirectory() as place:
        faces, many = Path(place, "faces"), Path(place, "many")
        for folder in (faces, many):
            folder.mkdir()
        for number, picture in enumerate(gallery.squares("faces", 128)[: bench.sets.first or 1500]):
            Image.fromarray(picture).save(faces / f"{number:05d}.webp", quality=90)
        squares = gallery.squares("digits", 32)
        for number in range(20_000 if bench.sets.first is None else bench.sets.first):
            turned = np.rot90(squares[number % len(squares)], number // len(squares))
            Image.fromarray(turned).save(many / f"{number:05d}.png")
        process = psutil.Process()
        for words, folder, model in (
            ("faces of 128 px, first visit", faces, "cartoon-faces"),
            ("digits of 32 px, first visit", many, "digits"),
        ):
            before, began, seen = process.memory_info().rss, time.perf_counter(), []

            def say(line: Line, seen: list[float] = seen) -> None:
                if isinstance(line, Step) and line.doing == "look" and line.done == line.total:
                    seen.append(time.perf_counter())

            atlas = explore(folder, model, say, device="cpu", threads=bench.threads, neighbours=False)
            looked = seen[-1] - began
            more = (process.memory_info().rss - before) / 2**20
            table.add(f"{words}: looked at", str(len(atlas)), looked, len(atlas) / looked, more, digits=1)
        began = time.perf_counter()
        again = open_atlas(many, "digits")
        again.thumbnails(np.arange(min(500, len(again))))
        table.add("second visit: map and 500 thumbnails", str(len(again)), time.perf_counter() - began, None, None)
        began = time.perf_counter()
        explore(many, "digits", lambda _: None, device="cpu", neighbours=False)
        table.add("second visit: is anything new?", str(len(again)), time.perf_counter() - began, None, None)
    return table

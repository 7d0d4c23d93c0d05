"""The sliders of cartoon-faces: does each move what it is named after, and leave the rest as it was?

The factors of a changed face are read off by a network that learnt them from the training faces,
whose true factors are known; it never sees a latent.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks import plain
from benchmarks.bench import Bench
from benchmarks.disentangle import dci, mig, slider_effects
from benchmarks.sets import REPOSITORY, Absent
from benchmarks.table import Table
from engine import directions
from engine.generate import Generator
from engine.recipes import Recipe
from engine.training.attributes import attributes
from engine.training.pictures import PictureSet

#: Minutes of training for the reader of factors, and for the beta-TCVAE.
READER_MINUTES, PEER_MINUTES = 5.0, 6.0
#: Where each slider is put, in standard deviations, and on how many random faces.
_VALUES = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
_FACES = 32


def tables(bench: Bench) -> Iterable[Table]:
    model, source = "cartoon-faces", bench.sets.shared / "data" / "faces.zip"
    if not source.is_file() or not (REPOSITORY / "models" / model / "model.json").is_file():
        raise Absent("cartoon-faces or its pictures are not here")
    torch.set_num_threads(bench.threads)
    pictures = PictureSet.load(source, 128)
    factors = attributes(pictures.labels)
    names = list(factors)
    generator = Generator(model, "cpu", bench.threads)
    yield effects(bench, generator, pictures, names)
    yield disentangled(bench, generator, pictures, names)


def effects(bench: Bench, generator: Generator, pictures: PictureSet, names: list[str]) -> Table:
    """What every named slider does, as the reader sees it."""
    model = generator.model.card.id
    bench.say("learning to read factors")
    factors = np.stack(list(attributes(pictures.labels).values()), axis=1)
    mean, deviation = factors.mean(0), factors.std(0)
    reader = Reader(len(names))
    learn(reader, pictures.pictures, torch.from_numpy((factors - mean) / deviation).float(), READER_MINUTES)
    back = np.stack(list(attributes(pictures.held_out_labels).values()), axis=1)
    right = _r2(read(reader, pictures.held_out), (back - mean) / deviation)

    table = Table(
        f"Sliders of {generator.model.card.name}, from -2 to 2 on {_FACES} random faces",
        ["slider", "reader's R2", "rank correlation", "moves, deviations", "of that, most on another", "which"],
        notes=["Reader's R2: how much of the factor the network reads off held-out faces; no slider can seem better."],
    )
    for direction in directions.of(model):
        if direction.source != "label":
            continue
        own = names.index(direction.name)
        recipes = [
            Recipe(model=model, seed=seed, sliders={direction.name: float(v)})
            for seed in range(_FACES)
            for v in _VALUES
        ]
        drawn = torch.from_numpy(generator.draw(recipes)).permute(0, 3, 1, 2)
        seen = read(reader, drawn).reshape(_FACES, len(_VALUES), len(names))
        found = slider_effects(_VALUES, seen, own, np.ones(len(names)))
        into = names[found.leaks_into] if found.leaks_into is not None else None
        table.add(direction.name, right[own], found.correlation, found.own, f"{100 * found.leak:.0f} %", into)
    return table


def disentangled(bench: Bench, generator: Generator, pictures: PictureSet, names: list[str]) -> Table:
    """MIG and DCI of the latents of held-out faces, beside the beta-TCVAE."""
    held_out = pictures.held_out.permute(0, 2, 3, 1).numpy()
    truth = np.stack(list(attributes(pictures.held_out_labels).values()), axis=1)
    bench.say("beta-TCVAE")
    globe = generator.encode(held_out).globe
    vae = plain.as_large_as(3_500_000, generator.side, 16)
    plain.train(vae, pictures.pictures, PEER_MINUTES, correlation=5.0)
    with torch.no_grad():
        codes = torch.cat([vae.encode(part.float() / 255)[0] for part in pictures.held_out.split(64)]).numpy()
    named = [d for d in directions.of(generator.model.card.id) if d.source == "label"]
    ways = np.stack([d.numbers[: generator.globe] for d in named], axis=1)
    along = globe @ np.linalg.pinv(ways).T
    table = Table(
        f"Latents of {len(held_out)} held-out faces against their true factors",
        ["latents", "how many", "MIG", "DCI disentanglement", "completeness"],
        notes=[f"The beta-TCVAE has 16 latents, as many weights as ours, and {PEER_MINUTES:g} minutes of training."],
    )
    for name, values in (("z_g, number by number", globe), ("z_g, along the sliders", along), ("beta-TCVAE", codes)):
        told = dci(values, truth)
        table.add(name, str(values.shape[1]), mig(values, truth), told.disentanglement, told.completeness)
    return table


class Reader(nn.Module):
    """Factors [B, K] of faces [B, 3, 128, 128] in [0, 1]."""

    def __init__(self, count: int) -> None:
        super().__init__()
        widths = (48, 64, 96, 128, 128)
        ins = (48, *widths[:-1])
        self.layers = nn.ModuleList(
            nn.Conv2d(a, b, 3, stride=1 if n == 0 else 2, padding=1)
            for n, (a, b) in enumerate(zip(ins, widths, strict=True))
        )
        self.leave = nn.Sequential(nn.Linear(128 * 2 * 2, 256), nn.ReLU(), nn.Linear(256, count))

    def forward(self, pictures: Tensor) -> Tensor:
        x = F.pixel_unshuffle(pictures - 0.5, 4)
        for layer in self.layers:
            x = F.relu(layer(x))
        return self.leave(x.flatten(1))


def learn(reader: Reader, pictures: Tensor, wanted: Tensor, minutes: float) -> None:
    """Train on pictures [N, 3, 128, 128] uint8 and their standardised factors [N, K], for so long."""
    torch.manual_seed(0)
    adam = torch.optim.AdamW(reader.parameters(), 1e-3, weight_decay=1e-2)
    rng = np.random.default_rng(0)
    began, all_of_it = time.monotonic(), 60 * minutes
    while (spent := time.monotonic() - began) < all_of_it:
        for group in adam.param_groups:
            group["lr"] = 1e-3 * (1 - spent / all_of_it) + 1e-5
        picks = rng.integers(0, len(pictures), 64)
        x = pictures[picks].float() / 255
        # Samples are a little softer or noisier than the faces: that is nothing to read factors from.
        if rng.uniform() < 0.5:
            x = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
        x = x + 0.03 * float(rng.uniform()) * torch.randn_like(x)
        loss = F.mse_loss(reader(x), wanted[picks])
        adam.zero_grad()
        loss.backward()
        adam.step()
    reader.eval()


@torch.no_grad()
def read(reader: Reader, pictures: Tensor) -> np.ndarray:
    """Factors [N, K] of pictures [N, 3, 128, 128] uint8."""
    return torch.cat([reader(part.float() / 255) for part in pictures.split(64)]).numpy()


def _r2(seen: np.ndarray, truth: np.ndarray) -> np.ndarray:
    return 1 - ((seen - truth) ** 2).mean(0) / truth.var(0)

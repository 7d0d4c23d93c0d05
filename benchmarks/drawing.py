"""The generators: how well they draw pictures again, how good what they draw at random is, and how fast."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import measure, plain
from benchmarks.bench import Bench
from benchmarks.samples import score
from benchmarks.sets import REPOSITORY, Absent
from benchmarks.table import Table
from engine.generate import EASE, Generator, Latent
from engine.recipes import Recipe
from engine.training.pictures import PictureSet

#: The shipped generators: id, training set, side in pixels.
MODELS = (("cartoon-faces", "faces.zip", 128), ("fruit", "fruit.zip", 96), ("digits", "digits", 32))
#: Minutes of training for each peer of `digits` and for ours beside it.
MINUTES = 3.0
#: Samples for each row, at most: as many as there are held-out pictures.
_SAMPLES = 350
#: Components of the Gaussian mixture, chosen by the held-out likelihood.
_MIXTURES = (8, 16, 32)


@dataclass
class Subject:
    """One generator and its pictures, [N, side, side, 3] uint8."""

    generator: Generator
    training: np.ndarray
    held_out: np.ndarray
    unseen: np.ndarray


def subjects(bench: Bench) -> Iterable[Subject]:
    """The generators whose model and pictures are here. Raises `Absent` if there is none."""
    found = False
    for model, data, side in MODELS:
        source = bench.sets.shared / "data" / data
        if source.exists() and (REPOSITORY / "models" / model / "model.json").is_file():
            found = True
            yield subject(model, source, side, bench.threads)
    if not found:
        raise Absent("there is no generator with its pictures here")


def subject(model: str, source: Path, side: int, threads: int) -> Subject:
    pictures = PictureSet.load(source, side)
    parts = (pictures.pictures, pictures.held_out, pictures.unseen)
    arrays = [p.permute(0, 2, 3, 1).numpy() if len(p) else np.zeros((0, side, side, 3), np.uint8) for p in parts]
    return Subject(Generator(model, "cpu", threads), *arrays)


def tables(bench: Bench) -> Iterable[Table]:
    every = list(subjects(bench))
    yield redrawn(bench, every)
    for one in every:
        yield sampled(bench, one)
    yield speed(bench, every)
    digits = [one for one in every if one.generator.model.card.id == "digits"]
    if digits:
        yield same_budget(bench, digits[0])


# -- drawn again -------------------------------------------------------------------------------------


def redrawn(bench: Bench, every: list[Subject]) -> Table:
    """Held-out pictures encoded and decoded."""
    table = Table("Held-out pictures drawn again", ["pictures", "PSNR dB", "SSIM", "from z_g alone, dB"])
    for one in every:
        bench.say(one.generator.model.card.name)
        for words, pictures in (("held out", one.held_out), ("unseen kinds", one.unseen)):
            if len(pictures):
                pictures = pictures[:: max(1, len(pictures) // 400)][: bench.sets.first]
                whole, alone = again(one.generator, pictures)
                name = f"{one.generator.model.card.name}, {words} ({len(pictures)})"
                table.add(name, _psnr(whole, pictures), _ssim(whole, pictures), _psnr(alone, pictures))
    return table


def again(generator: Generator, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pictures from both latents, and from z_g with the most expected details."""
    parts = []
    for start in range(0, len(pictures), 32):
        latent = generator.encode(pictures[start : start + 32])
        expected = Latent(latent.globe, np.zeros_like(latent.deviation))
        parts.append((generator.decode(latent), generator.decode(expected)))
    whole, alone = zip(*parts, strict=True)
    return np.concatenate(whole), np.concatenate(alone)


def _psnr(drawn: np.ndarray, pictures: np.ndarray) -> float:
    return float(np.mean([measure.psnr(a, b) for a, b in zip(drawn, pictures, strict=True)]))


def _ssim(drawn: np.ndarray, pictures: np.ndarray) -> float:
    return float(np.mean([measure.ssim(a, b) for a, b in zip(drawn, pictures, strict=True)]))


# -- drawn at random ---------------------------------------------------------------------------------


def sampled(bench: Bench, one: Subject) -> Table:
    """Samples of several priors through one decoder, against held-out pictures."""
    generator, card = one.generator, one.generator.model.card
    count = min(_SAMPLES, len(one.held_out), bench.sets.first or _SAMPLES)
    table = Table(
        f"Samples of {card.name} ({count} a row)",
        ["prior of z_g", "sliced Wasserstein", "C2ST", "coverage", "memorised"],
        notes=[
            "C2ST: how often a classifier tells samples from held-out pictures; 0.50 is best.",
            "Memorised: share nearer to a training picture than they should be.",
        ],
    )
    seen = np.concatenate([generator.encode(part).globe for part in np.array_split(one.training, 64)])
    rng = np.random.default_rng(1)
    noise = rng.standard_normal((count, generator.globe)).astype(np.float32)
    detail = EASE * rng.standard_normal((count, *generator.encode(one.training[:1]).deviation.shape[1:]))
    priors: dict[str, Callable[[], np.ndarray]] = {
        "N(0, I)": lambda: noise,
        "Gaussian mixture": lambda: mixture(seen, count),
        "flow, 1 step": lambda: generator.carry(noise, 1),
        "flow, 2 steps": lambda: generator.carry(noise, 2),
        "flow, 4 steps": lambda: generator.carry(noise, 4),
    }
    training, held_out = one.training / np.float32(255), one.held_out / np.float32(255)
    for name, prior in priors.items():
        bench.say(f"{card.name}: {name}")
        globe = prior().astype(np.float32)
        latent = Latent(globe, detail.astype(np.float32))
        drawn = np.concatenate([generator.decode(latent[n : n + 32]) for n in range(0, count, 32)])
        found = score(drawn / np.float32(255), held_out, training)
        table.add(name, found.sliced_wasserstein, found.c2st, found.coverage, found.memorised, digits=3)
    half = held_out[::2], held_out[1::2]
    real = score(half[0], half[1], training)
    table.add(
        "held-out pictures themselves", real.sliced_wasserstein, real.c2st, real.coverage, real.memorised, digits=3
    )
    return table


def mixture(latents: np.ndarray, count: int) -> np.ndarray:
    """Samples [count, G] of the Gaussian mixture, of several sizes, that fits latents held back from it best."""
    from sklearn.mixture import GaussianMixture  # pyright: ignore[reportMissingImports]

    fitted, kept = latents[::2], latents[1::2]
    tried = [GaussianMixture(n, covariance_type="full", reg_covar=1e-3, random_state=0).fit(fitted) for n in _MIXTURES]
    return max(tried, key=lambda one: one.score(kept)).sample(count)[0]


# -- fast --------------------------------------------------------------------------------------------


def speed(bench: Bench, every: list[Subject]) -> Table:
    """Milliseconds, the middle of many runs, after one to warm up."""
    table = Table(
        f"Drawing on {bench.threads} threads",
        ["model", "a slider's picture, ms", "16 pictures, ms", "encode, ms", "weights, MB"],
    )
    for one in every:
        generator = one.generator
        card = generator.model.card
        recipes = [Recipe(model=card.id, seed=seed) for seed in range(16)]
        size = (generator.model.folder / "weights.safetensors").stat().st_size / 1e6
        table.add(
            card.name,
            _milliseconds(lambda g=generator, r=recipes: g.draw(r[:1])),
            _milliseconds(lambda g=generator, r=recipes: g.draw(r)),
            _milliseconds(lambda g=generator, o=one: g.encode(o.held_out[:1])),
            size,
            digits=1,
        )
    return table


def _milliseconds(work: Callable[[], object], runs: int = 20) -> float:
    work()
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return 1000 * float(np.median(taken))


# -- the same budget ---------------------------------------------------------------------------------


def same_budget(bench: Bench, one: Subject) -> Table:
    """Ours, a plain VAE and pythae's, each trained here for `MINUTES` minutes on the same digits."""
    import torch

    from benchmarks.pythae_vae import PythaeVAE
    from engine.nets.twolevel import TwoLevel, TwoLevelConfig
    from engine.training.generate import DrawLoss
    from engine.training.loop import Schedule, Trainer, averaged

    torch.set_num_threads(bench.threads)
    side = one.generator.side
    pictures = PictureSet.load(bench.sets.shared / "data" / "digits", side)
    table = Table(
        f"Digits: {MINUTES:g} minutes of training each, from nothing",
        ["VAE", "million weights", "held out, PSNR dB", "SSIM"],
    )

    import tempfile

    torch.manual_seed(0)
    ours = TwoLevel(TwoLevelConfig.of(side)).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    with tempfile.TemporaryDirectory() as folder:
        loss = DrawLoss(pictures, 0, torch.device("cpu"), mirror=False)
        trainer = Trainer(ours, loss, Schedule(minutes=MINUTES), Path(folder))
        bench.say("ours")
        trainer.run(say=lambda _: None)
        with averaged(ours, trainer.average), torch.no_grad():
            drawn = plain.to_pictures(torch.cat([ours(part / 255.0) for part in pictures.held_out.split(64)]))
    table.add("two-level VAE (ours)", plain.weights(ours) / 1e6, _psnr(drawn, one.held_out), _ssim(drawn, one.held_out))

    bench.say("plain VAE")
    peer = plain.as_large_as(plain.weights(ours), side, ours.config.globe)
    plain.train(peer, pictures.pictures, MINUTES)
    drawn = plain.redraw(peer, one.held_out)
    table.add(
        "plain convolutional VAE", plain.weights(peer) / 1e6, _psnr(drawn, one.held_out), _ssim(drawn, one.held_out)
    )

    bench.say("pythae's VAE")
    theirs = PythaeVAE(side, ours.config.globe)
    theirs.train(pictures.pictures, MINUTES)
    drawn = theirs.redraw(one.held_out)
    table.add("pythae's VAE", theirs.weights / 1e6, _psnr(drawn, one.held_out), _ssim(drawn, one.held_out))
    return table

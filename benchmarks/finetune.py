"""What a model learns of a folder: the three goals of ``latent-darkroom finetune``, each beside its base.

The command is run as the user runs it, for `MINUTES`; the pictures that are measured it never saw.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch
from PIL import Image
from scipy.ndimage import convolve1d  # pyright: ignore[reportMissingImports]
from sklearn.mixture import GaussianMixture  # pyright: ignore[reportMissingImports]

from benchmarks import measure
from benchmarks.bench import AUTOMATIC, Bench, given
from benchmarks.samples import score
from benchmarks.sets import REPOSITORY, Absent
from benchmarks.table import Table
from engine import lessons
from engine.generate import EASE, Generator, Latent
from engine.recipes import Recipe
from engine.restore import Restorer
from engine.scaled import read_scaled
from engine.squares import squared
from engine.training.generate import DrawLoss
from engine.training.loop import Schedule, Trainer
from engine.training.pictures import PictureSet

#: Minutes of each lesson.
MINUTES = float(os.environ.get("LATENT_DARKROOM_LESSON_MINUTES", "10"))
#: Pictures to draw, held back from all that learn; photos to restore; noisy ones.
_PICTURES, _BACK, _PHOTOS, _NOISY = 300, 50, 60, 30
#: Standard deviation of the noise of the series.
_SIGMA = 22.0


def tables(bench: Bench) -> Iterator[Table]:
    data = bench.sets.shared / "data"
    if not data.is_dir():
        raise Absent("the training sets are absent")
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        kinds = {
            "cartoon-faces to apples": ("cartoon-faces", data / "fruit.zip", "test/apple"),
            "fruit to cartoon faces": ("fruit", data / "faces.zip", ""),
        }
        for name, (base, source, kind) in kinds.items():
            yield _draw(bench, home, name, base, some_of(source, kind, _PICTURES))
        yield _restore(bench, home, some_of(data / "fruit.zip", "test/apple", _PHOTOS + _BACK))
        yield _clean(bench, home)


def some_of(source: Path, kind: str, count: int) -> list[tuple[str, bytes]]:
    """Name and file of pictures of one kind, at random."""
    with zipfile.ZipFile(source) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith(kind) and n.endswith((".jpg", ".webp")))
        random.Random(0).shuffle(names)
        return [(name.replace("/", "-"), archive.read(name)) for name in names[:count]]


def filled(folder: Path, pictures: list[tuple[str, bytes]]) -> Path:
    folder.mkdir(parents=True)
    for name, data in pictures:
        (folder / name).write_bytes(data)
    return folder


def lesson(home: Path, threads: int, *arguments: str) -> list[lessons.Said]:
    """Run the command and return what it says. Raises `RuntimeError` where it fails."""
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "OMP_NUM_THREADS": str(threads)}
    command = [sys.executable, "-m", "desktop", "finetune", *arguments, "--json"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return [msgspec.json.decode(line, type=lessons.Said) for line in done.stdout.splitlines()]


def learnt(home: Path, run: str) -> str:
    """The folder of a model that was learnt there."""
    return str(home / "latent-darkroom" / "models" / run)


# -- draw -------------------------------------------------------------------------------------------


def _draw(bench: Bench, home: Path, name: str, base: str, pictures: list[tuple[str, bytes]]) -> Table:
    run = base + "-tuned"
    folder = filled(home / name, pictures[_BACK:])
    bench.say(f"{name}, {MINUTES:g} minutes")
    said = lesson(
        home, bench.threads, str(folder), "--base", base, "--goal", "draw", "--name", run, "--minutes", f"{MINUTES:g}"
    )
    result = next(s for s in said if isinstance(s, lessons.Result))
    before, after = (Generator(model, "cpu", bench.threads) for model in (base, learnt(home, run)))
    side = after.side
    training, held_out = (
        np.stack([squared(np.array(Image.open(io.BytesIO(data)).convert("RGB")), side) for _, data in part])
        for part in (pictures[_BACK:], pictures[:_BACK])
    )
    bench.say(f"{name}, from nothing for as many steps")
    nothing = _from_nothing(training, held_out, side, result.steps)
    columns = ["", "redrawn, dB", "told from real, %", "memorised, %", "by chance, %"]
    table = Table(f"Draw: {name}, {len(training)} pictures, {result.minutes:.0f} minutes", columns)

    def add(row: str, redrawn: float | None, samples: np.ndarray | None) -> None:
        if samples is None:
            table.add(row, redrawn, None, None, None)
            return
        scores = score(samples / np.float32(255), held_out / np.float32(255), training / np.float32(255))
        memory = 100 * scores.memorised, 100 * scores.memorised_held_out
        table.add(row, redrawn, 100 * scores.c2st, *memory)

    count = max(len(held_out), 60)
    add("base", _redrawn(before, held_out), _drawn(before, base, count))
    add("from nothing, as many steps", nothing, None)
    mixture = _of_mixture(after, training, count)
    add("tuned, Gaussian mixture for a prior", None, mixture)
    add("tuned", _redrawn(after, held_out), _drawn(after, after.model.card.id, count))
    table.notes.append(f"{result.steps} steps, {len(held_out)} pictures that no lesson saw. 50 % told is a coin.")
    return table


def _redrawn(generator: Generator, pictures: np.ndarray) -> float:
    drawn = generator.decode(generator.encode(pictures))
    return float(np.mean([measure.psnr(d, p) for d, p in zip(drawn, pictures, strict=True)]))


def _drawn(generator: Generator, model: str, count: int) -> np.ndarray:
    return generator.draw([Recipe(model=model, seed=seed) for seed in range(count)])


def _of_mixture(generator: Generator, training: np.ndarray, count: int) -> np.ndarray:
    """Samples with a Gaussian mixture over z_g, of the number of components that held-out latents like best."""
    globe = generator.encode(training).globe
    back = np.arange(len(globe)) % 5 == 0
    fits = [
        GaussianMixture(k, covariance_type="diag", reg_covar=1e-3, random_state=0).fit(globe[~back])
        for k in (1, 2, 4, 8, 16)
    ]
    best = max(fits, key=lambda fit: fit.score(globe[back]))
    drawn = best.sample(count)[0].astype(np.float32)
    shape = (count, *generator.model.card.config["deviation"])
    noise = EASE * np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    return generator.decode(Latent(drawn, noise))


def _from_nothing(training: np.ndarray, held_out: np.ndarray, side: int, steps: int) -> float:
    """PSNR in dB of held-out pictures redrawn by the same network, trained on the folder alone."""
    from engine.nets.twolevel import TwoLevel, TwoLevelConfig
    from engine.training.finetune_draw import Drawing
    from engine.training.loop import averaged

    torch.manual_seed(0)
    learn, back = (torch.from_numpy(p).permute(0, 3, 1, 2).contiguous() for p in (training, held_out))
    vae = TwoLevel(TwoLevelConfig.of(side)).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    loss = DrawLoss(PictureSet(learn, [], back, []), 1, torch.device("cpu"), False, Drawing.batch)
    trainer = Trainer(vae, loss, Schedule(steps=steps, rate=Drawing.rate, warm_up=20, average=Drawing.average), None)
    trainer.run(say=lambda _: None)
    with averaged(vae, trainer.average), torch.no_grad():
        drawn = vae(back / 255.0).clamp(0, 1).mul(255).round().byte().permute(0, 2, 3, 1).numpy()
    return float(np.mean([measure.psnr(d, p) for d, p in zip(drawn, held_out, strict=True)]))


# -- restore ----------------------------------------------------------------------------------------


def _restore(bench: Bench, home: Path, pictures: list[tuple[str, bytes]]) -> Table:
    folder = filled(home / "photos", pictures[_BACK:])
    bench.say(f"photos of fruit, {MINUTES:g} minutes")
    arguments = "--base", bench.model, "--goal", "restore", "--name", "photos-tuned", "--minutes", f"{MINUTES:g}"
    said = lesson(home, bench.threads, str(folder), *arguments)
    result = next(s for s in said if isinstance(s, lessons.Result))
    table = Table(f"Restore: {_PHOTOS} photos of fruit, {result.minutes:.0f} minutes", ["dB", "base", "tuned", "gain"])
    models_of = [Restorer(m, "cpu", bench.threads) for m in (bench.model, learnt(home, "photos-tuned"))]
    own = [np.array(Image.open(io.BytesIO(data)).convert("RGB")) for _, data in pictures[:_BACK]]
    others = [p.pixels for p in bench.sets.pictures("CBSD68")]
    told = given(noise=25.0)
    _row(table, "that kind, sigma 25", models_of, own, _noisy, lambda m, x: m.restore(x, told).pixels)
    _row(table, "that kind, made old", models_of, own, _old, lambda m, x: m.restore(x, _NO_FADING).pixels)
    _row(table, "CBSD68, sigma 25", models_of, others, _noisy, lambda m, x: m.restore(x, told).pixels)
    table.notes.append(f"{result.steps} steps. 8-bit files; {len(own)} photos that no lesson saw.")
    return table


_NO_FADING = msgspec.structs.replace(AUTOMATIC, fading=False, scratches=False)


def _row(
    table: Table,
    name: str,
    models: list[Restorer],
    clean: list[np.ndarray],
    worse: Callable[[np.ndarray, int], np.ndarray],
    restore: Callable[[Restorer, np.ndarray], np.ndarray],
) -> None:
    scores = [np.mean([measure.psnr(restore(model, worse(x, i)), x) for i, x in enumerate(clean)]) for model in models]
    table.add(name, *(float(s) for s in scores), float(scores[1] - scores[0]), digits=3)


def _noisy(pixels: np.ndarray, number: int) -> np.ndarray:
    return measure.to_bytes(pixels / 255 + 25 / 255 * np.random.default_rng(number).standard_normal(pixels.shape))


def _old(pixels: np.ndarray, number: int) -> np.ndarray:
    from engine.training.data import generator_for
    from engine.training.degrade import degrade
    from engine.training.finetune_restore import OLD

    clean = torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255.0
    sample = degrade(clean, torch.zeros_like(clean[:, :1]), generator_for(5, number), OLD)
    return measure.to_bytes(sample.photo[0].permute(1, 2, 0).numpy())


# -- clean ------------------------------------------------------------------------------------------


def _clean(bench: Bench, home: Path) -> Table:
    clean = [p.pixels for p in bench.sets.pictures("CBSD68")][::2][:_NOISY]
    table = Table(f"Clean: {len(clean)} noisy photos and no clean one", ["dB", "noisy", "base", "tuned", "gain"])
    for kind, (along, across) in {"streaks of a scanner": (2.2, 0.45), "grain": (1.2, 1.2)}.items():
        rng = np.random.default_rng(5)
        noisy = [measure.to_bytes((x + _SIGMA * _shared(rng, x.shape, along, across)) / 255) for x in clean]
        folder = home / kind
        folder.mkdir()
        for number, pixels in enumerate(noisy):
            Image.fromarray(pixels).save(folder / f"{number:02}.png")
        run = kind.replace(" ", "-")
        bench.say(f"{kind}, {MINUTES:g} minutes")
        arguments = "--base", bench.model, "--goal", "denoise-noisy", "--name", run, "--minutes", f"{MINUTES:g}"
        lesson(home, bench.threads, str(folder), *arguments)
        restorers = [Restorer(m, "cpu", bench.threads) for m in (bench.model, learnt(home, run))]
        scores = [np.mean([measure.psnr(y, x) for y, x in zip(noisy, clean, strict=True)])]
        for model in restorers:
            results = [model.restore(read_scaled(p, 10**6).pixels, _NO_FADING).pixels for p in sorted(folder.iterdir())]
            scores.append(np.mean([measure.psnr(y, x) for y, x in zip(results, clean, strict=True)]))
        table.add(f"{kind}, sigma {_SIGMA:g}", *(float(s) for s in scores), float(scores[2] - scores[1]))
    table.notes.append("Both on Automatic. The series itself is measured: cleaning it is the goal.")
    return table


def _shared(rng: np.random.Generator, shape: tuple[int, ...], along: float, across: float) -> np.ndarray:
    """Noise of standard deviation 1 that neighbours share along the rows and across them."""
    noise = rng.standard_normal(shape)
    for axis, width in ((1, along), (0, across)):
        place = np.arange(-8, 9)
        kernel = np.exp(-0.5 * (place / width) ** 2)
        noise = convolve1d(noise, kernel, axis, mode="wrap")
    return noise / noise.std()

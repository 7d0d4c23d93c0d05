"""How a lesson runs: killed and resumed, its speed beside a plain loop, its estimate, and what the sliders feel."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch
from PIL import Image
from safetensors.numpy import load_file
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from benchmarks.bench import Bench
from benchmarks.finetune import filled, learnt, lesson, some_of
from benchmarks.sets import REPOSITORY, Absent
from benchmarks.table import Table
from engine import catalog, lessons
from engine.generate import Generator
from engine.nets.twolevel import TwoLevel, TwoLevelConfig, rates
from engine.recipes import Recipe
from engine.training.finetune_draw import Drawing

#: Steps of the lesson that is killed, and how often.
_STEPS, _KILLS = 150, 10
#: Seconds of the plain loop, and drawings whose time is taken.
_SECONDS, _DRAWN = 60.0, 40
_SIDE = 128


def tables(bench: Bench) -> Iterator[Table]:
    source = bench.sets.shared / "data" / "fruit.zip"
    if not source.exists():
        raise Absent("fruit.zip is absent")
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        folder = filled(home / "apples", some_of(source, "test/apple", 300))
        large = home / "large"
        large.mkdir()
        for number, path in enumerate(sorted(folder.iterdir())[:60]):  # as cameras make them
            Image.open(path).resize((4000, 3000)).save(large / f"{number:02}.jpg", quality=92)
        yield _killed(bench, home, folder)
        yield _speed(bench, home, {"300 pictures of 100 pixels": folder, "60 photos of 12 megapixels": large})
        yield _felt(bench, home, folder)


def _killed(bench: Bench, home: Path, folder: Path) -> Table:
    """Ten kills at random moments against none."""
    arguments = str(folder), "--base", "digits", "--goal", "draw", "--steps", str(_STEPS)
    bench.say("a lesson without a kill")
    began = time.perf_counter()
    lesson(home, bench.threads, *arguments, "--name", "whole")
    whole = time.perf_counter() - began
    chance, kills, now = random.Random(3), 0, (*arguments, "--name", "broken")
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "OMP_NUM_THREADS": str(bench.threads)}
    while kills < _KILLS:
        command = [sys.executable, "-m", "desktop", "finetune", *now, "--json"]
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL)
        try:
            process.wait(whole * chance.uniform(0.1, 0.22))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        if (home / "latent-darkroom" / "lessons" / "broken" / "plan.json").exists():
            now = ("--name", "broken", "--resume")
        bench.say(f"killed {kills} times")
    if not Path(learnt(home, "broken")).exists():
        lesson(home, bench.threads, *now)
    one, other = (load_file(Path(learnt(home, run)) / catalog.WEIGHTS) for run in ("whole", "broken"))
    worst = max(float(np.abs(one[name] - other[name]).max()) for name in one)
    table = Table("Killed with SIGKILL and resumed", ["", "kills", "largest difference of a weight"])
    table.add(f"digits to apples, {_STEPS} steps", str(kills), f"{worst:g}")
    return table


# -- speed ------------------------------------------------------------------------------------------


class _Plain(Dataset[Tensor]):
    """The usual data set: each file is opened, decoded and scaled whenever it is wanted."""

    def __init__(self, folder: Path) -> None:
        self.paths = sorted(folder.iterdir())

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, place: int) -> Tensor:
        image = Image.open(self.paths[place]).convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
        return torch.from_numpy(np.array(image)).permute(2, 0, 1) / 255.0


def _plain(folder: Path) -> float:
    """Pictures a second of a plain loop: the same network and bound, Adam, a data loader with a worker."""
    vae = TwoLevel(TwoLevelConfig.of(_SIDE))
    optimiser, done = torch.optim.AdamW(vae.parameters(), 1e-3), 0
    loader = DataLoader(_Plain(folder), Drawing.batch, shuffle=True, num_workers=1, drop_last=True)
    began = time.perf_counter()
    while time.perf_counter() - began < _SECONDS:
        for pictures in loader:
            seen = vae.encode(pictures, torch.randn(len(pictures), vae.config.globe))
            above, _ = vae.expected(seen.globe.mean)
            detail = seen.detail.sample(torch.randn_like(seen.detail.mean))
            drawn = vae.finish(seen.globe.sample(torch.randn_like(seen.globe.mean)), detail, above)
            nats = sum(rates(seen), start=torch.zeros(()))
            loss = (
                0.5 * torch.log((drawn - pictures).square().mean((1, 2, 3))).mean() + nats.mean() / pictures[0].numel()
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += len(pictures)
            if time.perf_counter() - began > _SECONDS:
                break
    return done / (time.perf_counter() - began)


def _speed(bench: Bench, home: Path, folders: dict[str, Path]) -> Table:
    columns = ["", "plain loop, pictures/s", "ours", "times", "estimated, min", "took, min"]
    table = Table("Speed of a lesson, and its estimate", columns)
    torch.set_num_threads(bench.threads)
    for number, (name, folder) in enumerate(folders.items()):
        bench.say(name)
        plain = _plain(folder)
        arguments = str(folder), "--base", "cartoon-faces", "--goal", "draw"
        tried = lesson(home, bench.threads, *arguments, "--trial")[-1]
        assert isinstance(tried, lessons.Estimated)
        quick = tried.offers[0]
        began = time.perf_counter()
        said = lesson(home, bench.threads, *arguments, "--name", f"speed-{number}", "--steps", str(quick.steps))
        took = (time.perf_counter() - began) / 60
        ours = float(np.median([s.speed for s in said if isinstance(s, lessons.Learning)]))
        table.add(name, plain, ours, ours / plain, quick.minutes, took)
    return table


# -- sliders ----------------------------------------------------------------------------------------


def _felt(bench: Bench, home: Path, folder: Path) -> Table:
    """The time of one drawing, as a slider asks for it, with and without a lesson beside it."""
    generator = Generator("cartoon-faces", "cpu", bench.threads)

    def drawn() -> np.ndarray:
        times = []
        for seed in range(_DRAWN):
            began = time.perf_counter()
            generator.draw([Recipe(model="cartoon-faces", seed=seed)])
            times.append(1000 * (time.perf_counter() - began))
            time.sleep(0.1)
        return np.quantile(times, (0.5, 0.95))

    alone = drawn()
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "OMP_NUM_THREADS": str(bench.threads)}
    arguments = [str(folder), "--base", "cartoon-faces", "--goal", "draw", "--name", "beside", "--steps", "5000"]
    command = [sys.executable, "-m", "desktop", "finetune", *arguments, "--json"]
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        if isinstance(msgspec.json.decode(line, type=lessons.Lesson), lessons.Learning):
            break
    beside = drawn()
    process.kill()
    process.communicate()
    table = Table("A slider's picture while a lesson goes on", ["ms", "median", "95 %"])
    table.add("alone", *map(float, alone), digits=1)
    table.add("beside a lesson", *map(float, beside), digits=1)
    return table

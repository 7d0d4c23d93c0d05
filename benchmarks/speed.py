"""Seconds per megapixel beside FFDNet in the same runtime, and what a fresh engine process takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.bench import Bench, given
from benchmarks.harm import add_noise
from benchmarks.sets import REPOSITORY
from benchmarks.table import Table

NOISE = 25
#: Megapixels, and how often they are done.
SIZES = {1: 5, 2: 3, 12: 2}
MEMORY_MEGAPIXELS = 24
STARTS = 5


def tables(bench: Bench) -> Iterator[Table]:
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")[:12]]
    yield _speed(bench, clean)
    if bench.ours:
        yield _fresh(bench, clean)


def _speed(bench: Bench, clean: list[np.ndarray]) -> Table:
    methods: dict[str, Callable[[np.ndarray], object]] = {}
    if bench.ours:
        methods["**ours**, level given"] = lambda x: bench.restore(x, given(noise=NOISE))
        methods["**ours**, Automatic"] = lambda x: bench.restore(x)
    if bench.fast:
        methods["**ours**, fast, level given"] = lambda x: bench.restore(x, given(noise=NOISE, quality="fast"))
    if (ffdnet := bench.ffdnet) is not None:
        methods["FFDNet"] = lambda x: ffdnet(x, NOISE)

    for method in methods.values():  # the first run of a session plans its memory
        method(mosaic(clean, 0.25))
    seconds: dict[str, list[float]] = {name: [] for name in methods}
    for megapixels, repeats in SIZES.items():
        photo = add_noise(mosaic(clean, megapixels), NOISE, clip=True)
        runs: dict[str, list[float]] = {name: [] for name in methods}
        for number in range(repeats):  # in turns, so that a busy minute hits them all
            bench.say(f"{megapixels} megapixels, run {number + 1} of {repeats}")
            for name, method in methods.items():
                start = time.perf_counter()
                method(photo)
                runs[name].append((time.perf_counter() - start) / (photo.shape[0] * photo.shape[1] / 1e6))
        for name, values in runs.items():
            seconds[name].append(median(values))

    columns = ["", *(f"{m} MP" for m in SIZES)]
    table = Table(f"Seconds per megapixel on the CPU, {bench.threads} threads", columns)
    for name, values in seconds.items():
        table.add(name, *values)
    for name, values in seconds.items():
        if "FFDNet" in seconds and name != "FFDNet":
            table.add(f"{name}, FFDNet is 1", *(a / b for a, b in zip(values, seconds["FFDNet"], strict=True)))
    table.notes = [
        "Both in ONNX Runtime, done in turns, medians; from 8-bit pixels to 8-bit pixels. "
        "FFDNet in tiles of 2048 pixels with a halo of 24.",
        *bench.left_out,
    ]
    return table


def _fresh(bench: Bench, clean: list[np.ndarray]) -> Table:
    bench.say("fresh processes")
    starts = [_process(bench) for _ in range(STARTS)]
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.npy"
        np.save(photo, mosaic(clean, MEMORY_MEGAPIXELS))
        bench.say(f"{MEMORY_MEGAPIXELS} megapixels in a fresh process")
        large = _process(bench, str(photo))

    table = Table("A fresh engine process, torch barred", ["", "value"])
    for name, key in (
        ("import engine", "engine"),
        ("import engine.restore", "restore"),
        ("load the model and restore 64 x 64 pixels", "first"),
    ):
        table.add(f"{name}, seconds", median(start[key] for start in starts))
    table.add("memory when loaded, MB", median(start["peak_bytes"] for start in starts) / 1e6, digits=0)
    table.add(f"peak memory, {MEMORY_MEGAPIXELS} megapixels, MB", large["peak_bytes"] / 1e6, digits=0)
    table.add(f"{MEMORY_MEGAPIXELS} megapixels, seconds", large["photo"], digits=1)
    table.notes = [f"Times are medians of {STARTS} starts."]
    return table


def _process(bench: Bench, *photo: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.fresh", bench.model, str(bench.threads), *photo]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"A fresh engine process failed: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout.splitlines()[-1])


def mosaic(photos: list[np.ndarray], megapixels: float) -> np.ndarray:
    """Photos side by side and repeated until they fill a 3:2 picture of ``megapixels``, [H, W, 3] uint8."""
    h = round((megapixels * 1e6 / 1.5) ** 0.5)
    w = round(megapixels * 1e6 / h)
    short = min(min(photo.shape[:2]) for photo in photos)
    strip = np.concatenate([photo[:short, :short] for photo in photos], axis=1)
    return np.tile(strip, (-(-h // strip.shape[0]), -(-w // strip.shape[1]), 1))[:h, :w]

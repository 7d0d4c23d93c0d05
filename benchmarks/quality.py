"""What the quality settings give and take, beside FFDNet: CBSD68 with noise and without."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import get_args

import numpy as np

from benchmarks.bench import Bench, given
from benchmarks.harm import add_noise
from benchmarks.measure import psnr
from benchmarks.table import Table
from engine.jobs import Quality

LEVELS = (15, 25, 50)


def tables(bench: Bench) -> Iterator[Table]:
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    bench.required()
    methods: dict[str, Callable[[np.ndarray, float], np.ndarray]] = {}
    for quality in get_args(Quality):
        if quality != "fast" or bench.fast:
            methods[f"**ours**, {quality}"] = lambda x, level, quality=quality: bench.restore(
                x, given(noise=float(level), quality=quality)
            )
    if bench.ffdnet:
        methods["FFDNet"] = bench.ffdnet

    columns = [*(f"noise {level}" for level in LEVELS), "clean", "the worst of these", "seconds per megapixel"]
    table = Table(f"Quality settings: {len(clean)} photos of CBSD68, level given, PSNR in dB", ["", *columns])
    for name, method in methods.items():
        bench.say(name)
        method(clean[0], LEVELS[0])  # the first run of a session plans its memory
        began = time.perf_counter()
        noisy = [_scores(method, clean, level) for level in LEVELS]
        seconds = time.perf_counter() - began
        megapixels = sum(photo.shape[0] * photo.shape[1] for photo in clean) * len(LEVELS) / 1e6
        untouched = _scores(method, clean, 0)
        table.add(name, *(float(np.mean(s)) for s in (*noisy, untouched)), min(untouched), seconds / megapixels)
    table.notes = ["clean: photos without noise, told so.", *bench.left_out]
    yield table


def _scores(method: Callable[[np.ndarray, float], np.ndarray], clean: list[np.ndarray], level: int) -> list[float]:
    """PSNR of each photo."""
    return [psnr(method(add_noise(pixels, level, clip=True), level), pixels) for pixels in clean]

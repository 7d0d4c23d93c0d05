"""White Gaussian noise on CBSD68 in colour, as 8-bit files and unclipped as in published tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.bench import Bench, given
from benchmarks.harm import add_noise
from benchmarks.measure import psnr, ssim
from benchmarks.peers import each, non_local_means, total_variation, tuned
from benchmarks.table import Table

LEVELS = (15, 25, 50)
#: As printed in the papers and in the tables of FFDNet and SCUNet; all unclipped.
PUBLISHED = {
    "CBM3D": (33.52, 30.71, 27.38),
    "DnCNN": (33.90, 31.24, 27.95),
    "FFDNet": (33.87, 31.21, 27.96),
    "DRUNet": (34.30, 31.69, 28.51),
}

#: Noisy pixels and their noise level to restored pixels.
Method = Callable[[np.ndarray, float], np.ndarray]


def tables(bench: Bench) -> Iterator[Table]:
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    columns = [*(f"file, {s}" for s in LEVELS), f"SSIM, {LEVELS[1]}", *(f"unclipped, {s}" for s in LEVELS)]
    table = Table(f"Noise: CBSD68 in colour ({len(clean)} photos), PSNR in dB by noise level", ["", *columns])

    untouched = [scores(lambda x, _: x, clean, clip) for clip in (True, False)]
    table.add("the noisy photo", *_cells(*untouched))
    for name, method in _networks(bench).items():
        bench.say(name)
        table.add(name, *_cells(*(scores(method, clean, clip) for clip in (True, False))))
    for name, method, grid in (
        ("OpenCV non-local means", non_local_means, lambda s: (0.5 * s, 0.6 * s, 0.7 * s)),
        ("scikit-image total variation", total_variation, lambda s: (60 / s, 150 / s, 300 / s, 450 / s)),
    ):
        bench.say(name)
        table.add(name, *_cells(_classical(bench, method, grid, clean)))
    for name, numbers in PUBLISHED.items():
        table.add(f"{name} (published)", *[None] * 4, *numbers)

    table.notes = [
        "file: noise rounded and clipped to 8 bits, as a photo on disk is; unclipped: floating point, as published.",
        "Non-local means and total variation take 8-bit files; their strength is the best of a few for each level.",
        *bench.left_out,
    ]
    yield table


def _networks(bench: Bench) -> dict[str, Method]:
    methods: dict[str, Method] = {}
    if bench.ours:
        methods["**ours**, level given"] = lambda x, sigma: bench.restore(x, given(noise=float(sigma)))
        methods["**ours**, Automatic"] = lambda x, _: bench.restore(x)
    if bench.fast:
        methods["**ours**, fast, level given"] = lambda x, sigma: bench.restore(
            x, given(noise=float(sigma), quality="fast")
        )
    if bench.ffdnet:
        methods["FFDNet, level given"] = bench.ffdnet
    return methods


def scores(method: Method, clean: list[np.ndarray], clip: bool) -> list[float]:
    """Mean PSNR at each level, then the mean SSIM at the middle one."""
    decibels, similarity = [], 0.0
    for sigma in LEVELS:
        results = [method(add_noise(pixels, sigma, clip=clip), sigma) for pixels in clean]
        decibels.append(_mean(psnr, results, clean))
        if clip and sigma == LEVELS[1]:
            similarity = _mean(ssim, results, clean)
    return [*decibels, similarity]


def _classical(
    bench: Bench, method: Method, grid: Callable[[float], tuple[float, ...]], clean: list[np.ndarray]
) -> list[float]:
    decibels, similarity = [], 0.0
    for sigma in LEVELS:
        noisy = [add_noise(pixels, sigma, clip=True) for pixels in clean]
        best = tuned(method, grid(sigma), noisy, clean)
        results = each(lambda x, best=best: method(x, best), noisy, bench.threads)
        decibels.append(_mean(psnr, results, clean))
        if sigma == LEVELS[1]:
            similarity = _mean(ssim, results, clean)
    return [*decibels, similarity]


def _mean(measure: Callable[[np.ndarray, np.ndarray], float], results: list[np.ndarray], clean: list[np.ndarray]):
    return float(np.mean([measure(x, y) for x, y in zip(results, clean, strict=True)]))


def _cells(files: list[float], unclipped: list[float] | None = None) -> list[float | str | None]:
    *decibels, similarity = files
    return [*decibels, f"{similarity:.3f}", *(unclipped[:-1] if unclipped else [None] * len(LEVELS))]

"""A soft lens: Gaussian blur with a trace of noise on CBSD68, against deconvolution with the true kernel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.bench import Bench, given
from benchmarks.harm import add_noise, blur, gaussian_kernel
from benchmarks.measure import psnr, ssim
from benchmarks.peers import each, richardson_lucy, tuned, unsupervised_wiener
from benchmarks.table import Table

RADIUS = 1.6
NOISE = 2
ITERATIONS = (20, 40, 60)


def tables(bench: Bench) -> Iterator[Table]:
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    soft = [add_noise(blur(pixels, RADIUS), NOISE, clip=True) for pixels in clean]
    title = f"Blur: CBSD68 in colour ({len(clean)} photos), Gaussian of {RADIUS} pixels, then noise of {NOISE}"
    table = Table(title, ["", "PSNR in dB", "SSIM"])

    def add(name: str, results: list[np.ndarray]) -> None:
        decibels = np.mean([psnr(x, y) for x, y in zip(results, clean, strict=True)])
        similarity = np.mean([ssim(x, y) for x, y in zip(results, clean, strict=True)])
        table.add(name, float(decibels), f"{similarity:.3f}")

    add("the file", soft)
    if bench.ours:
        bench.say("ours")
        told = given(noise=NOISE, blur=RADIUS)
        add("**ours**, blur given", [bench.restore(x, told) for x in soft])
        add("**ours**, Automatic", [bench.restore(x) for x in soft])
    kernel = gaussian_kernel(RADIUS)
    bench.say("Richardson-Lucy")
    best = tuned(lambda x, iterations: richardson_lucy(x, kernel, iterations), ITERATIONS, soft, clean)
    add(
        f"Richardson-Lucy, {best} iterations, true kernel",
        each(lambda x: richardson_lucy(x, kernel, best), soft, bench.threads),
    )
    bench.say("unsupervised Wiener")
    add(
        "unsupervised Wiener, true kernel",
        each(lambda x: unsupervised_wiener(x, kernel), soft, bench.threads),
    )
    table.notes = [
        "8-bit files. Richardson-Lucy and unsupervised Wiener are scikit-image's.",
        *bench.left_out,
    ]
    yield table

"""Film damage that no training saw, and clean photos, which must come back unharmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.bench import Bench, given
from benchmarks.harm import scratch
from benchmarks.measure import colour_difference, psnr
from benchmarks.peers import telea
from benchmarks.table import Table

SIDE = 320  # CBSD68 is 321 pixels wide or high, the masks are 400 x 400
THRESHOLDS = (0.05, 0.1, 0.2, 0.3)
SEED = 2026
UNHARMED = 45.0  # dB

#: Damaged pixels and the true mask to restored pixels.
Method = Callable[[np.ndarray, np.ndarray], np.ndarray]


def tables(bench: Bench) -> Iterator[Table]:
    yield _damaged(bench)
    if bench.ours:
        yield _clean(bench)


def _damaged(bench: Bench) -> Table:
    photos = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    masks = [middle(mask) for mask in bench.sets.damage()]
    clean = [middle(photo) for photo in photos[: len(masks)]]
    masks = masks[: len(clean)]
    harmed = [
        scratch(x, m, np.random.default_rng([SEED, i])) for i, (x, m) in enumerate(zip(clean, masks, strict=True))
    ]

    def score(method: Method) -> tuple[float, float]:
        whole, hit = [], []
        for dirty, right, mask in zip(harmed, clean, masks, strict=True):
            result = method(dirty, mask)
            whole.append(psnr(result, right))
            hit.append(psnr(result[mask > 0.1], right[mask > 0.1]))
        return float(np.mean(whole)), float(np.mean(hit))

    title = f"Scratches and dirt: held-back film damage on {len(clean)} photos of CBSD68, PSNR in dB"
    table = Table(title, ["", "whole photo", "where damaged"])
    table.add("the damaged photo", *score(lambda x, _: x))
    if bench.ours:
        bench.say("ours")
        told = given(scratches=True)
        table.add("**ours**, told that there is damage, not where", *score(lambda x, _: bench.restore(x, told)))
        table.add("**ours**, Automatic", *score(lambda x, _: bench.restore(x)))
    bench.say("Telea")
    best = max(score(lambda x, m, t=t: telea(x, m, t)) for t in THRESHOLDS)
    table.add("OpenCV inpainting (Telea), told the true mask", *best)
    table.notes = [
        "Damage of 0.7 to 1 opacity, light or dark, on the middle of each photo; Telea with the best of "
        f"{len(THRESHOLDS)} thresholds of its mask, radius 3.",
        *bench.left_out,
    ]
    return table


def _clean(bench: Bench) -> Table:
    bench.say("clean photos")
    photos = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    results = [bench.restore(photo) for photo in photos]
    decibels = np.array([psnr(x, y) for x, y in zip(results, photos, strict=True)])
    shift = np.array([colour_difference(x, y) for x, y in zip(results, photos, strict=True)])

    table = Table(f"Clean photos through Automatic: CBSD68 ({len(photos)} photos)", ["", "middle photo", "worst photo"])
    table.add("PSNR to the photo as it came, dB", float(np.median(decibels)), float(decibels.min()))
    table.add("colour difference (CIEDE2000)", float(np.median(shift)), float(shift.max()))
    table.notes = [f"{int((decibels >= UNHARMED).sum())} of {len(photos)} photos stay within {UNHARMED:.0f} dB."]
    return table


def middle(pixels: np.ndarray) -> np.ndarray:
    """The square of SIDE pixels in the middle of [H, W, ...]."""
    top, left = ((length - SIDE) // 2 for length in pixels.shape[:2])
    return pixels[top : top + SIDE, left : left + SIDE]

"""Film damage that no training saw, clean photos, which must come back unharmed, and all that befalls old photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.bench import Bench, given
from benchmarks.harm import scratch
from benchmarks.measure import clipped, colour_difference, match_tones, psnr, ssim
from benchmarks.oldphoto import SEED as OLD_SEED
from benchmarks.oldphoto import age
from benchmarks.peers import non_local_means, telea, tuned
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
    yield _old(bench)


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


def _old(bench: Bench) -> Table:
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    masks = bench.sets.damage()
    old = [age(photo, masks[7 * i % len(masks)], i) for i, photo in enumerate(clean)]
    columns = ["", "PSNR", "PSNR, tones matched", "SSIM", "clipped"]
    table = Table(f"Old-photo mix: CBSD68 in colour ({len(clean)} photos), dB", columns)

    def add(name: str, results: list[np.ndarray]) -> None:
        pairs = list(zip(results, clean, strict=True))
        decibels = np.mean([psnr(x, y) for x, y in pairs])
        texture = np.mean([psnr(match_tones(x, y), y) for x, y in pairs])
        similarity = np.mean([ssim(x, y) for x, y in pairs])
        table.add(name, float(decibels), float(texture), f"{similarity:.3f}", f"{clipped(results):.1%}")

    add("the old photo", old)
    if bench.ours:
        bench.say("ours")
        add("**ours**, Automatic", [bench.restore(x) for x in old])
    if bench.ffdnet:
        bench.say("FFDNet")
        level = tuned(bench.ffdnet, (5, 10, 15, 25, 35), old, clean)
        add(f"FFDNet, best level ({level})", [bench.ffdnet(x, level) for x in old])
    bench.say("non-local means")
    h = tuned(non_local_means, (2, 4, 6, 9, 13), old, clean)
    add(f"OpenCV non-local means, best strength ({h})", [non_local_means(x, h) for x in old])
    table.notes = [
        f"Blur, grain, fading, held-back scratches, JPEG quality 40 to 85; seed {OLD_SEED}. "
        "Tones matched: after the gain and offset of each colour that suit the result best, so that fading "
        f"counts little. Clipped: share of values at 0 or 255; {clipped(clean):.1%} before the photos aged.",
        *bench.left_out,
    ]
    return table


def middle(pixels: np.ndarray) -> np.ndarray:
    """The square of SIDE pixels in the middle of [H, W, ...]."""
    top, left = ((length - SIDE) // 2 for length in pixels.shape[:2])
    return pixels[top : top + SIDE, left : left + SIDE]

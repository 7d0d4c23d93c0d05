"""All that befalls old photos at once, and grey and sepia ones: is colour invented, are tones clipped?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.aging import SEED, age
from benchmarks.bench import Bench
from benchmarks.measure import clipped, match_tones, psnr, ssim
from benchmarks.peers import non_local_means, tuned
from benchmarks.sets import Absent
from benchmarks.table import Table
from engine.jobs import RestoreSettings
from engine.tones import LUMA


def tables(bench: Bench) -> Iterator[Table]:
    yield _mix(bench)
    if bench.ours:
        yield _monochrome(bench)


def _mix(bench: Bench) -> Table:
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    old = _aged(bench, clean)
    columns = ["", "PSNR", "PSNR, tones matched", "SSIM", "clipped"]
    table = Table(f"Old-photo mix: CBSD68 in colour ({len(clean)} photos), dB", columns)

    def add(name: str, results: list[np.ndarray]) -> float:
        pairs = list(zip(results, clean, strict=True))
        decibels = np.mean([psnr(x, y) for x, y in pairs])
        texture = np.mean([psnr(match_tones(x, y), y) for x, y in pairs])
        similarity = np.mean([ssim(x, y) for x, y in pairs])
        table.add(name, float(decibels), float(texture), f"{similarity:.3f}", f"{clipped(results):.1%}")
        return float(decibels)

    best = add("the old photo", old)
    ours = None
    if bench.ours:
        bench.say("ours")
        ours = add("**ours**, Automatic", [bench.restore(x) for x in old])
        add("**ours**, told that it has faded", [bench.restore(x, RestoreSettings(fading=True)) for x in old])
    if bench.ffdnet:
        bench.say("FFDNet")
        level = tuned(bench.ffdnet, (5, 10, 15, 25, 35), old, clean)
        best = max(best, add(f"FFDNet, best level ({level})", [bench.ffdnet(x, level) for x in old]))
    bench.say("non-local means")
    h = tuned(non_local_means, (2, 4, 6, 9, 13), old, clean)
    best = max(best, add(f"OpenCV non-local means, best strength ({h})", [non_local_means(x, h) for x in old]))
    if ours:
        table.add("ours is ahead of the best other by", ours - best, None, None, None)
    table.notes = [
        f"Blur, grain, fading, held-back scratches, JPEG quality 40 to 85; seed {SEED}. "
        "Tones matched: after the gain and offset of each colour that suit the result best, so that fading "
        f"counts little. Clipped: share of values at 0 or 255; {clipped(clean):.1%} before the photos aged.",
        *bench.left_out,
    ]
    return table


def _monochrome(bench: Bench) -> Table:
    clean = [grey(picture.pixels) for picture in bench.sets.pictures("CBSD68")[::4]]
    prints = _aged(bench, clean)
    columns = [
        "",
        "seen as of one tint",
        "colour beside it",
        "colour after",
        "clipped before",
        "after",
        "dB before",
        "after",
    ]
    table = Table(f"Grey and sepia old photos through Automatic: CBSD68, aged ({len(clean)} photos)", columns)
    for name, old in (("scanned in colour", prints), ("scanned in grey", [grey(x) for x in prints])):
        bench.say(name)
        results = [bench.result(x) for x in old]
        pixels = [result.pixels for result in results]
        table.add(
            name,
            f"{sum(result.estimate.monochrome for result in results)} of {len(results)}",
            max(map(beside_tint, old)),
            max(map(beside_tint, pixels)),
            f"{clipped(old):.2%}",
            f"{clipped(pixels):.2%}",
            float(np.mean([psnr(match_tones(x, y), y) for x, y in zip(old, clean, strict=True)])),
            float(np.mean([psnr(match_tones(x, y), y) for x, y in zip(pixels, clean, strict=True)])),
        )
    try:
        real = bench.sets.pictures("old-photos")
    except Absent:
        real = []
    for picture in real:
        bench.say(picture.name)
        result = bench.result(picture.pixels)
        seen = "yes" if result.estimate.monochrome else "no"
        shares = f"{clipped([picture.pixels]):.2%}", f"{clipped([result.pixels]):.2%}"
        aside = beside_tint(picture.pixels), beside_tint(result.pixels)
        table.add(f"real: {picture.name}", seen, *aside, *shares, None, None)
    table.notes = [
        "Colour beside it: how far the colours lie from those that follow from the tone alone, root mean square on the "
        "8-bit scale, the worst photo. Clipped: share of values at 0 or 255. dB: with the best gain and offset."
    ]
    return table


def _aged(bench: Bench, clean: list[np.ndarray]) -> list[np.ndarray]:
    masks = bench.sets.damage()
    return [age(photo, masks[7 * i % len(masks)], i) for i, photo in enumerate(clean)]


def grey(pixels: np.ndarray) -> np.ndarray:
    """[H, W, 3] uint8 without its colours."""
    return np.repeat(np.rint(pixels @ LUMA).astype(np.uint8)[..., None], 3, axis=2)


def beside_tint(pixels: np.ndarray) -> float:
    """Root mean square of what colour [H, W, 3] uint8 has beside the cubic polynomials of its luma that fit best."""
    x = pixels.reshape(-1, 3).astype(np.float64)
    y = x @ LUMA.astype(np.float64)
    powers = np.stack([(y / 255) ** p for p in range(4)], axis=1)
    chroma = x - y[:, None]
    # Normal equations: a photo has many pixels and the fit four numbers.
    fitted = np.linalg.lstsq(powers.T @ powers, powers.T @ chroma, rcond=None)[0]
    return float(np.sqrt(np.mean((chroma - powers @ fitted) ** 2)))

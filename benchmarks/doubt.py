"""Does the model know where it errs? Its predicted error against the true one, and its variants."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.aging import fitted
from benchmarks.bench import AUTOMATIC, Bench, given
from benchmarks.harm import add_noise, jpeg, scratch
from benchmarks.measure import blocks, coverage, psnr, rank_correlation
from benchmarks.table import Table
from engine.jobs import RestoreSettings
from engine.restore import DOUBT_STEPS

SAMPLES = 16
NOISE = 25


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    photos = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    yield _foretold(bench, photos[::4])
    yield _variants(bench, photos[::8])


def _foretold(bench: Bench, clean: list[np.ndarray]) -> Table:
    masks = bench.sets.damage()
    cases: dict[str, tuple[Callable[[int, np.ndarray], np.ndarray], RestoreSettings]] = {
        f"noise of {NOISE}, given": (lambda _, x: add_noise(x, NOISE, clip=True), given(noise=NOISE)),
        f"noise of {NOISE}, Automatic": (lambda _, x: add_noise(x, NOISE, clip=True), AUTOMATIC),
        "JPEG of quality 10, Automatic": (lambda _, x: jpeg(x, 10), AUTOMATIC),
        "scratches and dirt, Automatic": (
            lambda i, x: scratch(x, fitted(masks[7 * i % len(masks)], x.shape[:2]), np.random.default_rng(i)),
            AUTOMATIC,
        ),
    }
    columns = ["", "rank correlation", "within one deviation", "within two", "predicted error", "true error"]
    table = Table(f"Uncertainty: every fourth photo of CBSD68 ({len(clean)} photos)", columns)
    for name, (harm, settings) in cases.items():
        bench.say(name)
        ranks, one, two, predicted, true = [], [], [], [], []
        for index, right in enumerate(clean):
            result = bench.result(harm(index, right), settings, doubt=True)
            assert result.doubt is not None
            error = result.pixels.astype(np.float64) - right
            deviation = result.doubt / DOUBT_STEPS
            ranks.append(rank_correlation(blocks(deviation), blocks(np.abs(error).mean(axis=2))))
            one.append(coverage(error, deviation, 1.0))
            two.append(coverage(error, deviation, 2.0))
            predicted.append(np.mean(np.square(deviation)))
            true.append(np.mean(np.square(error)))
        table.add(
            name,
            float(np.mean(ranks)),
            f"{np.mean(one):.1%}",
            f"{np.mean(two):.1%}",
            float(np.sqrt(np.mean(predicted))),
            float(np.sqrt(np.mean(true))),
        )
    table.notes = [
        "Rank correlation (Spearman) of the predicted deviation with the absolute error over blocks of 8 x 8 pixels, "
        "mean of the photos. Errors are root mean squares on the 8-bit scale; of a normal distribution 68 % lie "
        "within one deviation, 95 % within two."
    ]
    return table


def _variants(bench: Bench, clean: list[np.ndarray]) -> Table:
    bench.say(f"{SAMPLES} variants")
    mean_path, single, averaged, sure, unsure, follow = [], [], [], [], [], []
    for right in clean:
        noisy = add_noise(right, NOISE, clip=True)
        result = bench.result(noisy, given(noise=NOISE), doubt=True)
        assert result.doubt is not None
        samples = [
            bench.restore(noisy, given(noise=NOISE, variant=number)).astype(np.float64)
            for number in range(1, SAMPLES + 1)
        ]
        mean_path.append(psnr(result.pixels, right))
        single.append(np.mean([psnr(sample / 255.0, right) for sample in samples]))
        averaged.append(psnr(np.mean(samples, axis=0) / 255.0, right))
        # Where do two variants differ: where the model is unsure, or everywhere?
        differ, doubt = blocks(np.abs(samples[0] - samples[1]).mean(axis=2)), blocks(result.doubt)
        low, high = np.quantile(doubt, [0.1, 0.9])
        sure.append(differ[doubt <= low].mean())
        unsure.append(differ[doubt >= high].mean())
        follow.append(rank_correlation(differ, doubt))

    table = Table(f"Variants: noise of {NOISE}, every eighth photo of CBSD68 ({len(clean)} photos)", ["", "value"])
    for name, values in (
        ("mean path, PSNR in dB", mean_path),
        ("one variant, PSNR in dB", single),
        (f"mean of {SAMPLES} variants, PSNR in dB", averaged),
        ("... which is so much below the mean path, dB", np.subtract(mean_path, averaged)),
        ("two variants differ in the surest tenth by (8-bit scale)", sure),
        ("two variants differ in the least sure tenth by (8-bit scale)", unsure),
        ("rank correlation of that difference with the doubt", follow),
    ):
        table.add(name, float(np.mean(values)))
    return table

"""``python -m benchmarks.card [MODEL...]`` measures the numbers on the cards of restoration models, and writes them
there."""

from __future__ import annotations

import sys

from benchmarks import denoise, jpeg
from benchmarks.bench import Bench, given
from benchmarks.harm import jpeg as compressed
from benchmarks.sets import REPOSITORY, Sets
from engine import catalog

MODELS = ("photo-restore", "photo-restore-fast")


def measured(bench: Bench) -> dict[str, float]:
    """PSNR in dB, each under the name that the card has for it. Raises `Absent` without the sets or the model."""
    bench.required()
    numbers: dict[str, float] = {}
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    ways: dict[str, denoise.Method] = {
        "given": lambda x, sigma: bench.restore(x, given(noise=float(sigma))),
        "automatic": lambda x, _: bench.restore(x),
    }
    for way, method in ways.items():
        bench.say(f"{bench.model}: noise, {way}")
        *decibels, _ = denoise.scores(method, clean, clip=True)
        numbers |= {f"cbsd68_noise{s}_{way}_db": d for s, d in zip(denoise.LEVELS, decibels, strict=True)}
    bench.say(f"{bench.model}: JPEG, automatic")
    grey = [picture.pixels for picture in bench.sets.pictures("Classic5")]
    for quality in jpeg.QUALITIES:
        pairs = [(compressed(x, quality, grey=True), x) for x in grey]
        numbers[f"classic5_jpeg{quality}_automatic_db"] = jpeg.score(ways["automatic"], pairs, quality)
    return {name: round(value, 2) for name, value in numbers.items()}


def main(models: list[str]) -> None:
    for model in models or MODELS:
        folder = REPOSITORY / "models" / model
        numbers = measured(Bench(Sets.beside_repository(), model, threads=1))
        card = catalog.read_card(folder)
        card.numbers = numbers
        catalog.keep_card(folder, card)
        print(f"{model}: {numbers}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Perception against fidelity: the Detail slider at 0, 0.5 and 1, as figures on CBSD68 and as sheets of old photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import numpy as np
from skimage.measure import blur_effect  # pyright: ignore[reportMissingImports]

from benchmarks.bench import AUTOMATIC, Bench, given
from benchmarks.harm import add_noise, jpeg
from benchmarks.measure import psnr
from benchmarks.sets import Absent, Picture
from benchmarks.sheets import OUT, flow, sheet
from benchmarks.table import Table
from engine.jobs import RestoreSettings

AMOUNTS = (0.0, 0.5, 1.0)
#: Side of the crops on the sheets, around the middle of a photo's upper half, where faces are.
CROP = 256
#: Two faces and a fur of CBSD68, each with the corner (left, top) of a crop of `SMALL` pixels, and the noise on them.
LOOKED_AT, SMALL, NOISE = {"189080": (72, 176), "302008": (30, 76), "160068": (60, 56)}, 176, 50

_CASES: tuple[tuple[str, Callable[[np.ndarray], np.ndarray], RestoreSettings], ...] = (
    ("noise 25", lambda photo: add_noise(photo, 25, clip=True), given(noise=25.0)),
    ("noise 50", lambda photo: add_noise(photo, 50, clip=True), given(noise=50.0)),
    ("JPEG 10", lambda photo: jpeg(photo, 10), given(jpeg=10)),
)


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    photos = bench.sets.pictures("CBSD68")
    yield _figures(bench, [picture.pixels for picture in photos][::8])
    if looked_at := [picture for picture in photos if picture.name in LOOKED_AT]:
        yield _crops(bench, looked_at)
    try:
        yield _sheets(bench)
    except Absent as error:
        bench.say(str(error))


def _figures(bench: Bench, clean: list[np.ndarray]) -> Table:
    columns = [f"{name}, {what}" for name, *_ in _CASES for what in ("dB", "blur")]
    table = Table(f"Detail on every eighth photo of CBSD68 ({len(clean)})", ["", *columns])
    for amount in AMOUNTS:
        cells: list[float] = []
        for name, harm, settings in _CASES:
            bench.say(f"{name}, detail {amount}")
            results = [bench.restore(harm(photo), msgspec.structs.replace(settings, detail=amount)) for photo in clean]
            cells.append(float(np.mean([psnr(a, b) for a, b in zip(results, clean, strict=True)])))
            cells.append(_softness(results))
        table.add(f"detail {amount:g}", *cells)
    table.add("the photos themselves", *[None, _softness(clean)] * len(_CASES))
    table.notes = ["blur: 0 is crisp, 1 is soft, of the picture alone (Crete et al., The Blur Effect, 2007)."]
    return table


def _crops(bench: Bench, photos: list[Picture]) -> Table:
    """Crops of photos with noise, at every amount beside the truth."""
    columns = [f"detail {amount:g}, {what}" for amount in AMOUNTS for what in ("dB", "blur")]
    table = Table(f"Detail under noise of {NOISE}, crops", ["photo", *columns])
    OUT.mkdir(exist_ok=True)
    pages = []
    for picture in photos:
        bench.say(picture.name)
        left, top = LOOKED_AT[picture.name]
        here = np.s_[top : top + SMALL, left : left + SMALL]
        noisy = add_noise(picture.pixels, NOISE, clip=True)
        crops, labels, cells = [noisy[here]], [f"noise {NOISE}"], list[float]()
        for amount in AMOUNTS:
            result = bench.restore(noisy, msgspec.structs.replace(given(noise=float(NOISE)), detail=amount))[here]
            figures = psnr(result, picture.pixels[here]), _softness([result])
            crops.append(result)
            labels.append(f"detail {amount:g}: {figures[0]:.1f} dB, blur {figures[1]:.2f}")
            cells += figures
        crops.append(picture.pixels[here])
        labels.append(f"the photo, blur {_softness(crops[-1:]):.2f}")
        table.add(picture.name, *cells)
        pages.append(sheet(crops, labels, height=2 * SMALL))
    flow(pages).save(OUT / "detail-crops.png")
    table.notes = ["The sheet: benchmarks/out/detail-crops.png."]
    return table


def _sheets(bench: Bench) -> Table:
    """Crops of the old photos on Automatic at every amount."""
    table = Table("Detail on old photos, Automatic: blur", ["photo", *(f"detail {a:g}" for a in AMOUNTS)])
    OUT.mkdir(exist_ok=True)
    pages = []
    for picture in bench.sets.pictures("old-photos"):
        bench.say(picture.name)
        crops = [_crop(picture.pixels)]
        for amount in AMOUNTS:
            crops.append(_crop(bench.restore(picture.pixels, msgspec.structs.replace(AUTOMATIC, detail=amount))))
        table.add(picture.name, *(_softness([crop]) for crop in crops[1:]))
        pages.append(sheet(crops, [picture.name, *(f"detail {a:g}" for a in AMOUNTS)]))
    flow(pages).save(OUT / "detail.png")
    table.notes = ["The sheet: benchmarks/out/detail.png."]
    return table


def _softness(photos: list[np.ndarray]) -> float:
    return float(np.mean([blur_effect(photo, channel_axis=-1) for photo in photos]))


def _crop(photo: np.ndarray) -> np.ndarray:
    """A square of `CROP`, or what there is of it."""
    height, width = photo.shape[:2]
    top, left = max(0, height // 3 - CROP // 2), max(0, width // 2 - CROP // 2)
    return photo[top : top + CROP, left : left + CROP]

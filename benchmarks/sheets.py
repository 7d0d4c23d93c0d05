"""Before and after of photos nobody has a clean copy of, as sheets for people to look at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.bench import Bench
from benchmarks.sets import REPOSITORY, Absent
from benchmarks.table import Table
from engine.jobs import Estimate

OUT = REPOSITORY / "benchmarks" / "out"
SETS = ("old-photos", "RNI6")
_GAP = 12
_LABEL = 26
_PAPER, _INK = (24, 24, 26), (220, 220, 220)


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    absent = []
    for name in SETS:
        try:
            yield _set(bench, name)
        except Absent as error:
            absent.append(str(error))
    if len(absent) == len(SETS):
        raise Absent("; ".join(absent))


def _set(bench: Bench, name: str) -> Table:
    pictures = bench.sets.pictures(name)
    columns = ["photo", "noise", "blur", "JPEG", "scratches", "fading", "seconds"]
    table = Table(f"Estimated by Automatic: {name}", columns)
    OUT.mkdir(exist_ok=True)
    small = []
    for picture in pictures:
        bench.say(picture.name)
        result = bench.result(picture.pixels)
        seen = result.estimate
        cells = (f"{seen.noise:.1f}", f"{seen.blur:.1f}", str(seen.jpeg), f"{seen.scratches:.2f}", f"{seen.fading:.2f}")
        table.add(picture.name, *cells, f"{result.seconds:.1f}")
        pair, labels = [picture.pixels, result.pixels], [picture.name, f"Automatic: {in_words(seen)}"]
        sheet(pair, labels).save(OUT / f"{name}-{picture.name}.png")
        small.append(sheet(pair, labels, height=480))
    flow(small).save(OUT / f"{name}.png")
    table.notes = [f"Sheets: benchmarks/out/{name}.png, and one for each photo."]
    return table


def in_words(seen: Estimate) -> str:
    jpeg = f"JPEG {seen.jpeg}" if seen.jpeg else "no JPEG"
    tones = f"scratches {seen.scratches:.0%}, fading {seen.fading:.0%}"
    return f"noise {seen.noise:.0f}, blur {seen.blur:.1f}, {jpeg}, {tones}"


def sheet(pictures: list[np.ndarray], labels: list[str], height: int | None = None) -> Image.Image:
    """Pictures [H, W, 3] uint8 of one size side by side, each with a label below; scaled to ``height`` pixels."""
    images = [Image.fromarray(pixels) for pixels in pictures]
    h = height or images[0].height
    w = round(images[0].width * h / images[0].height)
    page = Image.new("RGB", (len(images) * (w + _GAP) + _GAP, h + 2 * _GAP + _LABEL), _PAPER)
    draw = ImageDraw.Draw(page)
    for column, (image, label) in enumerate(zip(images, labels, strict=True)):
        left = _GAP + column * (w + _GAP)
        page.paste(image.resize((w, h), Image.Resampling.LANCZOS), (left, _GAP))
        size = 15.0
        while size > 8 and draw.textlength(label, font=ImageFont.load_default(size)) > w:
            size -= 1
        draw.text((left, h + _GAP + 5), label, fill=_INK, font=ImageFont.load_default(size))
    return page


def flow(pages: list[Image.Image], width: int = 1600) -> Image.Image:
    """Pages of one height in rows of at most ``width`` pixels, like words; a wider page has its own row."""
    rows: list[list[Image.Image]] = [[]]
    for page in pages:
        if rows[-1] and sum(p.width for p in rows[-1]) + page.width > width:
            rows.append([])
        rows[-1].append(page)
    size = (max(sum(p.width for p in row) for row in rows), sum(row[0].height for row in rows))
    whole = Image.new("RGB", size, _PAPER)
    top = 0
    for row in rows:
        left = 0
        for page in row:
            whole.paste(page, (left, top))
            left += page.width
        top += row[0].height
    return whole

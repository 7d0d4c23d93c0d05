"""What no restorer was made for must come back as it was: no invented texture, no other colours, no seams."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks import badpictures
from benchmarks.bench import Bench
from benchmarks.measure import colour_difference, psnr, to_bytes
from benchmarks.table import Table
from engine.tones import white

PHOTOS = 4  # of CBSD68
TILE = 160  # with its halo, pixels
_BLOCK = 8


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    pictures = bench.sets.pictures("CBSD68")
    photos = [picture.pixels for picture in pictures[:: max(1, len(pictures) // PHOTOS)]][:PHOTOS]
    yield _kinds(bench, photos)
    yield _noises(bench)
    yield _sizes(bench, photos[0])


def _kinds(bench: Bench, photos: list[np.ndarray]) -> Table:
    columns = ["", "CIEDE2000", "worst picture", "PSNR, worst, dB", "largest change", "texture added"]
    table = Table("Bad input through Automatic: what changes", columns)
    kinds = {"photos as they are": photos, **badpictures.made(photos)}
    for name, pictures in kinds.items():
        bench.say(name)
        pairs = [(in_bytes(bench.restore(p)), in_bytes(p)) for p in pictures]
        shifts = [colour_difference(after, before) for after, before in pairs]
        table.add(
            f"{name} ({len(pictures)})",
            float(np.mean(shifts)),
            max(shifts),
            f"{min(psnr(after, before) for after, before in pairs):.1f}",
            f"{max(largest_change(after, before) for after, before in pairs):.1f}",
            max(texture(after, before) for after, before in pairs),
        )
    table.notes = [
        "Largest change: of the mean of a block of 8 x 8 pixels in one colour, in grey levels. Texture added: standard "
        "deviation in the flat block that is flat no longer the most, in grey levels. Halftones and overexposed photos "
        "have something to restore, if one will have it so."
    ]
    return table


def _noises(bench: Bench) -> Table:
    table = Table("Nothing but noise, through Automatic", ["", "deviation before", "after", "mean moved by"])
    for name, before in badpictures.noises().items():
        after = bench.restore(before)
        moved = np.abs(after.mean(axis=(0, 1)) - before.mean(axis=(0, 1))).max()
        table.add(name, float(before.std()), float(after.std()), float(moved))
    return table


def _sizes(bench: Bench, photo: np.ndarray) -> Table:
    table = Table(f"Seams: tiles of {TILE} pixels against the whole", ["height x width", "tiles", "largest difference"])
    for height, width in (*badpictures.SIZES, photo.shape[:2]):
        part, boxes = np.ascontiguousarray(photo[:height, :width]), []
        part = np.pad(part, ((0, height - part.shape[0]), (0, width - part.shape[1]), (0, 0)), mode="symmetric")
        whole = bench.result(part, tile=4096).pixels
        tiled = bench.result(part, tile=TILE, on_part=lambda box, *_, boxes=boxes: boxes.append(box)).pixels
        difference = np.abs(whole.astype(int) - tiled).max()
        table.add(f"{height} x {width}", str(len(boxes)), f"{difference} of 255")
    return table


def in_bytes(pixels: np.ndarray) -> np.ndarray:
    """Pixels of any integer type as uint8."""
    return to_bytes(pixels / white(pixels.dtype))


def largest_change(after: np.ndarray, before: np.ndarray) -> float:
    """Of the mean of any block in any colour; both [H, W, 3] uint8."""
    return float(np.abs(_blocks(after).mean(axis=1) - _blocks(before).mean(axis=1)).max(initial=0.0))


def texture(after: np.ndarray, before: np.ndarray) -> float:
    """The largest standard deviation within a block that was flat (within a level) before; 0 where none was."""
    flat = np.ptp(_blocks(before), axis=1).max(axis=1, initial=0.0) <= 1
    return float(_blocks(after)[flat].std(axis=1).max(initial=0.0))


def _blocks(pixels: np.ndarray) -> np.ndarray:
    """Whole blocks of [H, W, 3], [blocks, pixels, 3] float."""
    h, w = (side // _BLOCK for side in pixels.shape[:2])
    cut = pixels[: h * _BLOCK, : w * _BLOCK].astype(np.float64).reshape(h, _BLOCK, w, _BLOCK, 3)
    return cut.swapaxes(1, 2).reshape(h * w, _BLOCK**2, 3)

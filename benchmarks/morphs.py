"""The middle of a morph between two photos, against a plain cross-fade: one picture, or two on top of each other?"""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np

from benchmarks.bench import Bench
from benchmarks.table import Table
from engine.morph import Morph, edge_doubling

_SIDE, _PAIRS = 512, 10


def tables(bench: Bench) -> Iterable[Table]:
    """Neighbouring photos of CBSD68, in the order of their names."""
    photos = [picture.pixels for picture in bench.sets.pictures("CBSD68")]
    pairs = [(a, b) for a, b in zip(photos[::2], photos[1::2], strict=False) if a.shape == b.shape][:_PAIRS]
    morph = Morph("photo-restore", "cpu", bench.threads)
    doubled: dict[str, list[float]] = {"morph through the ladder (ours)": [], "cross-fade": []}
    prepared, drawn = [], []
    for number, (a, b) in enumerate(pairs, start=1):
        bench.say(f"pair {number} of {len(pairs)}")
        began = time.perf_counter()
        walk = morph.prepare([a, b], _SIDE)
        prepared.append(time.perf_counter() - began)
        ends = walk.frame(0), walk.frame(1)
        began = time.perf_counter()
        middle = walk.frame(0.5)
        drawn.append(time.perf_counter() - began)
        faded = np.rint((ends[0].astype(np.float32) + ends[1]) / 2).astype(np.uint8)
        doubled["morph through the ladder (ours)"].append(edge_doubling(middle, *ends))
        doubled["cross-fade"].append(edge_doubling(faded, *ends))
    table = Table(
        f"Half-way between two photos ({len(pairs)} pairs of CBSD68)",
        ["", "edges, as a multiple of the ends'", "worst"],
        notes=[
            "1 is a picture of its own, towards 2 is a double exposure.",
            f"To prepare a pair takes {np.median(prepared):.1f} s and a frame {np.median(drawn):.2f} s.",
        ],
    )
    for name, values in doubled.items():
        table.add(name, float(np.mean(values)), float(np.max(values)))
    return [table]

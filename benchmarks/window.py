"""How long a user waits: for the window, for the engine, and for the first pictures of a large photo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from PIL import Image

from benchmarks.bench import Bench
from benchmarks.sets import REPOSITORY
from benchmarks.speed import mosaic
from benchmarks.table import Table

MEGAPIXELS = 12
STARTS = 3
#: What `benchmarks.waiting` times, and how the table calls it.
STEPS = {
    "window": "start of the program to the window's first paint",
    "engine": "start of the program to a ready engine",
    "original": f"drop of a {MEGAPIXELS}-megapixel JPEG to the original on screen",
    "first": "the same to the first restored part on screen",
}


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    clean = [picture.pixels for picture in bench.sets.pictures("CBSD68")[:12]]
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "large.jpg"
        Image.fromarray(mosaic(clean, MEGAPIXELS)).save(photo, quality=92)
        runs = [_wait(photo, bench) for _ in range(STARTS)]
    table = Table("The window, off screen: seconds", ["", "seconds"])
    for key, words in STEPS.items():
        table.add(words, median(run[key] for run in runs))
    table.notes = [f"Medians of {STARTS} starts of `python -m desktop`, {bench.threads} threads."]
    yield table


def _wait(photo: Path, bench: Bench) -> dict[str, float]:
    bench.say("a window")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "benchmarks.waiting", str(photo), repr(time.time())]
    done = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, check=False, env=environment, timeout=300
    )
    if done.returncode:
        raise RuntimeError(f"The window failed: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout.splitlines()[-1])

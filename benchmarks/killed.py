"""A window that is killed at random moments of a batch, again and again: what was shown as done must be there."""

from __future__ import annotations

import os
import queue
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.bench import Bench
from benchmarks.sets import REPOSITORY
from benchmarks.table import Table
from desktop import session
from desktop.history import History

KILLS = 20
PHOTOS = 60
#: Longest side of a photo in pixels.
SIDE = 260
#: A window lives until it has shown fewer photos than this as done, and then some seconds more.
LIVES, SECONDS = 6, 2.0
#: Seconds that a window may take for all that.
PATIENCE = 600.0


@dataclass
class Deaths:
    """What was seen of all windows together."""

    kills: int = 0
    offered: int = 0
    must_offer: int = 0  #: windows that came after one with photos in its queue, and lived until they were seen
    shown: set[str] = field(default_factory=set)  #: photos that a window showed as done before it was killed
    missing: set[str] = field(default_factory=set)  #: of them, those that a later session did not hold
    damaged: list[str] = field(default_factory=list)
    after: list[float] = field(default_factory=list)  #: seconds from start to kill
    finished: int = 0  #: photos that the last window had when all was done
    files: int = 0  #: that were saved


class Window:
    """A process of `benchmarks.dying`; ``home`` is all that it knows of a user."""

    def __init__(self, home: Path, target: Path, photos: list[Path]) -> None:
        names = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
        places = {name: str(home / name.lower()) for name in names}
        for place in places.values():
            Path(place).mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.dying", str(target), *map(str, photos)],
            cwd=REPOSITORY,
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.said: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.said.put(line.split(maxsplit=1))
        self.said.put(None)

    def lines(self, seconds: float) -> Iterator[list[str]]:
        """What it says within so many seconds from now, or until it is gone."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                line = self.said.get(timeout=left)
            except queue.Empty:
                return
            if line is None:
                return
            yield line

    def kill(self, engine_too: bool) -> None:
        """SIGKILL; without its engine that ends by itself."""
        if engine_too:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait()
        self._reader.join()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(60)


def photos_of(pictures: list[np.ndarray], folder: Path, count: int = PHOTOS, side: int = SIDE) -> list[Path]:
    """So many small noisy JPEGs, made of the pictures."""
    folder.mkdir(parents=True)
    luck, made = np.random.default_rng(0), []
    for number in range(count):
        whole = Image.fromarray(pictures[number % len(pictures)])
        whole.thumbnail((side, side))
        noisy = np.asarray(whole) + luck.normal(0, 12, (whole.height, whole.width, 3))
        path = folder / f"photo-{number:03}.jpg"
        Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(path, quality=60)
        made.append(path)
    return made


def run(photos: list[Path], home: Path, kills: int, seed: int = 0, say=lambda _: None) -> Deaths:
    """Kill so many windows, then let the last one finish."""
    luck, deaths, target = random.Random(seed), Deaths(), home / "results"
    target.mkdir(parents=True)
    began = False  # whether any window had its photos in a session
    for number in range(kills + 1):
        must_offer = began
        window = Window(home, target, [] if began else photos)
        last = number == kills
        wanted = luck.randrange(LIVES)
        here: set[str] = set()
        spoke = went_on = False

        def hear(line: list[str], here: set[str] = here) -> bool:
            if line[0] == "done":
                here.add(line[1].strip())
            return line[0] == "offered"

        started = time.monotonic()
        for line in window.lines(PATIENCE if last or wanted else 0.0):
            spoke, went_on = True, hear(line) or went_on
            if line[0] == "rest":  # nothing more will be said
                deaths.finished = int(line[1].split()[0])
                break
            if not last and len(here - deaths.shown) >= wanted:
                break
        if last:
            window.close()
        else:
            time.sleep(luck.uniform(0.0, SECONDS))
            deaths.after.append(time.monotonic() - started)
            window.kill(engine_too=luck.random() < 0.5)
            deaths.kills += 1
            while (line := window.said.get()) is not None:  # what it had said before
                spoke, went_on = True, hear(line) or went_on
        deaths.must_offer += must_offer and spoke
        deaths.offered += must_offer and went_on
        if went_on and last:
            deaths.missing |= deaths.shown - here
        if not last:
            deaths.shown |= here
            held = _held(home, deaths)
            began = began or held is not None
            if held is not None:
                deaths.missing |= deaths.shown - held
            elif deaths.shown:
                deaths.missing |= deaths.shown
            counts = f"{len(deaths.shown)} shown, {len(deaths.missing)} missing"
            say(f"kill {number + 1} after {deaths.after[-1]:.1f} s: {counts}")
    _look_at_files(home, target, deaths)
    return deaths


def _held(home: Path, deaths: Deaths) -> set[str] | None:
    """The photos whose results are whole in the sessions that lie there; None where there is no session."""
    held: set[str] | None = None
    for file in (home / "xdg_cache_home").rglob(session.SESSION):
        try:
            kept = session.read(file.parent)
        except session.DamagedSession:
            deaths.damaged.append(str(file))
            continue
        photos = kept["tabs"].get("restore", {}).get("photos", []) if kept else []
        if photos:
            held = held or set()
        for photo in photos:
            for result in photo.get("results", ()):
                try:
                    assert (
                        np.load(result["pixels"], mmap_mode="r").shape == np.load(photo["pixels"], mmap_mode="r").shape
                    )
                except (OSError, ValueError, AssertionError):
                    deaths.damaged.append(result["pixels"])
                else:
                    assert held is not None
                    held.add(Path(photo["path"]).name)
    return held


def _look_at_files(home: Path, target: Path, deaths: Deaths) -> None:
    """Every file that is left opens."""
    deaths.damaged += [str(path) for path in home.rglob("*-damaged*")]
    for path in sorted(target.glob("[!.]*")):
        deaths.files += 1
        try:
            with Image.open(path) as image:
                image.load()
        except OSError:
            deaths.damaged.append(str(path))
    for path in home.rglob("history.db"):
        base = History(path)
        if base.damaged is not None:
            deaths.damaged.append(str(path))
        base.close()


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    pictures = [picture.pixels for picture in bench.sets.pictures("CBSD68")[:20]]
    with tempfile.TemporaryDirectory() as folder:
        photos = photos_of(pictures, Path(folder) / "photos")
        deaths = run(photos, Path(folder) / "home", KILLS, say=bench.say)
    table = Table(f"A batch of {PHOTOS} photos whose window is killed {deaths.kills} times", ["", "count"])
    table.add(
        "windows that offered to go on, of those that lived until they were asked",
        f"{deaths.offered} of {deaths.must_offer}",
    )
    table.add("photos that were shown as done before a kill", str(len(deaths.shown)))
    table.add("of them missing afterwards", str(len(deaths.missing)))
    table.add("damaged files", str(len(deaths.damaged)))
    table.add("photos in the queue of the last window, all finished", str(deaths.finished))
    table.add("of them saved as files, all whole", str(deaths.files))
    soonest, latest = min(deaths.after), max(deaths.after)
    table.notes = [
        f"SIGKILL {soonest:.1f} to {latest:.1f} seconds after the start, up to {SECONDS:.0f} seconds after a random "
        f"number of photos was shown, half of the time for the engine, too; photos of {SIDE} pixels, saved at once."
    ]
    yield table

"""Explore a folder: let a model look at every picture once, and draw the map of what it saw.

    atlas = explore(Path("holiday"), "photo-restore", say=print)

Pictures are read and looked at a few at a time by as many threads as there are cores; what was seen goes to
the disk at once (`engine.seen`), so that a run that ends early goes on where it was, and a second
visit looks at nothing twice: a file is known by name, size and time, and otherwise by its content. The
folder itself is only read.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image

from engine import arrange, catalog, devices
from engine.ahead import done_ahead
from engine.atlas import (
    FILE,
    Atlas,
    Began,
    Doing,
    Explored,
    LeftOut,
    Line,
    Mapped,
    Missing,
    Note,
    Step,
    fingerprint,
    place_of,
    read,
    write,
)
from engine.errors import Cancelled, DarkroomError, PhotoError
from engine.eyes import Eye, eye_of, square
from engine.files import explain
from engine.folder import perceptual_hash, picture_files
from engine.scaled import Scaled, read_scaled
from engine.seen import HEAT, THUMBNAIL, Store, Writer, record, remove_outdated

Say = Callable[[Line], None]

#: Pictures looked at in one go.
_BATCH = 16
#: Heat maps: steps to a level of the 8-bit scale.
_STEPS = 4
#: Pictures after which there is a first map, and by how much more there is the next.
_FIRST_MAP, _MORE = 240, 3
#: Seconds between two reports.
_REPORT = 0.25


@dataclass(frozen=True)
class _File:
    """A picture's file in the folder."""

    name: str
    path: Path
    size: int
    changed: int  #: ns


def explore(
    folder: Path,
    model: str,
    say: Say,
    ended: Callable[[], bool] = lambda: False,
    device: str = "auto",
    threads: int | None = None,
    neighbours: bool = True,
) -> Atlas:
    """Look at a folder with a model and return its map, which is on the disk then.

    ``say`` hears how it goes; ``ended()`` is asked between two batches. Raises `DarkroomError` with one sentence
    where there is nothing to explore or nothing to explore it with, and `Cancelled`; what was seen is kept.
    """
    return _Visit(folder, model, say, ended, device, threads or devices.threads()).run(neighbours)


class _Visit:
    """One run."""

    def __init__(
        self, folder: Path, model: str, say: Say, ended: Callable[[], bool], device: str, threads: int
    ) -> None:
        self.folder, self.say, self.ended, self.device, self.threads = folder, say, ended, device, threads
        self.began = time.perf_counter()
        place = catalog.folders().get(model) or Path(model)
        if not (place / catalog.CARD).is_file():
            catalog.load(model)  # says what is wrong
        self.model, self.card = model, catalog.read_card(place)
        self.place = place_of(folder, self.card)
        self.left_out: list[tuple[str, str]] = []
        self._eye: Eye | None = None

    @property
    def eye(self) -> Eye:
        """The model; loading it takes a second, and a folder that has not changed needs none."""
        if self._eye is None:
            self._eye = eye_of(self.model, self.device)
        return self._eye

    def run(self, neighbours: bool) -> Atlas:
        files = list(self._files())
        if not files and not self.left_out:
            raise DarkroomError(f"There are no pictures in {self.folder.name or self.folder}.")
        before = self._before()
        contents, unknown = self._known(files, before)
        self.say(Began(str(self.folder), self.card.id, len(files), len(contents)))
        try:
            self._look(files, unknown, contents)
            atlas = self._map(files, contents, before)
        except OSError as error:  # of the cache: what is wrong with a picture is said where it is read
            raise DarkroomError(f"The map cannot be kept: {explain(error, writing=True)} ({self.place}).") from error
        self.say(Mapped("all", len(atlas)))
        if neighbours and atlas.neighbours is None:
            atlas = self._with_neighbours(atlas)
        self.say(Explored(len(atlas), len(atlas.left_out), round(time.perf_counter() - self.began, 2)))
        return atlas

    # -- what is there already -------------------------------------------------------------------------

    def _files(self) -> Iterator[_File]:
        for path in picture_files(self.folder):
            name = path.relative_to(self.folder).as_posix()
            try:
                found = path.stat()
            except OSError as error:
                self._leave_out(name, explain(error))
                continue
            yield _File(name, path, found.st_size, found.st_mtime_ns)

    def _before(self) -> Atlas | None:
        """The map of an earlier visit, if it is of any use."""
        if not (self.place / FILE).exists():
            return None
        try:
            return read(self.place)
        except Missing as error:
            self.say(Note(f"{error} It is drawn anew."))
            return None

    def _known(self, files: list[_File], before: Atlas | None) -> tuple[dict[str, bytes], list[_File]]:
        """The contents, by name, of the files that have not changed since they were seen, and the other files."""
        stamps: dict[str, tuple[int, int, int]] = {}
        if before:
            stamps = {name: (n, *before.stamps[n].tolist()) for n, name in enumerate(before.names)}
        contents, unknown = {}, []
        for file in files:
            number, *stamp = stamps.get(file.name, (-1,))
            if before and stamp == [file.size, file.changed]:
                contents[file.name] = before.contents[number].tobytes()
            else:
                unknown.append(file)
        return contents, unknown

    # -- looking -----------------------------------------------------------------------------------------

    def _look(self, files: list[_File], unknown: list[_File], contents: dict[str, bytes]) -> None:
        """Look at the files that are not known, and fill in their contents."""
        if not unknown:
            return
        store = Store(self.place)
        if store.outdated:
            self.say(Note("What another version of this program saw in these pictures is looked at again."))
            remove_outdated(self.place)
        seen = set(_index(store))
        self.eye.look(np.zeros((1, self.eye.side, self.eye.side, 3), np.uint8))  # its sessions are made by one thread
        clock, done, next_map = _Clock(self.say), 0, _FIRST_MAP
        with Writer(self.place, self.eye.length) as writer:
            batches = done_ahead(self._see, _batches(unknown, seen), self.threads + 1, self.threads)
            for _, batch in batches:
                if batch.records is not None:
                    writer.add(batch.records)
                    seen |= {one["content"].tobytes() for one in batch.records}
                contents |= batch.contents
                for name, cause in batch.left_out:
                    self._leave_out(name, cause)
                done += len(batch.contents) + len(batch.left_out)
                clock.show(done, len(unknown))
                stopped = self.ended()
                due = done >= next_map and 2 * done < len(unknown)  # soon there is the whole one
                if (due or stopped) and done < len(unknown) and len(contents) > 1:
                    next_map = _MORE * done
                    self.say(Mapped("some", len(self._drawn(files, contents, finished=False))))
                if stopped:
                    raise Cancelled
        if not self.folder.is_dir():
            raise DarkroomError(f"{self.folder.name}: the folder is not there any more; what was seen is kept.")

    def _see(self, batch: tuple[list[_File], set[bytes]]) -> _Batch:
        """Read a few pictures and look at those of unknown content. In any thread."""
        files, seen = batch
        found, fresh, squares = _Batch(), [], []
        for file in files:
            try:
                content = hashlib.blake2b(file.path.read_bytes(), digest_size=16).digest()
                if content not in seen:
                    small = read_scaled(file.path, self.eye.side)
                    squares.append(square(self.eye, small.pixels))
                    fresh.append((content, small))
                found.contents[file.name] = content
            except PhotoError as error:
                found.left_out.append((file.name, error.cause.rstrip(".")))
            except OSError as error:
                found.left_out.append((file.name, explain(error)))
            except MemoryError:
                found.left_out.append((file.name, "there is not enough memory for it"))
        if fresh:
            found.records = self._records(fresh, np.stack(squares))
        return found

    def _records(self, fresh: list[tuple[bytes, Scaled]], squares: np.ndarray) -> np.ndarray:
        sight = self.eye.look(squares)
        records = np.zeros(len(fresh), record(self.eye.length))
        for one, (content, small), seen, error in zip(records, fresh, squares, sight.error, strict=True):
            one["content"] = np.frombuffer(content, np.uint8)
            one["width"], one["height"] = small.width, small.height
            one["hash"] = perceptual_hash(small.pixels)
            one["thumbnail"] = _scaled(seen, THUMBNAIL)
            one["heat"] = np.minimum(_STEPS * 255 * np.sqrt(_scaled(error, HEAT)), 255)
        if sight.traits is not None:
            records["traits"] = sight.traits
        records["error"], records["nats"] = sight.error.mean((1, 2)), sight.nats
        records["latent"] = np.clip(np.nan_to_num(sight.latent), -6e4, 6e4)
        return records

    # -- the map -----------------------------------------------------------------------------------------

    def _map(self, files: list[_File], contents: dict[str, bytes], before: Atlas | None) -> Atlas:
        """The map of all pictures: the one before where nothing has changed."""
        there = [file for file in files if file.name in contents]
        if before and before.finished and before.names == [file.name for file in there]:
            same = before.contents.tobytes() == b"".join(contents[file.name] for file in there)
            stamps = np.array([(file.size, file.changed) for file in there], np.int64)
            if same and (before.stamps == stamps).all() and before.left_out == self.left_out:
                return before
        if len(there) < 2:
            raise DarkroomError(self._too_few(there))
        return self._drawn(files, contents, finished=True)

    def _too_few(self, there: list[_File]) -> str:
        where = self.folder.name or str(self.folder)
        if there:
            return f"{there[0].name} is the only picture in {where} that can be read; a map needs two or more."
        name, cause = self.left_out[0]
        return f"None of the {len(self.left_out)} pictures in {where} can be read: {name}: {cause}."

    def _drawn(self, files: list[_File], contents: dict[str, bytes], *, finished: bool) -> Atlas:
        """Draw the map of the files whose contents are known, and put it on the disk."""
        store = Store(self.place)
        index = _index(store)
        there = [file for file in files if contents.get(file.name) in index]
        rows = np.array([index[contents[file.name]] for file in there], np.int64)
        side = self.eye.side
        arrays = arrange.arranged(store, rows, self.eye.globe, 3 * side * side, self.card.typical)
        atlas = Atlas(
            folder=self.folder,
            place=self.place,
            model=self.card.id,
            model_name=self.card.name,
            fingerprint=fingerprint(self.card),
            side=side,
            whole=self.eye.whole,
            globe=self.eye.globe,
            drawable=self.eye.drawable,
            names=[file.name for file in there],
            pixels=np.stack([store.rows(rows, "width"), store.rows(rows, "height")], axis=1).astype(np.int32),
            stamps=np.array([(file.size, file.changed) for file in there], np.int64).reshape(-1, 2),
            contents=store.rows(rows, "content"),
            rows=rows,
            neighbours=None,
            left_out=list(self.left_out),
            finished=finished,
            files=[path.name for path in store.files],
            **arrays,
        )
        write(atlas)
        return atlas

    def _with_neighbours(self, atlas: Atlas) -> Atlas:
        if not arrange.has_neighbour_map():
            self.say(Note("The map by neighbours needs the library openTSNE; the one by components is there."))
            return atlas
        clock = _Clock(self.say, "arrange")
        found = arrange.by_neighbours(arrange.compared(atlas.space), self.threads, clock.show, self.ended)
        if found is not None:
            atlas = replace(atlas, neighbours=found)
            write(atlas)
            self.say(Mapped("neighbours", len(atlas)))
        return atlas

    def _leave_out(self, name: str, cause: str) -> None:
        self.left_out.append((name, cause))
        self.say(LeftOut(name, cause))


@dataclass
class _Batch:
    """What came of a few files."""

    contents: dict[str, bytes] = field(default_factory=dict)
    records: np.ndarray | None = None  #: of those that nobody had seen
    left_out: list[tuple[str, str]] = field(default_factory=list)


class _Clock:
    """Says how far one thing is and how long it takes, a few times a second at most."""

    def __init__(self, say: Say, doing: Doing = "look") -> None:
        self._say, self._began, self._said = say, time.perf_counter(), 0.0
        self._doing: Doing = doing

    def show(self, done: int, total: int) -> None:
        now = time.perf_counter()
        if done < total and now - self._said < _REPORT:
            return
        self._said = now
        left = (now - self._began) / done * (total - done) if done else None
        self._say(Step(self._doing, done, total, left))


def _batches(files: list[_File], seen: set[bytes]) -> Iterator[tuple[list[_File], set[bytes]]]:
    for start in range(0, len(files), _BATCH):
        yield files[start : start + _BATCH], seen


def _index(store: Store) -> dict[bytes, int]:
    """The row of each content that was seen and is whole."""
    rows = np.flatnonzero(store.whole())
    contents = store.rows(rows, "content") if len(rows) else np.empty((0, 16), np.uint8)
    return {content.tobytes(): int(row) for content, row in zip(contents, rows, strict=True)}


def _scaled(values: np.ndarray, side: int) -> np.ndarray:
    """A square of numbers or colours, scaled to another side by means of areas."""
    return np.asarray(Image.fromarray(values).resize((side, side), Image.Resampling.BOX))

"""The map of a folder on disk: what `explore` found out about its pictures, and how it is read.

    atlas = open_atlas(folder, "fruit")
    odd_first = atlas.oddness.argsort()[::-1]
    atlas.thumbnails(odd_first[:20])

A map lies in the user's cache folder, one for each folder and model. It is a single file that is replaced
whole whenever more is known, beside the growing records of `engine.seen` which it points into. The window
reads maps; only the command ``latent-darkroom explore`` makes them. A map stays readable when
the model that made it is gone. Needs neither torch nor ONNX Runtime nor Pillow.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
import platformdirs

from engine.catalog import Card
from engine.errors import DarkroomError
from engine.files import explain, replacing
from engine.jobs import Box
from engine.recipes import Recipe
from engine.seen import Store

VERSION = 1
FILE = "map.msgpack"
#: What `Atlas.known` counts: how well the model knows a picture.
KNOWN = ("well", "roughly", "not")
#: Nearest others that a map keeps of every picture.
NEAREST = 12

# -- what ``latent-darkroom explore --json`` says, line by line, and hears ----------------------------


#: What takes time: look at pictures, arrange the map by neighbours, draw variants.
Doing = Literal["look", "arrange", "draw"]


class Began(msgspec.Struct, frozen=True, tag=True):
    """The folder was walked: so many pictures, of which so many were seen on an earlier visit."""

    folder: str
    model: str
    pictures: int
    seen_before: int


class Step(msgspec.Struct, frozen=True, tag=True):
    """``done`` of ``total`` of one thing that is being done; ``seconds_left`` at its own speed, None at first."""

    doing: Doing
    done: int
    total: int
    seconds_left: float | None = None


class Mapped(msgspec.Struct, frozen=True, tag=True):
    """The map on disk is new: read it again with `open_atlas`.

    ``part``: "some" of the pictures, "all" of them, or all and the "neighbours" map.
    """

    part: Literal["some", "all", "neighbours"]
    pictures: int


class LeftOut(msgspec.Struct, frozen=True, tag=True):
    """A picture that cannot be read; ``cause`` is the second half of a sentence about it."""

    name: str
    cause: str


class Note(msgspec.Struct, frozen=True, tag=True):
    """One sentence for the user, such as that an old map is of no use any more."""

    sentence: str


class Explored(msgspec.Struct, frozen=True, tag=True):
    """The last line: all is done. ``report`` is the file that was asked for."""

    pictures: int
    left_out: int
    seconds: float
    report: str | None = None


class Drew(msgspec.Struct, frozen=True, tag=True):
    """``augment`` drew a variant of a picture: its file, the picture's name and its sub-folder."""

    file: str
    source: str
    label: str


class Enough(msgspec.Struct, frozen=True, tag=True):
    """What it hears: end now; what was seen is kept. Closing its standard input, if a pipe, means the same."""


Line = Began | Step | Mapped | LeftOut | Note | Explored | Drew

# -- the map -------------------------------------------------------------------------------------------


class Missing(DarkroomError):
    """There is no map of this folder by this model yet, or it is of another version or damaged."""


@dataclass(eq=False)
class Atlas:
    """The map of one folder. Arrays have a row for each picture; positions are in [0, 1].

    Files with the same content share what was seen of them and have a row each.
    """

    folder: Path
    model: str  #: its id
    model_name: str
    fingerprint: str  #: of the model's weights
    side: int  #: of the square that the model saw, in pixels
    whole: bool  #: it saw the whole picture on a square of its border's colour, not only the middle square
    globe: int  #: the first numbers of a latent that arrange the map
    drawable: bool  #: whether the model can draw a latent
    usual_bits: tuple[float, float, float]  #: low, middle and high of pictures of the model's own kind
    names: list[str]  #: paths below ``folder``, with slashes
    pixels: np.ndarray  #: [N, 2] int32: width and height, upright
    stamps: np.ndarray  #: [N, 2] int64: bytes and time of change (ns) of the file when it was seen
    contents: np.ndarray  #: [N, 16] uint8: hash of the file
    rows: np.ndarray  #: [N] int64: of `store`
    oddness: (
        np.ndarray
    )  #: [N] float32: what to rank by: 0 the most ordinary; from 1 on odd for the model, in this folder or both
    out_of_place: np.ndarray  #: [N] float32: the same within this folder: how unlike its other pictures it is
    bits: np.ndarray  #: [N, 2] float32: bits a number of the picture: reconstruction, KL
    known: np.ndarray  #: [N] uint8: index into `KNOWN`
    groups: np.ndarray  #: [N] int32: number of the group of look-alikes, -1: none looks like it
    clusters: np.ndarray  #: [N] int32: the largest is 0
    nearest: np.ndarray  #: [N, k] int32: the most similar others, nearest first
    components: np.ndarray  #: [N, 2] float32: the map by principal components
    neighbours: np.ndarray | None  #: [N, 2] float32: the map by neighbours, once it is there
    left_out: list[tuple[str, str]]  #: name and cause of what could not be read
    finished: bool  #: all pictures of the folder are in it
    place: Path  #: where it lies
    files: list[str] = field(default_factory=list)  #: of `store`

    def __len__(self) -> int:
        return len(self.names)

    def path(self, picture: int) -> Path:
        """The picture's file."""
        return self.folder / self.names[picture]

    def seen_box(self, picture: int) -> Box:
        """The square of the upright picture that the model saw, in its pixels; it may reach beyond the picture."""
        width, height = (int(length) for length in self.pixels[picture])
        side = max(width, height) if self.whole else min(width, height)
        left, top = (width - side) // 2, (height - side) // 2
        return left, top, left + side, top + side

    def content(self, picture: int) -> str:
        """What tags know a picture by: the hash of its file in hexadecimal."""
        return self.contents[picture].tobytes().hex()

    @cached_property
    def store(self) -> Store:
        return Store(self.place, self.files)

    def thumbnails(self, pictures: np.ndarray) -> np.ndarray:
        """[n, 48, 48, 3] uint8: some pictures as the model saw them, made small. About 1 ms for a hundred."""
        return self.store.thumbnails(self.rows[pictures])

    def heats(self, pictures: np.ndarray) -> np.ndarray:
        """[n, 16, 16] uint8, laid over the square the model saw: where it draws them wrong (see `Store.heats`)."""
        return self.store.heats(self.rows[pictures])

    def latents(self, pictures: np.ndarray) -> np.ndarray:
        """[n, L] float32: all latent numbers of some pictures."""
        return self.store.latents(self.rows[pictures])

    @cached_property
    def space(self) -> np.ndarray:
        """[N, G] float32: the numbers that say what is alike, of all pictures."""
        return self.store.rows(self.rows, "latent")[:, : self.globe].astype(np.float32)

    @property
    def positions(self) -> np.ndarray:
        """[N, 2]: the best map there is."""
        return self.components if self.neighbours is None else self.neighbours

    def between(self, point: tuple[float, float], positions: np.ndarray | None = None, count: int = 4) -> Recipe:
        """How to draw what the model sees at a point of the map: a mean of the ``count`` pictures around it.

        Raises `DarkroomError` where the model cannot draw.
        """
        if not self.drawable:
            raise DarkroomError(f"Model {self.model_name} has nothing to draw between pictures with.")
        gaps = ((self.positions if positions is None else positions) - np.asarray(point)) ** 2
        gaps = np.sqrt(gaps.sum(1))
        around = np.argsort(gaps)[:count]
        weights = 1 / np.maximum(gaps[around], 1e-4)
        latent = (weights / weights.sum()) @ self.latents(around)
        return Recipe(model=self.model, latent=latent.astype("<f2").tobytes())


def cache() -> Path:
    """Where maps lie."""
    return Path(platformdirs.user_cache_dir("latent-darkroom", appauthor=False)) / "maps"


def place_of(folder: Path, card: Card) -> Path:
    """Where the map of a folder by a model lies, or would."""
    return _of_folder(folder) / f"{card.id}-{fingerprint(card)}"


def fingerprint(card: Card) -> str:
    """Tells apart two models of one name: 12 digits that change with their files."""
    text = "".join(
        f"{name}:{digest}\n" for name, digest in sorted(card.sha256.items()) if name.endswith((".safetensors", ".onnx"))
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def maps_of(folder: Path) -> list[Path]:
    """The places of the maps there are of a folder, the newest first."""
    found = sorted(_of_folder(folder).glob(f"*/{FILE}"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [path.parent for path in found]


def open_atlas(folder: Path, model: str) -> Atlas:
    """The map of a folder by a model, by its id, as it is on disk now. 20,000 pictures take about 0.1 s.

    Raises `Missing`: then let `explore` make it.
    """
    for place in maps_of(folder):
        if place.name.rpartition("-")[0] == model:
            return read(place)
    raise Missing(f"There is no map of {folder.name} by model {model} yet.")


def read(place: Path) -> Atlas:
    """The map at a place. Raises `Missing`."""
    try:
        saved = msgspec.msgpack.decode((place / FILE).read_bytes(), type=_Saved)
        if saved.version != VERSION:
            raise Missing(f"The map of {Path(saved.folder).name} is of another version of this program.")
        atlas = _unpacked(saved, place)
    except OSError as error:
        raise Missing(f"The map cannot be read: {explain(error)}.") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise Missing("The map is damaged or of another version of this program.") from error
    if len(atlas) and int(atlas.rows.max()) >= len(atlas.store):
        raise Missing(f"The map of {atlas.folder.name} is damaged: what it points to was cut short.")
    return atlas


def write(atlas: Atlas) -> None:
    """Put the map on the disk, whole, in the place of the one before. Raises OSError."""
    with replacing(atlas.place / FILE, overwrite=True) as file:
        file.write(msgspec.msgpack.encode(_packed(atlas)))


class _Saved(msgspec.Struct, kw_only=True):
    """The file of a map. Arrays are their bytes, little-endian, by name (see `_ARRAYS`)."""

    version: int
    folder: str
    model: str
    model_name: str
    fingerprint: str
    side: int
    whole: bool
    globe: int
    drawable: bool
    usual_bits: tuple[float, float, float]
    names: list[str]
    left_out: list[tuple[str, str]]
    finished: bool
    files: list[str]
    arrays: dict[str, bytes]


#: Type and columns of every array of a map.
_ARRAYS: dict[str, tuple[str, int]] = {
    "pixels": ("<i4", 2),
    "stamps": ("<i8", 2),
    "contents": ("u1", 16),
    "rows": ("<i8", 0),
    "oddness": ("<f4", 0),
    "out_of_place": ("<f4", 0),
    "bits": ("<f4", 2),
    "known": ("u1", 0),
    "groups": ("<i4", 0),
    "clusters": ("<i4", 0),
    "nearest": ("<i4", NEAREST),
    "components": ("<f4", 2),
    "neighbours": ("<f4", 2),
}
_SAME = ("model", "model_name", "fingerprint", "side", "whole", "globe", "drawable", "usual_bits", "names", "left_out")


def _packed(atlas: Atlas) -> _Saved:
    arrays = {name: getattr(atlas, name) for name in _ARRAYS}
    return _Saved(
        version=VERSION,
        folder=str(atlas.folder),
        finished=atlas.finished,
        files=atlas.files,
        arrays={name: a.astype(_ARRAYS[name][0]).tobytes() for name, a in arrays.items() if a is not None},
        **{name: getattr(atlas, name) for name in _SAME},
    )


def _unpacked(saved: _Saved, place: Path) -> Atlas:
    """Raises ValueError for arrays that do not fit each other."""
    count, arrays = len(saved.names), {}
    for name, (kind, columns) in _ARRAYS.items():
        if name not in saved.arrays and name != "neighbours":
            raise ValueError(name)
        given = saved.arrays.get(name)
        columns = -1 if name == "nearest" else columns  # fewer where there are few pictures
        arrays[name] = (
            None if given is None else np.frombuffer(given, kind).reshape((count, columns) if columns else count)
        )
    same = {name: getattr(saved, name) for name in _SAME}
    return Atlas(folder=Path(saved.folder), place=place, finished=saved.finished, files=saved.files, **same, **arrays)


def key_of(folder: Path) -> str:
    """A name for what belongs to a folder: like its own, and another for every path."""
    folder = folder.resolve()
    plain = re.sub(r"[^\w-]+", "-", folder.name)[:40] or "folder"
    return f"{plain}-{hashlib.sha256(str(folder).encode(errors='surrogateescape')).hexdigest()[:12]}"


def _of_folder(folder: Path) -> Path:
    return cache() / key_of(folder)

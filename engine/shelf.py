"""The shelf of models as a person handles it: list, show, verify, export to one file and back, remove.

Everything here is free of torch and of the inference runtime, so that the window may call it; what
reads whole files (`verify`, `export`, `take_in`) belongs in the background there.

A model in one file is a plain ZIP of its folder: ``model.json`` first, then the rest, uncompressed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import msgspec
import psutil

from engine import catalog
from engine.catalog import CARD, Card
from engine.errors import Cancelled, ModelError
from engine.files import explain, replacing
from engine.imports import ONE_FILE

#: Called after each piece: how many bytes are done, how many there are.
OnStep = Callable[[int, int], None]
#: Asked between two pieces.
IsCancelled = Callable[[], bool]

#: Bytes read at once.
_PIECE = 1 << 22
#: Most files in a model, most bytes of its card, and most bytes of all its files.
_MOST_FILES, _LONGEST_CARD, _LARGEST = 500, 1 << 20, 64 << 30
#: Longest name of a model.
_LONGEST_NAME = 80
#: Before the name of a folder in which a model is made: then the number of the process that makes it.
_HIDDEN = ".new-"
#: Names of files that a model folder may hold: nothing that is a path or hidden, on any system.
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A model on the shelf."""

    id: str
    folder: str
    own: bool  #: of the user, not shipped: may be removed
    bytes: int  #: of all its files
    card: Card | None  #: None where it cannot be read
    trouble: str = ""  #: one sentence, where it cannot be read


def listed() -> list[Entry]:
    """Every model, unproved, the unreadable too; ordered by name."""
    entries = [_entry(folder) for folder in catalog.folders().values()]
    return sorted(entries, key=lambda e: (e.card.name if e.card else e.id).casefold())


def shown(model: str) -> Entry:
    """One model by its id. Raises `ModelError` when it is not there."""
    return _entry(_folder(model))


def verify(model: str, on_step: OnStep | None = None, cancelled: IsCancelled | None = None) -> None:
    """Compare every byte of a model with its card. Raises `ModelError` with what is wrong, and `Cancelled`."""
    folder = _folder(model)
    card = catalog.read_card(folder)
    catalog.check_names(folder, card)
    total, done = sum((folder / name).stat().st_size for name in card.sha256), 0
    for name, expected in card.sha256.items():
        digest = hashlib.sha256()
        for piece in _pieces(folder / name):
            _stop_if(cancelled)
            digest.update(piece)
            done += len(piece)
            if on_step:
                on_step(done, total)
        if digest.hexdigest() != expected:
            raise ModelError(f"Model {card.id} is damaged: {name} is not the file it was made with.")


def export(
    model: str,
    target: Path,
    overwrite: bool = False,
    on_step: OnStep | None = None,
    cancelled: IsCancelled | None = None,
) -> Path:
    """Write a model to one file, whole or not at all; the suffix `ONE_FILE` is added where it is missing.

    Raises `ModelError` when the model is damaged or the file cannot be written, and `Cancelled`.
    """
    target = target if target.suffix.lower() == ONE_FILE else target.with_name(target.name + ONE_FILE)
    verify(model, None, cancelled)
    folder = _folder(model)
    names = [CARD, *sorted(catalog.read_card(folder).sha256)]
    total, done = sum((folder / name).stat().st_size for name in names), 0
    try:
        with replacing(target, overwrite=overwrite) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name in names:
                # A fixed date: the same model is the same file.
                with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
                    for piece in _pieces(folder / name):
                        _stop_if(cancelled)
                        out.write(piece)
                        done += len(piece)
                        if on_step:
                            on_step(done, total)
    except FileExistsError as error:
        raise ModelError(f"{target.name}: it already exists.") from error
    except OSError as error:
        raise ModelError(f"{target.name}: {explain(error, writing=True)}.") from error
    return target


def take_in(
    path: Path, name: str | None = None, on_step: OnStep | None = None, cancelled: IsCancelled | None = None
) -> Entry:
    """Put a model that `export` wrote on the shelf, under an id that nobody has yet.

    ``name`` is what people shall call it. Raises `ModelError` for a file that is no such model, is
    damaged, or wants to write outside its folder, and `Cancelled`; nothing is left behind then.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            card, members = _checked(path, archive)
            with building(unused_id(name or card.id)) as folder:
                _unpack(archive, card, members, folder, on_step, cancelled)
                card.id, card.name = folder.name, name or card.name
                catalog.write_card(folder, card)
                final = settle(folder)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise ModelError(f"{path.name}: it is no model of this app, or damaged ({error}).") from error
    except OSError as error:
        raise ModelError(f"{path.name}: {explain(error)}.") from error
    return _entry(final)


def removable(model: str) -> Path:
    """The folder that goes to the bin when a model is removed. Raises `ModelError` for a shipped model."""
    folder = _folder(model)
    if folder.parent != catalog.own():
        raise ModelError(f"Model {folder.name} came with the program and stays.")
    return folder


def remove(model: str) -> Path:
    """Move a model of the user aside, into the folder ``removed`` beside the models, and return where it is now.

    The window uses the system's bin instead. Raises `ModelError`.
    """
    folder = removable(model)
    aside = catalog.own().parent / "removed"
    target = aside / f"{folder.name}-{time.strftime('%Y%m%d-%H%M%S')}"
    try:
        aside.mkdir(parents=True, exist_ok=True)
        return folder.rename(target)
    except OSError as error:
        raise ModelError(f"Model {model} cannot be removed: {explain(error, writing=True)}.") from error


def rename(model: str, name: str) -> Entry:
    """Give a model of the user another name; its id stays. Raises `ModelError`, for a shipped model too."""
    name = " ".join(name.split())[:_LONGEST_NAME]
    folder = _folder(model)
    if folder.parent != catalog.own():
        raise ModelError(f"Model {model} came with the program and keeps its name.")
    if not name:
        raise ModelError(f"Model {model} needs a name.")
    card = catalog.read_card(folder)
    card.name = name
    try:
        catalog.keep_card(folder, card)
    except OSError as error:
        raise ModelError(f"Model {model} cannot be renamed: {explain(error, writing=True)}.") from error
    return _entry(folder)


# -- new models ---------------------------------------------------------------------------------------


def unused_id(name: str) -> str:
    """An id made of a name: small letters, digits and hyphens, and a number where it is taken already."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "model"
    taken = catalog.folders()
    free = plain
    number = 2
    while free in taken or (catalog.own() / free).exists():
        free = f"{plain}-{number}"
        number += 1
    return free


@contextmanager
def building(model: str) -> Iterator[Path]:
    """An empty folder named ``model`` in a hidden place on the disk of the user's models, gone when the block ends;
    `settle` it before. Raises OSError."""
    catalog.own().mkdir(parents=True, exist_ok=True)
    for left in catalog.own().glob(f"{_HIDDEN}*"):  # by a process that was killed
        process = left.name.removeprefix(_HIDDEN).partition("-")[0]
        if process.isdigit() and not psutil.pid_exists(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=f"{_HIDDEN}{os.getpid()}-", dir=catalog.own(), ignore_cleanup_errors=True
    ) as hidden:
        folder = Path(hidden) / model
        folder.mkdir()
        yield folder


def settle(folder: Path) -> Path:
    """Put a finished model folder from `building` among the user's models and return where it is. Raises OSError."""
    return folder.rename(catalog.own() / folder.name)


# -- the parts ----------------------------------------------------------------------------------------


def _entry(folder: Path) -> Entry:
    own = folder.parent == catalog.own()
    size = sum(f.stat().st_size for f in folder.iterdir() if f.is_file())
    try:
        return Entry(id=folder.name, folder=str(folder), own=own, bytes=size, card=catalog.read_card(folder))
    except ModelError as error:
        return Entry(id=folder.name, folder=str(folder), own=own, bytes=size, card=None, trouble=str(error))


def _folder(model: str) -> Path:
    known = catalog.folders()
    if model not in known:
        raise ModelError(f"There is no model {model!r} (installed: {', '.join(known) or 'none'}).")
    return known[model]


def _checked(path: Path, archive: zipfile.ZipFile) -> tuple[Card, dict[str, zipfile.ZipInfo]]:
    """The card of a model in one file, and its other files by name; all that they claim is within bounds."""
    infos = archive.infolist()
    for info in infos:
        if not _PLAIN.fullmatch(info.filename) or PurePosixPath(info.filename).name != info.filename:
            raise ModelError(f"{path.name}: it names a file outside its folder: {info.filename!r}.")
        if info.compress_type != zipfile.ZIP_STORED:
            raise ModelError(f"{path.name}: {info.filename} is compressed, as this app never does.")
    members = {info.filename: info for info in infos}
    if len(members) != len(infos) or len(infos) > _MOST_FILES:
        raise ModelError(f"{path.name}: it holds the same file twice, or too many files.")
    if CARD not in members or members[CARD].file_size > _LONGEST_CARD:
        raise ModelError(f"{path.name}: it is no model of this app, there is no card in it.")
    if sum(info.file_size for info in infos) > min(_LARGEST, path.stat().st_size):
        raise ModelError(f"{path.name}: its files claim to be larger than it is.")
    try:
        card = msgspec.json.decode(archive.read(members.pop(CARD)), type=Card)
    except msgspec.DecodeError as error:
        raise ModelError(f"{path.name}: the card in it cannot be read: {error}.") from error
    if card.sha256.keys() != members.keys():
        raise ModelError(f"{path.name}: the files in it are not those that its card names.")
    if any(not name.endswith((".onnx", ".json", ".safetensors")) for name in members):
        raise ModelError(f"{path.name}: there are files in it that belong to no model.")
    return card, members


def _unpack(
    archive: zipfile.ZipFile,
    card: Card,
    members: dict[str, zipfile.ZipInfo],
    folder: Path,
    on_step: OnStep | None,
    cancelled: IsCancelled | None,
) -> None:
    total, done = sum(info.file_size for info in members.values()), 0
    if shutil.disk_usage(folder).free < total:
        raise ModelError(f"There is no room on the disk for the {total / 1e6:.0f} MB of {card.name}.")
    for name, info in members.items():
        digest = hashlib.sha256()
        with archive.open(info) as source, (folder / name).open("xb") as out:
            while piece := source.read(_PIECE):
                _stop_if(cancelled)
                digest.update(piece)
                out.write(piece)
                done += len(piece)
                if on_step:
                    on_step(done, total)
        if digest.hexdigest() != card.sha256[name]:
            raise ModelError(f"{Path(archive.filename or '').name}: {name} in it is damaged.")


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _stop_if(cancelled: IsCancelled | None) -> None:
    if cancelled and cancelled():
        raise Cancelled

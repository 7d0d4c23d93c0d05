"""The queue of the Restore tab as it outlives its window: photos, settings, states and finished results. No Qt."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from desktop.history import Made
from desktop.tabs.plain import back, plain
from desktop.tabs.restore_photo import QueuedPhoto, State, engine_part
from desktop.tabs.restore_queue import RestoreQueue
from desktop.tabs.tab import Kept
from engine.jobs import Estimate, Quality, Restored, RestoreSettings, Saved


class KeptPhoto(msgspec.Struct, kw_only=True, omit_defaults=True):
    """As in `QueuedPhoto`. ``pixels`` and those of the results are files of the work folder."""

    path: Path
    settings: RestoreSettings
    stopped: bool = False
    failure: str = ""
    pixels: str | None = None
    width: int = 0
    height: int = 0
    bits: int = 8
    estimate: Estimate | None = None
    results: list[Restored] = []  #: oldest first
    saved: tuple[str, float] | None = None
    saved_as: Path | None = None


class KeptQueue(msgspec.Struct, kw_only=True, omit_defaults=True):
    """``numbers`` and ``asks``: of photos and asks so far. The files that the engine leaves are named after them."""

    photos: list[KeptPhoto]
    model: str  #: that new photos are restored with
    quality: Quality = "normal"
    selected: int | None = None  #: its place
    numbers: int = 0
    asks: int = 0


def kept(queue: RestoreQueue, folder: Path, closing: bool) -> Kept | None:
    """What `Tab.kept` is asked for. ``folder``: the work folder."""
    photos = queue.photos
    if closing:  # the results are saved or were given up; what is still to be done waits for the user
        undone = (State.WAITING, State.WORKING, State.STOPPED)
        photos = [photo for photo in photos if photo.state in undone and not photo.path.is_relative_to(folder)]
    if not photos:
        return None
    selected = photos.index(queue.selected) if queue.selected in photos else None
    told = [_told(photo, closing) for photo in photos]
    return plain(
        KeptQueue(
            photos=told,
            model=queue.fresh.model,
            quality=queue.fresh.quality,
            selected=selected,
            numbers=queue.numbers,
            asks=queue.asks,
        )
    )


def _told(photo: QueuedPhoto, closing: bool) -> KeptPhoto:
    if closing:
        return KeptPhoto(path=photo.path, settings=photo.settings, stopped=True)
    return KeptPhoto(
        path=photo.path,
        settings=photo.settings,
        stopped=photo.stopped,
        failure=photo.failure,
        pixels=photo.pixels,
        width=photo.width,
        height=photo.height,
        bits=photo.bits,
        estimate=photo.estimate,
        results=list(photo.results.values()),
        saved=photo.saved,
        saved_as=photo.saved_as,
    )


def take_up(queue: RestoreQueue, told: Kept) -> list[QueuedPhoto]:
    """Queue what another queue `kept`, behind what is there. Returns the new photos. Raises ValueError."""
    before = back(told, KeptQueue)
    queue.fresh = RestoreSettings(model=before.model, quality=before.quality)
    photos = {}
    for place, photo in enumerate(before.photos):
        results = [result for result in photo.results if _is_whole(result.pixels) and _is_whole(result.doubt)]
        if results or photo.path.exists():
            photos[place] = _again(photo, results)
    added = queue.add_again(photos.values(), before.numbers, before.asks)
    selected = photos.get(before.selected) if before.selected is not None else None
    if selected in added:
        queue.select(selected.number)
    return added


def _again(photo: KeptPhoto, results: list[Restored]) -> QueuedPhoto:
    again = QueuedPhoto(0, photo.path, photo.settings, stopped=photo.stopped, failure=photo.failure)
    if photo.pixels and _is_whole(photo.pixels):
        again.pixels, again.width, again.height, again.bits = photo.pixels, photo.width, photo.height, photo.bits
        again.estimate = photo.estimate
        again.results = {engine_part(result.settings): result for result in results}
        again.last = again.result or next(reversed(results), None)
        again.saved, again.saved_as = photo.saved, photo.saved_as
    return again


class _How(msgspec.Struct):
    photo: Path
    settings: RestoreSettings


def made(photo: QueuedPhoto, answer: Restored | Saved) -> tuple[Made, str] | None:
    """A result for the history, and its pixels: when it is finished, and when it is saved. None for a passing copy."""
    result = photo.result
    if result is None or (isinstance(answer, Saved) and photo.saved_as != Path(answer.target)):
        return None
    told = Made(
        tab="restore",
        title=photo.path.name,
        how=plain(_How(photo.path, photo.settings)),
        model=photo.settings.model,
        file=answer.target if isinstance(answer, Saved) else "",
        source=str(photo.path),
    )
    return told, result.pixels


def how_to_make(how: Kept) -> tuple[Path, RestoreSettings]:
    """The photo and the settings of a result in the history. Raises ValueError."""
    told = back(how, _How)
    return told.photo, told.settings


def _is_whole(path: str) -> bool:
    """Whether a .npy is there and as long as it says."""
    try:
        return np.load(path, mmap_mode="r").size > 0
    except (OSError, ValueError, EOFError):
        return False

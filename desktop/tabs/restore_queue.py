"""The queue of the Restore tab as a state machine: events go in, asks for the engine come out. No Qt.

The window tells it what the user does (`add`, `select`, `change`, ...) and what the engine answers
(`take`), and after each sends what `due` returns. One photo is restored at a time. The selected one
goes first; another photo that still has a while to go gives way to it and is restored afterwards.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.tabs.restore_photo import Growing, QueuedPhoto, State, engine_part
from engine import jobs

#: Finished results kept for each photo, so that going back to earlier settings or another variant is instant.
KEPT_RESULTS = 6
#: Megapixels of removed photos and their results that are kept for undo.
KEPT_MEGAPIXELS = 200.0
#: Photos opened ahead of the one being restored: opened photos take room in the work folder.
OPENED_AHEAD = 2
#: A photo with no more than this many seconds to go is finished before the selected one has its turn.
PATIENCE = 2.0


JobOrCancel = jobs.Open | jobs.Restore | jobs.Save | jobs.Cancel


@dataclass(frozen=True)
class Run:
    """How far the queue is: "photo ``position`` of ``total``". ``seconds_left`` is None until it can be known."""

    position: int
    total: int
    fraction: float
    seconds_left: float | None


class RestoreQueue:
    """Photos in the order they came, and which one the engine is asked to restore next."""

    def __init__(self, exists: Callable[[str], bool] = os.path.exists) -> None:
        """``exists`` tells whether a result's file is still in the work folder."""
        self._exists = exists
        self.photos: list[QueuedPhoto] = []
        self.selected: QueuedPhoto | None = None
        self.fresh = jobs.RestoreSettings()  #: of new photos
        self.numbers = self.asks = 0  #: of photos and of asks so far
        self._opening: int | None = None
        self._running: int | None = None  # a photo's number, also while it is being cancelled
        self._cancelling = False
        self._asked: dict[int, jobs.RestoreSettings] = {}  # what the newest ask of a photo was made with
        self._unsettled: set[int] = set()
        self._outbox: deque[jobs.Cancel] = deque()
        self._saves: deque[jobs.Save] = deque()
        self._saving: jobs.Save | None = None
        self._exports: set[str] = set()
        self._finished: set[int] = set()  # in this run: since the queue was last at rest
        self._seconds_per_megapixel: float | None = None
        self._discarded: set[str] = set()
        self._removed: deque[QueuedPhoto] = deque()  # whose files are still there

    # -- what the user does -----------------------------------------------------------------------

    def photo(self, number: int) -> QueuedPhoto | None:
        return next((photo for photo in self.photos if photo.number == number), None)

    def add(self, paths: Iterable[Path]) -> list[QueuedPhoto]:
        """Queue photos with automatic settings; those that are queued already are left out. Returns the new ones."""
        known = {photo.path for photo in self.photos}
        added = []
        for path in paths:
            if path not in known:
                known.add(path)
                self.numbers += 1
                added.append(QueuedPhoto(self.numbers, path, self.fresh))
        self.photos += added
        return added

    def add_again(self, photos: Iterable[QueuedPhoto], numbers: int, asks: int) -> list[QueuedPhoto]:
        """Queue photos of another queue, but for those that are queued already, under numbers of this one. Counts on
        from where the other was, since its files may lie in the work folder. Returns the new ones."""
        self.numbers, self.asks = max(self.numbers, numbers), max(self.asks, asks)
        known = {photo.path for photo in self.photos}
        added = [photo for photo in photos if photo.path not in known]
        for photo in added:
            self.numbers += 1
            photo.number = self.numbers
        self.photos += added
        return added

    def with_model(self, model: str, quality: jobs.Quality) -> dict[int, jobs.RestoreSettings]:
        """New photos are restored with this model. What the settings of those that are there would be with it."""
        wanted = {"model": model, "quality": quality}
        self.fresh = msgspec.structs.replace(self.fresh, **wanted)
        return {photo.number: msgspec.structs.replace(photo.settings, **wanted) for photo in self.photos}

    def remove(self, numbers: Iterable[int]) -> None:
        """Take photos out of the queue. Their files stay for `put_back`, those of the last few megapixels."""
        for photo in [photo for number in set(numbers) if (photo := self.photo(number))]:
            if self._running == photo.number:
                self._cancel_running()
            self._finished.discard(photo.number)
            self._unsettled.discard(photo.number)
            self._asked.pop(photo.number, None)
            self._saves = deque(save for save in self._saves if save.photo != photo.number)
            self.photos.remove(photo)
            self._removed.append(photo)
            photo.ask, photo.working, photo.progress = -1, False, None  # what is still made of it is not wanted
            if self.selected is photo:
                self.selected = None
        while sum(photo.megapixels * (1 + len(photo.results)) for photo in self._removed) > KEPT_MEGAPIXELS:
            self._discarded |= self._removed.popleft().files()

    def put_back(self, photos: Iterable[tuple[int, QueuedPhoto]]) -> None:
        """Undo of `remove`: each at its place, with what is left of its results."""
        for place, photo in photos:
            if photo in self._removed:
                self._removed.remove(photo)
            photo.pixels = photo.pixels if photo.pixels and self._exists(photo.pixels) else None
            photo.results = {
                key: made for key, made in photo.results.items() if photo.pixels and self._exists(made.pixels)
            }
            photo.last, photo.growing = photo.result, None
            self.photos.insert(place, photo)

    def select(self, number: int | None, resting: bool = True) -> None:
        """Show a photo. Unless ``resting``, it is opened at once but restored only after `settle`."""
        self.selected = self.photo(number) if number is not None else None
        if self.selected and not resting:
            self._unsettled.add(self.selected.number)

    def change(self, number: int, settings: jobs.RestoreSettings) -> None:
        """New settings for a photo. Nothing is asked before `settle`, so that a moving slider asks once."""
        photo = self.photo(number)
        if photo is None or photo.settings == settings:
            return
        same_for_engine = engine_part(photo.settings) == engine_part(settings)
        photo.settings = settings
        photo.save_failure = ""
        if same_for_engine:
            return
        self._unsettled.add(number)
        photo.working, photo.stopped, photo.progress = False, False, None
        self._finished.discard(number)
        if photo.pixels:
            photo.failure = ""
        photo.results = {key: made for key, made in photo.results.items() if self._exists(made.pixels)}
        if photo.result is not None:
            photo.last = photo.result
            photo.growing = None
            if self._running == number:
                self._cancel_running()

    def settle(self) -> None:
        """The user's hand rests: changed photos may be asked for again."""
        self._unsettled.clear()

    def stop(self) -> None:
        """Stop the photo at work and hold the waiting ones back, until `resume`."""
        if self._running is not None:
            self._cancel_running()
        for photo in self.photos:
            if photo.state in (State.WAITING, State.WORKING):
                photo.working, photo.stopped, photo.progress = False, True, None

    def resume(self, number: int | None = None) -> None:
        """Let stopped and failed photos wait again: one by its number, or every stopped one."""
        for photo in self.photos:
            if photo.number == number or (number is None and photo.stopped):
                photo.stopped, photo.failure, photo.save_failure = False, "", ""

    def save(self, number: int, target: Path, overwrite: bool = False, export: bool = False) -> None:
        """Write a finished photo at its strength to ``target``. Does nothing where no result is finished.

        An ``export`` is a passing copy (for the clipboard, for a drag): it does not count as saved.
        """
        photo = self.photo(number)
        if photo is None or photo.result is None or photo.pixels is None:
            return
        photo.save_failure = ""
        if export:
            self._exports.add(str(target))
        settings = msgspec.structs.replace(photo.result.settings, strength=photo.settings.strength)
        self._saves.append(
            jobs.Save(
                photo=number,
                path=str(photo.path),
                pixels=photo.result.pixels,
                settings=settings,
                target=str(target),
                overwrite=overwrite,
            )
        )

    # -- what the engine answers ------------------------------------------------------------------

    def take(self, answer: jobs.PhotoAnswer) -> QueuedPhoto | None:
        """Note an answer. Returns the photo it changed; None for one that was removed or an answer that is late."""
        photo = self.photo(answer.photo)
        match answer:
            case jobs.Opened():
                self._opening = None
                if photo is None:
                    self._discarded.add(answer.pixels)
                else:
                    photo.pixels, photo.bits = answer.pixels, answer.bits
                    photo.width, photo.height = answer.width, answer.height
            case jobs.Estimated():
                if photo:
                    photo.estimate = answer.estimate
            case jobs.Part():
                if photo is None or answer.ask != photo.ask:
                    return None
                if photo.growing is None or photo.growing.pixels != answer.pixels:
                    self._discarded |= {photo.growing.pixels} if photo.growing else set()
                    photo.growing = Growing(answer.pixels)
                photo.growing.boxes.append(answer.box)
            case jobs.Progress():
                if photo is None or answer.ask != photo.ask or not photo.working:
                    return None
                photo.progress = answer
            case jobs.Restored():
                return self._take_restored(photo, answer)
            case jobs.Stopped():
                if self._cancelling:
                    self._end_run(answer.photo)
            case jobs.Saved():
                save, self._saving = self._saving, None
                if photo and save and save.target in self._exports:
                    self._exports.discard(save.target)
                elif photo and save:
                    photo.saved, photo.saved_as = (save.pixels, save.settings.strength), Path(answer.target)
            case jobs.Failed():
                self._take_failed(photo, answer)
        return photo

    def _take_restored(self, photo: QueuedPhoto | None, answer: jobs.Restored) -> QueuedPhoto | None:
        if photo is None or answer.ask != photo.ask:
            self._discarded |= {answer.pixels, answer.doubt}
            if photo is None:
                self._end_run(answer.photo)
            return None
        self._end_run(photo.number)
        photo.results[engine_part(self._asked[photo.number])] = answer
        photo.last, photo.growing, photo.progress, photo.failure = answer, None, None, ""
        if photo.working:
            photo.working = False
            self._finished.add(photo.number)
        if photo.megapixels:
            self._seconds_per_megapixel = answer.seconds / photo.megapixels
        while len(photo.results) > KEPT_RESULTS:
            before = photo.files()
            oldest = next(key for key, kept in photo.results.items() if kept is not photo.result and kept is not answer)
            del photo.results[oldest]
            self._discarded |= before - photo.files()
        return photo

    def _take_failed(self, photo: QueuedPhoto | None, answer: jobs.Failed) -> None:
        if answer.job == "open":
            self._opening = None
        elif answer.job == "save":
            self._saving = None
            if photo:
                photo.save_failure = answer.message
            return
        else:
            still_wanted = photo is not None and photo.working
            self._end_run(answer.photo)
            if not still_wanted:
                return
        if photo:
            photo.failure, photo.working, photo.progress = answer.message, False, None
            self._finished.add(photo.number)

    # -- what to ask the engine -------------------------------------------------------------------

    def due(self, part_first: jobs.Box | None = None) -> list[JobOrCancel]:
        """The asks to send now. ``part_first`` is the box of the selected photo that is on screen."""
        asks: list[JobOrCancel] = list(self._outbox)
        self._outbox.clear()
        for ask in (self._due_open(), self._due_restore(part_first), self._due_save()):
            if ask is not None:
                asks.append(ask)
        asks += self._outbox  # a Cancel that made room for the selected photo
        self._outbox.clear()
        if not any(photo.state in (State.WAITING, State.WORKING) for photo in self.photos):
            self._finished.clear()
        return asks

    def _in_order(self) -> list[QueuedPhoto]:
        first = [self.selected] if self.selected else []
        return first + [photo for photo in self.photos if photo is not self.selected]

    def _due_open(self) -> jobs.Open | None:
        if self._opening is not None:
            return None
        ahead = sum(1 for photo in self.photos if photo.pixels and photo.state is State.WAITING)
        for photo in self._in_order():
            # A stopped photo is opened when it is looked at.
            wanted = photo.state is State.WAITING or (photo is self.selected and photo.state is State.STOPPED)
            if wanted and photo.pixels is None:
                if photo is not self.selected and ahead >= OPENED_AHEAD:
                    return None
                self._opening = photo.number
                return jobs.Open(photo=photo.number, path=str(photo.path))
        return None

    def _due_restore(self, part_first: jobs.Box | None) -> jobs.Restore | None:
        waiting = [photo for photo in self._in_order() if photo.state is State.WAITING]
        if not waiting:
            return None
        photo = waiting[0]
        running = self.photo(self._running) if self._running is not None else None
        if self._running is not None and (running is not photo or self._cancelling):
            if running is not None and self._gives_way(running, photo):
                running.working, running.progress = False, None
                self._cancel_running()
            return None
        if photo is not self.selected:  # the selected one, when it waits at all, is worth waiting for
            photo = next((photo for photo in waiting if photo.pixels and photo.number not in self._unsettled), photo)
        if photo.pixels is None or photo.number in self._unsettled:
            return None
        self.asks += 1
        self._running = photo.number
        self._asked[photo.number] = photo.settings
        photo.ask, photo.working, photo.progress = self.asks, True, None
        return jobs.Restore(
            photo=photo.number,
            ask=self.asks,
            path=str(photo.path),
            settings=engine_part(photo.settings),
            part_first=part_first if photo is self.selected else None,
        )

    def _gives_way(self, running: QueuedPhoto, photo: QueuedPhoto) -> bool:
        if not running.working:  # its settings changed: nobody waits for what it makes
            return True
        if photo is not self.selected or photo.number in self._unsettled:
            return False
        left = running.progress.seconds_left if running.progress else None
        return left is None or left > PATIENCE

    def _due_save(self) -> jobs.Save | None:
        if self._saving is None and self._saves:
            self._saving = self._saves.popleft()
            return self._saving
        return None

    def _cancel_running(self) -> None:
        if self._running is not None and not self._cancelling:
            self._cancelling = True
            self._outbox.append(jobs.Cancel(photo=self._running))

    def _end_run(self, number: int) -> None:
        if self._running == number:
            self._running, self._cancelling = None, False

    # -- what the window shows --------------------------------------------------------------------

    @property
    def saving(self) -> bool:
        return self._saving is not None or bool(self._saves)

    def run(self) -> Run | None:
        """How far the run is, or None while nothing waits or works."""
        pending = [photo for photo in self.photos if photo.state in (State.WAITING, State.WORKING)]
        if not pending:
            return None
        done, total = len(self._finished), len(self._finished) + len(pending)
        running = next((photo for photo in pending if photo.working), None)
        fraction = (done + (running.done_fraction if running else 0.0)) / total
        return Run(done + 1, total, fraction, self._seconds_left(pending, running))

    def _seconds_left(self, pending: list[QueuedPhoto], running: QueuedPhoto | None) -> float | None:
        if running is None or running.progress is None or running.progress.seconds_left is None:
            return None
        left = running.progress.seconds_left
        others = [photo for photo in pending if photo is not running]
        speed = self._seconds_per_megapixel
        if speed is None and running.done_fraction < 1:
            speed = left / (running.megapixels * (1 - running.done_fraction)) if running.megapixels else None
        if not others or speed is None:
            return left
        sizes = [photo.megapixels for photo in self.photos if photo.megapixels]
        usual = sum(sizes) / len(sizes) if sizes else 0.0
        return left + speed * sum(photo.megapixels or usual for photo in others)

    def unsaved(self) -> list[QueuedPhoto]:
        return [photo for photo in self.photos if photo.state is State.DONE]

    def take_discarded(self) -> set[str]:
        """Files of the work folder that nothing needs any more, each named once."""
        given, self._discarded = self._discarded, set()
        return given

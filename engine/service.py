"""The engine process: takes asks from the window, answers as it goes.

The main thread listens, so that a cancel is heard while work is done; one reads and writes files, one
restores, and the studio has its own. Photos are left as ``.npy`` files in the work folder.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import numpy as np

from engine import catalog, clean, photo
from engine.errors import Cancelled, DarkroomError
from engine.jobs import (
    Answer,
    Ask,
    Box,
    Cancel,
    Close,
    Estimated,
    Failed,
    Open,
    Opened,
    Part,
    PlaceAsk,
    Progress,
    Quality,
    Ready,
    Restore,
    Restored,
    Save,
    Saved,
    Stopped,
    Withdraw,
    decode_ask,
    encode,
)
from engine.restore import Reading, Restorer, blend
from engine.studio import Studio
from engine.worker import Worker, resting


def main(connection: Connection, work_folder: str, device: str = "auto") -> None:
    """Serve until the window says `Close` or is gone."""
    service = Service(connection, Path(work_folder), device)
    service.listen()


#: Photos whose readings are kept; one of another is read again.
READINGS = 50


class _Load:
    """The first job of all: load the model and say on which device it runs."""


class Service:
    """The engine's side of the pipe."""

    def __init__(self, connection: Connection, work_folder: Path, device: str) -> None:
        self._connection, self._folder, self._device = connection, work_folder, device
        self._sending = threading.Lock()
        self._restorer: Restorer | clean.Cleaner | None = None
        self._loaded: tuple[str, bool, catalog.Stamp] | None = None
        self._told = ""  #: why the device that the window knows was chosen
        self._readings: dict[int, Reading] = {}
        self._stopping: set[int] = set()
        self._files = Worker("files", self._handle)
        self._models = Worker("models", self._handle, *resting(self._release))
        self._studio = Studio(self._send, device)

    def listen(self) -> None:
        """Take asks as they come; never works itself."""
        self._models.put(_Load())
        try:
            while not isinstance(ask := decode_ask(self._connection.recv_bytes()), Close):
                self._accept(ask)
        except (EOFError, OSError):
            pass  # the window is gone, and so is the reason to go on
        self._interrupt(lambda _: True)
        self._files.close()
        self._models.close()
        self._studio.close()

    def _accept(self, ask: Ask) -> None:
        if isinstance(ask, Open | Save):
            self._files.put(ask)
        elif isinstance(ask, Restore):
            # The newest ask for a photo takes the place of every older one, which ends in silence.
            self._forget(ask.photo)
            self._models.put(ask)
        elif isinstance(ask, Cancel) and self._forget(ask.photo):
            self._send(Stopped(ask.photo))
        elif isinstance(ask, PlaceAsk | Withdraw):
            self._studio.accept(ask)

    def _forget(self, photo: int) -> bool:
        """Drop and interrupt what was asked for a photo. Returns whether there was anything."""
        waiting = self._models.drop(lambda job: isinstance(job, Restore) and job.photo == photo)
        return self._interrupt(lambda running: running.photo == photo) or waiting

    def _interrupt(self, which: Callable[[Restore], bool]) -> bool:
        running = self._models.running
        if not (isinstance(running, Restore) and which(running)):
            return False
        self._stopping.add(running.ask)
        if self._restorer:
            self._restorer.graphs.interrupt()
        return True

    # -- jobs ------------------------------------------------------------------------------------

    def _handle(self, job: object) -> None:
        try:
            match job:
                case _Load():
                    self._load()
                case Open():
                    self._open(job)
                case Opened():
                    self._judge(job)
                case Restore():
                    self._restore(job)
                case Save():
                    self._save(job)
        except Cancelled:
            assert isinstance(job, Restore)
            _remove(self._result(job), self._doubt(job))
        except DarkroomError as error:
            self._fail(job, str(error))
        except MemoryError:
            self._fail(job, f"{self._name(job)}: there is not enough memory for this photo.")
        except OSError as error:
            self._fail(job, f"{self._name(job)}: {error.strerror or error}.")
        except Exception as error:  # the engine must outlive a bug; the log has the details
            traceback.print_exc(file=sys.stderr)
            self._fail(job, f"{self._name(job)}: something unexpected went wrong ({type(error).__name__}).")

    def _load(self) -> None:
        self._models_loaded()
        self._tell_device()

    def _tell_device(self) -> None:
        """Say on which device models run, where the window does not know it yet: one may be lost in mid-job."""
        if self._restorer and self._restorer.graphs.device.reason != self._told:
            device = self._restorer.graphs.device
            self._told = device.reason
            self._send(Ready(device.name, device.reason, device.mend))

    def _models_loaded(self, model: str = "photo-restore", quality: Quality = "normal") -> Restorer | clean.Cleaner:
        stamp = model, quality == "fast", catalog.stamp(model)
        if self._restorer is None or self._loaded != stamp:
            self._restorer, self._loaded = clean.restorer(model, self._device, quality=quality), stamp
        return self._restorer

    def _release(self) -> None:
        if self._restorer:
            self._restorer.graphs.release()

    def _open(self, ask: Open) -> None:
        picture = photo.read(ask.path)
        target = self._folder / f"photo-{ask.photo}.npy"
        np.save(target, picture.pixels)
        opened = Opened(ask.photo, ask.path, str(target), picture.width, picture.height, picture.bits)
        # First the judging is queued and then the window is told: what it asks next comes after it.
        self._models.put(opened)
        self._send(opened)

    def _judge(self, opened: Opened) -> None:
        reading = self._models_loaded().read(np.load(opened.pixels, mmap_mode="r"))
        self._remember(opened.photo, reading)
        self._send(Estimated(opened.photo, reading.estimate))

    def _remember(self, photo: int, reading: Reading) -> None:
        self._readings[photo] = reading
        while len(self._readings) > READINGS:
            del self._readings[next(iter(self._readings))]

    def _restore(self, ask: Restore) -> None:
        began = time.perf_counter()
        source = self._folder / f"photo-{ask.photo}.npy"
        if not source.exists():
            self._open(Open(ask.photo, ask.path))
        pixels = np.load(source, mmap_mode="r")
        settings = ask.settings
        restorer = self._models_loaded(settings.model, "normal" if settings.variant else settings.quality)
        reading = self._readings.get(ask.photo)
        if reading is None:
            reading = restorer.read(pixels)
            if not isinstance(restorer, clean.Cleaner):  # which judges nothing
                self._remember(ask.photo, reading)
        target, doubt = self._result(ask), self._doubt(ask)
        out = np.lib.format.open_memmap(target, "w+", pixels.dtype, pixels.shape)
        doubt_out = np.lib.format.open_memmap(doubt, "w+", np.uint8, pixels.shape[:2])

        def on_part(box: Box, done: int, total: int) -> None:
            left = (time.perf_counter() - began) / done * (total - done)
            if box[2] > box[0]:
                self._send(Part(ask.photo, ask.ask, str(target), box))
            self._send(Progress(ask.photo, ask.ask, done, total, left))

        restorer.restore(
            pixels,
            # How strong is a matter of showing and saving: the window mixes live, `_save` for good.
            msgspec.structs.replace(ask.settings, strength=1.0),
            reading=reading,
            doubt=True,
            out=out,
            doubt_out=doubt_out,
            part_first=ask.part_first or (0, 0, pixels.shape[1], pixels.shape[0]),
            on_part=on_part,
            cancelled=lambda: ask.ask in self._stopping,
        )
        seconds = time.perf_counter() - began
        self._tell_device()
        self._send(
            Restored(ask.photo, ask.ask, str(target), str(doubt), ask.settings, restorer.device, round(seconds, 3))
        )

    def _save(self, ask: Save) -> None:
        picture = photo.read(ask.path)
        pixels = np.load(ask.pixels)
        if pixels.shape == picture.pixels.shape and pixels.dtype == picture.pixels.dtype:
            blend(picture.pixels, pixels, ask.settings.strength)
        made_by = msgspec.json.encode(ask.settings).decode()
        target = photo.write(picture, pixels, Path(ask.target), settings=made_by, overwrite=ask.overwrite)
        self._send(Saved(ask.photo, str(target)))

    # -- the work folder, and words --------------------------------------------------------------

    def _result(self, ask: Restore) -> Path:
        return self._folder / f"result-{ask.photo}-{ask.ask}.npy"

    def _doubt(self, ask: Restore) -> Path:
        return self._folder / f"doubt-{ask.photo}-{ask.ask}.npy"

    def _fail(self, job: object, message: str) -> None:
        kind = "open" if isinstance(job, Open | Opened) else "save" if isinstance(job, Save) else "restore"
        self._send(Failed(getattr(job, "photo", -1), kind, message))

    def _name(self, job: object) -> str:
        return Path(getattr(job, "path", "") or "The engine").name

    def _send(self, answer: Answer) -> None:
        # Where nobody listens any more, `listen` will notice.
        with self._sending, contextlib.suppress(OSError):
            self._connection.send_bytes(encode(answer))


def _remove(*paths: Path) -> None:
    """Delete files of the work folder; one the window still shows is deleted with the folder."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue

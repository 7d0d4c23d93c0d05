"""An engine process for tests: it speaks the pipe of `engine.jobs` and makes photos brighter instead of better.

What a photo is called says what happens to it: "crash" kills the process while it restores, "broken"
cannot be restored, "slow" takes long for each part.
"""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import fake_drawing
import numpy as np
from PIL import Image

from engine import jobs

TILE = 64
BRIGHTER = 40
ESTIMATE = jobs.Estimate(noise=12.0, blur=0.8, jpeg=45, scratches=0.7, fading=0.1, monochrome=False)


class FakeEngine:
    def __init__(self, connection: Connection, work_folder: str) -> None:
        self.connection, self.folder = connection, Path(work_folder)
        self.waiting: list[jobs.Ask] = []
        self.opened: dict[str, str] = {}

    def say(self, answer: jobs.Answer) -> None:
        self.connection.send_bytes(jobs.encode(answer))

    def hear(self) -> None:
        while self.connection.poll():
            self.waiting.append(jobs.decode_ask(self.connection.recv_bytes()))

    def serve(self) -> None:
        self.say(jobs.Ready(device="CPU, 2 threads", reason="The fake engine needs no more."))
        while True:
            if not self.waiting:
                self.waiting.append(jobs.decode_ask(self.connection.recv_bytes()))
            ask = self.waiting.pop(0)
            match ask:
                case jobs.Open():
                    self.open(ask)
                case jobs.Restore():
                    self.restore(ask)
                case jobs.Save():
                    self.save(ask)
                case jobs.Close():
                    return
                case jobs.Withdraw():
                    self.say(jobs.Withdrawn(place=ask.place))
                case _ if isinstance(ask, jobs.PlaceAsk):
                    self.draw(ask)

    def draw(self, ask: jobs.PlaceAsk) -> None:
        for answer in fake_drawing.answers(ask):
            self.hear()
            withdrawn = next((o for o in self.waiting if isinstance(o, jobs.Withdraw) and o.place == ask.place), None)
            if withdrawn:
                return  # it is answered in its turn
            self.say(answer)

    def open(self, ask: jobs.Open) -> None:
        try:
            with Image.open(ask.path) as image:
                pixels = np.array(image.convert("RGB"))
        except OSError:
            self.say(jobs.Failed(photo=ask.photo, job="open", message=f"{Path(ask.path).name}: not a photo."))
            return
        path = str(self.folder / f"photo-{os.getpid()}-{ask.photo}.npy")
        np.save(path, pixels)
        self.opened[ask.path] = path
        height, width = pixels.shape[:2]
        self.say(jobs.Opened(photo=ask.photo, path=ask.path, pixels=path, width=width, height=height, bits=8))
        self.say(jobs.Estimated(photo=ask.photo, estimate=ESTIMATE))

    def tile(self, pixels: np.ndarray, settings: jobs.RestoreSettings) -> np.ndarray:
        more = BRIGHTER + 10 * settings.variant + (0 if settings.noise is None else int(settings.noise))
        return np.clip(pixels.astype(int) + more, 0, 255).astype(np.uint8)

    def restore(self, ask: jobs.Restore) -> None:
        name = Path(ask.path).name
        if "broken" in name:
            self.say(jobs.Failed(photo=ask.photo, job="restore", message=f"{name}: the model gave no result."))
            return
        if ask.path not in self.opened:
            with Image.open(ask.path) as image:
                self.opened[ask.path] = str(self.folder / f"photo-{os.getpid()}-{ask.photo}.npy")
                np.save(self.opened[ask.path], np.array(image.convert("RGB")))
        source = np.load(self.opened[ask.path])
        height, width = source.shape[:2]
        path = str(self.folder / f"result-{os.getpid()}-{ask.ask}.npy")
        result = np.lib.format.open_memmap(path, "w+", np.uint8, source.shape)
        boxes = [
            (x, y, min(x + TILE, width), min(y + TILE, height))
            for y in range(0, height, TILE)
            for x in range(0, width, TILE)
        ]
        started = time.monotonic()
        for done, (left, top, right, bottom) in enumerate(boxes, 1):
            if "crash" in name and done == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(0.3 if "slow" in name else 0)
            self.hear()
            if any(isinstance(other, jobs.Restore) and other.photo == ask.photo for other in self.waiting):
                return
            for other in list(self.waiting):
                if isinstance(other, jobs.Cancel) and other.photo == ask.photo:
                    self.waiting.remove(other)
                    self.say(jobs.Stopped(photo=ask.photo))
                    return
            result[top:bottom, left:right] = self.tile(source[top:bottom, left:right], ask.settings)
            result.flush()
            self.say(jobs.Part(photo=ask.photo, ask=ask.ask, pixels=path, box=(left, top, right, bottom)))
            left_over = (time.monotonic() - started) / done * (len(boxes) - done)
            self.say(
                jobs.Progress(photo=ask.photo, ask=ask.ask, done=done, total=len(boxes), seconds_left=left_over),
            )
        doubt = str(self.folder / f"doubt-{os.getpid()}-{ask.ask}.npy")
        np.save(doubt, np.abs(np.diff(source.mean(2), axis=1, append=0)).clip(0, 127).astype(np.uint8) * 2)
        self.say(
            jobs.Restored(
                photo=ask.photo,
                ask=ask.ask,
                pixels=path,
                doubt=doubt,
                settings=ask.settings,
                device="CPU",
                seconds=time.monotonic() - started,
            )
        )

    def save(self, ask: jobs.Save) -> None:
        target = Path(ask.target)
        if target.exists() and not ask.overwrite:
            self.say(jobs.Failed(photo=ask.photo, job="save", message=f"{target.name}: exists already."))
            return
        try:
            Image.fromarray(np.load(ask.pixels)).save(target)
        except OSError as error:
            self.say(jobs.Failed(photo=ask.photo, job="save", message=f"{target.name}: {error.strerror}."))
            return
        self.say(jobs.Saved(photo=ask.photo, target=ask.target))


def main(connection: Connection, work_folder: str) -> None:
    FakeEngine(connection, work_folder).serve()


def dies_at_once(connection: Connection, work_folder: str) -> None:
    raise SystemExit(1)

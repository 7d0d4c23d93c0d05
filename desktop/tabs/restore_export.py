"""Results on their way to other apps: copied, as a picture and as a file, or dragged out as a file.

The file is written by the engine like any saved result, so that it keeps everything the photo's file
carried; it lies in the work folder until the window closes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop.background import Background
from desktop.tabs.restore_files import suggested_name
from desktop.tabs.restore_photo import QueuedPhoto
from desktop.tabs.restore_queue import RestoreQueue
from desktop.widgets.drop import drag_out, held, mime_of
from desktop.widgets.picture import STRIP, colour_image, eight_bits
from engine import jobs


class Exports(QObject):
    """Asks the queue for passing copies and does what they were wanted for once they are written."""

    failed = Signal(str)  #: one sentence

    def __init__(self, queue: RestoreQueue, folder: Path, pump: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._queue, self._folder, self._pump = queue, folder / "out", pump
        self._background = Background(parent=self)
        self._waiting: dict[str, Callable[[Path], None]] = {}

    def copy(self, photo: QueuedPhoto | None) -> None:
        """Put a finished result on the clipboard."""
        if photo is None or photo.result is None or photo.pixels is None:
            return
        original, result, strength = photo.pixels, photo.result.pixels, photo.settings.strength

        def written(path: Path) -> None:
            self._background.run(
                lambda: blend(original, result, strength),
                lambda image: _to_clipboard(image, path),
                lambda error: self.failed.emit(str(error)),
            )

        self._write(photo, written)

    def drag(self, photo: QueuedPhoto | None, source: QWidget) -> None:
        """Drag a finished result. A large one is dragged as soon as it is written, if the button is still down."""
        if photo is None or photo.result is None:
            return

        def written(path: Path) -> None:
            if held():
                drag_out(source, mime_of([path]))

        self._write(photo, written)

    def take(self, answer: jobs.Saved | jobs.Failed) -> None:
        """The engine wrote something, or could not."""
        if isinstance(answer, jobs.Saved):
            then = self._waiting.pop(answer.target, None)
            if then is not None:
                then(Path(answer.target))
        elif answer.job == "save":
            self._waiting.clear()

    def close(self) -> None:
        self._background.close()

    def _write(self, photo: QueuedPhoto, then: Callable[[Path], None]) -> None:
        assert photo.result is not None
        # One folder for each result and strength: the file is named as if it were saved, and written once.
        place = self._folder / f"{Path(photo.result.pixels).stem}-{round(photo.settings.strength * 100)}"
        target = place / suggested_name(photo.path)
        if target.exists():
            then(target)
            return
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.failed.emit(f"{target.name}: {error.strerror}.")
            return
        self._waiting[str(target)] = then
        self._queue.save(photo.number, target, export=True)
        self._pump()


def blend(original: str, result: str, strength: float) -> QImage:
    """The result at its strength as one picture. For a worker: it touches every pixel."""
    before, after = np.load(original, mmap_mode="r"), np.load(result, mmap_mode="r")
    mixed = np.empty(after.shape, np.uint8)
    for top in range(0, after.shape[0], STRIP):
        rows = slice(top, top + STRIP)
        old, new = eight_bits(before[rows]).astype(np.float32), eight_bits(after[rows])
        mixed[rows] = np.rint(old + strength * (new - old))
    return colour_image(mixed)


def _to_clipboard(image: QImage, path: Path) -> None:
    mime = QMimeData()
    mime.setImageData(image)
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)

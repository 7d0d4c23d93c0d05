"""Brings the selected photo's pictures to the canvas: opened, growing and finished, read off the window's thread.

What is on screen stays until there is something newer: the parts of a growing result are patched
into a private copy of the picture that was there before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject

from desktop.background import Background
from desktop.crash_log import log
from desktop.tabs.restore_photo import QueuedPhoto
from desktop.widgets.canvas import Canvas
from desktop.widgets.picture import Box, Picture

#: Photos whose pictures stay ready to be shown again.
KEPT = 6


@dataclass
class _Shelf:
    """The pictures of one photo, and which files were asked for so far."""

    original: Picture | None = None
    result: Picture | None = None
    doubt: Picture | None = None
    original_path: str | None = None
    result_path: str | None = None
    growing_path: str | None = None
    growing: Picture | None = None
    shown_file: str | None = None  #: the whole picture under the growing one
    boxes: int = 0  #: of the growing result that were patched in


class RestorePictures(QObject):
    """Follows one photo at a time."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._work = Background(threads=1, parent=self)  # one thread: what is asked later is done later
        self._shelves: OrderedDict[int, _Shelf] = OrderedDict()
        self._followed: int | None = None

    def follow(self, photo: QueuedPhoto | None) -> None:
        """Show this photo, and ask for whatever of it is not there yet. Call it again whenever it changes."""
        self._followed = photo.number if photo else None
        if photo is None:
            return
        shelf = self._shelves.setdefault(photo.number, _Shelf())
        self._shelves.move_to_end(photo.number)
        while len(self._shelves) > KEPT:
            self._shelves.popitem(last=False)
        self._ask_for(photo, shelf)
        self._show(photo.number, shelf)

    def forget(self, number: int) -> None:
        """A photo left the queue: its files will be deleted."""
        self._shelves.pop(number, None)

    def close(self) -> None:
        self._work.close()

    def _ask_for(self, photo: QueuedPhoto, shelf: _Shelf) -> None:
        if photo.pixels and shelf.original_path != photo.pixels:
            shelf.original_path = photo.pixels
            self._do(photo.number, shelf, lambda path=photo.pixels: _open_original(shelf, path))
        if photo.last and shelf.result_path != photo.last.pixels:
            shelf.result_path, shelf.growing_path = photo.last.pixels, None
            last = photo.last
            self._do(photo.number, shelf, lambda: _open_result(shelf, last.pixels, last.doubt))
        grown = photo.growing
        if grown is None and shelf.growing_path:  # given up for a result that was finished before
            shelf.growing_path = None
            self._do(photo.number, shelf, lambda: _drop_growing(shelf))
        if grown is not None:
            if shelf.growing_path != grown.pixels:
                shelf.growing_path, shelf.boxes = grown.pixels, 0
            boxes = grown.boxes[shelf.boxes :]
            shelf.boxes = len(grown.boxes)
            if boxes:
                self._do(photo.number, shelf, lambda: _patch(shelf, grown.pixels, boxes))

    def _do(self, number: int, shelf: _Shelf, work: Callable[[], None]) -> None:
        self._work.run(work, lambda _: self._show(number, shelf), _note)

    def _show(self, number: int, shelf: _Shelf) -> None:
        if number == self._followed and shelf.original is not None:
            self._canvas.show_pictures(shelf.original, shelf.growing or shelf.result, shelf.doubt)


def _open_original(shelf: _Shelf, path: str) -> None:
    shelf.original = Picture.open(path)
    shelf.shown_file = shelf.shown_file or path


def _open_result(shelf: _Shelf, path: str, doubt: str) -> None:
    shelf.result, shelf.doubt = Picture.open(path), Picture.open(doubt)
    shelf.growing, shelf.shown_file = None, path


def _drop_growing(shelf: _Shelf) -> None:
    shelf.growing = None


def _patch(shelf: _Shelf, path: str, boxes: list[Box]) -> None:
    if shelf.growing is None:
        below = shelf.result or shelf.original
        if below is None or shelf.shown_file is None:
            return
        shelf.growing = below.private_copy(shelf.shown_file)
    source = np.load(path, mmap_mode="r")
    for box in boxes:
        shelf.growing.patch(source, box)


def _note(error: Exception) -> None:
    """A file that went away while it was asked for (a photo removed, an engine restarted) is no fault of the user's."""
    log.info("A picture is not there any more: %s", error)

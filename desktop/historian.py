"""Hears of every result, makes its thumbnail and writes it to the history, off the window's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from desktop.background import Background
from desktop.crash_log import log
from desktop.history import Entry, History, Made
from desktop.sentences import local
from desktop.tabs.tab import Tab
from desktop.widgets import thumbnail
from engine.files import explain

#: How a result looks: the picture itself, the .npy of the engine, or a file that Qt reads.
Look = QImage | str | Path
#: Thumbnails in pixels, at most.
SIZE = QSize(256, 256)


class Historian(QObject):
    """The history as the window sees it. The database is opened when it is first needed."""

    changed = Signal()  #: results came or went
    failed = Signal(str)  #: one sentence

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._history: History | None = None
        self._complained = False
        self._background = Background(parent=self)  # one thread: SQLite is asked one thing after the other

    def follow(self, tab: Tab) -> None:
        """Write down what this tab makes."""
        tab.made.connect(self.add)

    def add(self, made: Made, look: Look) -> None:
        self._do(lambda history: history.add(made, pictured(look)), lambda _: self.changed.emit())

    def find(self, words: str, tab: str, favourites: bool, most: int, then: Callable[[list[Entry]], None]) -> None:
        self._do(lambda history: history.find(words, tab, favourites, most), then)

    def love(self, ids: Sequence[int], loved: bool) -> None:
        self._do(lambda history: history.love(ids, loved), lambda _: self.changed.emit())

    def remove(self, ids: Sequence[int]) -> None:
        self._do(lambda history: history.remove(ids), lambda _: self.changed.emit())

    def put_back(self, entries: Sequence[Entry]) -> None:
        self._do(lambda history: history.put_back(entries), lambda _: self.changed.emit())

    def close(self) -> None:
        """Write what is still to be written."""
        self._background.finish()
        if self._history is not None:
            self._history.close()
            self._history = None

    def _do(self, work: Callable[[History], Any], then: Callable[[Any], None]) -> None:
        def work_with_it() -> tuple[Any, Path | None]:
            damaged = None
            if self._history is None:
                self._history = History(self._path)
                damaged = self._history.damaged
            return work(self._history), damaged

        def done(result: tuple[Any, Path | None]) -> None:
            if result[1] is not None:
                sentence = self.tr("The history could not be read. It is kept as “{file}”, and a new one begins.")
                self.failed.emit(sentence.format(file=result[1].name))
            then(result[0])

        self._background.run(work_with_it, done, self._failed)

    def _failed(self, error: Exception) -> None:
        log.warning("The history does not work: %s", error)
        if not self._complained:  # once is enough: the work itself is not in danger
            self._complained = True
            known = isinstance(error, OSError | sqlite3.Error)
            cause = explain(error, writing=True) if isinstance(error, OSError) else str(error)
            if known:
                self.failed.emit(self.tr("The history cannot be written: {cause}.").format(cause=local(cause)))


def pictured(look: Look) -> bytes:
    """A thumbnail as a JPEG; nothing where there is no picture. For a worker."""
    try:
        if isinstance(look, QImage):
            image = thumbnail.scaled(look, SIZE)
        elif isinstance(look, str):
            image = thumbnail.of_pixels(look, SIZE)
        else:
            image = thumbnail.of_file(look, SIZE)
    except (OSError, ValueError):  # the file is gone already: the result is remembered all the same
        return b""
    return thumbnail.packed(image)

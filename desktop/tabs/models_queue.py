"""Files that wait to be imported, one after the other, and what became of them. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine import imports
from engine.imports import Imported, Importing, ImportStopped, NotImported, Said

#: What becomes one model: a file or a folder, or the files of an encoder and its decoder.
Weights = tuple[Path, ...]


class ImportQueue:
    """`add` files, take the one that is `due`, tell what its command `said` and that it `ended`."""

    def __init__(self) -> None:
        self.current: Weights | None = None
        self.waiting: list[Weights] = []
        self.position = 0  #: of the current one among those of this run, from 1
        self.step: Importing | None = None  #: how far the current one is
        self.imported: list[Imported] = []  #: in this run
        self.refusals: list[str] = []  #: a sentence each
        self.stopped: list[Weights] = []  #: cancelled: they can be gone on with
        self._answered = False

    @property
    def running(self) -> bool:
        return self.current is not None or bool(self.waiting)

    @property
    def total(self) -> int:
        """How many are in this run."""
        return self.position + len(self.waiting)

    @property
    def share(self) -> float:
        """0..1 of the current one."""
        return self.step.done / max(self.step.total, 1) if self.step else 0.0

    def add(self, paths: Sequence[Path]) -> list[Path]:
        """Queue what may be models and return the rest. What waits or runs already is not queued again."""
        if not self.running:
            self.forget()
        wanted = [path for path in paths if imports.may_be_model(path)]
        self._queue(paired(wanted))
        return [path for path in paths if path not in wanted]

    def forget(self) -> None:
        """Begin a new run: what became of the last one is known."""
        self.position, self.stopped, self.imported, self.refusals = 0, [], [], []

    def due(self) -> Weights | None:
        """The next to be imported; it is the current one then. None while one is, and at the end."""
        if self.current is not None or not self.waiting:
            return None
        self.current = self.waiting.pop(0)
        self.position += 1
        self.step, self._answered = None, False
        return self.current

    def said(self, message: Said) -> None:
        """A line of the command of the current one."""
        match message:
            case Importing():
                self.step = message
                return
            case Imported():
                self.imported.append(message)
            case NotImported():
                self.refusals.append(message.sentence)
            case ImportStopped():
                self._stop_current()
        self._answered = True

    def ended(self, sentence: str) -> None:
        """The command of the current one has ended; ``sentence`` is its trouble where it said nothing of it before."""
        if not self._answered:
            self.refusals.append(sentence)
        self.current = self.step = None

    def cancel(self) -> None:
        """Nothing more is wanted. The current one says when it has stopped."""
        self.stopped += self.waiting
        self.waiting = []

    def again(self) -> None:
        """Go on with what was cancelled."""
        stopped = self.stopped
        self.forget()
        self._queue(stopped)

    def _queue(self, found: Sequence[Weights]) -> None:
        self.waiting += [one for one in found if one not in (self.current, *self.waiting)]

    def _stop_current(self) -> None:
        if self.current is not None:
            self.stopped.insert(0, self.current)


def paired(paths: Sequence[Path]) -> list[Weights]:
    """What becomes one model each: an encoder's file goes with its decoder's, where both are among the paths."""
    left = list(dict.fromkeys(paths))
    found: list[Weights] = []
    for path in left:
        decoder = path.with_name(path.name.replace("encoder", "decoder").replace("Encoder", "Decoder"))
        encoder = path.with_name(path.name.replace("decoder", "encoder").replace("Decoder", "Encoder"))
        if path == decoder and encoder != path and encoder in left:
            continue  # it goes with its encoder
        found.append((path, decoder) if decoder != path and decoder in left else (path,))
    return found

"""One photo of the Restore queue: what was asked for it, what came back, and the state that follows. No Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from engine.jobs import Box, Estimate, Progress, Restored, RestoreSettings


class State(enum.Enum):
    """What a photo's thumbnail shows."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    SAVED = "saved"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass
class Growing:
    """A result that is not finished: the boxes of ``pixels`` (a .npy) that are there, in the order they came."""

    pixels: str
    boxes: list[Box] = field(default_factory=list)


def engine_part(settings: RestoreSettings) -> RestoreSettings:
    """The settings that need the engine. Strength is left out: it is a blend done while drawing and saving."""
    return msgspec.structs.replace(settings, strength=1.0)


@dataclass(slots=True, eq=False)
class QueuedPhoto:
    """A photo and everything the window knows of it. Only `RestoreQueue` changes it."""

    number: int
    path: Path
    settings: RestoreSettings = field(default_factory=RestoreSettings)
    pixels: str | None = None  #: the upright photo as .npy, once it is opened
    width: int = 0
    height: int = 0
    bits: int = 8
    estimate: Estimate | None = None
    ask: int = 0  #: the newest ask; answers to older ones are late
    working: bool = False  #: the newest ask is with the engine and still wanted
    stopped: bool = False
    failure: str = ""  #: why it could not be opened or restored, one sentence
    save_failure: str = ""  #: why the last save did not work, one sentence
    progress: Progress | None = None
    growing: Growing | None = None
    results: dict[RestoreSettings, Restored] = field(default_factory=dict)  #: by `engine_part`, oldest first
    last: Restored | None = None  #: what is on screen until something newer comes
    saved: tuple[str, float] | None = None  #: (pixels, strength) that were saved last
    saved_as: Path | None = None

    @property
    def result(self) -> Restored | None:
        """The finished result of the settings as they are now."""
        return self.results.get(engine_part(self.settings))

    @property
    def state(self) -> State:
        if self.failure:
            return State.FAILED
        if self.working:
            return State.WORKING
        if self.result is not None:
            saved = self.saved == (self.result.pixels, self.settings.strength)
            return State.SAVED if saved else State.DONE
        return State.STOPPED if self.stopped else State.WAITING

    @property
    def megapixels(self) -> float:
        return self.width * self.height / 1e6

    @property
    def done_fraction(self) -> float:
        """Tiles done of all tiles of the running ask, 0..1."""
        return self.progress.done / self.progress.total if self.progress and self.progress.total else 0.0

    def files(self) -> set[str]:
        """Every file of the work folder that belongs to this photo."""
        found = {self.pixels, self.growing.pixels if self.growing else None}
        for restored in self.results.values():
            found |= {restored.pixels, restored.doubt}
        return {name for name in found if name}

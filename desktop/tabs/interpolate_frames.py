"""Frames of a journey: which one to ask for next, and those that were drawn already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from engine import jobs

PLACE = "interpolate"
#: Bytes of pictures that are kept: about 200 frames of 512 x 512.
KEPT = 160_000_000
#: Frames of a round, whatever their size.
MOST = 1000


class Frames:
    """One ask at a time is with the engine; whatever was wanted last is asked for next."""

    def __init__(self) -> None:
        self.journey: jobs.Journey | None = None
        self.failure = ""  #: why the engine does not draw this journey
        self.stopped = False  #: by the user
        self.steps: jobs.Working | None = None  #: of the preparation, while it lasts
        self.prepared = False  #: a frame of this journey has come
        self._number = 0
        self._asked: jobs.Visit | None = None
        self._wanted: tuple[float, bool] | None = None
        self._kept: OrderedDict[float, tuple[jobs.Frame, bool]] = OrderedDict()
        self._bytes = 0

    @property
    def length(self) -> int:
        """Where the journey ends."""
        if self.journey is None:
            return 1
        return len(self.journey.stops) - (not self.journey.closed)

    @property
    def busy(self) -> bool:
        return self._asked is not None

    @property
    def room(self) -> int:
        """How many frames of this journey can be kept."""
        if not self._kept:
            return MOST
        frame, _ = next(reversed(self._kept.values()))
        return max(2, min(MOST, KEPT // len(frame.picture)))

    def set_out(self, journey: jobs.Journey | None) -> bool:
        """Another journey: nothing of the old one is wanted any more. False where it is the same."""
        if journey == self.journey:
            return False
        self.journey, self.prepared, self.steps = journey, False, None
        self.failure, self.stopped = "", False
        self._asked = self._wanted = None
        self._kept.clear()
        self._bytes = 0
        return True

    # -- asking -----------------------------------------------------------------------------------

    def want(self, t: float, draft: bool) -> None:
        """The frame to be seen now; a draft will do, or not."""
        self._wanted = (_key(t), draft)

    def want_of(self, ahead: Iterable[float]) -> None:
        """While it plays: the first of these that was never drawn, then the first of which there is only a draft."""
        rough = None
        for t in map(_key, ahead):
            if t not in self._kept:
                self._wanted = (t, True)
                return
            if rough is None and not self._kept[t][1]:
                rough = t
        self._wanted = None if rough is None else (rough, False)

    def try_again(self) -> None:
        """After a failure, or after `stop`."""
        self.failure, self.stopped = "", False

    def due(self) -> jobs.Visit | None:
        """What to ask the engine now, once."""
        if self.journey is None or self._asked or self._wanted is None or self.failure or self.stopped:
            return None
        t, draft = self._wanted
        if t in self._kept and (draft or self._kept[t][1]):
            return None
        self._number += 1
        self._asked = jobs.Visit(place=PLACE, ask=self._number, journey=self.journey, t=t, draft=draft)
        return self._asked

    def stop(self) -> bool:
        """Draw no more until `try_again`. Whether something was on its way, to be withdrawn."""
        on_its_way = self._asked is not None
        self._asked = self.steps = None
        self.stopped = True
        return on_its_way

    # -- answers ----------------------------------------------------------------------------------

    def take(self, answer: jobs.PlaceAnswer) -> jobs.Frame | None:
        """Hear the engine. Answers to older asks change nothing. The frame, if it is one that was asked for."""
        asked = self._asked
        if asked is None or answer.place != PLACE or isinstance(answer, jobs.Withdrawn) or answer.ask != asked.ask:
            return None
        if isinstance(answer, jobs.Working):
            self.steps = answer
            return None
        self._asked = self.steps = None
        if isinstance(answer, jobs.Refused):
            self.failure = answer.message
        elif isinstance(answer, jobs.Frame):
            self.prepared = True
            self._keep(_key(asked.t), answer, answer.fine)
            return answer
        return None

    def _keep(self, t: float, frame: jobs.Frame, fine: bool) -> None:
        old = self._kept.pop(t, None)
        if old is not None:
            self._bytes -= len(old[0].picture)
        self._kept[t] = (frame, fine)
        self._bytes += len(frame.picture)
        while self._bytes > KEPT and len(self._kept) > 1:
            _, (gone, _) = self._kept.popitem(last=False)
            self._bytes -= len(gone.picture)

    # -- what is there ----------------------------------------------------------------------------

    def at(self, t: float) -> jobs.Frame | None:
        """The frame of a place, a draft or better."""
        kept = self._kept.get(_key(t))
        if kept is None:
            return None
        self._kept.move_to_end(_key(t))
        return kept[0]

    def is_fine(self, t: float) -> bool:
        """Whether the frame of a place is there and no draft."""
        kept = self._kept.get(_key(t))
        return kept is not None and kept[1]

    def first_of(self, times: Iterable[float]) -> jobs.Frame | None:
        """The first of these that is there."""
        return next((frame for t in times if (frame := self.at(t)) is not None), None)


def _key(t: float) -> float:
    return round(t, 4)

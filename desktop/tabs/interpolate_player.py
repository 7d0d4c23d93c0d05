"""The clock of the Interpolate tab: which frame of the round is due, at whatever speed frames come."""

from __future__ import annotations

from typing import Literal

from desktop.tabs.interpolate_plan import Loop, Plan

#: Frames a second while it plays, at most.
RATE = 25

_WAYS: dict[Loop, Literal["once", "back", "closed"]] = {Loop.ONCE: "once", Loop.BACK: "back", Loop.AROUND: "closed"}


class Player:
    """Turns seconds into places on the way, the same ones that an exported film would have."""

    def __init__(self) -> None:
        self.times: list[float] = []  #: of the frames of a round
        self._seconds = 1.0
        self._loop = Loop.ONCE
        self._began: float | None = None  # when the first frame of the round was, or would have been, due

    @property
    def playing(self) -> bool:
        return self._began is not None

    def prepare(self, plan: Plan, length: int, room: int) -> None:
        """Set a round out: of at most ``room`` frames, so that all of them can be kept. Stops."""
        from engine.animate import moments  # late: it brings Pillow with it

        self.stop()
        count = max(2, min(plan.seconds * RATE, room))
        easing = "smooth" if plan.smooth else "linear"
        self.times = moments(length, count, easing=easing, path=_WAYS[plan.loop])
        self._seconds, self._loop = float(plan.seconds), plan.loop

    def play(self, now: float, t: float) -> None:
        """Go on from the place ``t``; from the beginning where that is the end. ``now`` in seconds."""
        index = min(range(len(self.times)), key=lambda i: abs(self.times[i] - t))
        if self._loop is Loop.ONCE and index == len(self.times) - 1:
            index = 0
        self._began = now - index * self._seconds / len(self.times)

    def stop(self) -> None:
        self._began = None

    def index(self, now: float) -> int | None:
        """The frame that is due, None once the round is over."""
        if self._began is None:
            return None
        index = int((now - self._began) / self._seconds * len(self.times))
        if self._loop is Loop.ONCE:
            return index if index < len(self.times) else None
        return index % len(self.times)

    def ahead(self, index: int) -> list[float]:
        """The frames in the order in which they will be due, the one after ``index`` first."""
        after = self.times[index + 1 :]
        return after if self._loop is Loop.ONCE else after + self.times[: index + 1]

    def behind(self, index: int) -> list[float]:
        """The frames of this round that were due, the newest first."""
        return self.times[index::-1]

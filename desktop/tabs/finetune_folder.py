"""The folder that a model shall learn, as the wizard's first page knows it. Knows no Qt.

What ``latent-darkroom finetune FOLDER --check`` says goes in (`hear`); the user leaves pictures out; the
traffic lights follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

import msgspec

from engine.lessons import UNUSED, Checked, Colour, Finding, Found, Goal, Judged, Light, Look, Looking, Suggestion

#: Which pictures are seen: all, those with one finding, those that are learnt from, those left out by the user.
Filter = Finding | Literal["all", "used", "out"]
FILTERS: tuple[Filter, ...] = ("all", "used", "odd", "small", "alike", "blank", "unreadable", "out")


class FolderState:
    """One folder and what was found in it so far."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.files: dict[str, Found] = {}  #: in the order in which they were looked at
        self.left_out: frozenset[str] = frozenset()  #: by the user
        self.done, self.total = 0, 0
        self.seconds_left: float | None = None
        self.checked: Checked | None = None
        self.trouble = ""  #: why the folder could not be looked at
        self.filter: Filter = "all"

    @property
    def looking(self) -> bool:
        return self.folder is not None and self.checked is None and not self.trouble

    def hear(self, said: Look) -> None:
        match said:
            case Looking():
                self.done, self.total, self.seconds_left = said.done, said.total, said.seconds_left
            case Found():
                self.files[said.file] = said
            case Judged() if said.file in self.files:
                before = self.files[said.file]
                self.files[said.file] = msgspec.structs.replace(before, finding=said.finding, reason=said.reason)
            case Checked():
                self.checked = said

    def leave_out(self, files: Iterable[str]) -> None:
        """Do not learn from these; where none of them is learnt from, learn from all of them again."""
        possible = {file for file in files if file in self.files and self.files[file].finding not in UNUSED}
        self.left_out = self.left_out - possible if possible <= self.left_out else self.left_out | possible

    # -- what is seen -----------------------------------------------------------------------------

    def is_used(self, found: Found) -> bool:
        """Whether it is learnt from."""
        return found.finding not in UNUSED and found.file not in self.left_out

    @property
    def used(self) -> int:
        return sum(map(self.is_used, self.files.values()))

    @property
    def counts(self) -> dict[Filter, int]:
        """How many pictures each filter shows; those that show none are not there."""
        counts: Counter[Filter] = Counter(found.finding for found in self.files.values() if found.finding != "good")
        counts.update({"all": len(self.files), "used": self.used, "out": len(self.left_out)})
        return {which: counts[which] for which in FILTERS if counts[which]}

    @property
    def shown(self) -> list[Found]:
        """The pictures that the filter lets through."""
        which = self.filter if self.filter in self.counts else "all"
        every = self.files.values()
        match which:
            case "all":
                return list(every)
            case "used":
                return [found for found in every if self.is_used(found)]
            case "out":
                return [found for found in every if found.file in self.left_out]
        return [found for found in every if found.finding == which]

    # -- what it is good for ----------------------------------------------------------------------

    @property
    def lights(self) -> list[Light]:
        """A light a goal, as they are without the pictures that were left out.

        Where their number decides another colour, or says another number, than the command's own, ``text`` is "".
        """
        if self.checked is None:
            return []
        return [self._without_left_out(light) for light in self.checked.lights]

    def light(self, goal: Goal) -> Light | None:
        return next((light for light in self.lights if light.goal == goal), None)

    def suggestion(self, goal: Goal) -> Suggestion | None:
        suggestions = self.checked.suggestions if self.checked else ()
        return next((suggestion for suggestion in suggestions if suggestion.goal == goal), None)

    @property
    def possible(self) -> list[Goal]:
        """The goals that the pictures are enough for, the likely one first."""
        likely = self.checked.likely if self.checked else "draw"
        goals: list[Goal] = [light.goal for light in self.lights if light.colour != "red"]
        return sorted(goals, key=lambda goal: goal != likely)

    def _without_left_out(self, light: Light) -> Light:
        gone = light.pictures - self.used
        if light.colour == "red" or gone <= 0:
            return light
        by_number: Colour = "red" if self.used < light.least else "yellow" if self.used < light.enough else "green"
        order: Collection[Colour] = ("green", "yellow", "red")
        colour = max(light.colour, by_number, key=list(order).index)
        return msgspec.structs.replace(light, colour=colour, text="", pictures=self.used)

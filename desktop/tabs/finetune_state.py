"""What the Fine-tune tab holds: the page of the wizard, the answers so far, the lesson. Knows no Qt.

Three questions lead to a lesson: which folder, what for, how long. `check_arguments` and its like say
how ``latent-darkroom`` is called for each.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from pathlib import Path
from typing import Literal

import msgspec

from desktop.tabs.finetune_folder import FolderState
from desktop.tabs.finetune_lesson import LessonState
from engine import edition
from engine.lessons import Diagnosis, Estimated, Goal, Offer, Preparing, Trial, Unfinished

Page = Literal["folder", "goal", "time", "learning", "result"]
PAGES: tuple[Page, ...] = ("folder", "goal", "time", "learning", "result")
#: How long it may take, as `Offer.name` has it.
Length = Literal["quick", "normal", "thorough"]
#: Characters of a model's name.
LONGEST_NAME = 40


class TrialState:
    """Ten seconds of learning, which tell how long the lesson takes on this computer."""

    def __init__(self, key: Hashable = None) -> None:
        self.key = key  #: what it was made for
        self.preparing: Preparing | None = None
        self.notes: list[Diagnosis] = []
        self.estimated: Estimated | None = None
        self.trouble = ""

    def hear(self, said: Trial) -> None:
        match said:
            case Preparing():
                self.preparing = said
            case Diagnosis():
                self.notes.append(said)
            case Estimated():
                self.estimated = said


#: Goal, the base for each goal, length and name, as the user chose them.
Answers = tuple[Goal | None, tuple[tuple[Goal, str], ...], Length, str]


class KeptAnswers(msgspec.Struct):
    """What outlives a window that is killed or closed."""

    folder: Path
    left_out: list[str]
    goal: Goal | None
    bases: dict[Goal, str]
    length: Length
    name: str


class FinetuneState:
    """The tab's state."""

    def __init__(self) -> None:
        self.page: Page = "folder"
        self.folder = FolderState()
        self.trial = TrialState()
        self.lesson: LessonState | None = None
        self.unfinished: list[Unfinished] = []  #: lessons that could be gone on with
        self.length: Length = "normal"
        self.name = ""
        self.taken: frozenset[str] = frozenset()  #: names of models and of lessons that were left, casefolded
        self._goal: Goal | None = None  # the user's word
        self._bases: dict[Goal, str] = {}  # the same

    # -- the answers ------------------------------------------------------------------------------

    def begin(self, folder: Path) -> None:
        """Another folder: all is asked anew. The same one again: what was left out stays so."""
        left_out = self.folder.left_out if folder == self.folder.folder else frozenset()
        self.folder, self.trial, self._goal, self.name = FolderState(folder), TrialState(), None, ""
        self.folder.left_out = left_out
        self.lesson, self.page = None, "folder"

    def kept(self) -> KeptAnswers | None:
        """The answers so far, None before the first. A lesson keeps itself: the first page offers to go on with it."""
        if self.folder.folder is None or self.lesson is not None:
            return None
        left_out = sorted(self.folder.left_out)
        return KeptAnswers(self.folder.folder, left_out, self._goal, dict(self._bases), self.length, self.name)

    def take_up(self, kept: KeptAnswers) -> None:
        """After `begin` with the folder of ``kept``."""
        self.folder.left_out = frozenset(kept.left_out)
        self._goal, self._bases, self.length = kept.goal, dict(kept.bases), kept.length
        self.name = kept.name[:LONGEST_NAME] or self.name

    def restart(self) -> None:
        """Back to an empty first page; a lesson that is over is forgotten."""
        self.folder, self.trial, self._goal, self.name = FolderState(), TrialState(), None, ""
        self.lesson, self.page = None, "folder"

    @property
    def goal(self) -> Goal | None:
        """What the user chose while it is possible, or what such a folder is for."""
        possible = self.folder.possible
        return self._goal if self._goal in possible else possible[0] if possible else None

    def choose_goal(self, goal: Goal) -> None:
        self._goal = goal

    def base(self, offered: Collection[str]) -> str:
        """The model to start from, one of those ``offered`` for the goal ("" where there is none)."""
        goal = self.goal
        if goal is None:
            return ""
        suggestion = self.folder.suggestion(goal)
        for base in (self._bases.get(goal), suggestion.base if suggestion else None, *offered):
            if base in offered:
                return str(base)
        return ""

    def choose_base(self, base: str) -> None:
        if self.goal is not None:
            self._bases[self.goal] = base

    @property
    def answers(self) -> Answers:
        """All that undo brings back."""
        return self._goal, tuple(self._bases.items()), self.length, self.name

    @answers.setter
    def answers(self, answers: Answers) -> None:
        self._goal, bases, self.length, self.name = answers
        self._bases = dict(bases)

    @property
    def offer(self) -> Offer | None:
        """The chosen one of quick, normal and thorough, once their times are known."""
        offers = self.trial.estimated.offers if self.trial.estimated else ()
        return next((offer for offer in offers if offer.name == self.length), None)

    # -- the pages --------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        return PAGES.index(self.page)

    def can_leave(self, offered: Collection[str]) -> bool:
        """Whether the page's question is answered. ``offered``: models to start from."""
        match self.page:
            case "folder":
                return bool(self.folder.possible) and edition.is_full()
            case "goal":
                return bool(self.base(offered))
            case "time":
                estimated = self.trial.estimated
                return self.offer is not None and bool(estimated and estimated.possible) and self.is_name_free
        return False

    @property
    def is_name_free(self) -> bool:
        """There is a name, and nothing else is called so."""
        return bool(self.name.strip()) and self.name.strip().casefold() not in self.taken

    def go(self, by: int) -> None:
        """To the next question or back to the one before; the last two pages follow the lesson."""
        if self.lesson is None and 0 <= self.position + by < PAGES.index("learning"):
            self.page = PAGES[self.position + by]

    def begin_lesson(self, lesson: LessonState) -> None:
        self.lesson, self.page = lesson, "learning"

    def follow_lesson(self) -> None:
        """The page that the lesson is at."""
        if self.lesson is not None:
            at_result = self.lesson.phase in ("result", "kept")
            self.page = "result" if at_result else "learning"

    # -- how the program is called ----------------------------------------------------------------

    def trial_key(self, base: str) -> Hashable:
        """What a trial holds for."""
        return self.folder.folder, self.folder.left_out, self.goal, base

    def check_arguments(self) -> list[str]:
        return ["finetune", str(self.folder.folder), "--check", "--json"]

    def trial_arguments(self, base: str, left_out: Path | None) -> list[str]:
        return ["finetune", *self._what(base, left_out), "--trial", "--json"]

    def lesson_arguments(self, base: str, left_out: Path | None) -> list[str]:
        """``left_out``: the file that `left_out_list` fills, None where nothing is left out."""
        steps = self.offer.steps if self.offer else 0
        learn = [f"--name={self.name.strip()}", f"--steps={steps}", "--ask", "--json"]
        return ["finetune", *self._what(base, left_out), *learn]

    def _what(self, base: str, left_out: Path | None) -> list[str]:
        without = [f"--leave-out=@{left_out}"] if left_out else []
        return [str(self.folder.folder), f"--base={base}", f"--goal={self.goal}", *without]

    @property
    def left_out_list(self) -> str:
        """The pictures that the user left out, a name a line."""
        return "".join(f"{file}\n" for file in sorted(self.folder.left_out))


def resume_arguments(run: str, folder: Path | None = None) -> list[str]:
    """How a lesson is gone on with. ``folder``: where its pictures are now, if they have moved."""
    where = [str(folder)] if folder else []
    return ["finetune", *where, f"--name={run}", "--resume", "--ask", "--json"]


LIST_ARGUMENTS = ["finetune", "--list", "--json"]


def suggested_name(folder: Path, taken: Collection[str]) -> str:
    """What a model of this folder could be called: as the folder, with a number where that is ``taken``."""
    words = " ".join(folder.name.replace("_", " ").replace("-", " ").split())[: LONGEST_NAME - 4].strip()
    first = (words[:1].upper() + words[1:]) or "Model"
    name, number = first, 2
    while name.casefold() in taken:
        name, number = f"{first} {number}", number + 1
    return name

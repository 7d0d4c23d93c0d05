"""A lesson as the wizard's last two pages know it: how far it is, how good, what may be said to it. Knows no Qt.

What ``latent-darkroom finetune ... --ask`` says goes in (`hear`, `ended`); what the user wants goes to
`order`, which says what to tell the command.
"""

from __future__ import annotations

from typing import Literal

from engine import lessons
from engine.lessons import Begun, Diagnosis, Goal, Learning, Preparing, Result, Sampled, Scored, Shown

Phase = Literal[
    "preparing",  # what comes before learning
    "waiting",  # another lesson is at work
    "learning",
    "paused",
    "judging",  # what follows learning
    "result",  # it waits for the user's word
    "kept",
    "discarded",
    "stopped",  # its state is saved
    "failed",  # the command said why
    "died",  # it did not
]
ENDS: frozenset[Phase] = frozenset({"kept", "discarded", "stopped", "failed", "died"})


class LessonState:
    """One lesson, from its start or from where it was left until it ends."""

    def __init__(self, name: str, goal: Goal) -> None:
        self.name, self.goal = name, goal
        self.phase: Phase = "preparing"
        self.waiting = ""  #: why it has not begun
        self.preparing: Preparing | None = None
        self.begun: Begun | None = None
        self.learning: Learning | None = None
        self.curve: dict[int, Scored] = {}  #: by step
        self.shown: Shown | None = None
        self.samples: tuple[bytes, ...] = ()
        self.notes: dict[str, Diagnosis] = {}  #: by code, the newest last
        self.saved: lessons.Saved | None = None
        self.tryable = ""  #: the id of the model so far, once it can be tried
        self.result: Result | None = None
        self.kept = ""  #: the id of the model that was kept
        self.trouble = ""  #: why it failed
        self.ordered: lessons.Order | None = None  #: told, not answered yet

    @property
    def alive(self) -> bool:
        """The command is at work or listens."""
        return self.phase not in ENDS

    @property
    def run(self) -> str:
        """The lesson's id, "" before it has begun: until then there is nothing to go on with."""
        return self.begun.run if self.begun else self.result.run if self.result else ""

    @property
    def better(self) -> bool:
        """There is something to keep."""
        return self.result is not None and self.result.better

    @property
    def fraction(self) -> float:
        """0..1 of the steps, or of the preparation at hand."""
        if self.phase in ("preparing", "judging") and self.preparing:
            return self.preparing.done / max(self.preparing.total, 1)
        if self.learning:
            return self.learning.step / max(self.learning.steps, 1)
        return self.begun.step / max(self.begun.steps, 1) if self.begun else 0.0

    @property
    def scores(self) -> list[Scored]:
        """The curve in the order of the steps."""
        return [self.curve[step] for step in sorted(self.curve)]

    @property
    def best(self) -> Scored | None:
        """The best point so far, whose weights are kept."""
        return max(self.scores, key=lambda scored: scored.score, default=None)

    def again(self) -> None:
        """It is gone on with after it ended: what was seen of it stays until there is something newer."""
        self.phase, self.preparing, self.learning, self.result = "preparing", None, None, None
        self.notes, self.saved, self.tryable, self.trouble, self.ordered = {}, None, "", "", None

    # -- the command ------------------------------------------------------------------------------

    def hear(self, said: lessons.Lesson) -> None:
        match said:
            case lessons.Waiting():
                self.phase, self.waiting = "waiting", said.text
            case Preparing():
                self.phase = "judging" if self.learning or self.result else "preparing"
                self.preparing = said
            case Begun():
                self.phase = "preparing"
                self.begun, self.goal, self.name = said, said.goal, said.name
                self.curve = {step: scored for step, scored in self.curve.items() if step <= said.step}
            case Learning():
                self.phase, self.learning, self.result = "learning", said, None
                self._answered(lessons.GoOn)
            case Scored():
                self.curve[said.step] = said
            case Shown():
                self.shown = said
            case Sampled():
                self.samples = said.pictures
            case Diagnosis():
                self.notes.pop(said.code, None)
                self.notes[said.code] = said
            case lessons.Saved():
                self.saved = said
            case lessons.Paused():
                self.phase = "paused"
                self._answered(lessons.Pause)
            case lessons.Tryable():
                self.tryable = said.model
                self._answered(lessons.Try)
            case Result():
                self.phase, self.result, self.ordered = "result", said, None
                self.samples = said.samples or self.samples
            case lessons.Kept():
                self.phase, self.kept = "kept", said.model
            case lessons.Discarded():
                self.phase = "discarded"
            case lessons.Stopped():
                self.phase = "stopped"

    def ended(self, code: int, complaint: str) -> None:
        """The command is no more. What it said last tells whether that was meant."""
        self.ordered = None
        if self.phase in ENDS:
            return
        self.phase = "stopped" if code == 0 else "died" if code < 0 else "failed"
        self.trouble = complaint if code > 0 else ""

    def order(self, order: lessons.Order) -> bool:
        """Whether to tell the command: not twice, and not what makes no sense at the moment."""
        match order:
            case lessons.Pause():
                fits = self.phase == "learning"
            case lessons.GoOn():
                fits = self.phase in ("paused", "result")
            case lessons.Try():
                fits = self.phase in ("learning", "paused", "result") and self.begun is not None
            case lessons.Stop():
                fits = self.phase in ("learning", "paused")
            case lessons.Keep():
                fits = self.phase == "result" and self.better
            case lessons.Discard():
                fits = self.alive
        if not fits or type(self.ordered) is type(order):
            return False
        self.ordered = order
        return True

    def _answered(self, kind: type[lessons.Order]) -> None:
        if isinstance(self.ordered, kind):
            self.ordered = None

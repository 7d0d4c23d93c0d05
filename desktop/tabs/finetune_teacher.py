"""The lesson of the Fine-tune tab: begins it, goes on with it, says what the user wants of it, lists those left."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QObject, Signal

from desktop.tabs.finetune_asks import FinetuneAsks
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.finetune_runs import FinetuneRuns
from desktop.tabs.finetune_state import LIST_ARGUMENTS, FinetuneState, resume_arguments
from desktop.tabs.tab import ModelToUse, Sent
from engine import edition, lessons
from engine.recipes import Recipe

#: Pictures that Generate is asked for to try a model.
TRIED = 16


class Teacher(QObject):
    """One lesson at a time."""

    heard = Signal()  #: the lesson has said something
    changed = Signal()  #: something that must be seen at once
    complained = Signal(str)  #: one sentence
    sent = Signal(str, object)  #: as `Tab.sent`

    def __init__(self, state: FinetuneState, runs: FinetuneRuns, asks: FinetuneAsks, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._runs, self._asks = state, runs, asks

    # -- lessons that were left -------------------------------------------------------------------

    def refresh(self) -> None:
        """Which lessons could be gone on with. The one at work is none of them."""
        if self._state.lesson is not None and self._state.lesson.alive:
            return
        found: list[lessons.Unfinished] = []

        def listed(code: int, _complaint: str) -> None:
            if code == 0:
                self._state.unfinished = sorted(found, key=lambda lesson: -lesson.saved) if edition.is_full() else []
                self.changed.emit()

        self._runs.start("list", LIST_ARGUMENTS, found.append, listed)

    def resume(self, unfinished: lessons.Unfinished) -> None:
        self.run(LessonState(unfinished.name, unfinished.goal), resume_arguments(unfinished.run))

    def find(self, unfinished: lessons.Unfinished) -> None:
        """Go on with a lesson whose folder lies elsewhere now."""
        folder = self._asks.folder()
        if folder is not None:
            self.run(LessonState(unfinished.name, unfinished.goal), resume_arguments(unfinished.run, folder))

    def discard(self, unfinished: lessons.Unfinished) -> None:
        if not self._asks.may_throw_away(unfinished.name):
            return

        def ended(_code: int, complaint: str) -> None:
            if complaint:
                self.complained.emit(complaint)
            self.refresh()

        self._state.unfinished = [other for other in self._state.unfinished if other != unfinished]
        self._runs.start("discard", resume_arguments(unfinished.run), lambda _: None, ended, lessons.Discard())
        self.changed.emit()

    # -- the lesson at hand -------------------------------------------------------------------------

    def run(self, lesson: LessonState, arguments: list[str]) -> None:
        """Begin a lesson or go on with it."""
        if self._runs.running("lesson"):
            return
        self._runs.drop("list")
        self._state.begin_lesson(lesson)

        def hear(said: lessons.Lesson) -> None:
            lesson.hear(said)
            self.heard.emit()

        def ended(code: int, complaint: str) -> None:
            lesson.ended(code, complaint)
            if lesson.phase == "discarded" and self._state.lesson is lesson:
                self._state.restart()
            self.refresh()
            self.changed.emit()

        self._runs.start("lesson", arguments, hear, ended)
        self.changed.emit()

    def order(self, order: lessons.Order) -> None:
        lesson = self._state.lesson
        if lesson is not None and lesson.order(order):
            self._runs.tell(order)
            self.changed.emit()

    def go_on(self) -> None:
        """After a pause, or after it ended before its result."""
        lesson = self._state.lesson
        if lesson is not None and not lesson.alive and lesson.run:
            if self._runs.running("lesson"):  # it says goodbye
                return
            run = lesson.run
            lesson.again()
            self.run(lesson, resume_arguments(run))
        else:
            self.order(lessons.GoOn())

    def learn_more(self) -> None:
        """As many steps again as it was meant to take."""
        lesson = self._state.lesson
        if lesson is not None and lesson.result is not None:
            self.order(lessons.GoOn(steps=lesson.begun.steps if lesson.begun else lesson.result.steps))

    def throw_away(self) -> None:
        lesson = self._state.lesson
        if lesson is not None and self._asks.may_throw_away(lesson.name):
            self.order(lessons.Discard())

    def send(self, name: str) -> None:
        """Use the model in another tab: as it was kept, or as far as it has come."""
        lesson = self._state.lesson
        model = (lesson.kept or lesson.tryable) if lesson is not None else ""
        if not model:
            return
        # Seeds by chance: Generate keeps the pictures of a seed, also those drawn before the model learnt more.
        first, count = secrets.randbelow(10**6), TRIED if name == "generate" else 1
        things: list[Sent] = [Recipe(model=model, seed=first + number) for number in range(count)]
        self.sent.emit(name, [ModelToUse(model)] if name == "restore" else things)

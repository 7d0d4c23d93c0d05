"""The Fine-tune tab: it hands events to the state, runs the commands that it asks for, and shows what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage, QShowEvent, QUndoStack

from desktop.engine_client import EngineClient
from desktop.history import Made
from desktop.preferences import Preferences
from desktop.tabs.finetune_actions import FinetuneActions
from desktop.tabs.finetune_asks import FinetuneAsks
from desktop.tabs.finetune_folder import Filter
from desktop.tabs.finetune_foot import foot, possible
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.finetune_pictures import LessonPictures
from desktop.tabs.finetune_runs import FinetuneRuns, Kind
from desktop.tabs.finetune_state import Answers, FinetuneState, KeptAnswers, TrialState, suggested_name
from desktop.tabs.finetune_teacher import Teacher
from desktop.tabs.finetune_view import FinetuneView
from desktop.tabs.finetune_words import FinetuneWords
from desktop.tabs.plain import back, plain
from desktop.tabs.tab import Kept, ModelToUse, Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.drop import Dropped, read
from desktop.widgets.status import StatusLine
from engine import catalog, lessons

#: Milliseconds between two looks at what commands have said meanwhile.
LOOK = 120


class FinetuneTab(Tab):
    """A wizard: the model learns a folder of pictures."""

    name = "finetune"

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path, status: StatusLine) -> None:
        super().__init__()
        self._folder, self._status = folder, status
        self.state = FinetuneState()
        self.undo_stack = QUndoStack(self)
        self.commands = FinetuneActions(self, self.undo_stack)
        self.asks = FinetuneAsks(self, preferences)
        self.words = FinetuneWords(self)
        self.runs = FinetuneRuns(self)
        self.teacher = Teacher(self.state, self.runs, self.asks, self)
        self.view = FinetuneView(self.commands, self.words, self)
        self._models: list[catalog.Card] = []  # that can be taught
        self._remedy: Callable[[], object] = lambda: None  # what the banner's button does
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK)
        # What nobody sees is not painted: the other tabs stay as quick as they are. `showEvent` makes up for it.
        self._look.timeout.connect(lambda: self.isVisible() and self._show())
        self.fill_with(self.view)
        self._connect()
        self._show()

    @property
    def menus(self) -> FinetuneActions:
        return self.commands

    def _connect(self) -> None:
        do, view, teacher = self.commands, self.view, self.teacher
        grid = view.folder.grid
        do.connect_all(
            {
                do.open: lambda: self.begin(self.asks.folder()),
                do.paste: lambda: self._take_dropped(read(QGuiApplication.clipboard().mimeData())),
                do.look_again: lambda: self.begin(self.state.folder.folder),
                do.leave_out: lambda: self.leave_out(grid.chosen_keys()),
                do.choose_all: grid.selectAll,
                do.back: lambda: self._go(-1),
                do.next: lambda: self._go(1),
                do.start: self.start,
                do.pause: lambda: teacher.order(lessons.Pause()),
                do.go_on: teacher.go_on,
                do.try_now: lambda: teacher.order(lessons.Try()),
                do.stop: lambda: teacher.order(lessons.Stop()),
                do.keep: lambda: teacher.order(lessons.Keep(pictures=view.result.with_pictures.isChecked())),
                do.more: teacher.learn_more,
                do.throw_away: teacher.throw_away,
                do.again: self._restart,
                do.to_generate: lambda: teacher.send("generate"),
                do.to_sliders: lambda: teacher.send("sliders"),
                do.to_restore: lambda: teacher.send("restore"),
                do.next_pictures: lambda: self._pictures.step(1),
                do.previous_pictures: lambda: self._pictures.step(-1),
            }
        )
        view.drops.dropped.connect(self._take_dropped)
        view.banner.acted.connect(lambda: (view.banner.hide(), self._remedy()))
        view.folder.invitation.tried.connect(lambda paths: self.begin(paths[0]))
        grid.ticked.connect(self.leave_out)
        grid.selection_changed.connect(self._enable)
        view.folder.filter_chosen.connect(self._filter)
        view.folder.look_again_asked.connect(do.look_again.trigger)
        view.folder.unfinished.go_on_asked.connect(teacher.resume)
        view.folder.unfinished.find_asked.connect(teacher.find)
        view.folder.unfinished.discard_asked.connect(teacher.discard)
        view.goal_chosen.connect(lambda goal: self._answer("goal", lambda: self.state.choose_goal(goal)))
        view.base_chosen.connect(lambda base: self._answer("base", lambda: self.state.choose_base(base)))
        view.length_chosen.connect(self._choose_length)
        view.name_edited.connect(self._rename)
        view.try_again_asked.connect(self._try_speed)
        teacher.heard.connect(self._look_soon)
        teacher.heard.connect(self._tell_how_far)
        teacher.changed.connect(self._lesson_changed)
        teacher.complained.connect(self._say)
        teacher.sent.connect(self.sent)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_for_models()
        self.teacher.refresh()
        self._show()

    # -- page 1: the folder -----------------------------------------------------------------------

    def receive(self, things: list[Sent]) -> None:
        self._take_dropped(Dropped([thing for thing in things if isinstance(thing, Path)]))

    def begin(self, folder: Path | None) -> None:
        """Look at a folder. None: the user changed their mind."""
        state = self.state
        if folder is None:
            return
        if state.lesson is not None and state.lesson.alive:
            self._say(self.tr("One lesson at a time: stop this one first, or wait for it."))
            return
        self.opened.emit([folder])
        state.begin(folder)
        state.name = suggested_name(folder, state.taken)
        self.undo_stack.clear()
        self.view.banner.hide()
        self.runs.drop("trial")
        self.runs.start("check", state.check_arguments(), self._hear(state.folder.hear), self._checked)
        self._show()

    def _checked(self, code: int, complaint: str) -> None:
        if code or self.state.folder.checked is None:
            self.state.folder.trouble = complaint or self.tr("The look at this folder ended without a word.")
        self._show()

    def leave_out(self, files: list[str]) -> None:
        """Do not learn from these pictures, or do again."""
        folder = self.state.folder
        before = folder.left_out
        folder.leave_out(files)
        if folder.left_out != before:
            words = self.tr("Leave out") if len(folder.left_out) > len(before) else self.tr("Take back")
            self.undo_stack.push(Change(words, before, folder.left_out, self._set_left_out, made=True))
            self._show()

    def _set_left_out(self, files: frozenset[str]) -> None:
        self.state.folder.left_out = files
        self._show()

    def _filter(self, which: Filter) -> None:
        self.state.folder.filter = which
        self._show()

    def _take_dropped(self, dropped: Dropped) -> None:
        folders = [path for path in dropped.paths if path.is_dir()]
        if folders:
            self.begin(folders[0])
        elif dropped.paths:
            around = dropped.paths[0].parent
            self._say(
                self.tr("“%1” is no folder: a lesson needs many pictures.").replace("%1", dropped.paths[0].name),
                self.tr("Take the folder it lies in"),
                lambda: self.begin(around),
            )
        elif dropped or dropped.elsewhere:
            self._say(self.tr("Only a folder of this computer can be learnt from."))

    # -- pages 2 and 3: the answers -----------------------------------------------------------------

    @property
    def _offered(self) -> list[catalog.Card]:
        """The models that could be the base for the goal."""
        needed = "sample" if self.state.goal == "draw" else "restore"
        return [card for card in self._models if needed in card.capabilities]

    @property
    def _ids(self) -> list[str]:
        return [card.id for card in self._offered]

    def _go(self, by: int) -> None:
        lesson = self.state.lesson
        if lesson is not None and not lesson.alive and not lesson.run and by < 0:
            self.state.lesson, self.state.page = None, "time"
        elif by < 0 or self.state.can_leave(self._ids):
            self.state.go(by)
        if self.state.page == "time" and self.state.trial.key != self._trial_key():
            self._try_speed()
        self._show()

    def _trial_key(self) -> object:
        return self.state.trial_key(self.state.base(self._ids))

    def _try_speed(self) -> None:
        """Learn for ten seconds, to see how long it will take."""
        trial = self.state.trial = TrialState(self._trial_key())
        left_out = self._write_left_out("trial")
        arguments = self.state.trial_arguments(self.state.base(self._ids), left_out)

        def ended(code: int, complaint: str) -> None:
            if code or trial.estimated is None:
                trial.trouble = complaint or self.tr("The trial ended without a word.")
            self._show()

        self.runs.start("trial", arguments, self._hear(trial.hear), ended)
        self._show()

    def _answer(self, question: str, answer: Callable[[], object]) -> None:
        """Answer something, which can be undone."""
        before = self.state.answers
        answer()
        if self.state.answers != before:
            words = self.tr("Change an answer")
            self.undo_stack.push(Change(words, before, self.state.answers, self._set_answers, question, made=True))
        self._show()

    def _set_answers(self, answers: Answers) -> None:
        self.state.answers = answers
        if self.state.page == "time" and self.state.trial.key != self._trial_key():
            self._try_speed()
        self._show()

    def _choose_length(self, length: str) -> None:
        chosen = "quick" if length == "quick" else "thorough" if length == "thorough" else "normal"
        self._answer("length", lambda: setattr(self.state, "length", chosen))

    def _rename(self, name: str) -> None:
        self._answer("name", lambda: setattr(self.state, "name", name))

    def _write_left_out(self, use: Kind) -> Path | None:
        """The list of pictures that the user left out, for a command to read."""
        names = self.state.left_out_list
        if not names:
            return None
        path = self._folder / f"left-out-{use}.txt"
        path.write_text(names, encoding="utf-8")
        return path

    def start(self) -> None:
        """Learn, as it was answered."""
        state = self.state
        if state.page == "time" and state.goal is not None and state.can_leave(self._ids):
            arguments = state.lesson_arguments(state.base(self._ids), self._write_left_out("lesson"))
            self.undo_stack.clear()
            self.teacher.run(LessonState(state.name.strip(), state.goal), arguments)

    def _restart(self) -> None:
        self.state.restart()
        self.teacher.refresh()
        self._show()

    # -- showing ------------------------------------------------------------------------------------

    def _hear(self, hear: Callable[[Any], None]) -> Callable[[Any], None]:
        """Hand on what a command says, and show it soon."""

        def heard(said: Any) -> None:
            hear(said)
            self._look_soon()

        return heard

    def _look_soon(self) -> None:
        if not self._look.isActive():
            self._look.start()

    def _tell_how_far(self) -> None:
        """Outside of the tab: a lesson takes long, and its pages show it in their own way."""
        lesson = self.state.lesson
        if lesson is not None and lesson.phase in ("learning", "judging"):
            self._status.work_elsewhere(lesson.fraction if lesson.phase == "learning" else 1.0)
        elif lesson is not None and lesson.phase in ("failed", "died"):
            self._status.work_elsewhere(None, self.tr("“{name}” could not go on learning.").format(name=lesson.name))
        elif lesson is not None and lesson.phase == "result":
            self._status.work_elsewhere(None, self.tr("“{name}” has ended its lesson.").format(name=lesson.name))
        elif lesson is None or lesson.phase != "preparing":
            self._status.work_elsewhere(None, cancelled=True)

    def _lesson_changed(self) -> None:
        self._tell_how_far()
        if self.state.lesson is None or not self.state.lesson.alive:
            self._look_for_models()  # one may have come
            self._tell_made()
        self._show()

    def _tell_made(self) -> None:
        lesson, folder = self.state.lesson, self.state.folder.folder
        if lesson is not None and lesson.kept:
            how = {"model": lesson.kept, "goal": lesson.goal}
            look = QImage.fromData(lesson.samples[0]) if lesson.samples else QImage()
            made = Made(tab=self.name, title=lesson.name, how=how, model=lesson.kept, source=str(folder or ""))
            self.made.emit(made, look)

    def _look_for_models(self) -> None:
        """Those that can be taught, and the names that are taken."""
        self._models = catalog.cards("finetune")
        cards = [card for ability in ("sample", "restore") for card in catalog.cards(ability)]
        names = [*(card.name for card in cards), *(lesson.name for lesson in self.state.unfinished)]
        self.state.taken = frozenset(name.casefold() for name in names)

    @property
    def _pictures(self) -> LessonPictures:
        return self.view.result.pictures if self.state.page == "result" else self.view.learn.pictures

    def _show(self) -> None:
        self._look.stop()
        state, view = self.state, self.view
        state.follow_lesson()
        match state.page:
            case "folder":
                view.folder.show_unfinished(state.unfinished)
                view.folder.show_folder(state.folder)
            case "goal":
                view.goal.show_answers(state.folder, state.goal, self._offered, state.base(self._ids))
            case "time":
                view.time.show_answers(state.trial, state.length, state.name, state.is_name_free)
            case "learning" if state.lesson:
                view.learn.show_lesson(state.lesson)
            case "result" if state.lesson:
                view.result.show_lesson(state.lesson)
        self._enable()
        view.show_page(state.page)
        saved = state.lesson.saved if state.lesson and state.lesson.alive else None
        self._status.rest(self.tr("What it has learnt is saved.") if saved else "")

    def _enable(self) -> None:
        """Which actions are possible, and which stand at the foot."""
        do, state, grid = self.commands, self.state, self.view.folder.grid
        for action, can_be_done in possible(do, state, state.can_leave(self._ids)).items():
            action.setEnabled(can_be_done)
        do.leave_out.setEnabled(do.look_again.isEnabled() and self.view.folder.can_tick(grid.chosen_keys()))
        for action in (do.next_pictures, do.previous_pictures):
            action.setEnabled(state.page in ("learning", "result") and self._pictures.many)
        self.view.show_foot(*foot(do, state))

    def _say(self, sentence: str, action: str = "", remedy: Callable[[], object] | None = None) -> None:
        self._remedy = remedy or (lambda: None)
        self.view.banner.say(sentence, action)

    # -- closing, and beginning again ----------------------------------------------------------------

    def may_close(self) -> bool:
        lesson = self.state.lesson
        if lesson is None or not lesson.alive or lesson.phase == "result":
            return True  # a result waits in the list of the first page
        return self.asks.may_close(lesson.name)

    def busy(self) -> bool:
        lesson = self.state.lesson
        return lesson is not None and lesson.alive and lesson.phase != "result"  # a result waits, as above

    def kept(self, closing: bool = False) -> Kept | None:
        answers = self.state.kept()
        return plain(answers) if answers else None

    def take_up(self, kept: Kept) -> None:
        answers = back(kept, KeptAnswers)
        if answers.folder.is_dir() and self.state.lesson is None:
            self.begin(answers.folder)
            self.state.take_up(answers)
            self._show()

    def make_again(self, how: Kept) -> None:
        """A lesson is not learnt twice: its model is tried."""
        model = str(how.get("model", ""))
        if model not in catalog.folders():
            raise ValueError(self.tr("The model “{name}” is not installed any more.").format(name=model))
        self.sent.emit("generate" if how.get("goal") == "draw" else "restore", [ModelToUse(model)])

    def close_down(self) -> None:
        self._look.stop()
        self.runs.close_down()

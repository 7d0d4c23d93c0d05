"""What the Fine-tune wizard knows, without Qt: the folder, the lesson, the pages, how the program is called."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desktop.tabs.finetune_folder import FolderState
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.finetune_state import FinetuneState, TrialState, resume_arguments, suggested_name
from engine import lessons
from engine.lessons import GOALS, Checked, Estimated, Found, Light, Offer, Suggestion

FOLDER = Path("/pictures/My_fruit")


def found(file: str, finding: lessons.Finding = "good") -> Found:
    return Found(file=file, label="", width=9, height=9, finding=finding, reason="", thumbnail=b"")


def light(goal: lessons.Goal, least: int, enough: int, pictures: int = 6) -> Light:
    colour = "red" if pictures < least else "yellow" if pictures < enough else "green"
    return Light(goal=goal, colour=colour, text="So it is.", pictures=pictures, least=least, enough=enough)


def checked(likely: lessons.Goal = "draw") -> Checked:
    return Checked(
        folder=str(FOLDER),
        used=6,
        findings={"good": 6},
        labels={"": 6},
        width=9,
        height=9,
        mixed_shapes=False,
        notes=(),
        lights=(light("draw", 5, 6), light("restore", 2, 4), light("denoise-noisy", 10, 20)),
        likely=likely,
        suggestions=tuple(Suggestion(goal=goal, base=f"best-{goal}", reason="") for goal in GOALS),
    )


@pytest.fixture
def folder() -> FolderState:
    """Six pictures that can be used, and three that cannot."""
    folder = FolderState(FOLDER)
    for number in range(6):
        folder.hear(found(f"{number}.jpg", "small" if number == 5 else "good"))
    for finding in ("alike", "blank", "unreadable"):
        folder.hear(found(f"{finding}.jpg", finding))
    folder.hear(lessons.Judged(file="4.jpg", finding="odd", reason="4.jpg: it is odd."))
    return folder


# -- the folder -----------------------------------------------------------------------------------


def test_a_folder_is_looked_at_until_it_is_checked(folder: FolderState) -> None:
    folder.hear(lessons.Looking(done=9, total=12))
    assert folder.looking
    assert (folder.done, folder.total) == (9, 12)
    assert folder.possible == []
    folder.hear(checked())
    assert not folder.looking
    assert folder.used == 6


def test_filters_show_what_they_say(folder: FolderState) -> None:
    assert folder.counts == {"all": 9, "used": 6, "odd": 1, "small": 1, "alike": 1, "blank": 1, "unreadable": 1}
    folder.filter = "odd"
    assert [each.file for each in folder.shown] == ["4.jpg"]
    folder.leave_out(["4.jpg", "0.jpg"])
    folder.filter = "out"
    assert [each.file for each in folder.shown] == ["0.jpg", "4.jpg"]
    folder.leave_out(["0.jpg", "4.jpg"])
    assert len(folder.shown) == 9  # a filter that shows nothing is none


def test_pictures_are_left_out_and_taken_back(folder: FolderState) -> None:
    folder.leave_out(["0.jpg", "alike.jpg", "no such file"])
    assert folder.left_out == {"0.jpg"}
    folder.leave_out(["0.jpg", "1.jpg"])
    assert folder.left_out == {"0.jpg", "1.jpg"}
    folder.leave_out(["1.jpg", "0.jpg"])
    assert folder.left_out == frozenset()


def test_lights_follow_what_is_left_out(folder: FolderState) -> None:
    folder.hear(checked())
    assert [each.colour for each in folder.lights] == ["green", "green", "red"]
    assert {each.text for each in folder.lights} == {"So it is."}
    folder.leave_out(["0.jpg"])
    assert [(each.colour, each.pictures) for each in folder.lights[:2]] == [("yellow", 5), ("green", 5)]
    assert [each.text for each in folder.lights] == ["", "", "So it is."]
    folder.leave_out(["1.jpg"])
    assert [each.colour for each in folder.lights] == ["red", "green", "red"]
    assert folder.possible == ["restore"]


# -- the lesson -----------------------------------------------------------------------------------


def begun(step: int = 0) -> lessons.Begun:
    return lessons.Begun(
        run="fruit",
        name="Fruit",
        goal="draw",
        base="faces",
        step=step,
        steps=100,
        pictures=5,
        held_out=1,
        device="CPU",
        reason="",
        cache=0,
    )


def learning(step: int) -> lessons.Learning:
    return lessons.Learning(
        step=step, steps=100, seconds=1, left=9, left_low=8, left_high=10, phase="It learns", loss=1, speed=1
    )


def scored(step: int, score: float) -> lessons.Scored:
    return lessons.Scored(
        step=step,
        seconds=step,
        score=score,
        base=20,
        learnt=None,
        redraw=1,
        tidy=1,
        base_redraw=1,
        base_tidy=1,
        best=True,
    )


def result(better: bool = True) -> lessons.Result:
    return lessons.Result(
        run="fruit",
        name="Fruit",
        better=better,
        text="",
        figures=(),
        pairs=(),
        samples=(),
        steps=100,
        best_step=80,
        minutes=1,
    )


@pytest.fixture
def lesson() -> LessonState:
    lesson = LessonState("Fruit", "draw")
    for said in (begun(), scored(0, 20), learning(40), scored(40, 23)):
        lesson.hear(said)
    return lesson


def test_a_lesson_goes_its_way(lesson: LessonState) -> None:
    assert lesson.phase == "learning"
    assert lesson.fraction == 0.4
    assert [each.score for each in lesson.scores] == [20, 23]
    assert lesson.best is not None and lesson.best.step == 40
    lesson.hear(lessons.Preparing(what="Writing the model", done=1, total=4))
    assert (lesson.phase, lesson.fraction) == ("judging", 0.25)
    lesson.hear(result())
    assert lesson.phase == "result" and lesson.better
    lesson.hear(lessons.Kept(model="fruit", folder="models/fruit"))
    lesson.ended(0, "")
    assert (lesson.phase, lesson.kept, lesson.alive) == ("kept", "fruit", False)


def test_waiting_for_another_lesson(lesson: LessonState) -> None:
    lesson = LessonState("Fruit", "draw")
    lesson.hear(lessons.Waiting(text="Another one is going on."))
    assert (lesson.phase, lesson.waiting) == ("waiting", "Another one is going on.")
    lesson.hear(begun())
    assert lesson.phase == "preparing"


def test_only_orders_that_make_sense_are_given_and_each_once(lesson: LessonState) -> None:
    assert not lesson.order(lessons.GoOn())
    assert not lesson.order(lessons.Keep())
    assert lesson.order(lessons.Pause())
    assert not lesson.order(lessons.Pause())
    lesson.hear(learning(41))  # said before it heard
    assert not lesson.order(lessons.Pause())
    lesson.hear(lessons.Paused(step=41, seconds=1))
    assert lesson.phase == "paused"
    assert lesson.order(lessons.Try())
    lesson.hear(lessons.Tryable(model="fruit-so-far"))
    assert lesson.tryable == "fruit-so-far"
    assert lesson.order(lessons.GoOn())
    lesson.hear(learning(42))
    assert lesson.order(lessons.Stop())
    lesson.hear(result(better=False))
    assert not lesson.order(lessons.Keep())
    assert lesson.order(lessons.Discard())


def test_what_its_end_means(lesson: LessonState) -> None:
    lesson.ended(-1, "")
    assert (lesson.phase, lesson.run) == ("died", "fruit")
    lesson.again()
    assert lesson.alive
    lesson.hear(begun(step=20))
    assert list(lesson.curve) == [0]  # what came after the saved state is learnt again
    lesson.ended(1, "The disk is full.")
    assert (lesson.phase, lesson.trouble) == ("failed", "The disk is full.")
    early = LessonState("Fruit", "draw")
    early.ended(1, "Memory is short.")
    assert (early.phase, early.run) == ("failed", "")
    ear = LessonState("Fruit", "draw")
    ear.hear(lessons.Stopped(run="fruit", step=3))
    ear.ended(0, "a library says goodbye")
    assert ear.phase == "stopped"


def test_a_diagnosis_takes_the_place_of_an_older_one(lesson: LessonState) -> None:
    for code, text in (("by-heart", "first"), ("latent-unused", "second"), ("by-heart", "third")):
        lesson.hear(lessons.Diagnosis(code=code, severity="warning", text=text))
    assert [note.text for note in lesson.notes.values()] == ["second", "third"]


# -- the wizard -----------------------------------------------------------------------------------


@pytest.fixture
def state(folder: FolderState) -> FinetuneState:
    state = FinetuneState()
    folder.hear(checked())
    state.folder = folder
    return state


def test_the_likely_goal_and_its_base_are_chosen(state: FinetuneState) -> None:
    offered = ["best-draw", "best-restore", "other"]
    assert (state.goal, state.base(offered)) == ("draw", "best-draw")
    state.choose_base("other")
    assert state.base(offered) == "other"
    state.choose_goal("restore")
    assert (state.goal, state.base(offered)) == ("restore", "best-restore")
    assert state.base(["elsewhere"]) == "elsewhere"  # the suggested one is gone
    assert state.base([]) == ""
    state.choose_goal("denoise-noisy")
    assert state.goal == "draw"  # that one has too few pictures


def test_a_page_is_left_when_its_question_is_answered(state: FinetuneState) -> None:
    offered = ["best-draw"]
    assert state.can_leave(offered)
    state.go(1)
    assert state.page == "goal"
    assert not state.can_leave([])
    state.go(1)
    assert state.page == "time"
    assert not state.can_leave(offered)
    state.trial = TrialState()
    state.trial.hear(estimated())
    assert not state.can_leave(offered)  # it has no name
    state.name = " Fruit "
    assert state.can_leave(offered)
    state.taken = frozenset({"fruit"})
    assert not state.can_leave(offered)
    state.taken = frozenset()
    state.trial.estimated = msgspec.structs.replace(estimated(), possible=False)
    assert not state.can_leave(offered)
    state.go(1)
    assert state.page == "time"  # only a lesson leads on
    state.begin_lesson(LessonState("Fruit", "draw"))
    state.go(-1)
    assert state.page == "learning"


def estimated() -> Estimated:
    names = ("quick", "normal", "thorough")
    return Estimated(
        offers=tuple(Offer(name=name, steps=10**n, minutes=1, low=1, high=2) for n, name in enumerate(names)),
        seconds_a_step=0.1,
        fixed_seconds=1,
        device="CPU",
        reason="",
        on_battery=False,
        battery=None,
        disk_needed=1,
        disk_free=2,
        memory_needed=1,
        memory_free=2,
        warnings=(),
        possible=True,
    )


def test_the_last_pages_follow_the_lesson(state: FinetuneState) -> None:
    lesson = LessonState("Fruit", "draw")
    state.begin_lesson(lesson)
    for said, page in ((learning(1), "learning"), (result(), "result"), (learning(2), "learning")):
        lesson.hear(said)
        state.follow_lesson()
        assert state.page == page
    state.restart()
    assert (state.page, state.lesson, state.folder.folder) == ("folder", None, None)


def test_how_the_program_is_called(state: FinetuneState) -> None:
    state.name, state.length = "-My fruit ", "thorough"
    state.trial.hear(estimated())
    assert state.check_arguments() == ["finetune", str(FOLDER), "--check", "--json"]
    assert state.left_out_list == ""
    state.folder.left_out = frozenset({"b/1.jpg", "a/0.jpg"})
    assert state.left_out_list == "a/0.jpg\nb/1.jpg\n"
    arguments = state.lesson_arguments("faces", Path("out.txt"))
    assert arguments[1:5] == [str(FOLDER), "--base=faces", "--goal=draw", "--leave-out=@out.txt"]
    assert arguments[5:] == ["--name=-My fruit", "--steps=100", "--ask", "--json"]
    assert "--trial" in state.trial_arguments("faces", None)
    assert resume_arguments("fruit") == ["finetune", "--name=fruit", "--resume", "--ask", "--json"]
    assert resume_arguments("fruit", FOLDER)[1] == str(FOLDER)


def test_a_trial_holds_for_what_it_was_made_for(state: FinetuneState) -> None:
    key = state.trial_key("faces")
    assert key == state.trial_key("faces") != state.trial_key("other")
    state.folder.leave_out(["0.jpg"])
    assert key != state.trial_key("faces")


def test_names_come_from_the_folder_and_are_free() -> None:
    assert suggested_name(FOLDER, []) == "My fruit"
    assert suggested_name(FOLDER, {"my fruit", "my fruit 2"}) == "My fruit 3"
    assert suggested_name(Path("/"), []) == "Model"
    assert len(suggested_name(Path("x" * 300), [])) <= 40

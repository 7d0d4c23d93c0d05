"""``latent-darkroom finetune``: a model learns the pictures of a folder."""

from __future__ import annotations

import argparse
import contextlib
import queue
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from engine import catalog, edition, lessons, runs
from engine.errors import DarkroomError
from engine.files import explain
from engine.lessons import GOALS, Discard, Goal, GoOn, Keep, Order, Said
from engine.terminal import DONE, INTERRUPTED, Line, WrongUse, lines_heard, number

if TYPE_CHECKING:
    from engine.training.lesson import Lesson

_WORDS: dict[Goal, str] = {
    "draw": "draw pictures like these",
    "restore": "restore photos like these",
    "denoise-noisy": "clean this noisy series",
}


def add_to(commands) -> None:
    """Add the command to a parser's."""
    command = commands.add_parser(
        "finetune",
        help="let a model learn the pictures of a folder",
        epilog="What is learnt is saved every minute: --resume goes on after a stop, a crash or a power cut.",
    )
    command.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="pictures, sub-folders are labels")
    command.add_argument("--base", metavar="ID", help="the model to start from (default: the one that fits best)")
    command.add_argument("--name", help="what the new model is called")
    command.add_argument("--goal", choices=GOALS, help="draw, restore (clean photos) or denoise-noisy (noisy ones)")
    length = command.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=number(float, 0.5, 10_000), metavar="M", help="all in all, default 10")
    length.add_argument("--steps", type=number(int, 1, 10_000_000), metavar="N", help="instead of minutes")
    command.add_argument("--leave-out", action="append", default=[], metavar="FILE", help="or @LIST, a file of names")
    command.add_argument("--resume", action="store_true", help="go on with the lesson called --name")
    command.add_argument("--check", action="store_true", help="only look at the folder")
    command.add_argument("--trial", action="store_true", help="only try how long it takes here")
    command.add_argument("--list", action="store_true", help="lessons that can be gone on with")
    command.add_argument("--ask", action="store_true", help="hear orders on stdin, and ask before keeping (see --json)")
    command.add_argument("--json", action="store_true", help="one line of JSON for everything that happens")
    command.set_defaults(run=finetune)


def finetune(options: argparse.Namespace) -> int:
    """Check, try, learn or list, as the options say."""
    mouth = Mouth(options.json)
    if options.list:
        for lesson in runs.unfinished():
            mouth.say(lesson)
        return DONE
    left_out = set(_left_out(options.leave_out))
    if options.check:
        from engine.folder_check import check

        for said in check(_folder(options), left_out):
            mouth.say(said)
        return DONE
    try:
        from engine.training import finetune as learning
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        raise DarkroomError(edition.NO_LEARNING) from None
    learning.be_modest()
    if options.trial:
        from engine.training.compute import chosen

        folder = _folder(options)
        goal, base = _what(options, folder)
        plan = learning.plan_for(folder, base, goal, options.name or folder.name or "trial", left_out, 1, mouth.say)
        mouth.say(learning.estimate(plan, chosen(), mouth.say))
        return DONE
    return _learn(options, left_out, mouth)


def _learn(options: argparse.Namespace, left_out: set[str], mouth: Mouth) -> int:
    from engine.training.compute import chosen
    from engine.training.lesson import Hangup, Thrown

    if not options.name:
        raise WrongUse("finetune needs --name, what the new model will be called.")
    run = runs.id_of(options.name)
    ear = Ear(options.ask)
    waited = [0.0]

    def wait(text: str) -> None:
        if time.monotonic() - waited[0] > 60:
            waited[0] = time.monotonic()
            mouth.say(lessons.Waiting(text=text))
        if isinstance(ear.hear(0), Discard | lessons.Stop):
            raise Thrown

    lesson: Lesson | None = None
    try:
        with runs.alone(run, wait):
            from engine.training.lesson import Lesson

            compute = chosen()
            plan = _plan(options, run, left_out, compute, mouth)
            lesson = Lesson(plan, mouth.say, ear.hear, compute)
            return _taught(lesson, options, mouth, ear)
    except Hangup:
        if lesson:
            mouth.say(lessons.Stopped(run=run, step=lesson.plan.step))
        return DONE
    except Thrown:
        if lesson:
            lesson.close()
        mouth.say(lessons.Discarded(run=run))
        return DONE
    except KeyboardInterrupt:
        if lesson:
            lesson.save()
        print(f"\nInterrupted; go on with: finetune --name {run} --resume", file=sys.stderr)
        return INTERRUPTED


def _taught(lesson: Lesson, options: argparse.Namespace, mouth: Mouth, ear: Ear) -> int:
    """Learn, say the result, and do with it what is asked for."""
    from engine.training.lesson import Thrown

    while True:
        result = lesson.learn()
        mouth.say(result)
        if not options.ask:
            order: Order = Keep() if result.better else Discard()
        else:
            order = _answer(lesson, ear, result.better)
        if isinstance(order, GoOn):
            lesson.another_round(order.steps or lesson.plan.steps)
            continue
        if isinstance(order, Discard) and not options.ask:
            lesson.close()
            return DONE
        if isinstance(order, Discard):
            raise Thrown
        assert isinstance(order, Keep)
        target = lesson.keep(order.pictures)
        mouth.say(lessons.Kept(model=target.name, folder=str(target)))
        return DONE


def _answer(lesson: Lesson, ear: Ear, better: bool) -> Keep | Discard | GoOn:
    """What to do with a result. A result that is no better cannot be kept."""
    while True:
        order = ear.hear(None)
        if isinstance(order, Discard | GoOn) or (isinstance(order, Keep) and better):
            return order
        if isinstance(order, lessons.Try):
            lesson.install()


def _plan(options: argparse.Namespace, run: str, left_out: set[str], compute, mouth: Mouth) -> runs.Plan:
    """The plan of a lesson that goes on, or of a new one."""
    from engine.training import finetune as learning

    if options.resume:
        return runs.read(run)
    if (runs.folder_of(run) / runs.PLAN).exists():
        raise DarkroomError(f"There is an unfinished lesson {run!r}: go on with --resume, or choose another name.")
    if run in catalog.folders():
        raise DarkroomError(f"There is a model {run!r} already: choose another name.")
    folder = _folder(options)
    goal, base = _what(options, folder)
    plan = learning.plan_for(folder, base, goal, options.name, left_out, options.steps or 1, mouth.say)
    if not options.steps:
        tried = learning.estimate(plan, compute, mouth.say)
        for warning in tried.warnings:
            mouth.warn(warning)
        if not tried.possible:
            raise DarkroomError(tried.warnings[0])
        learning.fit_into(options.minutes or 10, plan, tried)
    try:
        runs.write(plan)
    except OSError as error:
        raise DarkroomError(f"{runs.place()}: {explain(error, writing=True)}.") from error
    return plan


def _what(options: argparse.Namespace, folder: Path) -> tuple[Goal, str]:
    """The goal and the base model: those asked for, or those that fit the folder."""
    if options.goal and options.base:
        return options.goal, options.base
    from engine.folder_check import check

    *_, checked = check(folder)
    assert isinstance(checked, lessons.Checked)
    goal = options.goal or ("draw" if options.base and _draws(options.base) else checked.likely)
    base = options.base or next((s.base for s in checked.suggestions if s.goal == goal), None)
    if base is None:
        raise DarkroomError(f"No installed model can learn to {_WORDS[goal]}.")
    return goal, base


def _draws(base: str) -> bool:
    return "sample" in catalog.load(base).card.capabilities


def _folder(options: argparse.Namespace) -> Path:
    if options.folder is None:
        raise WrongUse("finetune needs a FOLDER of pictures.")
    return options.folder


def _left_out(given: list[str]) -> Iterator[str]:
    for name in given:
        if name.startswith("@"):
            try:
                yield from filter(None, Path(name[1:]).read_text(encoding="utf-8").splitlines())
            except (OSError, UnicodeDecodeError) as error:
                raise WrongUse(f"The list {name[1:]} cannot be read: {error}.") from error
        else:
            yield name


# -- mouth and ear ----------------------------------------------------------------------------------


class Mouth:
    """Says what happens, in JSON or in words."""

    def __init__(self, json: bool) -> None:
        self.json = json
        self._line: tuple[str, Line] | None = None

    def say(self, said: Said) -> None:
        if self.json:
            print(lessons.line(said), flush=True)
            return
        match said:
            case lessons.Looking(done=done, total=total):
                self._show("Looking at the pictures", done, total)
            case lessons.Preparing(what=what, done=done, total=total):
                self._show(what, done, total)
            case lessons.Learning(step=step, steps=steps):
                self._show("Learning", step, steps)
            case _:
                if text := "\n".join(_in_words(said)):
                    self._close()
                    print(text, flush=True)

    def warn(self, text: str) -> None:
        self._close()
        print(text, file=sys.stderr)

    def _show(self, label: str, done: int, total: int) -> None:
        if self._line is None or self._line[0] != label:
            self._close()
            self._line = label, Line(label, shown=True)
        if done:
            self._line[1].show(done, total)

    def _close(self) -> None:
        if self._line:
            self._line[1].close()
            self._line = None


def _in_words(said: Said) -> Iterator[str]:
    match said:
        case lessons.Found(reason=reason) | lessons.Judged(reason=reason) if reason:
            yield reason
        case lessons.Checked():
            yield f"{said.used} pictures can be used, {said.width} x {said.height} pixels in the middle."
            yield from said.notes
            yield from (f"{light.colour:6} {light.text}" for light in said.lights)
            yield from (f"{s.goal}: start from {s.base}. {s.reason}" for s in said.suggestions)
        case lessons.Estimated():
            yield f"On {said.device}: {said.seconds_a_step:.2f} seconds a step."
            for offer in said.offers:
                times = f"{offer.minutes:.0f} minutes ({offer.low:.0f} to {offer.high:.0f})"
                yield f"{offer.name:9} {offer.steps} steps, {times}"
            yield from said.warnings
        case lessons.Begun():
            yield f"{said.pictures} pictures to learn from, {said.held_out} to judge by; {said.device} ({said.reason})."
        case lessons.Scored():
            mark = ", the best so far" if said.best and said.step else ""
            yield f"step {said.step}: {said.score:.2f} dB (base {said.base:.2f}){mark}"
        case lessons.Waiting(text=text) | lessons.Diagnosis(text=text) | lessons.Result(text=text):
            yield text
            if isinstance(said, lessons.Result):
                for f in said.figures:
                    base = "" if f.base is None else f"{f.base:.3f} -> "
                    yield f"  {f.text}: {base}{f.tuned:.3f} {f.unit}"
        case lessons.Kept(model=model, folder=folder):
            yield f"Kept as {model}: {folder}"
        case lessons.Discarded():
            yield "Thrown away."
        case lessons.Unfinished():
            state = "done, to be kept or not" if said.finished else f"step {said.step} of {said.steps}"
            yield f"{said.run}: {_WORDS[said.goal]} from {said.base}, {state}"


class Ear:
    """Hears orders on stdin, if anybody is asked at all."""

    def __init__(self, listens: bool) -> None:
        self._orders: queue.Queue[Order | None] = queue.Queue()
        self._listens = listens
        if listens:
            threading.Thread(target=self._listen, name="ear", daemon=True).start()

    def hear(self, seconds: float | None) -> Order | None:
        """The next order, waiting so long (None: as long as it takes); None where there is none. Raises `Hangup`."""
        from engine.training.lesson import Hangup

        if not self._listens:
            return None
        try:
            heard = self._orders.get(block=seconds != 0, timeout=seconds or None)
        except queue.Empty:
            return None
        if heard is None:
            self._orders.put(None)  # for whoever asks again
            raise Hangup
        return heard

    def _listen(self) -> None:
        for line in lines_heard():
            with contextlib.suppress(msgspec.DecodeError):
                self._orders.put(lessons.order(line))
        self._orders.put(None)

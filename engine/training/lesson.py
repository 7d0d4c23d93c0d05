"""One lesson from its plan to its result: learn, judge, save, listen; and go on after a crash.

The steps are those of `engine.training.loop.Trainer`. Whether a state is the best is decided at steps that the plan
alone fixes, so that a lesson which was killed ends with the weights of one that was not.
"""

from __future__ import annotations

import contextlib
import gc
import math
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import torch

from engine import catalog, runs
from engine.errors import DarkroomError
from engine.files import explain
from engine.lessons import (
    Begun,
    Diagnosis,
    Discard,
    GoOn,
    Order,
    Pause,
    Paused,
    Preparing,
    Result,
    Said,
    Sampled,
    Saved,
    Scored,
    Shown,
    Stop,
    Try,
    Tryable,
)
from engine.runs import Plan
from engine.training.cache import opened
from engine.training.compute import Compute, out_of_memory
from engine.training.course import Course, Judgement
from engine.training.courses import COURSES
from engine.training.hand_over import enclose, install, read_best, sign, write_best
from engine.training.loop import BEFORE, NEXT, STATE, Schedule, TrainingFailed, averaged
from engine.training.pupil import Pupil, progress, trouble

#: Seconds between two states on the disk, and between two reports of the speed.
SAVE_EVERY, REPORT_EVERY = 45.0, 1.0
#: A batch is not made smaller than this.
_SMALLEST = 2
_MODEL = "model"
_WARM_UP = 20

Say = Callable[[Said], None]
#: ``hear(seconds)`` waits so long for an order (None: as long as it takes); None where there was none. Raises `Hangup`.
Hear = Callable[[float | None], Order | None]


class Hangup(Exception):
    """Nobody listens any more."""


class Thrown(Exception):
    """The user does not want it any more."""


class _Slower(Exception):
    """The batch was too large for the memory."""


class Lesson:
    """Raises `DarkroomError` where it cannot go on, `Hangup` where nobody listens; its state is saved in any case."""

    def __init__(self, plan: Plan, say: Say, hear: Hear, compute: Compute) -> None:
        self.plan, self.say, self.hear, self.compute = plan, say, hear, compute
        self.folder = runs.folder_of(plan.run)
        self.base = catalog.load(plan.base)
        self.diagnosed: dict[str, str] = {}
        self.enough = False

    # -- learn -----------------------------------------------------------------------------------

    def learn(self) -> Result:
        """Learn until the plan's steps are done or the user has enough, and say the result."""
        while True:
            try:
                self._open()
                if not (self.plan.finished or self.plan.stopped):
                    self._learn()
                return self._result()
            except _Slower:
                self._close()
            except TrainingFailed:
                text = "The numbers got out of hand; what was best before is kept."
                self._diagnose(Diagnosis(code="went-wrong", severity="warning", text=text))
                self.plan.stopped = True
                self._write_plan()
                self._close()

    def _open(self) -> None:
        plan = self.plan
        kind = COURSES[plan.goal]
        read, most = kind.reader(self.base)
        self.cache = opened(
            self.folder,
            Path(plan.folder),
            plan.files,
            read,
            most,
            lambda done, total: self._prepare("Reading the pictures", done, total),
        )
        if lost := len(self.cache.lost):
            some = self.cache.lost[0] + (f" and {lost - 1} more" if lost > 1 else "")
            text = f"{some} cannot be read any more; others take their place."
            self._diagnose(Diagnosis(code="picture-vanished", severity="warning", text=text))
        torch.manual_seed(plan.seed)
        self._prepare("Judging the base model", 0, 1)
        self.course: Course = kind(plan, self.base, self.cache, self.compute.device)
        model = self.course.model
        model.eval()
        self.base_judged = self.course.judge(model)
        self.pairs = self.course.pairs(model)
        if plan.rounds > 1:
            best = read_best(self.folder)
            model.load_state_dict(best.weights if best else model.state_dict())
        model.train()
        warm_up = min(_WARM_UP, max(1, plan.steps // 5))
        schedule = Schedule(steps=plan.steps, rate=kind.rate, warm_up=warm_up, average=kind.average)
        self.trainer = Pupil(model, self.course.loss(), schedule, self.folder, self.saved, self.not_saved)
        resumed = self.trainer.resume()
        if resumed and self.trainer.older:
            text = "The last state was damaged; the one before it, at most two minutes older, serves."
            self._diagnose(Diagnosis(code="state-restored", severity="info", text=text))
        self._prepare("Judging the base model", 1, 1)
        self.say(
            Begun(
                run=plan.run,
                name=plan.name,
                goal=plan.goal,
                base=plan.base,
                step=plan.before + self.trainer.step,
                steps=plan.before + plan.steps,
                pictures=len(plan.files) - plan.held_out,
                held_out=plan.held_out,
                device=self.compute.name,
                reason=self.compute.reason,
                cache=self.cache.size,
            )
        )
        if not resumed and plan.rounds == 1:
            self._scored(0, self.base_judged, best=True)
            self._show(0)

    def _learn(self) -> None:
        plan, trainer = self.plan, self.trainer
        self.pace: deque[float] = deque(maxlen=100)
        self.last_step = self.last_said = time.monotonic()
        every = max(1, math.ceil(plan.steps / plan.judged))
        while trainer.step < plan.steps and not self.enough:
            until = min(plan.steps, (trainer.step // every + 1) * every)
            try:
                trainer.run(save_every=SAVE_EVERY, until=until, watch=self._watch, say=lambda _: None)
            except Hangup:
                trainer.save()
                raise
            except Exception as error:
                self._survive(error)
            if trainer.step == until:
                self._judge()
        plan.finished, plan.stopped = trainer.step >= plan.steps, self.enough
        trainer.save()

    def _watch(self, log: dict[str, float]) -> bool:
        now = time.monotonic()
        self.pace.append(now - self.last_step)
        if now - self.last_said >= REPORT_EVERY:
            self.last_said = now
            self.say(progress(self.plan, self.trainer, self.pace, self.course.phase, log["loss"]))
        goes_on = self._obey(self.hear(0))
        self.last_step = time.monotonic()
        return goes_on

    def _survive(self, error: Exception) -> None:
        """Go on after an error that a smaller batch or another device avoids; raises any other again."""
        if isinstance(error, DarkroomError | Hangup | Thrown | TrainingFailed):
            raise error
        if out_of_memory(error) and self.plan.batch > _SMALLEST:
            self.plan.batch = max(_SMALLEST, self.plan.batch // 2)
            text = f"The memory is short; it goes on with {self.plan.batch} pictures at a time."
            self._diagnose(Diagnosis(code="smaller-batch", severity="info", text=text))
            self._write_plan()
            raise _Slower from error
        if out_of_memory(error):
            raise DarkroomError(
                "There is too little memory to learn, even with two pictures at a time; close other programs. "
                "What was learnt is kept: go on later."
            ) from error
        if self.compute.lost(error):
            self.compute = self.compute.cpu()
            text = "The GPU is gone; it goes on on the CPU from the last saved state."
            self._diagnose(Diagnosis(code="gpu-lost", severity="warning", text=text))
            raise _Slower from error
        raise error

    # -- judge -----------------------------------------------------------------------------------

    def _judge(self) -> None:
        trainer, course = self.trainer, self.course
        with averaged(trainer.model, trainer.average):
            judged = course.judge(trainer.model)
            known = self._best_score()
            best = judged.score > known
            if best:
                self._write_best(judged)
            self._scored(trainer.step, judged, best)
            self.pairs = course.pairs(trainer.model)
            self._show(trainer.step)
            found = course.diagnose(trainer.model)
        self._diagnose(found or trouble(judged, self.base_judged, known, trainer.spent))
        self.last_step = time.monotonic()

    def _scored(self, step: int, judged: Judgement, best: bool) -> None:
        base = self.base_judged
        self.say(
            Scored(
                step=self.plan.before + step,
                seconds=self.trainer.seconds,
                score=judged.score,
                base=base.score,
                learnt=judged.learnt,
                redraw=judged.redraw,
                tidy=judged.tidy,
                base_redraw=base.redraw,
                base_tidy=base.tidy,
                best=best,
            )
        )

    def _show(self, step: int) -> None:
        step += self.plan.before
        self.say(Shown(step=step, pairs=self.pairs))
        self.trainer.model.eval()
        if pictures := self.course.samples(self.trainer.model):
            self.say(Sampled(step=step, pictures=pictures))
        self.trainer.model.train()

    def _diagnose(self, found: Diagnosis | None) -> None:
        if found and self.diagnosed.get(found.code) != found.text:
            if found.code in self.diagnosed and found.code in ("levelled-off", "no-progress"):
                return
            self.diagnosed[found.code] = found.text
            self.say(found)

    # -- the best so far -------------------------------------------------------------------------

    def _best_score(self) -> float:
        best = read_best(self.folder)
        return best.score if best else self.base_judged.score

    def _write_best(self, judged: Judgement) -> None:
        try:
            write_best(self.folder, self.trainer.average, judged.score, self.plan.before + self.trainer.step)
        except OSError as error:
            self.not_saved(error)

    def not_saved(self, error: OSError) -> None:
        text = f"The state cannot be saved ({explain(error, writing=True)}); it goes on and tries again."
        self._diagnose(Diagnosis(code="not-saved", severity="warning", text=text))

    def saved(self) -> None:
        self.diagnosed.pop("not-saved", None)
        self._write_plan()
        self.say(Saved(step=self.plan.before + self.trainer.step, seconds=self.trainer.seconds))

    def _write_plan(self) -> None:
        plan = self.plan
        if hasattr(self, "trainer"):
            plan.step, plan.seconds = plan.before + self.trainer.step, self.trainer.seconds
        plan.saved = time.time()
        try:
            runs.write(plan)
        except OSError as error:
            self.not_saved(error)

    # -- listen ----------------------------------------------------------------------------------

    def _obey(self, order: Order | None) -> bool:
        """Whether to go on learning. Raises `Thrown`."""
        match order:
            case Pause():
                self.trainer.save()
                self.say(Paused(step=self.plan.before + self.trainer.step, seconds=self.trainer.seconds))
                while True:
                    order = self.hear(None)
                    if isinstance(order, GoOn):
                        return True
                    if not isinstance(order, Pause) and not self._obey(order):
                        return False
            case Try():
                self.install()
            case Stop():
                self.enough = True
                return False
            case Discard():
                raise Thrown
        return True

    def install(self) -> None:
        """Put the best model so far where other tabs find it, until the lesson ends."""
        so_far = f"{self.plan.run}{runs.SO_FAR}"
        best = read_best(self.folder)
        weights = best.weights if best else {k: v.detach().cpu() for k, v in self.trainer.average.items()}
        own = {name: weight.clone() for name, weight in self.trainer.model.state_dict().items()}
        made = self.folder / _MODEL
        self.course.finish(weights, made, self._prepare)
        self.trainer.model.load_state_dict(own)
        self.trainer.model.train()
        install(made, so_far, f"{self.plan.name} (so far)")
        self.say(Tryable(model=so_far))

    # -- the end ---------------------------------------------------------------------------------

    def _result(self) -> Result:
        plan, made = self.plan, self.folder / _MODEL
        steps = plan.before + self.trainer.step
        best = read_best(self.folder)
        figures = self.course.finish(best.weights, made, self._prepare) if best else ()
        first = figures[0] if figures else None
        better = first is not None and first.base is not None and first.tuned > first.base
        if best:
            self.course.model.load_state_dict(best.weights)
        self.course.model.eval()
        if first is None or first.base is None or not better:
            text = (
                f"It did not get better than {self.base.card.name} on {plan.held_out} held-out pictures "
                f"({self.base_judged.score:.2f} dB), so there is nothing to keep."
            )
        else:
            text = f"On {plan.held_out} pictures it has not learnt from: from {first.base:.2f} to {first.tuned:.2f} dB."
            sign(made, self.base, plan, figures, best.step if best else 0, self.trainer.seconds)
        self.result = Result(
            run=plan.run,
            name=plan.name,
            better=better,
            text=text,
            figures=figures,
            pairs=self.course.pairs(self.course.model),
            samples=self.course.samples(self.course.model),
            steps=steps,
            best_step=best.step if best else 0,
            minutes=self.trainer.seconds / 60,
        )
        return self.result

    def keep(self, pictures: bool) -> Path:
        """Install the finished model for good, with the shown held-out pictures if asked, and clear up."""
        made = self.folder / _MODEL
        if pictures:
            enclose(made, self.result.pairs)
        target = install(made, self.plan.run, self.plan.name)
        self.close()
        return target

    def another_round(self, steps: int) -> None:
        """After the result: so many steps more, from the best weights on."""
        plan = self.plan
        plan.before += self.trainer.step
        plan.steps, plan.rounds, plan.finished, plan.stopped = steps, plan.rounds + 1, False, False
        self.enough = False
        self._close()
        for name in (STATE, BEFORE, NEXT):
            (self.folder / name).unlink(missing_ok=True)
        runs.write(plan)

    def save(self) -> None:
        """Write the state now, if there is one yet."""
        if hasattr(self, "trainer"):
            self.trainer.save()

    def _close(self) -> None:
        """Let go of everything that lies in the cache's file (Windows removes no file that is in use)."""
        for name in ("course", "trainer", "cache"):
            with contextlib.suppress(AttributeError):
                delattr(self, name)
        gc.collect()

    def close(self) -> None:
        """The lesson is over: remove its state, its cache and the model that was tried."""
        self._close()
        runs.forget(self.plan.run)

    def _prepare(self, what: str, done: int, total: int) -> None:
        self.say(Preparing(what=what, done=done, total=total))

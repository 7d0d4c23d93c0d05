"""A lesson's trainer, which goes on where its state cannot be saved; how far it is; what its scores say in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from torch import nn

from engine.lessons import Diagnosis, Learning
from engine.runs import Plan
from engine.training.course import Judgement
from engine.training.loop import BEFORE, STATE, LossFunction, Schedule, Trainer


class Pupil(Trainer):
    """A trainer that tells ``saved()`` of each state on the disk, and ``not_saved(error)`` of each that could not be.

    ``older``: it went on from the state before the last, which was damaged.
    """

    def __init__(
        self,
        model: nn.Module,
        loss: LossFunction,
        schedule: Schedule,
        folder: Path,
        saved: Callable[[], None],
        not_saved: Callable[[OSError], None],
    ) -> None:
        super().__init__(model, loss, schedule, folder)
        self._states, self._saved, self._not_saved = folder, saved, not_saved
        self.older = False

    def save(self) -> None:
        try:
            super().save()
        except OSError as error:
            self._not_saved(error)
        else:
            self._saved()

    def resume(self) -> bool:
        there = (self._states / STATE).exists()
        found = self._resume_from(self._states / STATE)
        self.older = not found and there
        return found or self._resume_from(self._states / BEFORE)


def progress(plan: Plan, trainer: Trainer, pace: Sequence[float], phase: str, loss: float) -> Learning:
    """How far the lesson is; what is left comes from ``pace``, the seconds of its last steps."""
    ordered, left = sorted(pace), plan.steps - trainer.step
    each = sum(pace) / len(pace)
    return Learning(
        step=plan.before + trainer.step,
        steps=plan.before + plan.steps,
        seconds=trainer.seconds,
        left=left * each,
        left_low=left * ordered[len(pace) // 4],
        left_high=left * 1.2 * ordered[len(pace) * 3 // 4],
        phase=phase,
        loss=loss,
        speed=plan.batch / max(1e-6, each),
    )


def trouble(judged: Judgement, base: Judgement, best: float, spent: float) -> Diagnosis | None:
    """What the scores say that a person should know.

    ``best`` is the best score so far in dB, ``spent`` the share of the lesson that is done.
    """
    gain = judged.score - base.score
    gap = (judged.learnt or judged.score) - judged.score
    if gap > 3.0 and judged.score < best - 0.2:
        text = (
            f"It learns your pictures by heart: it redraws those with {judged.learnt:.1f} dB and others with "
            f"{judged.score:.1f} dB, and these get worse. Stop here, or add pictures."
        )
        return Diagnosis(code="by-heart", severity="warning", text=text)
    if spent > 0.35 and max(best, judged.score) <= base.score + 0.01:
        text = f"It gets no better than the base model ({gain:+.2f} dB): the base may know such pictures already."
        return Diagnosis(code="no-progress", severity="warning", text=text)
    if 0.3 < spent < 0.8 and judged.score - best < 0.02:
        text = "It hardly gets better any more: you can stop here."
        return Diagnosis(code="levelled-off", severity="info", text=text)
    return None

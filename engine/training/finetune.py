"""Plan a lesson from a folder, try how long it will take, and learn: what ``latent-darkroom finetune`` calls."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

import numpy as np
import psutil
import torch

from engine import catalog, runs
from engine.errors import DarkroomError, ModelError
from engine.folder_check import NEEDED, Pictures, look
from engine.lessons import Estimated, Found, Goal, Looking, Offer, Preparing
from engine.runs import Plan
from engine.training.cache import LIMIT, opened
from engine.training.compute import Compute
from engine.training.course import Course, spread
from engine.training.courses import COURSES
from engine.training.lesson import Say
from engine.training.loop import Schedule, Trainer

#: One picture in so many judges, at least and at most so many.
_ONE_IN, _LEAST, _MOST = 10, 2, 48
#: Shorter side of a photo that can be restored.
_SMALLEST_PHOTO = 64
#: Seconds of learning in a trial, and pictures that are read for it.
_TRIAL, _SOME = 8.0, 12
#: Share of the time that judging may take.
_JUDGING = 0.2
#: Seconds that finishing a model takes beside judging it: the prior, the directions, writing.
_FINISH: dict[Goal, float] = {"draw": 30.0, "restore": 10.0, "denoise-noisy": 5.0}
#: Bytes of memory that learning takes beside the program itself, and of disk beside the cache.
_MEMORY, _DISK = 1_200_000_000, 250_000_000


def plan_for(folder: Path, base: str, goal: Goal, name: str, leave_out: Collection[str], steps: int, say: Say) -> Plan:
    """The plan of a new lesson: which pictures are learnt from, and which judge.

    Raises `DarkroomError` where the folder, the base model or the name will not do.
    """
    kind, card = COURSES[goal], _fit(base, goal)
    pictures = Pictures(folder)
    for said in look(pictures, leave_out):
        if isinstance(said, Looking):
            say(Preparing(what="Looking at the pictures", done=said.done, total=said.total))
    used = pictures.used
    if goal != "draw":
        used = [found for found in used if min(found.width, found.height) >= _SMALLEST_PHOTO]
    least = NEEDED[goal][0]
    if len(used) < least:
        left = len(pictures.files) - len(used)
        why = f" ({left} are copies, blank, too small or unreadable)" if left else ""
        raise DarkroomError(
            f"{folder.name or folder}: {len(used)} picture{'' if len(used) == 1 else 's'} can be learnt from{why}; "
            f"this goal needs {least} or more."
        )
    ordered = _in_order(used, kind.most_files)
    return Plan(
        run=runs.id_of(name),
        name=name,
        folder=str(folder.resolve()),
        goal=goal,
        base=card.id,
        files=[found.file for found in ordered],
        labels=[found.label for found in ordered],
        held_out=int(np.clip(round(len(ordered) / _ONE_IN), _LEAST, _MOST)),
        steps=steps,
        batch=kind.batch,
    )


def _fit(base: str, goal: Goal) -> catalog.Card:
    """The card of a base model that can learn this. Raises `ModelError`."""
    card = catalog.load(base).card
    wanted = "sample" if goal == "draw" else "restore"
    if "finetune" not in card.capabilities or wanted not in card.capabilities:
        fitting = ", ".join(c.id for c in catalog.cards(wanted) if "finetune" in c.capabilities) or "none"
        what = "draw" if goal == "draw" else "restore"
        raise ModelError(f"Model {card.name} cannot learn to {what} (installed models that can: {fitting}).")
    return card


def _in_order(used: list[Found], most: int) -> list[Found]:
    """Pictures in the order of the cache: those that judge first, evenly spread over the folder."""
    chosen = [used[i] for i in spread(len(used), most)]
    count = int(np.clip(round(len(chosen) / _ONE_IN), _LEAST, _MOST))
    judges = set(np.linspace(0, len(chosen) - 1, count + 2)[1:-1].round().astype(int).tolist())
    while len(judges) < count:
        judges.add(next(i for i in range(len(chosen)) if i not in judges))
    return [chosen[i] for i in sorted(judges)] + [f for i, f in enumerate(chosen) if i not in judges]


# -- the trial --------------------------------------------------------------------------------------


def estimate(plan: Plan, compute: Compute, say: Say) -> Estimated:
    """Learn for some seconds with a few of the pictures, keep nothing, and say how long a lesson will take."""
    kind, base = COURSES[plan.goal], catalog.load(plan.base)
    read, most = kind.reader(base)
    count = min(len(plan.files), _SOME + plan.held_out)
    few = runs.Plan(**{name: getattr(plan, name) for name in plan.__struct_fields__})
    few.files, few.labels = plan.files[:count], plan.labels[:count]
    with tempfile.TemporaryDirectory(prefix="latent-darkroom-") as place:
        began = time.monotonic()
        cache = opened(Path(place), Path(plan.folder), few.files, read, most, lambda *_: None)
        reading = (time.monotonic() - began) / count * len(plan.files)
        say(Preparing(what="Trying the speed", done=0, total=3))
        torch.manual_seed(plan.seed)
        began = time.monotonic()
        course: Course = kind(few, base, cache, compute.device)
        _judged(course)  # the first time takes longer than all others
        building, began = time.monotonic() - began, time.monotonic()
        _judged(course)
        judging = time.monotonic() - began
        say(Preparing(what="Trying the speed", done=1, total=3))
        course.model.train()
        trainer = Trainer(course.model, course.loss(), Schedule(steps=10**6, rate=0.0), None)
        paces: list[float] = []
        trainer.advance()  # the first step makes what the others use again
        began = time.monotonic()
        while len(paces) < 3 or time.monotonic() - began < _TRIAL:
            started = time.monotonic()
            trainer.advance()
            paces.append(time.monotonic() - started)
        say(Preparing(what="Trying the speed", done=2, total=3))
        cache_size = min(LIMIT, round(cache.size / count * len(plan.files)))
        del course, trainer, cache
    each = float(np.mean(paces))
    spread_of = float(np.std(paces)) / max(each, 1e-9) / len(paces) ** 0.5
    fixed = reading + building + (plan.judged + 1) * judging + _FINISH[plan.goal]
    say(Preparing(what="Trying the speed", done=3, total=3))
    offers = tuple(
        Offer(
            name=name,
            steps=steps,
            minutes=(fixed + steps * each) / 60,
            low=(fixed + steps * each) * max(0.7, 0.9 - 2 * spread_of) / 60,
            high=(fixed + steps * each) * (1.2 + 2 * spread_of) / 60,
        )
        for name, steps in zip(("quick", "normal", "thorough"), kind.steps, strict=True)
    )
    times = {"seconds_a_step": each, "fixed_seconds": fixed, "judging_seconds": judging}
    return _with_the_computer(offers, times, compute, cache_size, base.folder)


def _judged(course: Course) -> None:
    """All that is done each time that a model is judged."""
    course.judge(course.model)
    course.pairs(course.model)
    course.samples(course.model)


def _with_the_computer(
    offers: tuple[Offer, ...], times: dict[str, float], compute: Compute, cache: int, base: Path
) -> Estimated:
    place = runs.place()
    while not place.exists():
        place = place.parent
    free, memory = shutil.disk_usage(place).free, psutil.virtual_memory().available
    needed = cache + _DISK + 2 * sum(f.stat().st_size for f in base.iterdir() if f.is_file())
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    on_battery = battery is not None and not battery.power_plugged
    warnings = []
    if free < needed:
        warnings.append(f"The disk is too full: {needed / 1e6:,.0f} MB are needed and {free / 1e6:,.0f} MB are free.")
    if memory < _MEMORY:
        warnings.append(f"Memory is short: {memory / 1e9:.1f} GB are free; close other programs, or it will be slow.")
    if battery is not None and on_battery:
        left = battery.secsleft / 60 if battery.secsleft and battery.secsleft > 0 else None
        words = f"about {left:.0f} minutes" if left else f"{battery.percent:.0f} %"
        warnings.append(f"The computer runs on its battery ({words} left): plug it in.")
    return Estimated(
        offers=offers,
        **times,
        device=compute.name,
        reason=compute.reason,
        on_battery=on_battery,
        battery=round(battery.percent) if battery else None,
        disk_needed=needed,
        disk_free=free,
        memory_needed=_MEMORY,
        memory_free=memory,
        warnings=tuple(warnings),
        possible=free >= needed,
    )


def fit_into(minutes: float, plan: Plan, estimated: Estimated) -> None:
    """Give a plan the steps that fit into so many minutes, preparing and finishing included; where judging takes long,
    it is judged less often."""
    left = 60 * minutes - estimated.fixed_seconds + (plan.judged + 1) * estimated.judging_seconds
    plan.judged = int(np.clip(_JUDGING * left / max(estimated.judging_seconds, 1e-3), 2, 10))
    left -= (plan.judged + 1) * estimated.judging_seconds
    plan.steps = max(10, round(left / estimated.seconds_a_step))


def be_modest() -> None:
    """Leave the computer to whoever uses it: learning takes what is left over."""
    with contextlib.suppress(psutil.Error, OSError):
        process = psutil.Process()
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if os.name == "nt" else max(10, process.nice()))

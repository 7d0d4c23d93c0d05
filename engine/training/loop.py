"""The training loop: one model, one optimiser, an average of the weights, and a state on disk.

A run is told how long it may take; its learning rate follows the share of that time (or of a
number of steps) already spent. It stops by itself, writes its state atomically, and goes on from
it to the same step with the same data.
"""

from __future__ import annotations

import json
import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save
from torch import Tensor, nn

from engine.files import replacing
from engine.training.optimise import Optimiser

#: ``loss(model, step, spent) -> (scalar, what to log)``; ``spent`` is the share of the run already done.
LossFunction = Callable[[nn.Module, int, float], tuple[Tensor, dict[str, float]]]

#: What is measured on the averaged model now and then, by name.
Check = Callable[[nn.Module], dict[str, float]]

#: Hears what a step reports; False stops the run. What it takes (a pause) is no time of the run.
Watch = Callable[[dict[str, float]], bool]

#: The state, the one before it, and the one that is being written.
STATE, BEFORE, NEXT = "state.safetensors", "state-before.safetensors", "state-next.safetensors"


class TrainingFailed(RuntimeError):
    """A NaN or Inf came up. The message names the folder with the state just before it and the batch."""


@runtime_checkable
class Repeatable(Protocol):
    """A loss that can draw the batch of a step again, for a look at what broke it."""

    seed: int

    def repeat(self, step: int, spent: float) -> dict[str, Tensor]:
        """What the loss of this step is made of, by name: pictures before and after, what was told."""
        ...


@dataclass(frozen=True)
class Schedule:
    """How fast to learn. Give ``steps`` for a run that must be repeatable to the bit, else ``minutes``."""

    minutes: float = 60.0
    steps: int | None = None
    rate: float = 1e-3
    warm_up: int = 200
    final: float = 0.01  #: share of ``rate`` left at the end (cosine)
    average: float = 0.999
    clip: float = 5.0  #: a gradient this many times its running median is skipped

    def spent(self, step: int, seconds: float) -> float:
        """Share of the run already done, 0..1."""
        return min(1.0, step / self.steps if self.steps else seconds / (60.0 * self.minutes))

    def rate_at(self, step: int, spent: float) -> float:
        cosine = self.final + (1 - self.final) * 0.5 * (1 + math.cos(math.pi * spent))
        return self.rate * cosine * min(1.0, (step + 1) / self.warm_up)


class Trainer:
    """Trains ``model`` on ``loss`` and keeps everything needed to go on in ``folder``; without one it keeps nothing."""

    def __init__(self, model: nn.Module, loss: LossFunction, schedule: Schedule, folder: Path | None) -> None:
        self.model, self.loss, self.schedule, self.folder = model, loss, schedule, folder
        self.optimiser = Optimiser(model)
        self.average = {name: p.detach().clone() for name, p in model.state_dict().items()}
        self.step, self.seconds = 0, 0.0
        self.norms: deque[float] = deque(maxlen=100)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    # -- state -----------------------------------------------------------------------------------

    def save(self) -> None:
        """Write the state and keep the one before it; a crash in between loses neither. Raises OSError, and
        `TrainingFailed` where a weight is no number: the states on the disk then stay."""
        if self.folder is None:
            return
        if broken := not_finite(self.model.state_dict() | {f"average/{k}": v for k, v in self.average.items()}):
            raise TrainingFailed(f"Step {self.step}: {broken[0]} holds a value that is no number ({self.folder}).")
        tensors: dict[str, Tensor] = {}
        for name, weight in self.model.state_dict().items():
            tensors[f"weights/{name}"] = weight
            tensors[f"average/{name}"] = self.average[name]
        for name, value in self.optimiser.state().items():
            tensors[f"optimiser/{name}"] = value
        note = {"step": str(self.step), "seconds": repr(self.seconds), "norms": json.dumps(list(self.norms))}
        state, following = self.folder / STATE, self.folder / NEXT
        with replacing(following, overwrite=True) as file:
            file.write(save({k: v.detach().cpu().contiguous() for k, v in tensors.items()}, metadata=note))
        if state.exists():
            state.replace(self.folder / BEFORE)
        following.replace(state)

    def resume(self) -> bool:
        """Go on from the newest state of the folder that is whole, if it has one."""
        return self.folder is not None and any(self._resume_from(self.folder / name) for name in (STATE, NEXT, BEFORE))

    def _resume_from(self, path: Path) -> bool:
        try:
            with safe_open(path, framework="pt") as file:
                note = file.metadata()
            tensors = load_file(path)
        except (SafetensorError, OSError):
            return False
        self.model.load_state_dict(_under(tensors, "weights"))
        self.average = {k: v.to(p.device) for (k, v), p in _pairs(_under(tensors, "average"), self.model)}
        self.optimiser.load(_under(tensors, "optimiser"))
        self.step, self.seconds = int(note["step"]), float(note["seconds"])
        self.norms.clear()
        self.norms.extend(json.loads(note["norms"]))
        return True

    # -- steps -----------------------------------------------------------------------------------

    @property
    def spent(self) -> float:
        return self.schedule.spent(self.step, self.seconds)

    def advance(self) -> dict[str, float]:
        """One step. Raises `TrainingFailed` on a NaN or Inf, before it reaches the weights."""
        rate = self.schedule.rate_at(self.step, self.spent)
        self.model.zero_grad(set_to_none=True)
        loss, log = self.loss(self.model, self.step, self.spent)
        loss.backward()
        norm = float(nn.utils.clip_grad_norm_(self.model.parameters(), self._limit()))
        if not (math.isfinite(norm) and math.isfinite(float(loss.detach()))):
            self._keep_batch(float(loss.detach()))
            self.save()
            raise TrainingFailed(
                f"Step {self.step}: the loss or its gradient is not a number ({self.folder or 'nothing is kept'})."
            )
        skipped = len(self.norms) >= 20 and norm > self.schedule.clip * self._median()
        self.norms.append(norm)
        if not skipped:
            self.optimiser.step(rate)
        self._follow()
        self.step += 1
        return {"loss": float(loss.detach()), "rate": rate, "norm": norm, "skipped": float(skipped), **log}

    def _keep_batch(self, loss: float) -> None:
        """Write what this step learnt from beside the state, as ``batch-STEP.safetensors``, if the loss can repeat it.

        Its note holds step, seed, share of the run, loss, and the parameters whose gradient is no number.
        """
        if self.folder is None or not isinstance(self.loss, Repeatable):
            return
        gradients = {name: p.grad for name, p in self.model.named_parameters() if p.grad is not None}
        note = {
            "step": str(self.step),
            "seed": str(self.loss.seed),
            "spent": repr(self.spent),
            "loss": repr(loss),
            "gradients": json.dumps(not_finite(gradients)),
        }
        batch = self.loss.repeat(self.step, self.spent)
        with replacing(self.folder / f"batch-{self.step}.safetensors", overwrite=True) as file:
            file.write(save({k: v.detach().cpu().contiguous() for k, v in batch.items()}, metadata=note))

    def _median(self) -> float:
        return sorted(self.norms)[len(self.norms) // 2]

    def _limit(self) -> float:
        return 2.0 * self._median() if len(self.norms) >= 20 else 10.0

    @torch.no_grad()
    def _follow(self) -> None:
        keep = min(self.schedule.average, (1 + self.step) / (10 + self.step))
        for name, weight in self.model.state_dict().items():
            self.average[name].lerp_(weight, 1 - keep)

    def run(
        self,
        check: Check | None = None,
        check_every: float = 180.0,
        save_every: float = 60.0,
        stop_after: float | None = None,
        say: Callable[[str], None] = print,
        until: int | None = None,
        watch: Watch | None = None,
    ) -> None:
        """Train until the schedule is spent (or ``stop_after`` minutes of this call), saving and checking.

        ``check`` gets the averaged model; what it and the steps report goes to ``log.jsonl``. With ``until`` it
        stops at that step; ``watch`` hears of every step, and may stop it.
        """
        began, last_save, last_check, last_say = time.monotonic(), time.monotonic(), time.monotonic(), 0.0
        counted = began
        pace: deque[float] = deque(maxlen=200)
        while self.spent < 1.0 and (until is None or self.step < until):
            started = time.monotonic()
            log = self.advance()
            now = time.monotonic()
            pace.append(now - started)
            self.seconds, counted = self.seconds + now - counted, now
            if now - last_say > 20:
                last_say = now
                say(self._progress(log, pace))
            if check and now - last_check > check_every:
                last_check = now
                self._note({"step": self.step, "seconds": self.seconds, **log, **self._checked(check)}, say)
            if now - last_save > save_every:
                last_save = now
                self.save()
            if watch:
                paused = time.monotonic()
                goes_on = watch(log)
                counted += time.monotonic() - paused
                if not goes_on:
                    break
            if stop_after is not None and now - began > 60 * stop_after:
                break
        if check:
            self._note({"step": self.step, "seconds": self.seconds, **self._checked(check)}, say)
        self.save()

    def _progress(self, log: dict[str, float], pace: deque[float]) -> str:
        each = sum(pace) / len(pace)
        left = (1 - self.spent) / max(self.spent, 1e-9)
        left *= self.step * each if self.schedule.steps else self.seconds
        values = "  ".join(f"{k} {v:.4g}" for k, v in log.items() if k != "skipped")
        return f"step {self.step}  {100 * self.spent:.1f} %  {each:.2f} s/step  {left / 60:.0f} min left  {values}"

    def _checked(self, check: Check) -> dict[str, float]:
        with averaged(self.model, self.average):
            return check(self.model)

    def _note(self, entry: dict[str, float], say: Callable[[str], None]) -> None:
        if self.folder:
            with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
        say(json.dumps({k: round(v, 4) for k, v in entry.items()}))


class averaged:
    """``with averaged(model, average):`` the model has the averaged weights, and its own again after."""

    def __init__(self, model: nn.Module, average: dict[str, Tensor]) -> None:
        self.model, self.average = model, average

    def __enter__(self) -> None:
        self.own = {name: weight.clone() for name, weight in self.model.state_dict().items()}
        self.model.load_state_dict(self.average)
        self.model.eval()

    def __exit__(self, *_: object) -> None:
        self.model.load_state_dict(self.own)
        self.model.train()


def not_finite(tensors: Mapping[str, Tensor]) -> list[str]:
    """The names of the tensors that hold a NaN or Inf."""
    return [name for name, tensor in tensors.items() if not bool(torch.isfinite(tensor).all())]


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix + "/"): v for k, v in tensors.items() if k.startswith(prefix + "/")}


def _pairs(tensors: dict[str, Tensor], model: nn.Module):
    own = model.state_dict()
    return ((item, own[item[0]]) for item in tensors.items())

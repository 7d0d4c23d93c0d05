"""What differs between the goals of a lesson: what is learnt, how it is judged, and what a finished model is."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from engine import catalog
from engine.lessons import Diagnosis, Figure, Pair
from engine.runs import Plan
from engine.training.cache import Cache, Read
from engine.training.loop import LossFunction

#: Pictures that are shown of the held-out ones, and drawn at random.
SHOWN, SAMPLED = 6, 8

Weights = dict[str, Tensor]
#: ``said(what, done, total)`` of a step that takes seconds.
Said = Callable[[str, int, int], None]


class Judgement(NamedTuple):
    """How a model does on the held-out pictures (see `engine.lessons.Scored`)."""

    score: float
    learnt: float | None
    redraw: float
    tidy: float


class Course(ABC):
    """A goal with its base model and its pictures, on one device. ``model`` is what learns."""

    #: Words for what goes on.
    phase: ClassVar[str]
    #: Highest learning rate, how slowly the averaged weights follow, and the batch to begin with.
    rate: ClassVar[float]
    average: ClassVar[float] = 0.99
    batch: ClassVar[int]
    #: Steps of quick, normal and thorough for `STEPS_FOR` pictures, and files that are used at most.
    steps: ClassVar[tuple[int, int, int]]
    most_files: ClassVar[int]

    model: nn.Module

    def __init__(self, plan: Plan, base: catalog.Model, cache: Cache, device: torch.device) -> None:
        self.plan, self.base, self.cache, self.device = plan, base, cache, device

    @staticmethod
    @abstractmethod
    def reader(base: catalog.Model) -> tuple[Read, int]:
        """How a file is kept in the cache, and the bytes it takes there at most."""

    @abstractmethod
    def loss(self) -> LossFunction:
        """The loss of the trainer, for the plan's batch."""

    @abstractmethod
    def judge(self, model: nn.Module) -> Judgement: ...

    @abstractmethod
    def pairs(self, model: nn.Module) -> tuple[Pair, ...]:
        """The same few held-out pictures as the base and as ``model`` make them."""

    def samples(self, model: nn.Module) -> tuple[bytes, ...]:
        """PNGs drawn at random, where the goal is drawing."""
        return ()

    def diagnose(self, model: nn.Module) -> Diagnosis | None:
        """What is wrong with a model beyond its scores, if anything is."""
        return None

    @abstractmethod
    def finish(self, weights: Weights, folder: Path, said: Said) -> tuple[Figure, ...]:
        """Write the model of these weights to a new ``folder``, card included but for what all lessons put
        there, and return its numbers beside the base's; the first says whether it is better."""

    @property
    def held_out(self) -> list[str]:
        return self.plan.files[: self.plan.held_out]


def png(pixels: np.ndarray | Tensor) -> bytes:
    """A picture as PNG: [H, W, 3] uint8, or [3, H, W] in [0, 1]."""
    if isinstance(pixels, Tensor):
        pixels = (pixels.detach().float().cpu().clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, "PNG")
    return buffer.getvalue()


def spread(count: int, most: int) -> list[int]:
    """``most`` of ``count`` places, evenly."""
    return sorted(set(np.linspace(0, count - 1, min(count, most)).astype(int).tolist())) if count else []

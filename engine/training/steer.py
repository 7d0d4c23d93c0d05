"""Directions mended by what the decoder draws: each shall change its own attribute and leave the others.

Directions learnt in the latent (`engine.directions`) take the decoder for linear, and it is not: a
slider of glasses that is right for the latents darkens the skin of the picture. Here the decoder is
asked. A network reads the attributes off pictures, and the directions learn to move what it reads as
they should, on training pictures and on samples of the prior, while decoder and reader stay as they
are (as StyleFlow and steerability do with their edits: Jahanian et al., On the "steerability" of
generative adversarial networks, 2020).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.directions import Direction
from engine.generate import EASE, STEPS
from engine.nets.blocks import down
from engine.nets.flow import Flow
from engine.nets.twolevel import TwoLevel
from engine.training.attributes import attributes
from engine.training.data import generator_for
from engine.training.loop import Schedule, Trainer
from engine.training.pictures import PictureSet

#: Furthest that a slider is moved while it learns, in standard deviations of its attribute.
FURTHEST = 2.0
#: Share of the time that the reader gets.
_READING = 0.45


class AttributeReader(nn.Module):
    """Standardised attributes [B, K] of pictures [B, 3, side, side] in [0, 1]."""

    def __init__(self, side: int, count: int) -> None:
        super().__init__()
        widths = (32, 48, 64, 96, 128)
        self.enter = nn.Conv2d(12, widths[0], 3, padding=1)
        self.halve = nn.ModuleList(down(a, b) for a, b in pairwise(widths))
        self.leave = nn.Sequential(nn.Linear(widths[-1] * (side // 32) ** 2, 192), nn.SiLU(), nn.Linear(192, count))

    def forward(self, pictures: Tensor) -> Tensor:
        x = F.silu(self.enter(F.pixel_unshuffle(pictures - 0.5, 2)))
        for halve in self.halve:
            x = F.silu(halve(x))
        return self.leave(x.flatten(1))


class ReadingLoss:
    """The loss of one step of the reader, on pictures and on what the VAE makes of them: softer, and drawn by it."""

    def __init__(self, vae: TwoLevel, pictures: PictureSet, attributes: Tensor, seed: int, batch: int = 48) -> None:
        self.vae, self.pictures, self.attributes, self.seed, self.batch = vae, pictures, attributes, seed, batch

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        generator = generator_for(self.seed, step, stream=11)
        clean, picks = self.pictures.batch(self.batch, False, generator)
        third = self.batch // 3
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            redrawn = self.vae(clean[:third]).float().clamp(0, 1)
        noise = 0.02 * torch.randn(clean.shape, generator=generator)
        read = model(torch.cat([redrawn, clean[third:]]) + noise)
        error = (read - self.attributes[picks]).square().mean()
        return error, {"error": float(error.detach())}


@dataclass
class Start:
    """Latents to move from: ``globe`` [N, G] and ``deviation`` [N, D, g, g]."""

    globe: Tensor
    deviation: Tensor


class Ways(nn.Module):
    """The directions [K, L] as they are learnt: offsets of the first ones, spread as the latents [N, L] are."""

    def __init__(self, first: Tensor, latents: Tensor) -> None:
        super().__init__()
        values, axes = torch.linalg.eigh(torch.cov(latents.T))
        self.register_buffer("first", first)
        self.register_buffer("spread", axes * values.clamp(min=0).sqrt() @ axes.T)
        self.offset = nn.Parameter(torch.zeros_like(first))

    def forward(self) -> Tensor:
        return self.get_buffer("first") + self.offset @ self.get_buffer("spread")


class SteerLoss:
    """The loss of one step: pictures are drawn, a slider of each is moved, and what changed is read off."""

    def __init__(
        self,
        vae: TwoLevel,
        reader: nn.Module,
        starts: Start,
        bounds: Tensor,
        own: list[int],
        seed: int,
        batch: int = 20,
    ) -> None:
        """``bounds`` [2, K'] are the least and greatest of every attribute, ``own`` which of them is each slider's."""
        self.vae, self.reader, self.starts, self.bounds = vae, reader, starts, bounds
        self.own, self.seed, self.batch = torch.tensor(own), seed, batch

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        generator = generator_for(self.seed, step, stream=13)
        picks = torch.randint(len(self.starts.globe), (self.batch,), generator=generator)
        which = torch.randint(len(self.own), (self.batch,), generator=generator)
        value = FURTHEST * (2 * torch.rand(self.batch, generator=generator) - 1)
        globe, deviation = self.starts.globe[picks], self.starts.deviation[picks]
        way = value[:, None] * model()[which]
        moved = globe + way[:, : globe.shape[1]], deviation + way[:, globe.shape[1] :].reshape(deviation.shape)
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                before = self.reader(self.vae.decode(globe, deviation).clamp(0, 1)).float()
            drawn = self.vae.decode(*moved)
            # Cut off as a file is, but for the gradient: a slider must find back from beyond white.
            after = self.reader(drawn + (drawn.clamp(0, 1) - drawn).detach()).float()
        rows, own = torch.arange(self.batch), self.own[which]
        goal = before[rows, own] + value
        bound = goal.clamp(self.bounds[0, own], self.bounds[1, own])
        wanted = before.clone()
        wanted[rows, own] = bound
        wrong = F.huber_loss(after, wanted, reduction="none")
        # Nobody wears two pairs of glasses: where the attribute goes no further, anything beyond is right.
        beyond = (goal != bound) & ((after[rows, own] - bound) * value > 0)
        strayed = model.get_parameter("offset").square().mean()
        moved_own = (wrong[rows, own] * ~beyond).mean()
        others = (wrong.sum(1) - wrong[rows, own]).mean()
        log = {"own": moved_own, "others": others, "strayed": strayed}
        return moved_own + others + 0.1 * strayed, {name: float(v.detach()) for name, v in log.items()}


def steered(
    vae: TwoLevel,
    flow: Flow,
    pictures: PictureSet,
    known: list[Direction],
    latents: tuple[np.ndarray, np.ndarray],
    minutes: float,
    folder: Path,
    say: Callable[[str], None] = print,
) -> list[Direction]:
    """The ``known`` directions of labels, mended in ``minutes`` of training with its state in ``folder``.

    ``latents`` are the pictures' posterior means, [N, G] and [N, D, g, g]. Attributes without a direction
    are kept still, too.
    """
    if not known:
        return known
    labelled = attributes(pictures.labels)
    names, columns = list(labelled), np.stack(list(labelled.values()), axis=1)
    wanted = torch.from_numpy((columns - columns.mean(0)) / np.maximum(columns.std(0), 1e-6)).float()
    vae.requires_grad_(False)

    reader = AttributeReader(vae.config.side, len(names))
    reader = reader.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    reading = Trainer(
        reader, ReadingLoss(vae, pictures, wanted, 1), Schedule(minutes=_READING * minutes), folder / "reader"
    )
    reading.resume()
    reading.run(say=say)
    reader.load_state_dict(reading.average)
    reader.requires_grad_(False)

    globe, deviation = (torch.from_numpy(part).float() for part in latents)
    both = torch.cat([globe, deviation.flatten(1)], dim=1)
    ways = Ways(torch.stack([_padded(d, both.shape[1]) for d in known]), both)
    loss = SteerLoss(
        vae,
        reader,
        _starts(flow, globe, deviation),
        torch.stack([wanted.amin(0), wanted.amax(0)]),
        [names.index(d.name) for d in known],
        seed=1,
    )
    schedule = Schedule(minutes=(1 - _READING) * minutes, rate=1e-2, warm_up=20, average=0.98)
    steering = Trainer(ways, loss, schedule, folder / "ways")
    steering.resume()
    steering.run(say=say)
    ways.load_state_dict(steering.average)
    with torch.no_grad():
        vectors = ways().numpy()
    return [
        Direction.along(vector, name=d.name, source=d.source, explained=d.explained)
        for d, vector in zip(known, vectors, strict=True)
    ]


def _padded(direction: Direction, length: int) -> Tensor:
    numbers = torch.from_numpy(direction.numbers)
    return F.pad(numbers, (0, length - len(numbers)))


@torch.no_grad()
def _starts(flow: Flow, globe: Tensor, deviation: Tensor) -> Start:
    """The training pictures' latents, and as many that the prior draws."""
    generator = generator_for(1, 0, stream=15)
    drawn = flow.carry(torch.randn(globe.shape, generator=generator), STEPS)
    detail = EASE * torch.randn(deviation.shape, generator=generator)
    return Start(torch.cat([globe, drawn]), torch.cat([deviation, detail]))

"""Walks from picture to picture through a model's latents.

    walk = prepare(Journey(model="cartoon-faces", stops=(Recipe(...), "me.jpg")), Models())
    frame = walk.frame(0.5)

A generative model walks through its latents; for photos that no small model knows, the restoration
model's ladder is the codec and the way is found by a flow between the two pictures (`engine.morph`), or
an imported autoencoder is (`engine.codec_walk`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from engine import animate, catalog, photo
from engine.codec import Codec
from engine.codec_walk import CodecWalk
from engine.errors import Cancelled, DarkroomError, ModelError
from engine.frame import framed
from engine.generate import Generator, Latent, joined
from engine.jobs import Film, Journey, Stop
from engine.morph import Morph
from engine.recipes import Recipe
from engine.sphere import turned

#: Steps of the way back through the flow, from latents to noise.
_BACK = 16
#: Longest film: what is longer is a mistake, or fills the disk.
MOST_FRAMES = 5000

#: Called as stops are encoded and ways found: how many of how many are done.
OnStep = Callable[[int, int], None]


class Walk(Protocol):
    """A prepared journey."""

    @property
    def length(self) -> int:
        """How many ways there are from one stop to the next."""
        ...

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the frames, in pixels."""
        ...

    @property
    def drafts(self) -> bool:
        """Whether a draft is another picture than the one that takes its time."""
        ...

    def frame(self, t: float, *, draft: bool = False) -> np.ndarray:
        """The picture at ``t`` in 0..length, [H, W, 3] uint8; a ``draft`` rather comes soon than is good."""
        ...


Kind = TypeVar("Kind", Generator, Morph, Codec)


class Models:
    """The models that walks need, each loaded once, and again when it has changed on the disk. Not thread-safe."""

    def __init__(self, device: str = "auto", threads: int | None = None) -> None:
        self._device, self._threads = device, threads
        self._loaded: dict[tuple[type, str], tuple[catalog.Stamp, Generator | Morph | Codec]] = {}

    def generator(self, model: str) -> Generator:
        """Raises as `Generator` does."""
        return self._get(Generator, model)

    def morph(self, model: str) -> Morph:
        """Raises as `Morph` does."""
        return self._get(Morph, model)

    def codec(self, model: str) -> Codec:
        """Raises as `Codec` does."""
        return self._get(Codec, model)

    def release(self) -> None:
        """Give back the memory of all models; each loads again what it needs."""
        for _, model in self._loaded.values():
            model.graphs.release()

    def _get(self, kind: type[Kind], model: str) -> Kind:
        stamp = catalog.stamp(model)
        known = self._loaded.get((kind, model))
        if known is not None and known[0] == stamp and isinstance(known[1], kind):
            return known[1]
        fresh = kind(model, self._device, self._threads)
        self._loaded[kind, model] = stamp, fresh
        return fresh


def prepare(
    journey: Journey,
    models: Models,
    on_step: OnStep | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Walk:
    """Load, encode and match what a journey needs.

    Raises `DarkroomError` for fewer than two stops, a picture that cannot be read, or a model that
    cannot be used, and `Cancelled` when ``cancelled()`` says so between two steps.
    """
    if len(journey.stops) < 2:
        raise DarkroomError("A walk needs at least two pictures.")
    kind = catalog.load(journey.model).card.kind
    if kind in ("restore", "codec"):
        pictures = [_photo(stop, models) for stop in journey.stops]
        if kind == "codec":
            return CodecWalk(models.codec(journey.model), pictures, journey, on_step, cancelled)
        return models.morph(journey.model).prepare(
            pictures, journey.side, closed=journey.closed, on_step=on_step, cancelled=cancelled
        )
    generator = models.generator(journey.model)
    stops = []
    for number, stop in enumerate(journey.stops, start=1):
        if cancelled and cancelled():
            raise Cancelled
        stops.append(latent_of(stop, generator))
        if on_step:
            on_step(number, len(journey.stops))
    return LatentWalk(generator, joined(stops), journey)


def latent_of(stop: Stop, generator: Generator) -> Latent:
    """The latents of a recipe, or of a picture's file. Raises `DarkroomError` for a recipe of another model."""
    if isinstance(stop, str):
        return generator.encode(framed(photo.read(stop).pixels, generator.side)[None])
    own = generator.model.card.id
    if stop.model != own:
        raise ModelError(f"A picture that model {stop.model} drew cannot be a stop of a walk through {own}.")
    return generator.latents([stop])


def write_film(
    walk: Walk,
    film: Film,
    target: str | Path,
    closed: bool = False,
    overwrite: bool = False,
    on_frame: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write a walk as ``film`` says: .gif, .webp, .mp4, a folder of PNGs, or one .png of all frames.

    ``closed``: the walk ends where it begins. ``on_frame`` hears how many frames are done. Raises as
    `animate.save` does.
    """
    if not 2 <= film.frames <= MOST_FRAMES:
        raise DarkroomError(f"A film has 2 to {MOST_FRAMES} frames, not {film.frames}.")
    if not 1 <= film.fps <= animate.FASTEST:
        raise DarkroomError(f"A film shows 1 to {animate.FASTEST} frames a second, not {film.fps:g}.")
    way = "closed" if closed else "back" if film.back else "once"
    times = animate.moments(walk.length, film.frames, easing="smooth" if film.smooth else "linear", path=way)
    frames = (walk.frame(t) for t in times)
    if not film.sheet:
        return animate.save(frames, target, fps=film.fps, overwrite=overwrite, on_frame=on_frame, cancelled=cancelled)
    return animate.save_sheet(frames, target, overwrite=overwrite, on_frame=on_frame, cancelled=cancelled)


class LatentWalk:
    """A walk through z_g and the details of a generative model."""

    def __init__(self, generator: Generator, stops: Latent, journey: Journey) -> None:
        self._generator, self._stops, self._path, self._closed = generator, stops, journey.path, journey.closed
        self._noise = self._gap = None
        if journey.path == "prior":
            self._noise = generator.carry_back(stops.globe, _BACK)
            # What the few steps there and back do not bring home is given back along the way.
            self._gap = stops.globe - generator.carry(self._noise)

    @property
    def length(self) -> int:
        return len(self._stops) if self._closed else len(self._stops) - 1

    @property
    def size(self) -> tuple[int, int]:
        return self._generator.side, self._generator.side

    @property
    def drafts(self) -> bool:
        return False

    def frame(self, t: float, *, draft: bool = False) -> np.ndarray:
        return self._generator.decode(self.latent(t))[0]

    def latent(self, t: float) -> Latent:
        """The latents at ``t`` in 0..length, of one picture."""
        t = float(min(max(t, 0.0), self.length))
        way = min(int(t), self.length - 1)
        a, b, share = way, (way + 1) % len(self._stops), t - way
        stops, generator = self._stops, self._generator
        if self._noise is not None and self._gap is not None:
            carried = generator.carry(turned(self._noise[a], self._noise[b], share)[None])[0]
            globe = carried + (1 - share) * self._gap[a] + share * self._gap[b]
        elif self._path == "straight":
            globe = (1 - share) * stops.globe[a] + share * stops.globe[b]
        else:
            standing = (stops.globe - generator.center) / generator.scale
            globe = turned(standing[a], standing[b], share) * generator.scale + generator.center
        deviation = turned(stops.deviation[a], stops.deviation[b], share)
        return Latent(globe[None].astype(np.float32), deviation[None].astype(np.float32))


def _photo(stop: Stop, models: Models) -> np.ndarray:
    if isinstance(stop, Recipe):
        return models.generator(stop.model).draw([stop])[0]
    return photo.read(stop).pixels

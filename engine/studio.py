"""The engine process's room for drawing: what is asked for a place of the window is done here.

Two threads: one draws what somebody is looking at, the other writes films, so that a slider answers
while a film is written. Of asks of one kind for one place only the newest waits.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable

import numpy as np

from engine import directions, photo
from engine.errors import Cancelled, DarkroomError
from engine.files import explain
from engine.frame import framed
from engine.generate import BATCH, joined
from engine.interpolate import Models, Walk, latent_of, prepare, write_film
from engine.jobs import (
    Answer,
    Draw,
    Drawn,
    Encode,
    Encoded,
    Export,
    Exported,
    Frame,
    Journey,
    Learn,
    Learnt,
    PlaceAsk,
    Refused,
    Visit,
    Withdraw,
    Withdrawn,
    Working,
)
from engine.refine import encoded
from engine.worker import Worker, resting


class Studio:
    """Takes asks of places, answers through ``send``, which may be called from any thread."""

    def __init__(self, send: Callable[[Answer], None], device: str) -> None:
        self._send = send
        self._drawing = _Room("drawing", send, device)
        self._films = _Room("films", send, device)

    def accept(self, ask: PlaceAsk | Withdraw) -> None:
        """Queue an ask, or forget those of a place."""
        if isinstance(ask, Withdraw):
            for room in (self._drawing, self._films):
                room.forget(ask.place)
            self._send(Withdrawn(ask.place))
        else:
            (self._films if isinstance(ask, Export) else self._drawing).put(ask)

    def close(self) -> None:
        """Stop between two steps and forget the rest."""
        for room in (self._drawing, self._films):
            room.close()


class _Room:
    """One thread with its own models."""

    def __init__(self, name: str, send: Callable[[Answer], None], device: str) -> None:
        self._send, self._models = send, Models(device)
        self._walk: tuple[Journey, Walk] | None = None
        self._newest: dict[tuple[type, str], int] = {}
        self._lock = threading.Lock()
        self._worker = Worker(name, self._handle, *resting(self._models.release))

    def put(self, ask: PlaceAsk) -> None:
        self._worker.drop(lambda job: type(job) is type(ask) and getattr(job, "place", None) == ask.place)
        with self._lock:
            self._newest[type(ask), ask.place] = ask.ask
        self._worker.put(ask)

    def forget(self, place: str) -> None:
        self._worker.drop(lambda job: getattr(job, "place", None) == place)
        with self._lock:
            for kind, where in list(self._newest):
                if where == place:
                    self._newest[kind, where] = -1

    def close(self) -> None:
        with self._lock:
            self._newest.clear()
        self._worker.close()

    # -- jobs ------------------------------------------------------------------------------------

    def _handle(self, job: object) -> None:
        assert isinstance(job, PlaceAsk)
        try:
            match job:
                case Draw():
                    self._draw(job)
                case Encode():
                    self._encode(job)
                case Visit():
                    self._visit(job)
                case Export():
                    self._export(job)
                case Learn():
                    self._learn(job)
        except Cancelled:
            return  # who took its place is answered
        except DarkroomError as error:
            self._refuse(job, str(error))
        except MemoryError:
            self._refuse(job, "There is not enough memory for this.")
        except OSError as error:
            self._refuse(job, f"It cannot be done: {explain(error, writing=isinstance(job, Export | Learn))}.")
        except Exception as error:  # the engine must outlive a bug; the log has the details
            traceback.print_exc(file=sys.stderr)
            self._refuse(job, f"Something unexpected went wrong ({type(error).__name__}).")

    def _draw(self, ask: Draw) -> None:
        total = len(ask.recipes)
        for first in range(0, total, BATCH):
            self._check(ask)
            recipes = ask.recipes[first : first + BATCH]
            # A set may hold pictures of several models.
            groups = [self._models.generator(recipe.model) for recipe in recipes]
            if all(generator is groups[0] for generator in groups):
                pictures = groups[0].draw(recipes)
                self._drawn(ask, first, pictures)
            else:
                for number, (generator, recipe) in enumerate(zip(groups, recipes, strict=True)):
                    self._drawn(ask, first + number, generator.draw([recipe]))

    def _drawn(self, ask: Draw, first: int, pictures: np.ndarray) -> None:
        self._send(Drawn(ask.place, ask.ask, first, len(ask.recipes), pictures.shape[1], pictures.tobytes()))

    def _encode(self, ask: Encode) -> None:
        generator = self._models.generator(ask.model)
        try:
            seen = framed(photo.read(ask.path).pixels, generator.side, ask.box)
        except ValueError as error:
            raise DarkroomError(str(error)) from error
        latent, verdict = encoded(
            generator, seen, ask.rounds, lambda done, total: self._working(ask, done, total), lambda: self._stale(ask)
        )
        again = generator.decode(latent)[0]
        recipe = generator.recipe(latent)
        self._send(
            Encoded(ask.place, ask.ask, recipe, generator.side, seen.tobytes(), again.tobytes(), verdict),
        )

    def _visit(self, ask: Visit) -> None:
        walk = self._prepared(ask, ask.journey)
        picture = walk.frame(ask.t, draft=ask.draft)
        height, width = picture.shape[:2]
        fine = not (ask.draft and walk.drafts)
        self._send(Frame(ask.place, ask.ask, ask.t, walk.length, width, height, picture.tobytes(), fine))

    def _export(self, ask: Export) -> None:
        walk, film, began = self._prepared(ask, ask.journey), ask.film, time.perf_counter()

        def on_frame(done: int) -> None:
            left = (time.perf_counter() - began) / done * (film.frames - done)
            self._working(ask, done, film.frames, left)

        target = write_film(
            walk, film, ask.target, ask.journey.closed, ask.overwrite, on_frame, lambda: self._stale(ask)
        )
        self._send(Exported(ask.place, ask.ask, str(target)))

    def _prepared(self, ask: Visit | Export, journey: Journey) -> Walk:
        if self._walk is None or self._walk[0] != journey:
            walk = prepare(
                journey, self._models, lambda done, total: self._working(ask, done, total), lambda: self._stale(ask)
            )
            self._walk = journey, walk
        return self._walk[1]

    def _learn(self, ask: Learn) -> None:
        generator = self._models.generator(ask.model)
        these, those = (
            joined([latent_of(stop, generator) for stop in side]).globe if side else np.zeros((0, generator.globe))
            for side in (ask.these, ask.those)
        )
        try:
            found = directions.between(these, those, np.diag(generator.scale.astype(np.float64) ** 2), ask.name)
        except ValueError as error:
            raise DarkroomError(str(error)) from error
        directions.keep(generator.model.card.id, found)
        generator.learn_directions()
        self._send(Learnt(ask.place, ask.ask, ask.model, ask.name))

    # -- words -----------------------------------------------------------------------------------

    def _stale(self, ask: PlaceAsk) -> bool:
        with self._lock:
            return self._newest.get((type(ask), ask.place)) != ask.ask

    def _check(self, ask: PlaceAsk) -> None:
        # One picture is drawn to its end even if a newer ask waits: a slider that never rests is seen to move.
        if not (isinstance(ask, Draw) and len(ask.recipes) == 1) and self._stale(ask):
            raise Cancelled

    def _working(self, ask: PlaceAsk, done: int, total: int, left: float | None = None) -> None:
        self._send(Working(ask.place, ask.ask, done, total, left))

    def _refuse(self, ask: PlaceAsk, sentence: str) -> None:
        self._send(Refused(ask.place, ask.ask, sentence))

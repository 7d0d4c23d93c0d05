"""The fake engine's side of the tabs that draw: plain colours in place of pictures.

A recipe's red is its seed, its green the sum of its sliders, its blue the picture it was encoded from.
What a file or a model is called says what happens: "broken" is refused, "crash" kills the process,
"slow" takes long for each step.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np

from engine import jobs
from engine.recipes import Recipe

SIDE = 32


def picture(recipe: Recipe) -> np.ndarray:
    """[SIDE, SIDE, 3] uint8."""
    green = 128 + 20 * sum(recipe.sliders.values())
    blue = recipe.latent[0] if recipe.latent else 0
    return np.full((SIDE, SIDE, 3), (recipe.seed % 256, int(np.clip(green, 0, 255)), blue), np.uint8)


def answers(ask: jobs.PlaceAsk):
    """What the engine says to an ask, one after the other."""
    names = str(ask)
    if "crash" in names:
        os.kill(os.getpid(), signal.SIGKILL)
    if "broken" in names:
        yield jobs.Refused(place=ask.place, ask=ask.ask, message="broken.png: it cannot be read.")
        return
    pause = 0.3 if "slow" in names else 0.0
    match ask:
        case jobs.Draw():
            for first in range(0, len(ask.recipes), 4):
                time.sleep(pause)
                pictures = b"".join(picture(recipe).tobytes() for recipe in ask.recipes[first : first + 4])
                yield jobs.Drawn(
                    place=ask.place, ask=ask.ask, first=first, total=len(ask.recipes), side=SIDE, pictures=pictures
                )
        case jobs.Encode():
            for done in range(1, ask.rounds + 1):
                time.sleep(pause)
                yield jobs.Working(place=ask.place, ask=ask.ask, done=done, total=ask.rounds)
            recipe = Recipe(model=ask.model, latent=bytes([200, 1]))
            drawn = picture(recipe).tobytes()
            verdict = jobs.Verdict(known="roughly", psnr=21.5, bits=3.1)
            yield jobs.Encoded(
                place=ask.place, ask=ask.ask, recipe=recipe, side=SIDE, seen=drawn, drawn=drawn, verdict=verdict
            )
        case jobs.Visit():
            yield jobs.Working(place=ask.place, ask=ask.ask, done=1, total=1)
            time.sleep(pause)
            stops = len(ask.journey.stops)
            grey = np.full((SIDE, 2 * SIDE, 3), int(255 * ask.t / stops), np.uint8).tobytes()
            length = stops if ask.journey.closed else stops - 1
            size = {"length": length, "width": 2 * SIDE, "height": SIDE}
            yield jobs.Frame(place=ask.place, ask=ask.ask, t=ask.t, **size, picture=grey, fine=not ask.draft)
        case jobs.Export():
            if Path(ask.target).exists() and not ask.overwrite:
                message = f"{Path(ask.target).name}: it already exists."
                yield jobs.Refused(place=ask.place, ask=ask.ask, message=message)
                return
            for done in range(1, 5):
                time.sleep(pause)
                yield jobs.Working(place=ask.place, ask=ask.ask, done=done, total=4, seconds_left=0.5)
            Path(ask.target).write_bytes(b"film")
            yield jobs.Exported(place=ask.place, ask=ask.ask, target=ask.target)
        case jobs.Learn():
            yield jobs.Learnt(place=ask.place, ask=ask.ask, model=ask.model, name=ask.name)

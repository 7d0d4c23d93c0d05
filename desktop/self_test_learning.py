"""The part of the self-test that only the full edition has: a model learns a little, and foreign weights come in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from desktop.command import Command
from desktop.widgets.rgb import image_of
from engine import imports, lessons

#: What the lesson is called in the user's folder, until it is thrown away.
NAME = "self-test"
STEPS = 20
_PICTURES, _SIDE = 24, 48

Wait = Callable[[Callable[[], object], str], None]


def learn(folder: Path, wait: Wait) -> dict[str, Any]:
    """Teach the digits to draw discs, in a process of its own, and throw away what it learnt."""
    pictures = folder / "discs"
    pictures.mkdir()
    chance, (y, x) = np.random.default_rng(0), np.mgrid[0:_SIDE, 0:_SIDE]
    for number in range(_PICTURES):
        top, left, radius = chance.uniform(12, 36, 3) * (1, 1, 0.4)
        disc = np.where((y - top) ** 2 + (x - left) ** 2 < radius**2, 220, 30).astype(np.uint8)
        image_of(np.repeat(disc[..., None], 3, axis=2).tobytes(), _SIDE, _SIDE).save(str(pictures / f"{number}.png"))
    began, heard = time.perf_counter(), list[Any]()
    arguments = ["finetune", str(pictures), "--base", "digits", "--goal", "draw", "--name", NAME]
    command = Command([*arguments, "--steps", str(STEPS), "--ask", "--json"], lessons.Lesson)

    def hear(said: Any) -> None:
        heard.append(said)
        if isinstance(said, lessons.Result):
            command.tell(lessons.Discard())

    _run(command, hear, wait, "the lesson")
    steps = max((said.step for said in heard if isinstance(said, lessons.Scored)), default=0)
    if steps < STEPS or not isinstance(heard[-1], lessons.Discarded):
        raise RuntimeError(f"The lesson came to step {steps} of {STEPS} and ended with {heard[-1:]}.")
    return {"steps": steps, "seconds": round(time.perf_counter() - began, 1)}


def bring(folder: Path, wait: Wait) -> dict[str, Any]:
    """Import a small beta-VAE of random weights, and take it off the shelf again."""
    from safetensors.numpy import save_file

    path = folder / f"{NAME}.safetensors"
    save_file(_beta_vae(), path)
    began, heard = time.perf_counter(), list[Any]()
    command = Command(["models", "import", str(path), "--json"], imports.Said)
    _run(command, heard.append, wait, "the import")
    said = heard[-1] if heard else None
    if not isinstance(said, imports.Imported):
        raise RuntimeError(said.sentence if isinstance(said, imports.NotImported) else "The import said nothing.")
    shutil.rmtree(said.folder)
    return {"family": said.family, "difference": said.difference, "seconds": round(time.perf_counter() - began, 1)}


def _run(command: Command, hear: Callable[[Any], object], wait: Wait, what: str) -> None:
    """Raises `RuntimeError` with the command's complaint where it fails."""
    ended: list[tuple[int, str]] = []
    command.said.connect(hear)
    command.ended.connect(lambda code, complaint: ended.append((code, complaint)))
    command.start()
    wait(lambda: ended, what)
    code, complaint = ended[0]
    if code:
        raise RuntimeError(f"The command for {what} ended with {code}: {complaint}")


def _beta_vae() -> dict[str, np.ndarray]:
    """Its tensors, for grey pictures of 32 x 32 (Burgess et al., 2018), with few channels."""
    chance, channels, hidden, latents = np.random.default_rng(0), 4, 16, 3
    shapes = {
        "encoder.conv1": (channels, 1, 4, 4),
        "encoder.conv2": (channels, channels, 4, 4),
        "encoder.conv3": (channels, channels, 4, 4),
        "encoder.lin1": (hidden, channels * 16),
        "encoder.lin2": (hidden, hidden),
        "encoder.mu_logvar_gen": (2 * latents, hidden),
        "decoder.lin1": (hidden, latents),
        "decoder.lin2": (hidden, hidden),
        "decoder.lin3": (channels * 16, hidden),
        "decoder.convT1": (channels, channels, 4, 4),
        "decoder.convT2": (channels, channels, 4, 4),
        "decoder.convT3": (channels, 1, 4, 4),
    }
    tensors = {}
    for name, shape in shapes.items():
        wide = shape[1] if "convT" in name else shape[0]  # a transposed convolution has its outputs second
        tensors[f"{name}.weight"] = chance.normal(0, 0.3, shape).astype(np.float32)
        tensors[f"{name}.bias"] = chance.normal(0, 0.3, wide).astype(np.float32)
    return tensors

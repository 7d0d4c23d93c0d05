"""What ``latent-darkroom models import PATH --json`` says, line by line, and what can be brought to it.

One line is one of `Said`: some `Importing`, then `Imported`, `NotImported` or `ImportStopped`, and the
process ends. Closing its standard input (where that is a pipe) cancels it; nothing is left behind then.
Exit codes: 0 imported, 1 not imported, 2 wrong use, 130 cancelled.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

#: A model of this app in one file, as `engine.shelf.export` writes it.
ONE_FILE = ".darkroom"
#: Weights that can be tried. What a file holds is decided by its tensors, not by its name.
SUFFIXES = (".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".onnx", ONE_FILE)

#: What is done at the moment: weights read, graphs drawn, the model folder written, its answers compared with torch's.
Step = Literal["reading", "converting", "writing", "proving"]


class Importing(msgspec.Struct, frozen=True, tag=True):
    """``done`` of ``total`` counted units of the whole import (tensors, graphs, files, pictures)."""

    step: Step
    done: int
    total: int
    seconds_left: float | None = None  #: at this run's own speed; None until it is known


class Imported(msgspec.Struct, frozen=True, tag=True):
    """The model is on the shelf under its id, proved, and can do what its card says."""

    model: str
    name: str
    family: str  #: "AutoencoderKL (SD 1.x, 2.x)", "TAESD (32 channels)", ...
    capabilities: tuple[str, ...]
    folder: str
    difference: float  #: largest difference from torch's answer to the sample picture, of values in 0..1


class NotImported(msgspec.Struct, frozen=True, tag=True):
    """It cannot be used; one sentence that names the file and says why."""

    sentence: str


class ImportStopped(msgspec.Struct, frozen=True, tag=True):
    """Cancelled; the shelf is as it was."""


Said = Importing | Imported | NotImported | ImportStopped


def may_be_model(path: Path) -> bool:
    """Whether it is worth to try a dropped file or folder: by its name alone, for a drag that hovers."""
    return path.is_dir() or path.suffix.lower() in SUFFIXES

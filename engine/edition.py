"""Which edition this is: the light one comes without torch, and neither learns nor converts weights."""

from __future__ import annotations

from importlib.util import find_spec

NO_LEARNING = "Learning needs PyTorch, which this edition of Latent Darkroom comes without; the full edition has it."
NO_CONVERTING = (
    "Converting weights needs PyTorch, which this edition of Latent Darkroom comes without; "
    "models that the full edition exported (.darkroom) can be imported here."
)


def is_full() -> bool:
    """Whether torch is there. It is only looked for: loading it takes seconds."""
    return find_spec("torch") is not None

"""Pictures on their way to a device.

A photo of 8 bits a channel crosses to a graphics card as 8 bits, a quarter of what float32 would be, and becomes
numbers there, by the small graph `PIXELS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort

from engine.tones import white

#: ``codes -> numbers``: uint8 [1, H, W, 3] to float32 [1, 3, H, W] in [0, 1], made by `engine.training.export`.
PIXELS = Path(__file__).parent / "pixels.onnx"


@dataclass(frozen=True)
class Sent:
    """A picture in the memory ``where`` of a device, and the ``codes`` [1, H, W, 3] it came from: a device can be lost,
    and all on it."""

    value: ort.OrtValue
    codes: np.ndarray
    where: str


#: What a graph can be fed with.
Input = np.ndarray | ort.OrtValue | Sent


def numbers(codes: np.ndarray) -> np.ndarray:
    """Codes [N, H, W, 3], uint8, uint16, or float32 in [0, 1], as a network's input [N, 3, H, W] in [0, 1]."""
    return np.moveaxis(codes, 3, 1).astype(np.float32) * np.float32(1 / white(codes.dtype))

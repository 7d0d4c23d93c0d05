"""HEIC files for the tests, written by another process.

The program only reads HEIC (pi_heif). What writes it (pillow_heif) brings a second libheif, and the errors of one
library end the process when both are loaded.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys

import numpy as np

_WRITER = """
import base64, io, json, sys
import pillow_heif
from PIL import Image
mode, size, samples, options = json.load(sys.stdin)
options = {name: base64.b64decode(value) if isinstance(value, str) else value for name, value in options.items()}
samples, buffer = base64.b64decode(samples), io.BytesIO()
if mode == "RGB;16":
    pillow_heif.encode(mode, size, samples, buffer, **options)
else:
    pillow_heif.from_pillow(Image.frombytes(mode, size, samples)).save(buffer, **options)
sys.stdout.buffer.write(buffer.getvalue())
"""


def heic(samples: np.ndarray, **options: object) -> bytes:
    """The file of ``samples`` [H, W, 3] uint8 or uint16, or [H, W, 4] uint8; ``options`` are numbers and bytes."""
    mode = "RGB;16" if samples.dtype == np.uint16 else "RGBA" if samples.shape[2] == 4 else "RGB"
    sent = {name: _sent(value) if isinstance(value, bytes) else value for name, value in options.items()}
    asked = (mode, (samples.shape[1], samples.shape[0]), _sent(samples.tobytes()), sent)
    run = [sys.executable, "-c", _WRITER]
    return subprocess.run(run, input=json.dumps(asked).encode(), capture_output=True, check=True, timeout=60).stdout


def _sent(value: bytes) -> str:
    return base64.b64encode(value).decode()

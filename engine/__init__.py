"""The engine of Latent Darkroom: what works on pictures and models. Imports no Qt."""

import os
from importlib.metadata import PackageNotFoundError, version

# ONNX Runtime would send what computer this is to its maker; it looks here when it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

try:
    __version__ = version("latent-darkroom")
except PackageNotFoundError:  # run from a source tree that was not installed
    __version__ = "0+source"

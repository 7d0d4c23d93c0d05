"""The engine of Latent Darkroom: what works on pictures and models. Imports no Qt."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("latent-darkroom")
except PackageNotFoundError:  # run from a source tree that was not installed
    __version__ = "0+source"

"""Errors that a person reads: one sentence that names what it is about and why."""

from __future__ import annotations

from pathlib import Path


class DarkroomError(Exception):
    """Base of every error the app shows. ``str(error)`` is one clear sentence."""


class PhotoError(DarkroomError):
    """A photo cannot be read or written. The sentence names the file."""

    def __init__(self, path: str | Path, cause: str) -> None:
        super().__init__(f"{Path(path).name}: {cause}")
        self.path, self.cause = Path(path), cause

    def __reduce__(self) -> tuple[type[PhotoError], tuple[Path, str]]:
        return PhotoError, (self.path, self.cause)


class ModelError(DarkroomError):
    """A model is missing, damaged or unable to do what was asked."""


class DeviceError(DarkroomError):
    """A device was asked for by name and does not work. The sentence says why."""


class Cancelled(DarkroomError):
    """The job was cancelled between two tiles or steps."""

    def __init__(self) -> None:
        super().__init__("Cancelled.")

"""What a window holds, as a file: so that work outlives a crash, and the next window opens as this one was left.

While a window runs, its session lies in its work folder, beside the pixels that it speaks of; whoever finds one
there that belongs to no running window may go on with it (`left_behind`). When the user closes the window the
session goes to the user's data folder instead, for the next start (`keep_for_tomorrow`). Knows no Qt.

What was just written may be empty after a power cut: beside it lies a copy, a little older, of which the disk has said
that it is there (`secure`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from desktop.work_folder import APP, SESSION
from engine.errors import DarkroomError
from engine.files import put_aside, replacing

#: Grows when older programs could misunderstand what a session says. Sessions of other versions are not taken up.
VERSION = 1
#: The copy's name.
_SECURED = "session-secured.json"
_DAMAGED = (msgspec.DecodeError, UnicodeDecodeError)
#: Stands for the work folder in paths: the folder moves to the window that goes on.
_HERE = "work-folder:/"


class DamagedSession(DarkroomError):
    """A session's file cannot be understood. ``aside``: where it was put, None where it could not be moved."""

    def __init__(self, aside: Path | None) -> None:
        super().__init__("The session of the last window could not be read.")
        self.aside = aside


class _File(msgspec.Struct, kw_only=True):
    version: int
    kept: dict[str, Any]  #: of `MainWindow.kept`


def encoded(kept: dict[str, Any], folder: Path) -> bytes:
    """A session's bytes; paths in ``folder`` are told relative to it."""
    told = _with_paths(kept, str(folder) + os.sep, lambda rest: _HERE + rest.replace(os.sep, "/"))
    return msgspec.json.encode(_File(version=VERSION, kept=told))


def write(session: bytes, folder: Path) -> None:
    """Keep a session in its work folder. It outlives a killed window at once. Raises OSError."""
    with replacing(folder / SESSION, overwrite=True, synced=False) as file:
        file.write(session)


def secure(session: bytes, folder: Path) -> None:
    """Keep a copy of a session that outlives a power cut, too: waits for the disk. Raises OSError."""
    with replacing(folder / _SECURED, overwrite=True) as file:
        file.write(session)


def read(folder: Path) -> dict[str, Any] | None:
    """The session that lies in a folder, with its paths in it. None: none, or one of another version.

    Raises OSError, and `DamagedSession` after such a file was put aside, where there is no secured copy either.
    """
    path = folder / SESSION
    try:
        file = _decoded(path)
    except FileNotFoundError:
        return None
    except _DAMAGED as error:
        try:
            file = _decoded(folder / _SECURED)
        except (OSError, *_DAMAGED):
            raise DamagedSession(_aside(path)) from error
    if file.version != VERSION:
        return None
    return _with_paths(file.kept, _HERE, lambda rest: str(folder / rest))


def _decoded(path: Path) -> _File:
    """Raises OSError, and one of `_DAMAGED` where it cannot be understood."""
    return msgspec.json.decode(path.read_bytes(), type=_File)


def _aside(path: Path) -> Path | None:
    try:
        return put_aside(path)
    except OSError:
        return None


def forget(folder: Path) -> None:
    """Remove the session of a folder. Raises OSError."""
    for name in (SESSION, _SECURED):
        (folder / name).unlink(missing_ok=True)


def left_behind(folder: Path) -> list[Path]:
    """The folders in a work folder that hold sessions of windows that were killed, the oldest first."""
    found = [path.parent for path in folder.glob(f"*/{SESSION}")]
    return sorted(found, key=lambda before: (before / SESSION).stat().st_mtime)


def for_tomorrow() -> Path:
    """The folder where the session of a window lies that the user closed."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def keep_for_tomorrow(kept: dict[str, Any], place: Path) -> None:
    """Raises OSError."""
    place.mkdir(parents=True, exist_ok=True)
    with replacing(place / SESSION, overwrite=True) as file:
        file.write(encoded(kept, place))


def _with_paths(value: Any, start: str, replaced: Any) -> Any:
    """The same plain value; of strings that begin with ``start`` the rest is replaced."""
    if isinstance(value, str):
        return replaced(value[len(start) :]) if value.startswith(start) else value
    if isinstance(value, dict):
        return {name: _with_paths(inner, start, replaced) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_paths(inner, start, replaced) for inner in value]
    return value

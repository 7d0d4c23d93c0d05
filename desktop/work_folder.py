"""The folder in which the engine leaves pixels for the window: one for each running window, removed when it closes.

The folder of a window that was killed, with a session in it (`desktop.session`), moves into that of the next window.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import platformdirs

APP = "latent-darkroom"
#: What tells a folder that holds work from one that holds leftovers.
SESSION = "session.json"
#: An empty file that says by its time when the folder was made.
_MADE = "made"
#: Seconds that a process may seem to be younger than its folder, by the clocks of the system.
_CLOCKS = 5.0


def create(parent: Path | None = None) -> Path:
    """Make this process's folder, and move into it what killed windows were working on. Raises OSError.

    ``parent`` is the user's cache folder unless given.
    """
    parent = parent or default_parent()
    folder = parent / str(os.getpid())
    if folder.exists():  # of a killed window whose process number came around again
        aside = next(path for n in itertools.count(1) if not (path := parent / f"{folder.name}-{n}").exists())
        folder.rename(aside)
    folder.mkdir(parents=True)
    (folder / _MADE).touch()
    for ended in list(_ended(parent)):
        _take_in(ended, folder)
    return folder


def _take_in(ended: Path, folder: Path) -> None:
    """Move the folders with sessions: those that the killed window had not gone on with, then its own."""
    numbers = itertools.count(1)
    for session in (*sorted(ended.glob(f"*/{SESSION}")), ended / SESSION):
        if session.exists():
            place = next(path for n in numbers if not (path := folder / f"before-{n}").exists())
            try:
                session.parent.rename(place)
            except OSError:  # another window was quicker, or a dying engine still writes: the next start tries again
                return


def default_parent() -> Path:
    return Path(platformdirs.user_cache_dir(APP, appauthor=False)) / "work"


def remove(folder: Path) -> None:
    """The window closes. Sessions of others that the user has not decided about stay."""
    waiting = {session.parent for session in folder.glob(f"*/{SESSION}")}
    for path in folder.iterdir() if waiting else ():
        if path in waiting:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            discard({str(path)})
    if not waiting:
        shutil.rmtree(folder, ignore_errors=True)


def remove_stale(parent: Path) -> None:
    """Remove the folders of windows that are no more, but for those that hold work."""
    for folder in _ended(parent):
        if not (folder / SESSION).exists() and not any(folder.glob(f"*/{SESSION}")):
            shutil.rmtree(folder, ignore_errors=True)


def _ended(parent: Path) -> Iterator[Path]:
    """The folders of windows that are no more."""
    for folder in parent.iterdir():
        number, _, aside = folder.name.partition("-")
        if number.isdigit() and (aside or (int(number) != os.getpid() and not _runs(int(number), folder))):
            yield folder


def _runs(process: int, folder: Path) -> bool:
    """Whether the window that made the folder still runs: a younger process may have got its number."""
    import psutil

    try:
        return psutil.Process(process).create_time() <= (folder / _MADE).stat().st_mtime + _CLOCKS
    except psutil.NoSuchProcess:
        return False
    except (psutil.AccessDenied, OSError):
        return True


def discard(paths: set[str]) -> None:
    """Delete files that nothing needs any more. One that another program holds open goes with the folder."""
    for path in paths:
        try:
            Path(path).unlink(missing_ok=True)
        except OSError:
            continue

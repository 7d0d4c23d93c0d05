"""The folder in which the engine leaves pixels for the window: one for each running window, removed when it closes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import platformdirs

APP = "latent-darkroom"


def create(parent: Path | None = None) -> Path:
    """Make this process's folder, empty. ``parent`` is the user's cache folder unless given. Raises OSError."""
    folder = (parent or default_parent()) / str(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)  # of a crashed window whose process number came around again
    folder.mkdir(parents=True)
    return folder


def default_parent() -> Path:
    return Path(platformdirs.user_cache_dir(APP, appauthor=False)) / "work"


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def remove_stale(parent: Path) -> None:
    """Remove the folders of windows that are no more."""
    import psutil

    for folder in parent.iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid() and not psutil.pid_exists(int(folder.name)):
            remove(folder)


def discard(paths: set[str]) -> None:
    """Delete files that nothing needs any more. One that another program holds open goes with the folder."""
    for path in paths:
        try:
            Path(path).unlink(missing_ok=True)
        except OSError:
            continue

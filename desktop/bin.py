"""The system's bin: files go there, never away, and come back from it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QFile


@dataclass
class Binned:
    """What became of files that were to go to the bin."""

    moved: list[tuple[Path, Path | None]] = field(default_factory=list)  #: each, and where it lies now if that is known
    missing: list[Path] = field(default_factory=list)
    refused: list[Path] = field(default_factory=list)  #: by the system: they stay where they are


def to_bin(paths: Sequence[Path]) -> Binned:
    """Move files to the system's bin; where it has none for a file, that one stays. For a worker."""
    done = Binned()
    for path in paths:
        if not path.exists():
            done.missing.append(path)
            continue
        file = QFile(str(path))
        if file.moveToTrash():
            now = Path(file.fileName())  # where it lies there, where the system says so
            done.moved.append((path, None if now == path else now))
        else:
            done.refused.append(path)
    return done


def from_bin(moved: Sequence[tuple[Path, Path]]) -> list[Path]:
    """Bring files back from the bin. Those that could not be, because they are gone from it or something else
    lies in their place. For a worker."""
    stuck = []
    for path, now in moved:
        if not now.exists() or path.exists():
            stuck.append(path)
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(now, path)
        except OSError:
            stuck.append(path)
            continue
        # What the bin of a Linux desktop knew of it (freedesktop.org, The Trash specification).
        (now.parent.parent / "info" / f"{now.name}.trashinfo").unlink(missing_ok=True)
    return stuck

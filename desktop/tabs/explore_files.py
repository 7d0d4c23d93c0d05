"""Files of the Explore tab: pictures to the bin and back, copies of them, and the dialogs that ask."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QFile, QMimeData, QObject, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.preferences import Preferences
from desktop.tabs.restore_files import free_target
from desktop.widgets.question import agreed
from engine.files import explain


@dataclass
class Binned:
    """What became of pictures that were to go to the bin."""

    moved: list[tuple[Path, Path | None]] = field(default_factory=list)  #: each, and where it lies now if that is known
    missing: list[Path] = field(default_factory=list)
    refused: list[Path] = field(default_factory=list)  #: by the system: they stay where they are


def to_bin(paths: Sequence[Path]) -> Binned:
    """Move pictures to the system's bin; where it has none for a picture, that one stays. For a worker."""
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
    """Bring pictures back from the bin. Those that could not be, because they are gone from it or something else
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


def copy_files(paths: Sequence[Path], folder: Path) -> list[tuple[Path, str]]:
    """Copy pictures to a folder; what lies there already stays, and a copy gets a number. Those that could not be
    copied, each with its cause. For a worker."""
    failures = []
    for path in paths:
        target = free_target(folder, path.name)
        try:
            shutil.copy2(path, target)
        except OSError as error:
            failures.append((path, explain(error, writing=path.exists())))
    return failures


def mime_of(paths: Sequence[Path]) -> QMimeData:
    """Files for the clipboard or a drag."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


class ExploreDialogs(QObject):
    """The system's dialogs, which begin where the user was last. Each returns nothing when it is cancelled."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._parent, self._preferences = parent, preferences

    def folder_to_explore(self) -> list[Path]:
        place = str(self._preferences.place("open"))
        name = QFileDialog.getExistingDirectory(self._parent, self.tr("Explore a folder of pictures"), place)
        if name:
            self._preferences.set_folder("open", Path(name))
        return [Path(name)] if name else []

    def folder_for_copies(self, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(self._parent, title, str(self._preferences.place("save")))
        if not name:
            return None
        self._preferences.set_folder("save", Path(name))
        return Path(name)

    def place_for(self, title: str, name: str, kinds: str) -> tuple[Path, bool] | None:
        """Where a file goes, and whether the user agreed to replace what lies there."""
        suggested = str(self._preferences.place("save") / name)
        chosen, _ = QFileDialog.getSaveFileName(self._parent, title, suggested, kinds)
        if not chosen:
            return None
        target = Path(chosen)
        if not target.suffix:
            target = target.with_suffix(Path(name).suffix)
        self._preferences.set_folder("save", target.parent)
        return target, target == Path(chosen)

    def may_bin(self, paths: Sequence[Path], kept: int = 0) -> bool:
        """Whether the user wants these in the bin; ``kept``: how many others stay."""
        if len(paths) == 1:
            question = self.tr("Move “%1” to the bin?").replace("%1", paths[0].name)
        else:
            question = self.tr("Move %1 pictures to the bin?").replace("%1", f"{len(paths):,}")
        stays = self.tr("%1 pictures stay, the best of each group. ").replace("%1", f"{kept:,}") if kept else ""
        more = stays + self.tr("They can be brought back from there.")
        return agreed(self._parent, question, more, self.tr("Move to the bin"), destructive=True)

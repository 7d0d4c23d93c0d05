"""Files of the Explore tab: copies of pictures, and the dialogs that ask."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import file_dialogs
from desktop.preferences import Preferences
from desktop.tabs.restore_files import free_target
from desktop.widgets.question import agreed
from engine.files import explain


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


class ExploreDialogs(QObject):
    """The system's dialogs, which begin where the user was last. Each returns nothing when it is cancelled."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._parent, self._preferences = parent, preferences

    def folder_to_explore(self) -> list[Path]:
        begin = self._preferences.place("open")
        folder = file_dialogs.folder(self._parent, self.tr("Explore a folder of pictures"), begin)
        if folder is None:
            return []
        self._preferences.set_folder("open", folder)
        return [folder]

    def folder_for_copies(self, title: str) -> Path | None:
        folder = file_dialogs.folder(self._parent, title, self._preferences.place("save"))
        if folder:
            self._preferences.set_folder("save", folder)
        return folder

    def place_for(self, title: str, name: str, kinds: str) -> tuple[Path, bool] | None:
        """Where a file goes, and whether the user agreed to replace what lies there."""
        chosen = file_dialogs.place_to_save(self._parent, title, self._preferences.place("save") / name, kinds)
        if chosen is None:
            return None
        target = chosen
        if not target.suffix:
            target = target.with_suffix(Path(name).suffix)
        self._preferences.set_folder("save", target.parent)
        return target, target == chosen

    def may_bin(self, paths: Sequence[Path], kept: int = 0) -> bool:
        """Whether the user wants these in the bin; ``kept``: how many others stay."""
        if len(paths) == 1:
            question = self.tr("Move “%1” to the bin?").replace("%1", paths[0].name)
        else:
            question = self.tr("Move %Ln picture(s) to the bin?", "", len(paths))
        stays = self.tr("%Ln picture(s) stay, the best of each group.", "", kept) + " " if kept else ""
        more = stays + self.tr("They can be brought back from there.")
        return agreed(self._parent, question, more, self.tr("Move to the bin"), destructive=True)

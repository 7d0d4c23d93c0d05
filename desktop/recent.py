"""What was opened lately: photos, folders and models, to be opened again from the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.preferences import Preferences
from desktop.tabs.doors import Kind, kind_of

#: How many of each kind are remembered.
MOST = 10
#: Photos opened at once from one folder, above which the folder is remembered in their place.
FEW = 3
#: Points that a name in the menu may be long.
LONG = 320
_KEPT = "recent"


class Recent:
    """The newest first. ``passing``: folders whose files are the program's own and not worth remembering."""

    def __init__(self, preferences: Preferences, passing: Sequence[Path] = ()) -> None:
        self._preferences, self._passing = preferences, passing

    def of(self, kind: Kind) -> list[Path]:
        kept = self._preferences.value(_KEPT, {}).get(kind, [])
        return [Path(path) for path in kept if isinstance(path, str)][:MOST] if isinstance(kept, list) else []

    def note(self, paths: Iterable[Path]) -> None:
        """Files and folders that the user has just opened."""
        found: dict[Kind, list[Path]] = {}
        for path in map(Path.absolute, paths):
            if not any(path.is_relative_to(folder) for folder in self._passing):
                found.setdefault(kind_of(path), []).append(path)
        photos = found.get("photos", [])
        if len(photos) > FEW:
            found["photos"] = []
            found.setdefault("folders", []).extend(dict.fromkeys(photo.parent for photo in photos))
        kept = {}
        for kind in ("photos", "folders", "models"):
            newest = dict.fromkeys([*found.get(kind, [])[:MOST], *self.of(kind)])
            kept[kind] = [str(path) for path in newest][:MOST]
        self._preferences.set_value(_KEPT, kept)

    def clear(self) -> None:
        self._preferences.set_value(_KEPT, {})


class RecentMenu(QMenu):
    """ "Open recent": by kind, what has vanished in grey, and at the end "Clear"."""

    def __init__(self, recent: Recent, open_path: Callable[[Path], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._recent, self._open = recent, open_path
        self.setTitle(self.tr("Open recent"))
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Look anew at what is there: not before it is seen, since a disk may be slow to answer."""
        self.clear()
        titles: dict[Kind, str] = {
            "photos": self.tr("Photos"),
            "folders": self.tr("Folders"),
            "models": self.tr("Models"),
        }
        for kind, title in titles.items():
            paths = self._recent.of(kind)
            if paths:
                self.addAction(title).setEnabled(False)
                for path in paths:
                    self._add(path)
                self.addSeparator()
        if self.isEmpty():
            self.addAction(self.tr("Nothing was opened yet")).setEnabled(False)
        else:
            self.addAction(self.tr("Clear"), self._recent.clear)

    def _add(self, path: Path) -> QAction:
        name = self.fontMetrics().elidedText(path.name or str(path), Qt.TextElideMode.ElideMiddle, LONG)
        action = self.addAction("   " + name.replace("&", "&&"), lambda: self._open(path))
        there = path.exists()
        action.setEnabled(there)
        where = self.tr("In {folder}") if there else self.tr("No longer in {folder}")
        action.setToolTip(where.format(folder=path.parent))
        return action

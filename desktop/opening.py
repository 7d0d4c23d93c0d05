"""Files that come from outside (command line, file manager, second start): each to the tab that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from engine import catalog, formats, imports

#: Files that tell a folder of weights from a folder of photos.
_CARDS = (catalog.CARD, "model_index.json", "config.json")


@dataclass
class Sorted:
    """Where files go, and what is wrong with the others."""

    photos: list[Path] = field(default_factory=list)  #: and folders of photos: to Restore
    drawn: list[Path] = field(default_factory=list)  #: pictures with a recipe: to Generate
    models: list[Path] = field(default_factory=list)  #: to Models
    missing: list[Path] = field(default_factory=list)
    strange: list[Path] = field(default_factory=list)  #: neither photo nor model

    def by_tab(self) -> dict[str, list[Path]]:
        """Only the tabs that get something; the first comes to the front."""
        tabs = {"restore": self.photos, "generate": self.drawn, "models": self.models}
        return {tab: paths for tab, paths in tabs.items() if paths}


def is_model_folder(folder: Path) -> bool:
    """Whether a folder holds weights with their card, of this program or of diffusers."""
    return any((folder / name).is_file() for name in _CARDS)


def sort(paths: Sequence[Path]) -> Sorted:
    """Look at each file, at its name first. For a worker: the disk may be slow."""
    found = Sorted()
    for path in dict.fromkeys(path.absolute() for path in paths):
        if path.is_dir():
            (found.models if is_model_folder(path) else found.photos).append(path)
        elif not path.exists():
            found.missing.append(path)
        elif path.suffix.lower() in imports.SUFFIXES:
            found.models.append(path)
        elif path.suffix.lower() == ".png" and _has_recipe(path):
            found.drawn.append(path)
        elif formats.is_photo(path) or _looks_like_a_photo(path):
            found.photos.append(path)
        else:
            found.strange.append(path)
    return found


def _has_recipe(path: Path) -> bool:
    from engine import recipes
    from engine.errors import PhotoError

    try:
        return recipes.read(path) is not None
    except PhotoError:
        return True  # Generate says what is wrong with it


def _looks_like_a_photo(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return formats.sniff(file.read(64)) is not None
    except OSError:
        return False


class Opening(QObject):
    """Takes paths, sorts them off the window's thread, and says where they go."""

    sorted = Signal(object)  #: of paths by the name of a tab, the first of which comes to the front
    failed = Signal(str)  #: one sentence about files that no tab can open

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(parent=self)

    def open(self, paths: Sequence[Path]) -> None:
        if paths:
            self._background.run(lambda: sort(paths), self._take)

    def _take(self, found: Sorted) -> None:
        if by_tab := found.by_tab():
            self.sorted.emit(by_tab)
        if found.missing or found.strange:
            self.failed.emit(self.sentence(found))

    def sentence(self, found: Sorted) -> str:
        """What is wrong with the first of the files that cannot be opened, and how many others there are."""
        if found.missing:
            said = self.tr("There is no file “{name}”.").format(name=found.missing[0].name)
        else:
            said = self.tr("“{name}” is neither a photo nor a model.").format(name=found.strange[0].name)
        more = len(found.missing) + len(found.strange) - 1
        return said + " " + self.tr("%n more cannot be opened.", "", more) if more else said

    def close(self) -> None:
        self._background.close()

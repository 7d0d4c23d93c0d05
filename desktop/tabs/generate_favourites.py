"""The favourites as a file in the user's data folder: recipes only, the pictures are drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import platformdirs
from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.sentences import local
from desktop.work_folder import APP
from engine.files import explain, put_aside, replacing
from engine.recipes import Recipe


def default_path() -> Path:
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "favourites.json"


def read(path: Path) -> tuple[Recipe, ...]:
    """The favourites; none where there is no file yet.

    Raises OSError, and ValueError for a file that holds something else.
    """
    try:
        return tuple(msgspec.json.decode(path.read_bytes(), type=list[Recipe]))
    except FileNotFoundError:
        return ()
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def write(path: Path, favourites: Sequence[Recipe]) -> None:
    """Keep the favourites, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path, overwrite=True) as file:
        file.write(msgspec.json.format(msgspec.json.encode(list(favourites)), indent=1) + b"\n")


class FavouritesFile(QObject):
    """Reads the favourites once and writes them, off the window's thread, whenever they change."""

    failed = Signal(str)  #: one sentence

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.path: Path | None = default_path()  #: None: a file that must not be written over
        self._background = background

    def load(self) -> tuple[Recipe, ...]:
        """The favourites of the last time."""
        path = self.path
        if path is None:
            return ()
        try:
            try:
                return read(path)
            except ValueError:
                sentence = self.tr("The list of favourites could not be read. It is kept as “%1”.")
                self.failed.emit(sentence.replace("%1", put_aside(path).name))
        except OSError as error:
            self.path = None
            self.failed.emit(self.tr("The favourites cannot be used: %1.").replace("%1", local(explain(error))))
        return ()

    def keep(self, kept: Sequence[Recipe]) -> None:
        """Write the favourites as they are now."""
        path = self.path
        if path is not None:
            self._background.run(lambda: write(path, kept), None, self._lost)

    def _lost(self, error: Exception) -> None:
        cause = explain(error, writing=True) if isinstance(error, OSError) else str(error)
        self.failed.emit(self.tr("The favourites could not be written: %1.").replace("%1", local(cause)))

"""Pictures of the Sliders tab on their way out: saved, copied, dragged. Files are written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.background import Background
from desktop.tabs.generate_files import save
from desktop.tabs.generate_state import Picture
from desktop.tabs.sliders_files import lay_out
from desktop.widgets.drop import drag_out, held, mime_of
from desktop.widgets.rgb import image_of
from engine.recipes import Recipe


class Exports(QObject):
    """Each picture goes with its recipe. ``folder`` is the work folder, for files that others take."""

    saved = Signal(str)  #: the file's name
    written = Signal(object, object, object)  #: the same: recipe, picture, path
    failed = Signal(str)  #: one sentence

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder / "out"
        self._background = Background(threads=2, parent=self)

    def save(self, recipe: Recipe, picture: Picture, target: Path, overwrite: bool) -> None:
        def written(path: Path) -> None:
            self.saved.emit(path.name)
            self.written.emit(recipe, picture, path)

        self._do(lambda: save((recipe, picture), target, overwrite), written)

    def copy(self, recipe: Recipe, picture: Picture, photo: Path | None) -> None:
        """Put a picture on the clipboard, also as a file."""
        image = image_of(picture.pixels, picture.side, picture.side)
        self._do(
            lambda: lay_out(recipe, picture, photo, self._folder),
            lambda path: QGuiApplication.clipboard().setMimeData(mime_of([path], image)),
        )

    def drag(self, recipe: Recipe, picture: Picture, photo: Path | None, source: QWidget) -> None:
        """Drag a picture out as a file, as soon as that is written and if the button is still down."""

        def written(path: Path) -> None:
            if held():
                image = image_of(picture.pixels, picture.side, picture.side)
                drag_out(source, mime_of([path], image), image)

        self._do(lambda: lay_out(recipe, picture, photo, self._folder), written)

    def _do(self, work: Callable[[], Path], then: Callable[[Path], None]) -> None:
        self._background.run(work, then, lambda error: self.failed.emit(str(error)))

    def close(self) -> None:
        self._background.close()

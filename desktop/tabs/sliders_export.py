"""Pictures of the Sliders tab on their way out: saved, copied, dragged. Files are written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.background import Background
from desktop.tabs.generate_files import save
from desktop.tabs.generate_state import Picture
from desktop.tabs.sliders_files import lay_out
from desktop.widgets.rgb import image_of
from engine.recipes import Recipe

#: Side of the small picture under the cursor while it is dragged, in points.
DRAGGED = 96


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
            lambda path: QGuiApplication.clipboard().setMimeData(_mime(path, image)),
        )

    def drag(self, recipe: Recipe, picture: Picture, photo: Path | None, source: QWidget) -> None:
        """Drag a picture out as a file, as soon as that is written and if the button is still down."""

        def written(path: Path) -> None:
            if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                return
            image = image_of(picture.pixels, picture.side, picture.side)
            drag = QDrag(source)
            drag.setMimeData(_mime(path, image))
            drag.setPixmap(QPixmap.fromImage(image).scaledToWidth(DRAGGED, Qt.TransformationMode.SmoothTransformation))
            drag.exec(Qt.DropAction.CopyAction)

        self._do(lambda: lay_out(recipe, picture, photo, self._folder), written)

    def _do(self, work: Callable[[], Path], then: Callable[[Path], None]) -> None:
        self._background.run(work, then, lambda error: self.failed.emit(str(error)))

    def close(self) -> None:
        self._background.close()


def _mime(path: Path, image: QImage) -> QMimeData:
    """A file, and a picture for apps that take no files."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    mime.setImageData(image)
    return mime

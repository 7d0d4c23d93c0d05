"""Drawn pictures on their way out: saved, copied, dragged. Files are written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.background import Background
from desktop.tabs import generate_files as files
from desktop.tabs.generate_files import Drawn, GenerateDialogs
from desktop.widgets.drop import drag_out, held, mime_of
from desktop.widgets.rgb import image_of


class GenerateExports(QObject):
    """Does what is asked with pictures that are drawn, one job after the other."""

    saved = Signal(str)  #: the name of the file or the folder
    written = Signal(object, object)  #: the same, for each picture: what was drawn, and its path
    failed = Signal(object)  #: an exception

    def __init__(self, folder: Path, dialogs: GenerateDialogs, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._dialogs, self._background = folder / "out", dialogs, background

    def save(self, drawn: list[Drawn]) -> None:
        """Ask for a place and save a picture there, or for a folder where there are several."""
        if len(drawn) > 1:
            self.save_all(drawn)
        elif drawn and (place := self._dialogs.place_to_save(drawn[0][0])):
            target, overwrite = place
            self._run(lambda: files.save(drawn[0], target, overwrite), lambda path: self._saved(drawn, [path], path))

    def save_all(self, drawn: list[Drawn]) -> None:
        """Ask for a folder and save the pictures in it."""
        if drawn and (folder := self._dialogs.folder_to_save()):
            self._run(lambda: files.save_all(drawn, folder), lambda paths: self._saved(drawn, paths, folder))

    def _saved(self, drawn: list[Drawn], paths: list[Path], place: Path) -> None:
        self.saved.emit(place.name)
        for each, path in zip(drawn, paths, strict=True):
            self.written.emit(each, path)

    def copy(self, drawn: list[Drawn]) -> None:
        """Put pictures on the clipboard: as files, and the first one as a picture."""

        def written(paths: list[Path]) -> None:
            mime = mime_of(paths)
            picture = drawn[0][1]
            mime.setImageData(image_of(picture.pixels, picture.side, picture.side))
            QGuiApplication.clipboard().setMimeData(mime)

        if drawn:
            self._run(lambda: files.lay_out(drawn, self._folder), written)

    def drag(self, drawn: list[Drawn], source: QWidget) -> None:
        """Drag pictures out, as soon as they are written, if the button is still down."""

        def written(paths: list[Path]) -> None:
            if held():
                picture = drawn[0][1]
                drag_out(source, mime_of(paths), image_of(picture.pixels, picture.side, picture.side))

        if drawn:
            self._run(lambda: files.lay_out(drawn, self._folder), written)

    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._background.run(work, then, self.failed.emit)

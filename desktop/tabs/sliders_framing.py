"""The frame on the user's photo: opens the photo, follows the frame as it is dragged, and goes when it is done."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QImage

from desktop.background import Background
from desktop.tabs.sliders_desk import Photo
from desktop.tabs.sliders_files import open_photo
from desktop.tabs.sliders_view import SlidersView

#: Milliseconds the frame must rest before the model looks again.
REST = 250


class Framing(QObject):
    """Switched on and off by the action ``align``."""

    moved = Signal(object)  #: the user wants this part of the photo: a `Box`
    failed = Signal(str)  #: one sentence

    def __init__(self, view: SlidersView, align: QAction, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._align, self._background = view, align, background
        self._photo: Photo | None = None
        self._opened: tuple[str, QImage, tuple[int, int]] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(lambda: self.moved.emit(view.crop.box))
        view.crop.moved.connect(self._rest.start)
        view.crop.closed.connect(lambda: align.setChecked(False))
        align.toggled.connect(self._toggled)

    def follow(self, photo: Photo | None, waits: bool) -> None:
        """The photo of the desk. ``waits``: a newer frame than its own is being looked at."""
        before, self._photo = self._photo, photo
        if not self._align.isChecked():
            return
        if photo is None or before is None or photo.path != before.path:
            self._align.setChecked(False)
        elif photo.box != before.box and not waits and not self._rest.isActive():
            self._show()

    def _toggled(self, on: bool) -> None:
        if self._photo is None:
            return
        if not on:
            if self._rest.isActive():  # what was dragged last counts
                self._rest.stop()
                self.moved.emit(self._view.crop.box)
            self._view.show_crop(False)
            return
        path = self._photo.path
        self._view.show_crop(True)
        self._show()
        if self._opened is None or self._opened[0] != str(path):
            self._background.run(lambda: open_photo(path), lambda found: self._take(str(path), *found), self._fail)

    def _take(self, path: str, image: QImage, size: tuple[int, int]) -> None:
        self._opened = path, image, size
        self._show()

    def _fail(self, error: Exception) -> None:
        self._align.setChecked(False)
        self.failed.emit(str(error))

    def _show(self) -> None:
        if self._photo is None or not self._align.isChecked():
            return
        if self._opened is not None and self._opened[0] == str(self._photo.path):
            self._view.crop.show_photo(self._opened[1], self._opened[2], self._photo.box)
        else:
            self._view.crop.show_photo(None, (1, 1), None)

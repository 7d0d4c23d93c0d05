"""Files of the Interpolate tab: the dialogs that ask for places, and frames as files: saved, dragged out, sent on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop import file_dialogs
from desktop.background import Background
from desktop.tabs.interpolate_export import Kind
from desktop.tabs.restore_files import FileDialogs, free_target
from desktop.widgets.drop import drag_out, held, mime_of
from desktop.widgets.rgb import image_of
from engine import jobs
from engine.errors import PhotoError
from engine.files import explain, replacing


class InterpolateDialogs(FileDialogs):
    """The system's dialogs. Each returns nothing when it is cancelled."""

    def place_for(self, kind: Kind, title: str) -> tuple[Path, bool] | None:
        """Where a film goes, and whether the user agreed to replace what is there. A folder is always a new one."""
        if kind is not Kind.FOLDER:
            return self._place(self.tr("Export"), title, kind.value)
        words = self.tr("Save the pictures in a new folder in")
        folder = file_dialogs.folder(self._parent, words, self._preferences.place("save"))
        if folder is None:
            return None
        self._preferences.set_folder("save", folder)
        return free_target(folder, title.replace(".", "-")), False

    def place_for_frame(self, title: str) -> tuple[Path, bool] | None:
        return self._place(self.tr("Save this picture"), title, ".png")

    def _place(self, words: str, title: str, suffix: str) -> tuple[Path, bool] | None:
        suggested = free_target(self._preferences.place("save"), title + suffix)
        target = file_dialogs.place_to_save(self._parent, words, suggested, f"{suffix[1:].upper()} (*{suffix})")
        if target is None:
            return None
        agreed = target.exists()
        if target.suffix.lower() != suffix:  # the dialog asked about another name
            target, agreed = target.with_name(target.name + suffix), False
        self._preferences.set_folder("save", target.parent)
        return target, agreed


class FrameFiles(QObject):
    """Frames on their way out of the tab."""

    saved = Signal(object)  #: the path
    failed = Signal(str)  #: one sentence

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder / "frames"
        self._background = Background(parent=self)

    def save(self, frame: jobs.Frame, target: Path, overwrite: bool) -> None:
        """Write a PNG; then `saved`."""
        self._background.run(
            lambda: write_png(frame, target, overwrite), self.saved.emit, lambda error: self.failed.emit(str(error))
        )

    def copy(self, frame: jobs.Frame) -> None:
        QGuiApplication.clipboard().setImage(image_of(frame.picture, frame.width, frame.height))

    def pass_on(self, frame: jobs.Frame, name: str, then: Callable[[Path], None]) -> None:
        """Write a PNG into the work folder for whoever takes it next."""

        def write() -> Path:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise PhotoError(self._folder, explain(error, writing=True)) from error
            return write_png(frame, free_target(self._folder, f"{name}.png"))

        self._background.run(write, then, lambda error: self.failed.emit(str(error)))

    def drag(self, frame: jobs.Frame, name: str, source: QWidget) -> None:
        """Drag a frame out as soon as it is written, if the button is still down."""

        def written(path: Path) -> None:
            if held():
                drag_out(source, mime_of([path]))

        self.pass_on(frame, name, written)

    def close(self) -> None:
        self._background.close()


def pixels_of(frame: jobs.Frame) -> np.ndarray:
    """[height, width, 3] uint8."""
    return np.frombuffer(frame.picture, np.uint8).reshape(frame.height, frame.width, 3)


def write_png(frame: jobs.Frame, target: Path, overwrite: bool = False) -> Path:
    """A frame as PNG, whole or not at all. Raises `PhotoError`."""
    from PIL import Image

    try:
        with replacing(target, overwrite=overwrite) as file:
            Image.fromarray(pixels_of(frame)).save(file, "PNG")
    except OSError as error:
        raise PhotoError(target, explain(error, writing=True)) from error
    return target

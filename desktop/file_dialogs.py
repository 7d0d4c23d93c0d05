"""The dialogs that ask for files and folders: the system's, or Qt's own where the system has none.

Qt's own watches the folders it shows. To stop watching takes the kernel up to a quarter of a second, in which the
window stands still, so it is not begun: a file that comes while a dialog is open is not in it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QWidget


def file_to_open(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """One that is there. ``kinds``: as Qt has name filters."""
    with _unwatched():
        name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def files_to_open(parent: QWidget, title: str, folder: Path, kinds: str) -> list[Path]:
    """Any number of them; none where the user changed their mind."""
    with _unwatched():
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return [Path(name) for name in names]


def folder(parent: QWidget, title: str, begin: Path) -> Path | None:
    """A folder that is there."""
    with _unwatched():
        name = QFileDialog.getExistingDirectory(parent, title, str(begin))
    return Path(name) if name else None


def place_to_save(parent: QWidget, title: str, suggested: Path, kinds: str, kind: str = "") -> Path | None:
    """A file to be written; the user has agreed to replace one of exactly this name. ``kind``: the first of ``kinds``
    to be shown."""
    with _unwatched():
        name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds, kind)
    return Path(name) if name else None


@contextlib.contextmanager
def _unwatched() -> Iterator[None]:
    """Qt's own dialog that is built meanwhile watches nothing."""
    builder = _Builder()
    application = QCoreApplication.instance()
    assert application is not None
    application.installEventFilter(builder)
    QTimer.singleShot(0, builder, builder.leave)  # a dialog of the system has no model to wait for
    try:
        yield
    finally:
        builder.leave()


class _Builder(QObject):
    """Sees a dialog's model as soon as it is there, which is before the dialog goes to its folder."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ChildAdded and isinstance(watched, QFileDialog):
            model = watched.findChild(QFileSystemModel)
            if model is not None:
                model.setOption(QFileSystemModel.Option.DontWatchForChanges)
                self.leave()
        return False

    def leave(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

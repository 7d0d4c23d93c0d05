"""What the window remembers from one day to the next: its place, the theme, the last folders."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from desktop.work_folder import APP


class Preferences:
    """A small file in the user's configuration folder, or ``path``."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or Path(platformdirs.user_config_dir(APP, appauthor=False)) / "window.ini"
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """ "system", "dark" or "light"."""
        theme = str(self._file.value("theme", "system"))
        return theme if theme in ("system", "dark", "light") else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._file.setValue("theme", theme)

    @property
    def geometry(self) -> QByteArray:
        value = self._file.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._file.setValue("geometry", geometry)

    def folder(self, use: str) -> Path | None:
        """The folder last used to "open" or to "save", if it is still there."""
        value = self._file.value(f"folder/{use}")
        return Path(str(value)) if value and Path(str(value)).is_dir() else None

    def set_folder(self, use: str, folder: Path) -> None:
        self._file.setValue(f"folder/{use}", str(folder))

    def place(self, use: str) -> Path:
        """Where a dialog begins: the folder last used, or the user's pictures."""
        return self.folder(use) or pictures()


def pictures() -> Path:
    """The folder of the user's pictures, or their home."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()

"""What the window remembers from one day to the next: its place, the theme, the last folders.

One JSON file in the user's configuration folder, written whole or not at all at every change: in the background, one
change after the other, the last one before the program ends. Values that are missing or make no sense are left out,
and the default holds. Windows that run at the same time share it: each writes what it changed and leaves the rest as
it finds it.
"""

from __future__ import annotations

import atexit
import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import platformdirs
from PySide6.QtCore import QByteArray, QStandardPaths

from desktop.background import Background
from desktop.crash_log import log
from desktop.work_folder import APP
from engine.files import explain, put_aside, replacing

Value = TypeVar("Value", bool, int, float, str, list, dict)
Values = dict[str, Any]

#: What makes the values of version 1 those of version 2, and so on.
MIGRATIONS: tuple[Callable[[Values], Values], ...] = ()

#: Writes for all `Preferences` of the program, which may be gone before their turn.
_writing = Background()
atexit.register(_writing.finish)


class Preferences:
    """The settings in ``path``, or in the user's own file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.json"
        self.damaged: Path | None = None  #: where a file was put that could not be understood
        self._values: Values = {}
        self.finish()  # what this program has changed is to be read
        self._values = self._read()

    # -- values by their names ------------------------------------------------------------------

    def value(self, name: str, default: Value) -> Value:
        """A setting. One of another type than ``default`` does not count."""
        value = self._values.get(name, default)
        return value if type(value) is type(default) else default

    def set_value(self, name: str, value: Any) -> None:
        """Keep a setting (anything that JSON can say), and have it written."""
        if name not in self._values or self._values[name] != value:
            self._values = self._values | {name: value}
            as_it_is = msgspec.json.decode(msgspec.json.encode(value))  # it may be changed before it is written
            _writing.run(lambda: self._write(self._read() | {name: as_it_is}))

    def reset(self) -> None:
        """Everything as on the first day."""
        self._values = {}
        _writing.run(lambda: self._write({}))

    def finish(self) -> None:
        """Wait until every setting is written."""
        _writing.finish()

    # -- what they are --------------------------------------------------------------------------

    @property
    def theme(self) -> str:
        """ "system", "dark" or "light"."""
        theme = self.value("theme", "system")
        return theme if theme in ("system", "dark", "light") else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self.set_value("theme", theme)

    @property
    def language(self) -> str:
        """ "system", or one of `desktop.language.LANGUAGES`."""
        return self.value("language", "system")

    @language.setter
    def language(self, language: str) -> None:
        self.set_value("language", language)

    @property
    def less_motion(self) -> bool:
        """Whether the user wants nothing to move that need not."""
        return self.value("less motion", False)

    @less_motion.setter
    def less_motion(self, less: bool) -> None:
        self.set_value("less motion", less)

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size, as Qt has it."""
        try:
            return QByteArray(base64.b64decode(self.value("geometry", ""), validate=True))
        except binascii.Error:
            return QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self.set_value("geometry", base64.b64encode(geometry.data()).decode())

    def folder(self, use: str) -> Path | None:
        """The folder last used to "open" or to "save", if it is still there."""
        value = self.value(f"folder/{use}", "")
        return Path(value) if value and Path(value).is_dir() else None

    def set_folder(self, use: str, folder: Path) -> None:
        self.set_value(f"folder/{use}", str(folder))

    def place(self, use: str) -> Path:
        """Where a dialog begins: the folder last used, or the user's pictures."""
        return self.folder(use) or pictures()

    # -- the file -------------------------------------------------------------------------------

    def _read(self) -> Values:
        try:
            file = msgspec.json.decode(self.path.read_bytes(), type=_File)
        except FileNotFoundError:
            return {}
        except (msgspec.DecodeError, UnicodeDecodeError):
            try:
                self.damaged = put_aside(self.path)
            except OSError as error:
                log.warning("The settings are damaged and cannot be put aside: %s", error)
            return {}
        except OSError as error:
            log.warning("The settings cannot be read: %s", explain(error))
            return self._values
        values = file.settings
        for migrate in MIGRATIONS[file.version - 1 :]:
            values = migrate(values)
        return values

    def _write(self, values: Values) -> None:
        file = _File(settings=values, version=len(MIGRATIONS) + 1)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self.path, overwrite=True) as target:
                target.write(msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")
        except OSError as error:
            log.warning("The settings cannot be written: %s", explain(error, writing=True))


class _File(msgspec.Struct, kw_only=True):
    """``version``: grows with every change of what the settings mean."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    settings: Values


def pictures() -> Path:
    """The folder of the user's pictures, or their home."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()

"""The tabs in the order of use, each behind a door: nothing of it is loaded before somebody goes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs.actions import TabActions
from desktop.tabs.tab import Tab
from desktop.widgets.status import StatusLine
from engine import formats, imports

#: What a path is, by its name alone.
Kind = Literal["photos", "folders", "models"]
#: Makes a tab; the folder is the session's for pixels, the line its own part of the window's last one.
TabKind = Callable[[EngineClient, Preferences, Path, StatusLine], Tab]


@dataclass(frozen=True)
class Door:
    """``name`` is the tab's, and its module's in `desktop.tabs`; ``kind`` is its class there; ``takes`` what can be
    brought to it."""

    name: str
    kind: str
    title: str
    takes: tuple[Kind, ...]

    @property
    def words(self) -> str:
        """What people call the tab."""
        return QCoreApplication.translate("Door", self.title)

    def open(self) -> TabKind:
        """The tab's class, loaded now."""
        return getattr(import_module(f"desktop.tabs.{self.name}"), self.kind)

    def open_actions(self) -> Callable[[QWidget, QUndoStack], TabActions]:
        """The class of what can be done in the tab, which does not need the tab."""
        module = import_module(f"desktop.tabs.{self.name}_actions")
        return getattr(module, self.kind.removesuffix("Tab") + "Actions")


#: Another tab is another line here.
DOORS = (
    Door("restore", "RestoreTab", str(QT_TRANSLATE_NOOP("Door", "Restore")), ("photos", "folders")),
    Door("generate", "GenerateTab", str(QT_TRANSLATE_NOOP("Door", "Generate")), ("photos", "folders")),
    Door("sliders", "SlidersTab", str(QT_TRANSLATE_NOOP("Door", "Sliders")), ("photos", "folders")),
    Door("interpolate", "InterpolateTab", str(QT_TRANSLATE_NOOP("Door", "Interpolate")), ("photos", "folders")),
    Door("finetune", "FinetuneTab", str(QT_TRANSLATE_NOOP("Door", "Fine-tune")), ("folders", "photos")),
    Door("explore", "ExploreTab", str(QT_TRANSLATE_NOOP("Door", "Explore")), ("folders", "photos")),
    Door("models", "ModelsTab", str(QT_TRANSLATE_NOOP("Door", "Models")), ("models", "folders")),
)


def place_of(name: str) -> int:
    """Which of `DOORS` leads to the tab of a name."""
    return next(number for number, door in enumerate(DOORS) if door.name == name)


def kind_of(path: Path) -> Kind:
    """What a path is. A file that is no model counts as a photo: what is wrong with it is said by whoever reads it."""
    if path.suffix.lower() in imports.SUFFIXES:
        return "models"
    return "photos" if formats.is_photo(path) or not path.is_dir() else "folders"  # the disk may be slow to answer

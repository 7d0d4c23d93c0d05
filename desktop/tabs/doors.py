"""The tabs in the order of use, each behind a door: nothing of it is loaded before somebody goes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs.tab import Tab
from desktop.widgets.status import StatusLine

#: Makes a tab; the folder is the session's for pixels, the line its own part of the window's last one.
TabKind = Callable[[EngineClient, Preferences, Path, StatusLine], Tab]


@dataclass(frozen=True)
class Door:
    """``name`` is the tab's, and its module's in `desktop.tabs`; ``kind`` is its class there."""

    name: str
    kind: str
    title: str

    @property
    def words(self) -> str:
        """What people call the tab."""
        return QCoreApplication.translate("Door", self.title)

    def open(self) -> TabKind:
        """The tab's class, loaded now."""
        return getattr(import_module(f"desktop.tabs.{self.name}"), self.kind)


#: Another tab is another line here.
DOORS = (
    Door("restore", "RestoreTab", str(QT_TRANSLATE_NOOP("Door", "Restore"))),
    Door("generate", "GenerateTab", str(QT_TRANSLATE_NOOP("Door", "Generate"))),
    Door("sliders", "SlidersTab", str(QT_TRANSLATE_NOOP("Door", "Sliders"))),
    Door("interpolate", "InterpolateTab", str(QT_TRANSLATE_NOOP("Door", "Interpolate"))),
    Door("finetune", "FinetuneTab", str(QT_TRANSLATE_NOOP("Door", "Fine-tune"))),
    Door("explore", "ExploreTab", str(QT_TRANSLATE_NOOP("Door", "Explore"))),
    Door("models", "ModelsTab", str(QT_TRANSLATE_NOOP("Door", "Models"))),
)

"""What a tab does with things that are held over it, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.tabs.doors import Door, kind_of
from desktop.widgets.drop import Dropped


class Welcome(QObject):
    """Knows every tab's words for what can be dropped."""

    def sentence(self, door: Door, dropped: Dropped) -> str:
        """What would become of it in the tab behind a door; or that the tab does not take it."""
        if dropped.elsewhere and not dropped:
            return self.tr("Only files of this computer can be taken: save this one first.")
        if not self.takes(door, dropped):
            sentence = self.tr("“{tab}” does not take this: hold it over the name of another tab.")
            return sentence.format(tab=door.words)
        count = max(len(dropped.paths), 1)
        folder = bool(dropped.paths) and kind_of(dropped.paths[0]) == "folders"
        match door.name:
            case "restore" if folder:
                return self.tr("Restore the photos of this folder")
            case "restore":
                return self.tr("Restore %n photos", "", count)
            case "generate":
                return self.tr("Bring back what drew this picture: its file knows it")
            case "sliders":
                return self.tr("Change this picture by sliders")
            case "interpolate":
                return self.tr("Walk to this picture, and on to the next")
            case "finetune" if folder:
                return self.tr("Learn the pictures of this folder")
            case "finetune":
                return self.tr("Learn the pictures of the folder that it lies in")
            case "explore" if folder:
                return self.tr("Lay this folder out as a map")
            case "explore":
                return self.tr("Lay the folder that it lies in out as a map")
            case _:
                return self.tr("Import this model")

    @staticmethod
    def takes(door: Door, dropped: Dropped) -> bool:
        """Whether a tab knows what to do with the first of the things: by its name alone, it is only held."""
        kind = kind_of(dropped.paths[0]) if dropped.paths else "photos" if dropped.image is not None else None
        return kind in door.takes

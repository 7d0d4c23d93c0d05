"""What can be done in the Restore tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.tabs.actions import TabActions


class RestoreActions(TabActions):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab, undo)
        standard = QKeySequence.StandardKey
        self.open = self.make(self.tr("Open photos…"), standard.Open, "open")
        self.open_folder = self.make(self.tr("Open a folder…"), "Ctrl+Shift+O")
        self.paste = self.make(self.tr("Paste"), standard.Paste)
        self.save = self.make(self.tr("Save…"), standard.Save, "save")
        self.save_all = self.make(self.tr("Save all…"), "Ctrl+Shift+S")
        self.copy = self.make(self.tr("Copy the result"), standard.Copy, "copy")
        self.apply_to_all = self.make(self.tr("Use these settings for all photos"), "Ctrl+Shift+A")
        self.again = self.make(self.tr("Try again"), "F5")
        self.remove = self.make(self.tr("Remove from the queue"), standard.Delete)
        self.clear = self.make(self.tr("Clear the queue"), None)
        self.previous = self.make(self.tr("Previous photo"), "Alt+Left")
        self.next = self.make(self.tr("Next photo"), "Alt+Right")
        self.fit = self.make(self.tr("Fit the window"), "Ctrl+0", "fit")
        self.real_pixels = self.make(self.tr("Real pixels"), "Ctrl+1")
        self.real_pixels.setIconText("1:1")
        self.modes = [
            self.make(self.tr("Split"), "Alt+1"),
            self.make(self.tr("Side by side"), "Alt+2"),
            self.make(self.tr("Hold to see the original"), "Alt+3"),
            self.make(self.tr("Uncertainty"), "Alt+4"),
        ]

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [self.open, self.open_folder, self.paste, None, self.save, self.save_all, None, self.remove, self.clear]
        edit = [self.undo, self.redo, None, self.copy, None, self.apply_to_all, self.again]
        view = [*self.modes, None, self.fit, self.real_pixels, None, self.previous, self.next]
        return [(self.tr("File"), file), (self.tr("Edit"), edit), (self.tr("View"), view)]

    def more_keys(self) -> list[tuple[str, str]]:
        return [
            ("B", self.tr("Hold to see the original")),
            ("+  −  0  1", self.tr("Zoom in and out, fit, real pixels")),
            (self.tr("Arrows"), self.tr("Move the picture; with Shift the divider")),
            (self.tr("Space"), self.tr("Hold to move the picture even at the divider")),
        ]

"""What can be done in the Sliders tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.tabs.actions import TabActions


class SlidersActions(TabActions):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab, undo)
        standard = QKeySequence.StandardKey
        self.open = self.make(self.tr("Open a photo…"), standard.Open, "open")
        self.paste = self.make(self.tr("Paste"), standard.Paste)
        self.save = self.make(self.tr("Save…"), standard.Save, "save")
        self.copy = self.make(self.tr("Copy the picture"), standard.Copy, "copy")
        self.random = self.make(self.tr("Random picture"), "Ctrl+R", "dice")
        self.refine = self.make(self.tr("Refine"), "Ctrl+E")
        self.align = self.make(self.tr("Align the photo"), "Ctrl+Shift+A")
        self.align.setCheckable(True)
        self.reset = self.make(self.tr("Reset all sliders"), "Ctrl+Shift+R")
        self.reset.setIconText(self.tr("Reset all"))
        self.keep = self.make(self.tr("Keep this state"), "Ctrl+K")
        self.forget = self.make(self.tr("Remove the kept state"), standard.Delete)
        self.send = self.make(self.tr("Send start and now to Interpolate"), "Ctrl+I")
        self.send_kept = self.make(self.tr("Send the kept states to Interpolate"), "Ctrl+Shift+I")
        self.learn = self.make(self.tr("Make a slider from pictures…"), "Ctrl+L")
        self.again = self.make(self.tr("Try again"), "F5")
        self.fit = self.make(self.tr("Fit the window"), "Ctrl+0", "fit")
        self.real_pixels = self.make(self.tr("Real pixels"), "Ctrl+1")
        self.real_pixels.setIconText("1:1")
        self.modes = [
            self.make(self.tr("Hold to see the start"), "Alt+1"),
            self.make(self.tr("Split"), "Alt+2"),
            self.make(self.tr("Side by side"), "Alt+3"),
        ]

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [self.open, self.paste, None, self.save]
        edit = [self.undo, self.redo, None, self.copy, None, self.reset, None, self.keep, self.forget]
        picture = [self.random, None, self.align, self.refine, None, self.learn, None, self.send, self.send_kept]
        view = [*self.modes, None, self.fit, self.real_pixels]
        return [
            (self.tr("File"), file),
            (self.tr("Edit"), edit),
            (self.tr("Picture"), [*picture, None, self.again]),
            (self.tr("View"), view),
        ]

    def more_keys(self) -> list[tuple[str, str]]:
        return [
            ("B", self.tr("Hold to see the start")),
            ("+  −  0  1", self.tr("Zoom in and out, fit, real pixels")),
            (self.tr("Arrows"), self.tr("Move the picture; with Shift the divider")),
            (self.tr("Space"), self.tr("Hold to move the picture even at the divider")),
        ]

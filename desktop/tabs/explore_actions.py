"""What can be done in the Explore tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.tabs.actions import TabActions


class ExploreActions(TabActions):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab, undo)
        standard = QKeySequence.StandardKey
        self.open = self.make(self.tr("Explore a folder…"), standard.Open, "open")
        self.again = self.make(self.tr("Look again"), "F5")
        self.paste = self.make(self.tr("Paste"), standard.Paste)
        self.report = self.make(self.tr("Save a report…"), standard.Save, "save")
        self.copy = self.make(self.tr("Copy"), standard.Copy, "copy")
        self.choose_all = self.make(self.tr("Choose all"), standard.SelectAll)
        self.neighbours = self.make(self.tr("Choose what is most like it"), "N")
        self.bin = self.make(self.tr("Move to the bin…"), standard.Delete, "bin")
        self.copy_to = self.make(self.tr("Copy to a folder…"), "Ctrl+D")
        self.show_file = self.make(self.tr("Show in the file manager"), "Ctrl+Shift+E")
        self.to_restore = self.make(self.tr("Send to Restore"), "Ctrl+R")
        self.to_sliders = self.make(self.tr("Send to Sliders"), "Ctrl+L")
        self.to_interpolate = self.make(self.tr("Send to Interpolate"), "Ctrl+I")
        self.draw_here = self.make(self.tr("Draw what lies in the middle"), "D")
        self.accept = self.make(self.tr("Accept the suggestion"), "Y")
        self.refuse = self.make(self.tr("Refuse the suggestion"), "X")
        self.untag = self.make(self.tr("Take the tag away"), "U")
        self.to_folders = self.make(self.tr("Tags to sub-folders…"))
        self.to_csv = self.make(self.tr("Tags to a table…"))
        self.to_slider = self.make(self.tr("Tag to a slider"))
        self.keep_best = self.make(self.tr("Keep the best of these…"), "Ctrl+B")
        self.larger = self.make(self.tr("Look closer"), None, "fit")
        self.larger.setToolTip(self.tr("Look closer (Space)"))
        self.heat = self.make(self.tr("Show where it is odd"), "H")
        self.heat.setCheckable(True)
        self.fit = self.make(self.tr("Show the whole map"), "Ctrl+0")
        self.tools = [
            self.make(self.tr("Drag moves the map"), "M"),
            self.make(self.tr("Drag chooses by a rectangle"), "R"),
            self.make(self.tr("Drag chooses by a lasso"), "L"),
        ]
        self.modes = [
            self.make(self.tr("Odd ones"), "Alt+1"),
            self.make(self.tr("Look-alikes"), "Alt+2"),
            self.make(self.tr("Tags"), "Alt+3"),
        ]

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [
            self.open,
            self.paste,
            self.again,
            None,
            self.report,
            None,
            self.to_folders,
            self.to_csv,
            self.to_slider,
        ]
        edit = [self.undo, self.redo, None, self.copy, self.choose_all, self.neighbours, None, self.copy_to, self.bin]
        send = [self.to_restore, self.to_sliders, self.to_interpolate]
        picture = [self.larger, self.show_file, self.draw_here, None, *send, None, self.keep_best]
        tag = [self.accept, self.refuse, self.untag]
        view = [*self.modes, None, self.heat, None, *self.tools, None, self.fit]
        return [
            (self.tr("File"), file),
            (self.tr("Edit"), edit),
            (self.tr("Picture"), [*picture, None, *tag]),
            (self.tr("View"), view),
        ]

    def more_keys(self) -> list[tuple[str, str]]:
        """Keys that are no action's, and what they do."""
        return [
            ("← ↑ → ↓", self.tr("The next picture of the map in that direction; with Shift it is chosen, too")),
            (self.tr("Space, Enter"), self.tr("Look closer, and back")),
            ("+ −", self.tr("Zoom the map")),
            ("0", self.tr("Show the whole map")),
            ("1 … 9", self.tr("Give the chosen pictures the first, the second … tag")),
            (self.tr("Shift and drag"), self.tr("Choose by a lasso, with any tool")),
            (self.tr("Esc"), self.tr("Choose nothing")),
        ]

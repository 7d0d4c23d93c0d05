"""What can be done in the Generate tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.tabs.actions import TabActions


class GenerateActions(TabActions):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab, undo)
        standard = QKeySequence.StandardKey
        self.open = self.make(self.tr("Open drawn pictures…"), standard.Open, "open")
        self.paste = self.make(self.tr("Paste"), standard.Paste)
        self.save = self.make(self.tr("Save…"), standard.Save, "save")
        self.save_all = self.make(self.tr("Save all…"), "Ctrl+Shift+S")
        self.draw = self.make(self.tr("Draw"), "Ctrl+Return")
        self.draw.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.new_seed = self.make(self.tr("Another seed"), "Ctrl+R", "dice")
        self.more_like = self.make(self.tr("More like this"), "Ctrl+M")
        self.favourite = self.make(self.tr("Favourite"), "F", "heart")
        self.favourite.setCheckable(True)
        self.remove = self.make(self.tr("Remove from the favourites"), standard.Delete)
        self.copy = self.make(self.tr("Copy"), standard.Copy, "copy")
        self.choose_all = self.make(self.tr("Choose all"), standard.SelectAll)
        self.to_sliders = self.make(self.tr("Send to Sliders"), "Ctrl+L")
        self.to_interpolate = self.make(self.tr("Send to Interpolate"), "Ctrl+I")
        self.again = self.make(self.tr("Try again"), "F5")
        self.back = self.make(self.tr("Earlier pictures"), "Alt+Left", "back")
        self.forward = self.make(self.tr("Later pictures"), "Alt+Right", "forward")
        self.larger = self.make(self.tr("Look closer"), None, "fit")
        self.larger.setToolTip(self.tr("Look closer (Space)"))
        self.pages = [self.make(self.tr("Drawn pictures"), "Alt+1"), self.make(self.tr("Favourites"), "Alt+2")]

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [self.open, self.paste, None, self.save, self.save_all]
        edit = [self.undo, self.redo, None, self.copy, self.choose_all, None, self.favourite, self.remove]
        picture = [self.draw, self.new_seed, self.again, None, self.more_like, self.to_sliders, self.to_interpolate]
        view = [*self.pages, None, self.larger, None, self.back, self.forward]
        return [
            (self.tr("File"), file),
            (self.tr("Edit"), edit),
            (self.tr("Picture"), picture),
            (self.tr("View"), view),
        ]

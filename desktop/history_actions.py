"""What can be done on the page of the history, each thing with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.tabs.actions import TabActions


class HistoryActions(TabActions):
    """The page's actions. The page connects them and says which are possible at the moment."""

    def __init__(self, page: QWidget, undo: QUndoStack) -> None:
        super().__init__(page, undo)
        standard = QKeySequence.StandardKey
        self.back = self.make(self.tr("Back"), "Escape", "back")
        self.open = self.make(self.tr("Open the file"), standard.Open, "open")
        self.again = self.make(self.tr("Make it again"), "Ctrl+Return")
        self.again.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.show_file = self.make(self.tr("Show in its folder"), "Ctrl+L")
        self.to_restore = self.make(self.tr("Send to Restore"), None)
        self.to_sliders = self.make(self.tr("Send to Sliders"), None)
        self.to_interpolate = self.make(self.tr("Send to Interpolate"), None)
        self.favourite = self.make(self.tr("Favourite"), "F", "heart")
        self.favourite.setCheckable(True)
        self.forget = self.make(self.tr("Remove from the history"), standard.Delete)
        self.bin = self.make(self.tr("Move the file to the bin…"), "Shift+Delete", "bin")
        self.search = self.make(self.tr("Search"), standard.Find)
        self.choose_all = self.make(self.tr("Choose all"), standard.SelectAll)

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the page: a name and its actions, None for a line between."""
        file = [self.open, self.show_file, None, self.to_restore, self.to_sliders, self.to_interpolate, None, self.bin]
        edit = [self.undo, self.redo, None, self.again, self.favourite, None, self.choose_all, self.forget]
        return [
            (self.tr("File"), file),
            (self.tr("Edit"), edit),
            (self.tr("View"), [self.search, self.back]),
        ]

"""What can be done in the Models tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.tabs.actions import TabActions


class ModelsActions(TabActions):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab, undo)
        standard = QKeySequence.StandardKey
        self.open = self.make(self.tr("Import a model…"), standard.Open, "open")
        self.open_folder = self.make(self.tr("Import a folder…"), "Ctrl+Shift+O")
        self.paste = self.make(self.tr("Paste"), standard.Paste)
        self.copy = self.make(self.tr("Copy the model's folder"), standard.Copy)
        self.export = self.make(self.tr("Export as one file…"), standard.Save)
        self.try_it = self.make(self.tr("Try it"), "Ctrl+Return")
        self.try_it.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.verify = self.make(self.tr("Verify"), "Ctrl+K")
        self.verify.setToolTip(self.tr("Compare every byte of the model with what it was made with. (Ctrl+K)"))
        self.rename = self.make(self.tr("Rename…"), "F2")
        self.remove = self.make(self.tr("Move to the bin…"), standard.Delete)
        self.show_folder = self.make(self.tr("Show folder"), "Ctrl+L")
        self.test_devices = self.make(self.tr("Test again"), "F5")
        self.test_devices.setToolTip(self.tr("Look for devices again, after a new driver for example. (F5)"))
        self.pages = [self.make(self.tr("Models"), "Alt+1"), self.make(self.tr("Devices"), "Alt+2")]

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [self.open, self.open_folder, self.paste, None, self.export, self.show_folder]
        edit = [self.undo, self.redo, None, self.copy, None, self.rename, self.remove]
        model = [self.try_it, self.verify, None, self.test_devices]
        return [
            (self.tr("File"), file),
            (self.tr("Edit"), edit),
            (self.tr("Model"), model),
            (self.tr("View"), [*self.pages]),
        ]

"""What can be done in the Restore tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop import theme

Keys = QKeySequence.StandardKey | str | None


class RestoreActions(QObject):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab)
        self._tab = tab
        standard = QKeySequence.StandardKey
        self.open = self._make(self.tr("Open photos…"), standard.Open, "open")
        self.open_folder = self._make(self.tr("Open a folder…"), "Ctrl+Shift+O")
        self.paste = self._make(self.tr("Paste"), standard.Paste)
        self.save = self._make(self.tr("Save…"), standard.Save, "save")
        self.save_all = self._make(self.tr("Save all…"), "Ctrl+Shift+S")
        self.copy = self._make(self.tr("Copy the result"), standard.Copy, "copy")
        self.undo = undo.createUndoAction(tab, self.tr("Undo"))
        self.undo.setShortcut(standard.Undo)
        self.redo = undo.createRedoAction(tab, self.tr("Redo"))
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        for action in (self.undo, self.redo):
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            tab.addAction(action)
        self.apply_to_all = self._make(self.tr("Use these settings for all photos"), "Ctrl+Shift+A")
        self.again = self._make(self.tr("Try again"), "F5")
        self.remove = self._make(self.tr("Remove from the queue"), standard.Delete)
        self.clear = self._make(self.tr("Clear the queue"), None)
        self.previous = self._make(self.tr("Previous photo"), "Alt+Left")
        self.next = self._make(self.tr("Next photo"), "Alt+Right")
        self.fit = self._make(self.tr("Fit the window"), "Ctrl+0", "fit")
        self.real_pixels = self._make(self.tr("Real pixels"), "Ctrl+1")
        self.real_pixels.setIconText("1:1")
        self.modes = [
            self._make(self.tr("Split"), "Alt+1"),
            self._make(self.tr("Side by side"), "Alt+2"),
            self._make(self.tr("Hold to see the original"), "Alt+3"),
            self._make(self.tr("Uncertainty"), "Alt+4"),
        ]

    def _make(self, words: str, keys: Keys, drawing: str = "") -> QAction:
        action = QAction(words, self._tab)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{words.rstrip('…')} ({shown})")
        if drawing:
            theme.set_icon(action, drawing)
            action.setIconVisibleInMenu(False)
        self._tab.addAction(action)
        return action

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [self.open, self.open_folder, self.paste, None, self.save, self.save_all, None, self.remove, self.clear]
        edit = [self.undo, self.redo, None, self.copy, None, self.apply_to_all, self.again]
        view = [*self.modes, None, self.fit, self.real_pixels, None, self.previous, self.next]
        return [(self.tr("File"), file), (self.tr("Edit"), edit), (self.tr("View"), view)]

    def connect_all(self, doings: dict[QAction, Callable[[], object]]) -> None:
        for action, do in doings.items():
            action.triggered.connect(lambda _checked=False, do=do: do())

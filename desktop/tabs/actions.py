"""What can be done in a tab, each thing with its words, its keys and its drawing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop import theme

Keys = QKeySequence.StandardKey | str | None


class TabActions(QObject):
    """The actions of a tab, whose keys work while it is seen. The tab connects them and says which are possible.

    Every tab has ``open``, which also stands in the window's corner, and ``undo`` and ``redo``.
    """

    open: QAction

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab)
        self._tab = tab
        self.undo = undo.createUndoAction(tab, self.tr("Undo"))
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo = undo.createRedoAction(tab, self.tr("Redo"))
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        tab.addActions([self.undo, self.redo])

    def make(self, words: str, keys: Keys = None, drawing: str = "") -> QAction:
        """An action of the tab, not yet connected."""
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
        """The menus of the tab (the first is File, the last View): a name and its actions, None for a line."""
        raise NotImplementedError

    def more_keys(self) -> list[tuple[str, str]]:
        """Keys that are no action's, and what they do."""
        return []

    def connect_all(self, doings: dict[QAction, Callable[[], object]]) -> None:
        for action, do in doings.items():
            action.triggered.connect(lambda _checked=False, do=do: do())

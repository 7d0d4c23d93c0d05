"""What can be done in the Fine-tune tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.tabs.actions import TabActions


class FinetuneActions(TabActions):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab, undo)
        standard = QKeySequence.StandardKey
        self.open = self.make(self.tr("Choose a folder…"), standard.Open, "open")
        self.paste = self.make(self.tr("Paste a folder"), standard.Paste)
        self.leave_out = self.make(self.tr("Leave out, or take back"), standard.Delete)
        self.choose_all = self.make(self.tr("Choose all"), standard.SelectAll)
        self.look_again = self.make(self.tr("Look at the folder again"), "F5")
        self.back = self.make(self.tr("Back"), "Alt+Left", "back")
        self.next = self.make(self.tr("Next"), "Alt+Right", "forward")
        self.start = self.make(self.tr("Start learning"), "Ctrl+Return")
        self.start.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.pause = self.make(self.tr("Pause"), "Ctrl+P")
        self.go_on = self.make(self.tr("Go on learning"), "Ctrl+R")
        self.try_now = self.make(self.tr("Try it now"), "Ctrl+T")
        self.stop = self.make(self.tr("Stop and take the best"), "Ctrl+B")
        self.keep = self.make(self.tr("Keep the model"), standard.Save, "save")
        self.more = self.make(self.tr("Learn some more"), "Ctrl+M")
        self.throw_away = self.make(self.tr("Throw away…"), "Ctrl+Shift+Delete")
        self.again = self.make(self.tr("Teach another folder"), "Ctrl+N")
        self.to_generate = self.make(self.tr("Open in Generate"), "Ctrl+G")
        self.to_sliders = self.make(self.tr("Open in Sliders"), "Ctrl+L")
        self.to_restore = self.make(self.tr("Open in Restore"), "Ctrl+E")
        self.next_pictures = self.make(self.tr("Next held-out picture"), "Alt+Down", "forward")
        self.previous_pictures = self.make(self.tr("Previous held-out picture"), "Alt+Up", "back")

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [self.open, self.paste, self.look_again, None, self.keep, self.throw_away, self.again]
        edit = [self.undo, self.redo, None, self.choose_all, self.leave_out]
        lesson = [self.start, self.pause, self.go_on, self.try_now, self.stop, self.more]
        there = [self.to_generate, self.to_sliders, self.to_restore]
        view = [self.back, self.next, None, self.previous_pictures, self.next_pictures]
        return [
            (self.tr("File"), file),
            (self.tr("Edit"), edit),
            (self.tr("Lesson"), [*lesson, None, *there]),
            (self.tr("View"), view),
        ]

    def more_keys(self) -> list[tuple[str, str]]:
        """Keys of the grid and the curve."""
        return [
            (self.tr("Space"), self.tr("Leave a picture out, or take it back")),
            (self.tr("Left, Right"), self.tr("Read the curve point by point; another held-out picture")),
        ]

"""What can be done in the Interpolate tab, each with its words, its keys and its drawing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.tabs.actions import TabActions


class InterpolateActions(TabActions):
    """The tab's actions. The tab connects them and says which are possible at the moment."""

    def __init__(self, tab: QWidget, undo: QUndoStack) -> None:
        super().__init__(tab, undo)
        standard = QKeySequence.StandardKey
        self.open = self.make(self.tr("Add pictures…"), standard.Open, "open")
        self.paste = self.make(self.tr("Paste"), standard.Paste)
        self.export = self.make(self.tr("Export…"), "Ctrl+E")
        self.save = self.make(self.tr("Save this picture…"), standard.Save, "save")
        self.show_folder = self.make(self.tr("Show in folder"))
        self.clear = self.make(self.tr("Remove all pictures"))
        self.copy = self.make(self.tr("Copy this picture"), standard.Copy, "copy")
        self.to_restore = self.make(self.tr("Send this picture to Restore"))
        self.to_sliders = self.make(self.tr("Send this picture to Sliders"))
        self.play = self.make(self.tr("Play"), "Space", "play")
        # Space presses the button that has the focus; only what nobody takes comes to the tab, which hears it itself.
        self.play.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.previous = self.make(self.tr("Previous picture"), "Alt+Left")
        self.next = self.make(self.tr("Next picture"), "Alt+Right")
        self.fit = self.make(self.tr("Fit the window"), "Ctrl+0", "fit")
        self.real_pixels = self.make(self.tr("Real pixels"), "Ctrl+1")
        self.real_pixels.setIconText("1:1")

    def show_playing(self, playing: bool) -> None:
        self.play.setText(self.tr("Pause") if playing else self.tr("Play"))
        keys = self.play.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.play.setToolTip(f"{self.play.text()} ({keys})" if keys else self.play.text())
        theme.set_icon(self.play, "pause" if playing else "play")

    def groups(self) -> list[tuple[str, list[QAction | None]]]:
        """The menus of the tab: a name and its actions, None for a line between."""
        file = [self.open, self.paste, None, self.export, self.save, self.show_folder, None, self.clear]
        edit = [self.undo, self.redo, None, self.copy, None, self.to_restore, self.to_sliders]
        view = [self.play, self.previous, self.next, None, self.fit, self.real_pixels]
        return [(self.tr("File"), file), (self.tr("Edit"), edit), (self.tr("View"), view)]

"""What the window asks of every tab, and how a picture goes from one tab to another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.tabs.actions import TabActions
from engine.recipes import Recipe


@dataclass(frozen=True)
class ModelToUse:
    """The id of a model that the tab shall use from now on."""

    model: str


#: What tabs send each other: how to draw a picture, a picture's file, or which model to use.
Sent = Recipe | Path | ModelToUse


class Tab(QWidget):
    """One page of the window. `desktop.tabs.doors` says which there are."""

    saves_done = Signal()  #: nothing is being saved any more
    sent = Signal(str, object)  #: the `name` of another tab, and a list of `Sent` for it

    name = ""  #: what other tabs call this one

    def fill_with(self, view: QWidget) -> None:
        """Show ``view`` from edge to edge."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)

    @property
    def menus(self) -> TabActions:
        """What can be done in it."""
        raise NotImplementedError

    def receive(self, things: list[Sent]) -> None:
        """Take what another tab sent, or the files the program was started with."""
        raise NotImplementedError

    def unsaved(self) -> int:
        """How many results would be lost if the window closed now."""
        return 0

    def save_all(self) -> bool:
        """Ask for a place and save every unsaved result there. False if the user changed their mind."""
        return True

    def may_close(self) -> bool:
        """Asked before the window closes, for work that would end with it. False if the user changed their mind."""
        return True

    def close_down(self) -> None:
        """The window closes: no more work in the background."""

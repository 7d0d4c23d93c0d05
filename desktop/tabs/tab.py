"""What the window asks of every tab, and how a picture goes from one tab to another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.actions import TabActions
from desktop.widgets.drop import DropTarget
from engine.recipes import Recipe


@dataclass(frozen=True)
class ModelToUse:
    """The id of a model that the tab shall use from now on."""

    model: str


#: What tabs send each other: how to draw a picture, a picture's file, or which model to use.
Sent = Recipe | Path | ModelToUse
#: What a tab holds, as JSON can say it: dicts, lists, strings, numbers, bools and None. `desktop.tabs.plain` makes it.
Kept = dict[str, Any]


class Tab(QWidget):
    """One page of the window. `desktop.tabs.doors` says which there are."""

    keep_now = Signal()  #: something is about to be shown as done that must outlive even a killed window
    made = Signal(object, object)  #: a `desktop.history.Made`, and its `desktop.historian.Look`
    saves_done = Signal()  #: nothing is being saved any more
    opened = Signal(list)  #: paths that the user has opened, to be remembered
    sent = Signal(str, object)  #: the `name` of another tab, and a list of `Sent` for it

    name = ""  #: what other tabs call this one
    drops: DropTarget | None = None  #: takes what is dropped on any part of it

    def fill_with(self, view: QWidget) -> None:
        """Show ``view`` from edge to edge; it takes drops by a `DropTarget` of its own."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        self.drops = view.findChild(DropTarget, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        theme.catch_up(self)

    @property
    def menus(self) -> TabActions:
        """What can be done in it."""
        raise NotImplementedError

    def receive(self, things: list[Sent]) -> None:
        """Take what another tab sent, or the files the program was started with."""
        raise NotImplementedError

    def kept(self, closing: bool = False) -> Kept | None:
        """All that a new tab of this kind must be told to go on as this one: `take_up` takes it. None: nothing.

        It is asked for every few seconds, so that little is lost with a window that is killed, and again when
        the window is built anew in the same process. ``closing``: the window closes by the user's wish, and the
        work folder goes with it; what is sensible the next day is kept. Asking changes nothing.
        """
        return None

    def take_up(self, kept: Kept) -> None:
        """Go on as `kept` said, in a tab that has just been built. Files that are gone meanwhile are left out quietly.

        It may come from a file, and from another version of the program. Raises ValueError where it cannot be
        understood; the tab is then as it was before.
        """

    def make_again(self, how: Kept) -> None:
        """Bring back what made a result of this tab, as its `Made.how` says.

        Raises ValueError, with a sentence for the user, where that cannot be.
        """
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

    def busy(self) -> bool:
        """Work runs that a new tab could not go on with, besides what its line in the window's last one tells."""
        return False

    def close_down(self) -> None:
        """The window closes: no more work in the background."""

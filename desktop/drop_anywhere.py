"""Things dragged over the window: which tabs would take them, and what the one that is seen would do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent

from desktop.tabs.doors import DOORS, Door
from desktop.tabs.tab import Tab
from desktop.tabs.welcome import Welcome
from desktop.widgets.drop import Dropped, read
from desktop.widgets.tab_heads import TabHeads

if TYPE_CHECKING:
    from desktop.window import MainWindow


class DropAnywhere(QObject):
    """Lights the names of tabs while something is dragged anywhere over the window, and takes what is dropped on a
    name or beside everything that takes drops itself."""

    def __init__(self, window: MainWindow, heads: TabHeads) -> None:
        super().__init__(window)
        self._window, self._heads, self._welcome = window, heads, Welcome(self)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        heads.dropped.connect(self._drop_on)

    def watch(self) -> None:
        """The window is on the screen: every drag over any part of it is heard of from now on."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def explain(self, tab: Tab, door: Door) -> None:
        """Let a tab say what it would do with what is held over it."""
        if tab.drops is not None:
            tab.drops.explain(
                lambda dropped: self._welcome.sentence(door, dropped),
                # What lies elsewhere may be dropped: the tab says then, in a sentence that stays, why it is not taken.
                lambda dropped: self._welcome.takes(door, dropped) or dropped.elsewhere,
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.DragLeave, QEvent.Type.Drop):
            if watched is self._window:  # no part of it wanted them: they are for the tab that is seen
                drops = self._window.current.drops
                return drops is not None and drops.eventFilter(watched, event)
            if isinstance(event, QDragEnterEvent):
                self._light(read(event.mimeData()))
            elif not isinstance(event, QDragMoveEvent):  # dropped, or gone
                self._heads.light(())
        return False

    def _light(self, dropped: Dropped) -> None:
        takers = (n for n, door in enumerate(DOORS) if self._welcome.takes(door, dropped))
        self._heads.light([number for number in takers if number != self._heads.currentIndex()])

    def _drop_on(self, number: int, dropped: Dropped) -> None:
        """Something was dropped on the name of a tab."""
        self._heads.light(())
        self._heads.setCurrentIndex(number)
        if (drops := self._window.current.drops) is not None:
            drops.dropped.emit(dropped)

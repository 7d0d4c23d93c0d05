"""The way from the window to the page of the history, and back to the tab that makes something again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop.historian import Historian
from desktop.tabs.tab import Kept, Tab

if TYPE_CHECKING:
    from desktop.history_page import HistoryPage
    from desktop.window import MainWindow


class HistoryDoor(QObject):
    """``action`` opens the page, which is built when it is first wanted; without a history there is nothing to open."""

    def __init__(self, window: MainWindow, action: QAction) -> None:
        super().__init__(window)
        self._window, self._action = window, action
        self._historian: Historian | None = None
        self.page: HistoryPage | None = None
        action.setVisible(False)
        action.triggered.connect(lambda: self.open())

    def keep(self, historian: Historian) -> None:
        """Write down what the tabs make from now on, and show it when the user asks."""
        self._historian = historian
        historian.failed.connect(self._window.banner.say)
        for tab in self._window.tabs:
            historian.follow(tab)
        self._action.setVisible(True)

    def follow(self, tab: Tab) -> None:
        """The same for a tab that was just built."""
        if self._historian is not None:
            self._historian.follow(tab)

    def open(self) -> None:
        """The page of all that was made, in the place of the tabs."""
        if self._historian is None:
            return
        if self.page is None:
            from desktop.history_page import HistoryPage

            self.page = HistoryPage(self._historian)
            self.page.left.connect(self._window.show_tabs)
            self.page.again_asked.connect(self._make_again)
            self.page.failed.connect(self._window.banner.say)
            self._window.add_page(self.page)
        self._window.show_page(self.page)

    def _make_again(self, name: str, how: Kept) -> None:
        self._window.go_to(name)
        try:
            self._window.current.make_again(how)
        except ValueError as error:
            self._window.banner.say(str(error))

    def close_down(self) -> None:
        """The window closes."""
        if self.page is not None:
            self.page.close_down()

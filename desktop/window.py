"""The main window: tabs, menus, the last line; it starts the engine once it is seen and ends it when it closes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import crash_log, samples, theme
from desktop.appearance import AppearanceMenu
from desktop.drop_anywhere import DropAnywhere
from desktop.engine_client import EngineClient
from desktop.help import Help
from desktop.history_door import HistoryDoor
from desktop.language_menu import LanguageMenu
from desktop.opening import Opening
from desktop.outside import Outside
from desktop.preferences import Preferences
from desktop.recent import Recent, RecentMenu
from desktop.shortcuts import EVERYWHERE, Shortcuts, named_actions
from desktop.tabs.doors import DOORS, kind_of, place_of
from desktop.tabs.tab import Kept, Sent, Tab
from desktop.troubles import Troubles
from desktop.widgets.banner import Banner
from desktop.widgets.offer import Offer
from desktop.widgets.status import StatusBar, StatusLine
from desktop.widgets.tab_heads import TabHeads
from desktop.widgets.tools import line
from engine import jobs

SomeTab = TypeVar("SomeTab", bound=Tab)


class MainWindow(QMainWindow):
    """One window. ``ask_before_closing`` can be switched off where nobody is there to answer."""

    keep_now = Signal()  #: as of the tabs
    closing = Signal()  #: it closes for good, and its tabs are still there

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path) -> None:
        super().__init__()
        self._engine, self._preferences, self._folder = engine, preferences, folder
        self.ask_before_closing = True
        self._close_after_saving = False
        self.setWindowTitle("Latent Darkroom")
        self.setWindowIcon(theme.app_icon())
        self.setMinimumSize(820, 540)
        self.resize(1280, 800)
        self.status = StatusBar()
        self.shortcuts = Shortcuts(preferences, self)
        self.help = Help(self, self.shortcuts, self._report, lambda said: self.banner.say(said, sign="check"))
        self.troubles = Troubles(self, self._report)
        self.recent = Recent(preferences, (folder, samples.FOLDER))
        self._recent_menu = RecentMenu(self.recent, self._open_again, self)
        self.outside = Outside(self, preferences)
        self.closing.connect(self.outside.close)
        self._tabs: dict[str, Tab] = {}
        self._lines: dict[str, StatusLine] = {}
        self._kept: dict[str, Kept] = {}  # of tabs that are not built yet
        self._bar, self._pages = TabHeads(), QStackedWidget()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName(self.tr("Tabs"))
        for door in DOORS:
            self._bar.addTab(door.words)
        self._drags = DropAnywhere(self, self._bar)
        self._open_button, self._menu = QPushButton(), QMenu(self)
        self._shown: list[QMenu] = []
        self._bar.currentChanged.connect(self._show_tab)
        self._bar.tabBarClicked.connect(lambda _number: self.show_tabs())
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self.offer = Offer()  #: a question that can wait
        column.addWidget(self.offer)
        column.addWidget(stage := QWidget(), 1)
        whole_stage = QVBoxLayout(stage)
        whole_stage.setContentsMargins(0, 0, 0, 0)
        whole_stage.addWidget(self._pages)
        self.banner = Banner(stage)
        column.addWidget(line())
        column.addWidget(self.status)
        whole = QWidget()
        whole.setLayout(column)
        self.setCentralWidget(whole)
        self.restoreGeometry(preferences.geometry)
        if preferences.damaged is not None:
            words = self.tr("The settings could not be read. They are kept as “{file}”, and begin anew.")
            self.banner.say(words.format(file=preferences.damaged.name))
            preferences.damaged = None
        self.opening = Opening(self)
        self.opening.sorted.connect(self._hand_out)
        self.opening.failed.connect(self.banner.say)
        self.closing.connect(self.opening.close)
        engine.ready.connect(self._engine_ready)
        engine.restarted.connect(lambda: self.status.show_device(self.tr("Starting the engine again…"), ""))
        engine.broken.connect(self.troubles.tell_engine_broken)
        engine.broken.connect(lambda sentence: self.status.show_device(self.tr("The engine does not run"), sentence))

    @property
    def current(self) -> Tab:
        """The tab that is seen."""
        return self.at(self._bar.currentIndex())

    @property
    def tabs(self) -> list[Tab]:
        """The tabs that were seen or needed so far: the others are not built yet."""
        return list(self._tabs.values())

    def tab(self, kind: type[SomeTab]) -> SomeTab:
        """The tab of a kind."""
        tab = self.at(place_of(kind.name))
        assert isinstance(tab, kind)
        return tab

    def at(self, number: int) -> Tab:
        """The tab at a place, built when it is first wanted: the window shows at once, however many there are."""
        door = DOORS[number]
        if door.name not in self._tabs:
            line = self._lines[door.name] = self.status.add_line()
            tab = door.open()(self._engine, self._preferences, self._folder, line)
            tab.saves_done.connect(self._saved)
            tab.sent.connect(self._send)
            tab.keep_now.connect(self.keep_now)
            self.history.follow(tab)
            self._pages.addWidget(tab)
            self._tabs[door.name] = tab
            self.shortcuts.add(door.name, named_actions(tab.menus))
            self._drags.explain(tab, door)
            self.outside.follow(door.name, line)
            tab.opened.connect(self.recent.note)
            self._hand_over(tab)
        return self._tabs[door.name]

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self._bar.setCurrentIndex(place_of(tab.name))

    def go_to(self, name: str) -> None:
        """To the tab of a name, also from a page that is none."""
        self._bar.setCurrentIndex(place_of(name))
        self.show_tabs()

    def add_page(self, page: Tab) -> None:
        """A page that is no tab: it is shown by `show_page`, until `show_tabs`."""
        self._lines[page.name] = self.status.add_line()
        page.sent.connect(self._send)
        self.shortcuts.add(page.name, named_actions(page.menus))
        self._pages.addWidget(page)

    def show_tabs(self) -> None:
        """Back from a page to the tab that was seen."""
        if self._pages.currentWidget() is not self.current:
            self._show_tab(self._bar.currentIndex())

    # -- what outlives the window ---------------------------------------------------------------

    def kept(self, closing: bool = False) -> Kept:
        """Which tab is open and what each holds, as plain values: `take_up` of a new window goes on with it.

        A new window in the same process takes over the work folder and the engine client once the tabs of this
        one are closed down and the engine is stopped; what was asked of it is asked again. ``closing``: see `Tab.kept`.
        """
        tabs = dict(self._kept)
        for name, tab in self._tabs.items():
            kept = tab.kept(closing)
            if kept is not None:
                tabs[name] = kept
        return {"tab": DOORS[self._bar.currentIndex()].name, "tabs": tabs}

    def take_up(self, kept: Kept) -> None:
        """Go on as `kept` said. What cannot be understood is left out and noted in the log.

        Tabs that are not built yet take theirs up when they are, so that the window shows at once.
        """
        tabs = kept.get("tabs")
        self._kept |= {n: k for n, k in tabs.items() if isinstance(k, dict)} if isinstance(tabs, dict) else {}
        for tab in self.tabs:
            self._hand_over(tab)
        number = next((number for number, door in enumerate(DOORS) if door.name == kept.get("tab")), None)
        if number is not None:
            self._bar.setCurrentIndex(number)

    def _hand_over(self, tab: Tab) -> None:
        kept = self._kept.pop(tab.name, None)
        if kept is not None:
            try:
                tab.take_up(kept)
            except ValueError as error:
                crash_log.log.warning("What the tab “%s” held is not understood: %s", tab.name, error)

    def open(self, paths: Sequence[Path]) -> None:
        """Files from outside go to the tab that knows what to do with them."""
        self.opening.open(paths)

    def come_forward(self, paths: Sequence[Path]) -> None:
        """The user has started the program once more, with these files."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.open(paths)

    def _open_again(self, path: Path) -> None:
        """One of the recent files: here, where this tab takes it."""
        kind, here = kind_of(path), DOORS[self._bar.currentIndex()]
        name = here.name if kind in here.takes else "models" if kind == "models" else "restore"
        self._send(name, [path])

    def _hand_out(self, by_tab: dict[str, list[Path]]) -> None:
        first, *_ = by_tab
        self._bar.setCurrentIndex(place_of(first))
        for name, paths in by_tab.items():
            self.at(place_of(name)).receive(list(paths))

    # -- building -------------------------------------------------------------------------------

    def _header(self) -> QWidget:
        header = QWidget()
        header.setFixedHeight(54)
        row = QHBoxLayout(header)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        self._open_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._open_button.clicked.connect(lambda: self.current.menus.open.trigger())
        row.addWidget(self._open_button)
        quit_action = self._action(self.tr("Quit"), QKeySequence("Ctrl+Q"), "quit")
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        quit_action.triggered.connect(lambda: self.close())
        self._to_history = self._action(self.tr("History…"), QKeySequence("Ctrl+H"), "history")
        self.history = HistoryDoor(self, self._to_history)
        keys = self._action(self.tr("Keys and shortcuts"), QKeySequence("F1"), "keys")
        keys.triggered.connect(lambda: self.help.show_keys(self.current.name))
        logs = self._action(self.tr("Open the folder of logs"), None, "logs")
        report_action = self._action(self.tr("Copy a report"), None, "report")
        about = self._action(self.tr("About Latent Darkroom"), None, "about")
        helping = self.help.connect_all(keys, logs, report_action, about)
        self._quit, self._helping = quit_action, helping
        self._notifies = self._action(self.tr("Tell me when long work has ended"), None, "notify")
        self.outside.connect_action(self._notifies)
        self.appearance = AppearanceMenu(self._preferences, self)
        self.languages = LanguageMenu(self._preferences, self)
        self.appearance.was_reset.connect(self.languages.chosen)  # built anew, with the settings as they are
        for number, door in enumerate(DOORS):
            go = self._action(door.words, QKeySequence(f"Ctrl+Alt+{number + 1}"), f"go-to-{door.name}")
            go.triggered.connect(lambda _checked=False, name=door.name: self.go_to(name))
        if sys.platform != "darwin":
            button = QToolButton()
            button.setProperty("bare", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setIconSize(QSize(20, 20))
            theme.set_icon(button, "menu")
            button.setAccessibleName(self.tr("Menu"))
            button.setToolTip(self.tr("Menu (F10)"))
            button.setShortcut(QKeySequence("F10"))
            button.setMenu(self._menu)
            row.addWidget(button)
        self.shortcuts.add(EVERYWHERE, {a.objectName(): a for a in self.actions() if a.objectName()})
        self._show_tab(0)
        return header

    def _show_tab(self, number: int) -> None:
        self.show_page(self.at(number))

    def show_page(self, tab: Tab) -> None:
        """Show a tab or another page, with its menus and its last line."""
        self._pages.setCurrentWidget(tab)
        self.status.show_line(self._lines[tab.name])
        opening = tab.menus.open
        self._open_button.setVisible(tab.name in self._tabs)
        self._open_button.setText(opening.text())
        self._open_button.setAccessibleName(opening.text().rstrip("…"))
        self._open_button.setToolTip(opening.toolTip())
        native = sys.platform == "darwin"
        whole = self.menuBar() if native else self._menu
        whole.clear()
        for menu in self._shown:
            menu.deleteLater()
        self._shown = self._menus(tab)
        for menu in self._shown:
            whole.addMenu(menu)

    def _menus(self, tab: Tab) -> list[QMenu]:
        menus = []
        for name, actions in tab.menus.groups():
            menu = QMenu(name, self)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)
                if action is tab.menus.open:
                    menu.addMenu(self._recent_menu)
            menus.append(menu)
        menus[0].addSeparator()
        menus[0].addActions([self._to_history, self._quit])
        menus[-1].addSeparator()
        menus[-1].addMenu(self.appearance)
        menus[-1].addMenu(self.languages)
        menus[-1].addAction(self._notifies)
        helping = QMenu(self.tr("Help"), self)
        helping.addActions(self._helping)
        return [*menus, helping]

    def _send(self, name: str, things: list[Sent]) -> None:
        """Hand things to the tab they were sent to, and show it."""
        self.go_to(name)
        self.current.receive(things)

    def _action(self, words: str, keys: QKeySequence | None = None, name: str = "") -> QAction:
        """``name``: by which its keys are known (see `desktop.shortcuts`)."""
        action = QAction(words, self)
        action.setObjectName(name)
        if keys is not None:
            action.setShortcut(keys)
        self.addAction(action)
        return action

    # -- what happens ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._drags.watch()
        QTimer.singleShot(0, self, self._engine.start)  # after the first paint

    def _engine_ready(self, ready: jobs.Ready) -> None:
        self.status.show_device(ready.device, ready.reason)

    def _report(self, what: str = "") -> str:
        from desktop.report import report

        return report(self._engine.last_ready, what)

    # -- closing --------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        unsaved = sum(tab.unsaved() for tab in self.tabs)
        if self.ask_before_closing and unsaved and not self._may_close(unsaved):
            event.ignore()
            return
        if self.ask_before_closing and not all(tab.may_close() for tab in self.tabs):
            event.ignore()
            return
        self._preferences.geometry = self.saveGeometry()
        self.closing.emit()
        self.hide()
        self.make_way()
        event.accept()

    def at_work(self) -> bool:
        """Whether something runs that a new window could not go on with; with the queue of Restore it could."""
        others = [tab for tab in self.tabs if tab.name != "restore"]
        return any(tab.busy() or self._lines[tab.name].working for tab in others)

    def make_way(self) -> None:
        """End everything that runs, for good or for a new window."""
        self.history.close_down()
        for tab in self.tabs:
            tab.close_down()
        self._engine.stop()

    def _may_close(self, unsaved: int) -> bool:
        """Ask once. Save all closes the window when everything is saved."""
        box = QMessageBox(self)
        box.setWindowTitle("Latent Darkroom")
        box.setText(self.tr("%n restored photo(s) are not saved.", "", unsaved))
        box.setInformativeText(self.tr("They are lost when the window closes. The originals stay as they are."))
        save = box.addButton(self.tr("Save all…"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        box.exec()
        if box.clickedButton() is save:
            self._close_after_saving = all(tab.save_all() for tab in self.tabs if tab.unsaved())
        return box.clickedButton() is discard

    def _saved(self) -> None:
        if self._close_after_saving:
            self._close_after_saving = False
            if not any(tab.unsaved() for tab in self.tabs):  # a save that failed keeps the window open
                self.close()

"""The main window: tabs, menus, the last line; it starts the engine once it is seen and ends it when it closes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDesktopServices, QIcon, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import crash_log, theme
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs.doors import DOORS
from desktop.tabs.tab import Sent, Tab
from desktop.widgets.status import StatusBar, StatusLine
from desktop.widgets.tools import line
from engine import jobs

SomeTab = TypeVar("SomeTab", bound=Tab)


class MainWindow(QMainWindow):
    """One window. ``ask_before_closing`` can be switched off where nobody is there to answer."""

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path) -> None:
        super().__init__()
        self._engine, self._preferences, self._folder = engine, preferences, folder
        self.ask_before_closing = True
        self._close_after_saving = False
        self.setWindowTitle("Latent Darkroom")
        self.setWindowIcon(QIcon(str(theme.ICONS / "app.svg")))
        self.setMinimumSize(820, 540)
        self.resize(1280, 800)
        self.status = StatusBar()
        self._tabs: dict[str, Tab] = {}
        self._lines: dict[str, StatusLine] = {}
        self._bar, self._pages = QTabBar(), QStackedWidget()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName(self.tr("Tabs"))
        for door in DOORS:
            self._bar.addTab(door.words)
        self._open_button, self._menu = QPushButton(), QMenu(self)
        self._shown: list[QMenu] = []
        self._bar.currentChanged.connect(self._show_tab)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._pages, 1)
        column.addWidget(line())
        column.addWidget(self.status)
        whole = QWidget()
        whole.setLayout(column)
        self.setCentralWidget(whole)
        self.restoreGeometry(preferences.geometry)
        engine.ready.connect(self._engine_ready)
        engine.restarted.connect(lambda: self.status.show_device(self.tr("Starting the engine again…"), ""))
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
        tab = self.at(next(number for number, door in enumerate(DOORS) if door.name == kind.name))
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
            self._pages.addWidget(tab)
            self._tabs[door.name] = tab
        return self._tabs[door.name]

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self._bar.setCurrentIndex(next(number for number, door in enumerate(DOORS) if door.name == tab.name))

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
        quit_action = self._action(self.tr("Quit"), QKeySequence("Ctrl+Q"))
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        quit_action.triggered.connect(lambda: self.close())
        keys = self._action(self.tr("Keys and shortcuts"), QKeySequence("F1"))
        keys.triggered.connect(lambda: self._show_keys())
        logs = self._action(self.tr("Open the folder of logs"))
        logs.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash_log.folder()))))
        about = self._action(self.tr("About Latent Darkroom"))
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about.triggered.connect(lambda: self._show_about())
        self._quit, self._helping, self._themes = quit_action, [keys, logs, about], self._theme_menu()
        for number, door in enumerate(DOORS):
            go = self._action(door.words, QKeySequence(f"Ctrl+Alt+{number + 1}"))
            go.triggered.connect(lambda _checked=False, number=number: self._bar.setCurrentIndex(number))
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
        self._show_tab(0)
        return header

    def _show_tab(self, number: int) -> None:
        tab = self.at(number)
        self._pages.setCurrentWidget(tab)
        self.status.show_line(self._lines[tab.name])
        opening = tab.menus.open
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
            menus.append(menu)
        menus[0].addSeparator()
        menus[0].addAction(self._quit)
        menus[-1].addSeparator()
        menus[-1].addMenu(self._themes)
        helping = QMenu(self.tr("Help"), self)
        helping.addActions(self._helping)
        return [*menus, helping]

    def _send(self, name: str, things: list[Sent]) -> None:
        """Hand things to the tab they were sent to, and show it."""
        self._bar.setCurrentIndex(next(number for number, door in enumerate(DOORS) if door.name == name))
        self.current.receive(things)

    def _action(self, words: str, keys: QKeySequence | None = None) -> QAction:
        action = QAction(words, self)
        if keys is not None:
            action.setShortcut(keys)
        self.addAction(action)
        return action

    def _theme_menu(self) -> QMenu:
        menu, group = QMenu(self.tr("Theme"), self), QActionGroup(self)
        choices = {"system": self.tr("As the system"), "dark": self.tr("Dark"), "light": self.tr("Light")}
        for name, words in choices.items():
            action = QAction(words, self)
            action.setCheckable(True)
            action.setChecked(self._preferences.theme == name)
            action.triggered.connect(lambda _checked=False, name=name: self._set_theme(name))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _set_theme(self, name: str) -> None:
        self._preferences.theme = name
        theme.apply(name)

    # -- what happens ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._engine.start)  # after the first paint

    def _engine_ready(self, ready: jobs.Ready) -> None:
        self.status.show_device(ready.device, ready.reason)

    def _show_keys(self) -> None:
        lines = []
        for _, actions in self.current.menus.groups():
            for action in actions:
                if action is not None and not action.shortcut().isEmpty():
                    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                    lines.append((keys, action.text().rstrip("…")))
        lines += self.current.menus.more_keys()
        row = "<tr><td style='padding:3px 28px 3px 0'>{}</td><td style='padding:3px 0'>{}</td></tr>"
        rows = "".join(row.format(keys, words) for keys, words in lines)
        self._inform(self.tr("Keys and shortcuts"), f"<table>{rows}</table>")

    def _show_about(self) -> None:
        from engine import __version__

        sentence = self.tr("Restores old photos with a Variational Autoencoder, on this computer only.")
        self._inform(self.tr("About Latent Darkroom"), f"<h3>Latent Darkroom {__version__}</h3><p>{sentence}</p>")

    def _inform(self, title: str, text: str) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(text)
        box.open()

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
        self.hide()
        for tab in self.tabs:
            tab.close_down()
        self._engine.stop()
        event.accept()

    def _may_close(self, unsaved: int) -> bool:
        """Ask once. Save all closes the window when everything is saved."""
        box = QMessageBox(self)
        box.setWindowTitle("Latent Darkroom")
        if unsaved == 1:
            box.setText(self.tr("One restored photo is not saved."))
        else:
            box.setText(self.tr("%1 restored photos are not saved.").replace("%1", str(unsaved)))
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

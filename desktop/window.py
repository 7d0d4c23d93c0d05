"""The main window: tabs, menus, the last line; it starts the engine once it is seen and ends it when it closes."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDesktopServices, QIcon, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
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
from desktop.tabs.restore import RestoreTab
from desktop.widgets.status import StatusBar
from engine import jobs

#: The tabs in the order of use. Another one is another name here.
TABS = (RestoreTab,)


class MainWindow(QMainWindow):
    """One window. ``ask_before_closing`` can be switched off where nobody is there to answer."""

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path) -> None:
        super().__init__()
        self._engine, self._preferences = engine, preferences
        self.ask_before_closing = True
        self._close_after_saving = False
        self.setWindowTitle("Latent Darkroom")
        self.setWindowIcon(QIcon(str(theme.ICONS / "app.svg")))
        self.setMinimumSize(820, 540)
        self.resize(1280, 800)
        self.status = StatusBar()
        self.tabs = [tab(engine, preferences, folder, self.status) for tab in TABS]
        self._bar, self._pages = QTabBar(), QStackedWidget()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName(self.tr("Tabs"))
        for tab in self.tabs:
            self._bar.addTab(tab.title)
            self._pages.addWidget(tab)
            tab.saves_done.connect(self._saved)
        self._bar.currentChanged.connect(self._pages.setCurrentIndex)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._pages, 1)
        column.addWidget(_line())
        column.addWidget(self.status)
        whole = QWidget()
        whole.setLayout(column)
        self.setCentralWidget(whole)
        self.restoreGeometry(preferences.geometry)
        engine.ready.connect(self._engine_ready)
        engine.restarted.connect(lambda: self.status.show_device(self.tr("Starting the engine again…"), ""))
        engine.broken.connect(lambda sentence: self.status.show_device(self.tr("The engine does not run"), sentence))

    @property
    def restore_tab(self) -> RestoreTab:
        return self.tabs[0]

    # -- building -------------------------------------------------------------------------------

    def _header(self) -> QWidget:
        header = QWidget()
        header.setFixedHeight(54)
        row = QHBoxLayout(header)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        do = self.restore_tab.commands
        open_button = QPushButton(do.open.text())
        open_button.setAccessibleName(do.open.text().rstrip("…"))
        open_button.setToolTip(do.open.toolTip())
        open_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        open_button.clicked.connect(do.open.trigger)
        row.addWidget(open_button)
        menus = self._menus()
        if sys.platform == "darwin":
            for menu in menus:
                self.menuBar().addMenu(menu)
            return header
        button = QToolButton()
        button.setProperty("bare", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setIconSize(QSize(20, 20))
        theme.set_icon(button, "menu")
        button.setAccessibleName(self.tr("Menu"))
        button.setToolTip(self.tr("Menu (F10)"))
        button.setShortcut(QKeySequence("F10"))
        whole = QMenu(button)
        for menu in menus:
            whole.addMenu(menu)
        button.setMenu(whole)
        row.addWidget(button)
        return header

    def _menus(self) -> list[QMenu]:
        menus = []
        for name, actions in self.restore_tab.commands.groups():
            menu = QMenu(name, self)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)
            menus.append(menu)
        file, view = menus[0], menus[-1]
        quit_action = self._action(self.tr("Quit"), QKeySequence("Ctrl+Q"))
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        quit_action.triggered.connect(lambda: self.close())
        file.addSeparator()
        file.addAction(quit_action)
        view.addSeparator()
        view.addMenu(self._theme_menu())
        helping = QMenu(self.tr("Help"), self)
        keys = self._action(self.tr("Keys and shortcuts"), QKeySequence("F1"))
        keys.triggered.connect(lambda: self._show_keys())
        logs = self._action(self.tr("Open the folder of logs"))
        logs.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash_log.folder()))))
        about = self._action(self.tr("About Latent Darkroom"))
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about.triggered.connect(lambda: self._show_about())
        helping.addActions([keys, logs, about])
        return [*menus, helping]

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
        for _, actions in self.restore_tab.commands.groups():
            for action in actions:
                if action is not None and not action.shortcut().isEmpty():
                    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                    lines.append((keys, action.text().rstrip("…")))
        lines += [
            ("B", self.tr("Hold to see the original")),
            ("+  −  0  1", self.tr("Zoom in and out, fit, real pixels")),
            (self.tr("Arrows"), self.tr("Move the picture; with Shift the divider")),
            (self.tr("Space"), self.tr("Hold to move the picture even at the divider")),
        ]
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
            self._close_after_saving = self.restore_tab.save_all()
        return box.clickedButton() is discard

    def _saved(self) -> None:
        if self._close_after_saving:
            self._close_after_saving = False
            if not any(tab.unsaved() for tab in self.tabs):  # a save that failed keeps the window open
                self.close()


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", True)
    line.setFixedHeight(1)
    return line

"""The Help menu: the sheet of keys, the logs, a report, what this program is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.shortcuts import Shortcuts
from desktop.widgets.trouble import open_logs


class Help(QObject):
    """``report`` makes the text of a report, ``say`` tells the user that something was done."""

    def __init__(
        self, window: QWidget, shortcuts: Shortcuts, report: Callable[[], str], say: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window, self._shortcuts, self._report, self._say = window, shortcuts, report, say

    def connect_all(self, keys: QAction, logs: QAction, report: QAction, about: QAction) -> list[QAction]:
        """Make the actions do what they say; in the order of the menu. `show_keys` needs to know the tab."""
        logs.triggered.connect(lambda: open_logs())
        report.triggered.connect(lambda: self.copy_report())
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about.triggered.connect(lambda: self.show_about())
        return [keys, logs, report, about]

    def show_keys(self, scope: str) -> None:
        """The sheet of keys, what can be done in ``scope`` first."""
        from desktop.widgets.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self._shortcuts, scope, self._window).open()

    def copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report())
        self._say(self.tr("The report is on the clipboard: paste it where you ask for help."))

    def show_about(self) -> None:
        from engine import __version__

        sentence = self.tr("Restores old photos with a Variational Autoencoder, on this computer only.")
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About Latent Darkroom"))
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(f"<h3>Latent Darkroom {__version__}</h3><p>{sentence}</p>")
        box.open()

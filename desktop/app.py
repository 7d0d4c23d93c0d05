"""The application: names, look, crash log, the folder for pixels, the window."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop import crash_log, theme, work_folder
from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.window import MainWindow


def run(photos: list[str]) -> int:
    """Show the window with ``photos`` and stay until it is closed. Returns the exit status."""
    crash_log.install()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal: Qt's loop would not hear of it
    app = make_application()
    preferences = Preferences()
    theme.apply(preferences.theme)
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: follow_system(preferences))
    try:
        folder = work_folder.create()
    except OSError as error:
        print(f"latent-darkroom: {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
    window = MainWindow(EngineClient(folder), preferences, folder)
    window.show()
    window.current.receive([Path(photo) for photo in photos])
    cleaning = Background()
    cleaning.run(lambda: work_folder.remove_stale(folder.parent))
    status = app.exec()
    cleaning.close()
    work_folder.remove(folder)
    return status


def make_application() -> QApplication:
    """Qt's application with our names, on Qt's own style, which looks the same everywhere."""
    app = QApplication(sys.argv[:1])
    app.setOrganizationName("Latent Darkroom")
    app.setApplicationName("Latent Darkroom")
    app.setDesktopFileName("latent-darkroom")
    app.setStyle("Fusion")
    return app


def follow_system(preferences: Preferences) -> None:
    """The desktop turned dark or light."""
    if preferences.theme == "system":
        theme.apply("system")

"""The application: names, look, crash log, the folder for pixels, the window."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop import appearance, crash_log, language, theme, work_folder
from desktop.autosave import Autosave
from desktop.background import Background
from desktop.historian import Historian
from desktop.open_window import OpenWindow
from desktop.preferences import Preferences
from desktop.single_instance import SingleInstance
from desktop.tabs.doors import DOORS
from desktop.widgets import spoken
from desktop.widgets.trouble import TroubleBox
from desktop.window import MainWindow

#: Milliseconds after which the window and the engine are under way, and there is time to load the rest.
LOADING = 500


def run(photos: list[str]) -> int:
    """Show the window with ``photos`` and stay until it is closed; or hand them to the window that is open already.

    Returns the exit status.
    """
    paths = [Path(photo).absolute() for photo in photos]
    instance = SingleInstance()
    if not instance.claim() and instance.hand_over(paths):
        return 0
    crash_log.install()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal: Qt's loop would not hear of it
    app = make_application()
    preferences = Preferences()
    appearance.begin(preferences)
    language.apply(preferences.language)
    try:
        folder = work_folder.create()
    except OSError as error:
        if sys.stderr is not None:
            print(f"latent-darkroom: {error.filename}: {error.strerror}.", file=sys.stderr)
        no_room(error).exec()
        return 1
    opened = OpenWindow(preferences, folder)
    autosave, historian = Autosave(folder), Historian()

    def begin(window: MainWindow) -> None:
        autosave.follow(window)
        window.history.keep(historian)
        window.troubles.listen()

    opened.built.connect(begin)
    begin(opened.window)
    opened.window.show()
    QTimer.singleShot(0, autosave, autosave.begin)
    opened.open(paths)
    app.files_opened.connect(opened.open)
    instance.opened.connect(opened.come_forward)
    QTimer.singleShot(0, instance, instance.listen)  # after the first paint
    cleaning = Background()
    cleaning.run(lambda: work_folder.remove_stale(folder.parent))
    cleaning.run(crash_log.clean_up)
    QTimer.singleShot(LOADING, cleaning, lambda: load_tabs(cleaning))
    status = app.exec()
    preferences.finish()  # before another window could begin
    instance.close()
    cleaning.close()
    historian.close()
    work_folder.remove(folder)
    return status


def load_tabs(background: Background) -> None:
    """Load the drawings and the code of all tabs, one at a time: the window does not wait for it when somebody goes
    there first."""
    background.run(theme.read_drawings)
    for door in DOORS:
        background.run(door.open)


def no_room(error: OSError) -> TroubleBox:
    """Why there is no window: whoever starts the program by a double click sees no terminal."""
    from desktop.report import report

    translate = QCoreApplication.translate
    what = translate("Application", "There is no place for the pictures at work.")
    remedy = translate(
        "Application", "The folder “{folder}” cannot be used. Make room there, or let the program write to it."
    )
    return TroubleBox(what, remedy.format(folder=error.filename), str(error), lambda: report(None, str(error)))


class Application(QApplication):
    """Qt's application, which also hears of files that macOS hands over to it."""

    files_opened = Signal(list)  #: paths

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.files_opened.emit([Path(event.file())])
            return True
        return super().event(event)


def make_application() -> Application:
    """Qt's application with our names, on Qt's own style, which looks the same everywhere."""
    app = Application(sys.argv[:1])
    app.setOrganizationName("Latent Darkroom")
    app.setApplicationName("Latent Darkroom")
    app.setDesktopFileName("latent-darkroom")
    app.setStyle("Fusion")
    # Where the system has no file dialog Qt shows its own, which writes its columns and the last folders to a file and
    # waits for the disk, in the window's thread. Our dialogs are told their folder: that file has no place to be.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    spoken.install()
    return app

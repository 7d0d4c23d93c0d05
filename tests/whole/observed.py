"""``python observed.py OUT [FILES...]``: the whole program, which also writes down what is on the screen.

The tests act on it from outside, through a real screen, and read OUT (JSON) to know where things are. It is written
anew five times a second: every visible control with its words and its middle, dialogs, and the queue of photos.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def observe(out: Path) -> dict:
    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QTabBar, QWidget

    from desktop.tabs.restore import RestoreTab
    from desktop.window import MainWindow

    seen: dict = {"controls": [], "dialog": "", "photos": [], "words": "", "tabs": {}}
    window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()), None)
    modal = QApplication.activeModalWidget()
    seen["dialog"] = type(modal).__name__ if modal else ""
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        if isinstance(top, QMenu):
            for action in top.actions():
                middle = top.mapToGlobal(top.actionGeometry(action).center())
                seen["controls"].append(["QMenu", action.text().replace("&", ""), middle.x(), middle.y(), True])
        for widget in top.findChildren(QWidget):
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                words = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
                middle = widget.mapToGlobal(widget.rect().center())
                name = words.replace("&", "") or widget.accessibleName()
                seen["controls"].append([type(widget).__name__, name, middle.x(), middle.y(), widget.isEnabled()])
                if isinstance(widget, QTabBar):
                    for number in range(widget.count()):
                        place = widget.mapToGlobal(widget.tabRect(number).center())
                        seen["tabs"][widget.tabText(number)] = [place.x(), place.y()]
    if window is not None:
        window_color = window.palette().color(QPalette.ColorRole.Window)
        seen |= {"dark": window_color.lightness() < 128, "current": window.current.name}
        restore = next((tab for tab in window.tabs if isinstance(tab, RestoreTab)), None)
        if restore is not None:
            seen["photos"] = [[photo.path.name, photo.state.value] for photo in restore.queue.photos]
    return seen


def main() -> int:
    out, files = Path(sys.argv[1]), sys.argv[2:]
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop import app

    def write() -> None:
        passing = out.with_suffix(".part")
        passing.write_text(json.dumps(observe(out)), encoding="utf-8")
        passing.replace(out)

    def begin() -> int:
        timer = QTimer()
        timer.timeout.connect(write)
        timer.start(200)
        return QApplication.exec()

    app.Application.exec = staticmethod(begin)
    return app.run(files)


if __name__ == "__main__":
    sys.exit(main())

"""A window that is going to be killed: ``python -m benchmarks.dying FOLDER [PHOTO...]`` says line by line what is seen.

Run by `benchmarks.killed` and by a test in a process of its own. It is the whole app, which presses "Go on" when that
is offered and saves what is finished to FOLDER. ``offered`` says how many photos were offered, ``done NAME`` that a
photo is about to be shown as done, ``rest`` that there is nothing more to do; it ends when its input is closed.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from desktop import app
from desktop.autosave import waiting
from desktop.open_window import OpenWindow
from desktop.tabs.restore import RestoreTab
from desktop.widgets.filmstrip import Frame, Mark
from desktop.window import MainWindow
from engine.terminal import lines_heard

#: Milliseconds between two looks whether the window offers to go on.
LOOK = 20


def say(*words: object) -> None:
    print(*words, flush=True)


class Watched(OpenWindow):
    """The app's window, and somebody who looks at it."""

    target = Path()

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # pyright: ignore[reportArgumentType]
        self._watch(self.window)

    def _watch(self, window: MainWindow) -> None:
        tab = window.tab(RestoreTab)
        window.ask_before_closing = False
        strip, seen = tab.view.strip.frames, set()
        show = strip.show_frames

        def show_frames(frames: Sequence[Frame]) -> None:
            for frame in frames:
                if frame.mark in (Mark.DONE, Mark.SAVED) and frame.name not in seen:
                    seen.add(frame.name)
                    say("done", frame.name)
            show(frames)

        strip.show_frames = show_frames
        resting = False

        def look() -> None:
            nonlocal resting
            offer = window.offer
            if offer.isVisible():
                say("offered", offer.text)
                next(button for button in offer.findChildren(QPushButton)).click()
                say("kept", waiting(window.kept()))
            queue = tab.queue
            if queue.photos and queue.run() is not None and tab._save_rest_to is None:
                tab._save_rest_to = self.target  # as "Save all…" does
            if bool(queue.photos and queue.run() is None and not queue.saving) is not resting:
                resting = not resting
                if resting:
                    say("rest", len(queue.photos), len(queue.unsaved()))

        timer = QTimer(window)
        timer.timeout.connect(look)
        timer.start(LOOK)


def main(target: str, *photos: str) -> int:
    Watched.target = Path(target)
    app.OpenWindow = Watched  # pyright: ignore[reportPrivateImportUsage]

    def listen() -> None:
        for _ in lines_heard():
            pass
        application = QApplication.instance()
        if application is not None:
            QTimer.singleShot(0, application, lambda: [w.close() for w in QApplication.topLevelWidgets()])

    threading.Thread(target=listen, daemon=True).start()
    return app.run(list(photos))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))

"""One start of the window with a stopwatch: ``python -m benchmarks.waiting PHOTO SECONDS`` prints one JSON line.

Run by `benchmarks.window` in a process of its own; SECONDS (since 1970) is when it was started.
(The system's own note of a process's start is rounded to whole seconds on Linux.)
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(photo: str, started: str) -> dict[str, float]:
    began = float(started)
    seen: dict[str, float] = {}

    from desktop import app, work_folder
    from desktop.engine_client import EngineClient
    from desktop.preferences import Preferences
    from desktop.tabs.restore import RestoreTab
    from desktop.window import MainWindow
    from engine import jobs

    application = app.make_application()
    folder = work_folder.create()
    engine = EngineClient(folder)
    window = MainWindow(engine, Preferences(), folder)
    window.ask_before_closing = False
    window.show()
    application.processEvents()
    seen["window"] = time.time() - began
    dropped = 0.0

    def ready(_: object) -> None:
        nonlocal dropped
        seen["engine"] = time.time() - began
        dropped = time.time()
        window.tab(RestoreTab).open([Path(photo)])

    def answered(answer: object) -> None:
        # The tab has taken the answer before this: it was connected first. Painting follows.
        if isinstance(answer, jobs.Opened):
            window.tab(RestoreTab).view.canvas.grab()
            seen["original"] = time.time() - dropped
        elif isinstance(answer, jobs.Part):
            window.tab(RestoreTab).view.canvas.grab()
            seen["first"] = time.time() - dropped
            window.close()

    engine.ready.connect(ready)
    engine.answered.connect(answered)
    application.exec()
    work_folder.remove(folder)
    return seen


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))

"""``python -m bundle.starts [light] [full]``: seconds to the window of a bundle, and to a ready engine.

Beside them stands a bare window of Python and Qt, started in turn with the others on this same computer, so that a
slow or busy one is seen as such. All start off screen. Prints a table of medians.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from statistics import median

from bundle.check import LARGEST, program

ROUNDS = 5
BARE = """
import json, sys, time
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.show()
app.processEvents()
print(json.dumps({"ok": True, "seconds": {"window": time.time() - float(sys.argv[-1])}}))
"""


def start(command: list[str]) -> dict[str, float]:
    """Seconds by what was waited for. Raises `RuntimeError` where it did not start."""
    with tempfile.TemporaryDirectory() as home:
        alone = os.environ | {"HOME": home, "USERPROFILE": home, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [*command, repr(time.time())], env=alone, capture_output=True, text=True, check=False, cwd=home
        )
    report = json.loads(done.stdout) if done.stdout else {}
    if not report.get("ok"):
        raise RuntimeError(f"{command[0]} did not start: {report.get('trouble', done.stderr[-500:])}")
    return report["seconds"]


def main(editions: list[str]) -> None:
    commands = {"Python with a bare window of Qt": [sys.executable, "-c", BARE]}
    for edition in editions:
        commands[edition] = [str(program(edition)), "--self-test"]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, command in commands.items():
            seconds = start(command)
            if number:  # the first round fills the memory with what the disk holds
                runs[name].append(seconds)
    print("| | window, s | engine ready, s |\n|---|---|---|")
    for name, found in runs.items():
        cells = [
            f"{median(run[what] for run in found):.2f}" if what in found[0] else ""
            for what in ("window", "engine_ready")
        ]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main(sys.argv[1:] or list(LARGEST))

"""``python -m benchmarks.monkey --seed N``: somebody who knows nothing plays with the whole program.

Clicks on whatever is there, keys, drops of good and bad files, tabs, sizes, and dialogs that are answered somehow:
a given number of actions, the same ones for the same seed as far as the program's own timing allows. Prints one JSON
object: what was done, exceptions from the program's log, and how long the event loop was deaf (`watchdog`).

The program runs off screen in an empty home, so that nobody's files are touched. Exit code 0 without exceptions.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.sets import REPOSITORY

#: Where the program keeps what, in the empty home.
PLACES = {"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}
PLACES |= {"XDG_RUNTIME_DIR": "run", "TMPDIR": "tmp"}


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.monkey")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--actions", type=int, default=200)
    options = parser.parse_args()
    report = play(options.seed, options.actions)
    print(json.dumps(report, indent=1))
    return 1 if report["exceptions"] or report["exit"] else 0


def play(seed: int, actions: int) -> dict:
    """Let it play, and gather what it did and what went wrong."""
    with tempfile.TemporaryDirectory(prefix="monkey-", ignore_cleanup_errors=True) as home:
        places = {name: str(Path(home, place)) for name, place in PLACES.items()}
        for place in places.values():
            Path(place).mkdir(mode=0o700)
        alone = os.environ | places | {"HOME": home, "USERPROFILE": home, "QT_QPA_PLATFORM": "offscreen"}
        alone |= {"LANG": "C.UTF-8"}
        alone.pop("PYTHONDONTWRITEBYTECODE", None)  # or each tab would be compiled when it is opened
        compiling = [sys.executable, "-m", "compileall", "-q", "desktop", "engine"]
        subprocess.run(compiling, cwd=REPOSITORY, env=alone, check=True)
        command = [sys.executable, "-m", "benchmarks.monkey_hands", home, str(seed), str(actions)]
        done = subprocess.run(command, cwd=REPOSITORY, env=alone, capture_output=True, text=True, check=False)
        try:
            report = json.loads(done.stdout.splitlines()[-1])
        except (IndexError, json.JSONDecodeError):
            report = {"seed": seed, "exceptions": [done.stderr[-4000:]]}
        logs = {name: _logged(Path(home), name) for name in ("window.log", "crash.log")}
    found = [*exceptions(logs["window.log"]), logs["crash.log"].strip()]
    return report | {"exceptions": [*report.get("exceptions", []), *filter(None, found)], "exit": done.returncode}


def _logged(home: Path, name: str) -> str:
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in home.rglob(f"{name}*"))


def exceptions(log: str) -> list[str]:
    """What the program's log says went wrong: exceptions with their traceback, and Qt's complaints of wrong use."""
    entries = re.split(r"^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ )", log, flags=re.MULTILINE)
    bad = re.compile(r" ERROR | CRITICAL |Traceback|Qt: Q[A-Z]\w*(::|:| )")
    return [entry.strip() for entry in entries if bad.search(entry)]


if __name__ == "__main__":
    sys.exit(main())

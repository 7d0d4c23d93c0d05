"""The whole program under somebody who knows nothing: what breaks, and how long the window was deaf."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.sets import REPOSITORY
from benchmarks.table import Table
from benchmarks.watchdog import BLOCK

SEEDS, ACTIONS = (1, 2, 3), 200


def tables(bench: Bench) -> Iterator[Table]:
    columns = ["run", "actions", "exceptions", f"blocks over {BLOCK * 1000:.0f} ms", "longest, ms"]
    table = Table(f"Random actions on the whole window, {ACTIONS} a run", columns)
    for seed in SEEDS:
        bench.say(f"run {seed}")
        command = [sys.executable, "-m", "benchmarks.monkey", "--seed", str(seed), "--actions", str(ACTIONS)]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        report = json.loads(done.stdout)
        for exception in report["exceptions"]:
            bench.say(exception)
        for block in report.get("blocks", ()):
            bench.say(
                f"deaf for {block['seconds']} s, of them busy {block['busy']} s: {' < '.join(block['stack'][-6:])}"
            )
        table.add(
            str(seed),
            str(sum(report.get("done", {}).values())),
            str(len(report["exceptions"])),
            str(len(report.get("blocks", ()))),
            str(round(1000 * report.get("longest", 0))),
        )
    table.notes = ["Off screen; the time that a thread waited for a processor does not count (Linux)."]
    yield table

"""Somebody who knows nothing plays with the whole program; nothing of it may break."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import monkey

ROOT = Path(__file__).resolve().parents[2]


def test_two_hundred_random_actions_break_nothing() -> None:
    run = [sys.executable, "-m", "benchmarks.monkey", "--seed", "0", "--actions", "200"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert not report["exceptions"], "\n\n".join(report["exceptions"])
    assert done.returncode == 0 and sum(report["done"].values()) == 200


def test_what_went_wrong_is_found_in_the_log() -> None:
    log = (
        "2026-01-01 10:00:00,001 WARNING Qt: Corrupt JPEG data: premature end of data segment\n"
        "2026-01-01 10:00:00,002 ERROR Unexpected: 'x'\nTraceback (most recent call last):\nKeyError: 'x'\n"
        "2026-01-01 10:00:00,003 WARNING Qt: QPainter::begin: Paint device returned engine == 0, type: 2\n"
        "2026-01-01 10:00:00,004 INFO all is well\n"
    )
    first, second = monkey.exceptions(log)
    assert first.endswith("KeyError: 'x'") and "QPainter::begin" in second


def test_a_deaf_event_loop_is_noticed(qapp, qtbot) -> None:
    import time

    from benchmarks.watchdog import Watchdog

    watchdog = Watchdog()
    qtbot.wait(50)
    end = time.thread_time() + 0.4  # of this thread's own time: waiting for a processor does not count
    while time.thread_time() < end:
        pass
    qtbot.wait(50)
    watchdog.stop()
    longest = max(watchdog.blocks, key=lambda block: block.seconds)
    assert longest.seconds > 0.3 and longest.busy > 0.3
    assert any("test_a_deaf_event_loop_is_noticed" in place for place in longest.stack)

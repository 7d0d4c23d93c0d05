from __future__ import annotations

import subprocess
import sys

from benchmarks.sets import REPOSITORY

PROGRAM = """
from benchmarks.fresh import peak_bytes
before = peak_bytes()
block = bytearray(b"x") * 100_000_000
del block
print(before, peak_bytes())
"""


def test_peak_memory_is_the_process_own_and_remembers():
    ballast = bytearray(b"x") * 300_000_000  # a large parent must not show in its child
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    before, after = (int(word) for word in done.stdout.split())
    assert len(ballast) > before
    assert 95_000_000 < after - before < 150_000_000

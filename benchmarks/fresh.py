"""A fresh engine process that starts, restores one photo and says what it took.

``python -m benchmarks.fresh MODEL THREADS [PHOTO.npy]`` prints one JSON line. `benchmarks.speed`
runs it, because a process that has measured other things tells nothing about start and memory.
torch is barred, so a restoration here is one without torch.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path


def peak_bytes() -> int:
    """The most memory this process ever held (resident set)."""
    if sys.platform == "linux":
        # getrusage would count the parent's memory too: the kernel carries its peak over fork and exec.
        line = next(s for s in Path("/proc/self/status").read_text().splitlines() if s.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


def main(model: str, threads: str, photo: str | None = None) -> dict[str, float]:
    sys.modules["torch"] = None  # pyright: ignore[reportArgumentType]
    clock = [time.perf_counter()]

    import engine  # noqa: F401

    clock.append(time.perf_counter())

    from engine.restore import Restorer

    clock.append(time.perf_counter())

    import numpy as np

    from engine.jobs import RestoreSettings

    settings = RestoreSettings(noise=25, blur=0, jpeg=0, scratches=False, fading=False, model=model)
    restorer = Restorer(model=model, device="cpu", threads=int(threads))
    # Graphs are opened when they are first used: the first pixels show what a user waits for.
    restorer.restore(np.zeros((64, 64, 3), np.uint8), settings)
    clock.append(time.perf_counter())
    if photo:
        restorer.restore(np.load(photo), settings)
        clock.append(time.perf_counter())
    names = ("engine", "restore", "first", "photo")
    steps = {name: end - start for name, (start, end) in zip(names, pairwise(clock), strict=False)}
    return steps | {"peak_bytes": peak_bytes()}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))

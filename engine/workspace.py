"""The memory that operators work in on the CPU: one arena, which all sessions of the process share.

Fresh memory for every operator, or for every run, would cost a quarter of the time of a run; an arena for every session
would keep what each of them once needed. So what is free again waits for the next run of whichever graph, and goes
back to the system when nothing has been run for a while (`give_back`).
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable

import numpy as np
import onnxruntime as ort

from engine.sending import PIXELS


def share(options: ort.SessionOptions) -> None:
    """Let a session of the CPU work in the arena."""
    _arena()
    options.enable_cpu_mem_arena = True
    # A plan of all memory for one size of picture takes it at once, and tiles differ in size.
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")


def give_back() -> None:
    """Give what no run needs just now back to the system. It takes some milliseconds; runs may go on meanwhile."""
    options = ort.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    _least().run(None, {"codes": np.zeros((1, 1, 1, 3), np.uint8)}, options)
    # The C library of Linux keeps what was freed, too, in as many pools as there are threads.
    _trim()(0)


@functools.cache
def _arena() -> None:
    """Made once: the runtime refuses a second one. It grows in powers of two, or it would fall to pieces."""
    memory = ort.OrtMemoryInfo("Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT)
    ort.create_and_register_allocator(memory, ort.OrtArenaCfg({"arena_extend_strategy": 0}))


@functools.cache
def _least() -> ort.InferenceSession:
    """The smallest graph there is: only a run can tell an arena to shrink."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    share(options)
    return ort.InferenceSession(PIXELS, options, providers=["CPUExecutionProvider"])


@functools.cache
def _trim() -> Callable[[int], object]:
    """``malloc_trim`` of glibc, or nothing."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return lambda _pad: None

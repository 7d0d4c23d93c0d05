"""The window of Latent Darkroom: what the user sees. Imports Qt, numpy and Pillow; never torch, never onnxruntime."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 takes None, True and False for immortal, as they are from Python 3.12 on: each call that returns
    # nothing gives one reference to None too many away, and after some thousand calls Python 3.11 aborts
    # ("deallocating None"). So many references more last for as long as any window is open.
    for _constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_constant)).value += 1 << 48

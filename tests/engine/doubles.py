"""A graphics card that is none: the CPU's runtime under another name, which fails when it is told to.

`Card` stands where `onnxruntime.InferenceSession` is looked up. What it raises are the words that the
real runtime has for each failure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import onnxruntime as ort

from engine.devices import Device

#: What runtimes say when memory runs out or a device is gone.
FULL = {
    "cuda": "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code returned while running Conv node: "
    "BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 1073741824",
    "directml": "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : 8007000E Not enough memory resources are available",
    "cpu": "std::bad_alloc",
}
GONE = {
    "cuda": "CUDA failure 719: unspecified launch failure ; GPU=0 ; hostname=here ; expr=cudaStreamSynchronize",
    "directml": "[ONNXRuntimeError] : 887A0005 The GPU device instance has been suspended.",
}

_Real = ort.InferenceSession


def device(kind: str = "cuda", memory: int = 8 << 30) -> Device:
    """A graphics card that works."""
    return Device(kind, f"Test card ({kind})", "CUDAExecutionProvider", True, "a double", memory, "Sit down.")


class Card:
    """Makes sessions. ``fail`` is asked before every run with the shapes of the inputs by name, and the
    providers of the session; what it returns is raised, if it is anything."""

    def __init__(self, fail: Callable[[dict[str, tuple[int, ...]], list[str]], str | None]) -> None:
        self.fail, self.runs = fail, list[dict[str, tuple[int, ...]]]()
        self.opened = list[str]()

    def __call__(self, path: Any, options: Any = None, providers: Any = None) -> Any:
        self.opened.append(getattr(path, "name", "?"))
        return _Session(self, _Real(path, options, providers=["CPUExecutionProvider"]), list(providers or []))


class _Session:
    def __init__(self, card: Card, real: Any, providers: list[str]) -> None:
        self._card, self._real, self._providers = card, real, providers

    def io_binding(self) -> Any:
        return _Binding(self._real.io_binding())

    def run_with_iobinding(self, binding: _Binding, options: Any) -> None:
        self._card.runs.append(binding.shapes)
        if said := self._card.fail(binding.shapes, self._providers):
            raise RuntimeError(said)
        self._real.run_with_iobinding(binding.real, options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _Binding:
    """An IO binding that remembers the shapes of its inputs, and keeps everything in the computer's memory."""

    def __init__(self, real: Any) -> None:
        self.real, self.shapes = real, dict[str, tuple[int, ...]]()

    def bind_ortvalue_input(self, name: str, value: Any) -> None:
        self.shapes[name] = tuple(value.shape())
        self.real.bind_ortvalue_input(name, value)

    def bind_output(self, name: str, where: str) -> None:
        self.real.bind_output(name, "cpu")

    def bind_ortvalue_output(self, name: str, value: Any) -> None:
        self.real.bind_ortvalue_output(name, value)

    def get_outputs(self) -> Any:
        return self.real.get_outputs()

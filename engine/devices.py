"""Which device runs the models: what is there, what really works, and why it was chosen.

A runtime that was asked for a GPU falls back to the CPU without an error when a library is
missing. So a device counts only after it has run a small graph and given the CPU's answer.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import psutil

from engine.errors import DeviceError

#: A 3x3 convolution and a ReLU, ``x -> y`` [1, 3, H, W], made by `engine.training.export`.
PROOF = Path(__file__).parent / "proof.onnx"

_PROVIDERS = {"cuda": "CUDAExecutionProvider", "coreml": "CoreMLExecutionProvider", "cpu": "CPUExecutionProvider"}
_NAMES = {"cuda": "NVIDIA GPU (CUDA)", "coreml": "Apple GPU (Core ML)"}


@dataclass(frozen=True)
class Device:
    """A device that may run models. ``works`` is what the proof said, ``reason`` why, in words."""

    id: str  #: "cpu", "cuda" or "coreml"
    name: str
    provider: str
    works: bool
    reason: str

    @property
    def providers(self) -> list[str]:
        """Execution providers in the order to ask for them."""
        cpu = _PROVIDERS["cpu"]
        return [self.provider] if self.provider == cpu else [self.provider, cpu]


def threads() -> int:
    """How many threads a model may use: the physical cores this process may run on."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(psutil.cpu_count(logical=False) or allowed, allowed))


@cache
def devices() -> tuple[Device, ...]:
    """Every device this computer's runtime knows, best first; the CPU is always the last and works."""
    import onnxruntime as ort

    offered = ort.get_available_providers()
    found = [_prove(kind) for kind in ("cuda", "coreml") if _PROVIDERS[kind] in offered]
    count = threads()
    name = f"CPU, {count} thread" + ("s" if count > 1 else "")
    reason = "; ".join(f"{d.name}: {d.reason}" for d in found if not d.works) or "no GPU was offered by the runtime"
    return (*found, Device("cpu", name, _PROVIDERS["cpu"], True, f"{_processor()} ({reason})"))


def choose(wanted: str = "auto") -> Device:
    """The best device that works, or the one asked for by its id.

    Raises `DeviceError` when a device asked for by name is not there or does not work.
    """
    known = devices()
    if wanted == "auto":
        return next(d for d in known if d.works)
    for device in known:
        if device.id == wanted:
            if not device.works:
                raise DeviceError(f"{device.name} cannot be used: {device.reason}.")
            return device
    raise DeviceError(f"There is no device {wanted!r} here; there is {', '.join(d.id for d in known)}.")


def _prove(kind: str) -> Device:
    """Run the proof on a provider and compare with what it must give."""
    import onnxruntime as ort

    provider, name = _PROVIDERS[kind], _NAMES[kind]
    options = ort.SessionOptions()
    options.log_severity_level = 4  # failing here is an answer, not an error
    try:
        if kind == "cuda":
            if not _has_nvidia_driver():
                return Device(kind, name, provider, False, "no NVIDIA driver is installed")
            ort.preload_dlls()
        session = ort.InferenceSession(PROOF, options, providers=[provider])
        if session.get_providers()[0] != provider:
            return Device(kind, name, provider, False, "the runtime fell back to the CPU")
        x = np.linspace(0, 1, 3 * 16 * 16, dtype=np.float32).reshape(1, 3, 16, 16)
        seen = np.asarray(session.run(None, {"x": x})[0])
        expected = np.asarray(
            ort.InferenceSession(PROOF, options, providers=[_PROVIDERS["cpu"]]).run(None, {"x": x})[0]
        )
    except Exception as error:  # whatever a driver throws, the CPU still works
        return Device(kind, name, provider, False, str(error).strip().splitlines()[0].rstrip("."))
    if not np.allclose(seen, expected, atol=1e-3):
        return Device(kind, name, provider, False, "it gave wrong numbers in a test")
    return Device(kind, name, provider, True, "it passed a test against the CPU")


def _has_nvidia_driver() -> bool:
    """Whether asking for CUDA can make sense; without a driver the runtime prints a page of errors."""
    if platform.system() == "Windows":
        return (Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "nvcuda.dll").exists()
    return Path("/proc/driver/nvidia/version").exists() or Path("/dev/nvidiactl").exists()


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()

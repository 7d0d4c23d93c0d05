"""Which device runs the models: what is there, what really works, and why it was chosen.

A runtime that was asked for a GPU falls back to the CPU without an error when a library is
missing. So a device counts only after it has run a small graph and given the CPU's answer; that
verdict is kept for the versions of driver and runtime it was made with (`engine.verdicts`). A device
that is lost in the middle of a job counts no more until the program is started again.
"""

from __future__ import annotations

import os
import platform
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import psutil

from engine import graphics, verdicts
from engine.errors import DeviceError
from engine.verdicts import Verdict

#: A 3x3 convolution and a ReLU, ``x -> y`` [1, 3, H, W], made by `engine.training.export`.
PROOF = Path(__file__).parent / "proof.onnx"

#: Providers of the runtime by our names, the fastest first.
PROVIDERS = {
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "cpu": "CPUExecutionProvider",
}
#: What can be asked for by name.
CHOICES = ("auto", *PROVIDERS)
#: Nothing would mend it.
NOTHING = "-"
_NAMES = {"cuda": "NVIDIA GPU (CUDA)", "directml": "GPU (DirectML)", "coreml": "Apple GPU (Core ML)"}
_MEND = {
    "cuda": "Install the newest NVIDIA driver from nvidia.com and start the program again.",
    "directml": "Update Windows and the driver of the graphics card and start the program again.",
    "coreml": "Update macOS and start the program again.",
}


@dataclass(frozen=True)
class Device:
    """A device that may run models. ``works`` is what the proof said, ``reason`` why, in words."""

    id: str  #: one of `PROVIDERS`
    name: str
    provider: str
    works: bool
    reason: str
    memory: int | None = None  #: bytes of its own; None where that is unknown
    mend: str = ""  #: what would make it work, or a faster one; one sentence

    @property
    def providers(self) -> list[str]:
        """Execution providers in the order to ask for them."""
        cpu = PROVIDERS["cpu"]
        return [self.provider] if self.provider == cpu else [self.provider, cpu]


class DeviceReport(msgspec.Struct, frozen=True, kw_only=True):
    """One device as ``latent-darkroom devices --json`` says it: a list of them on one line, the fastest first."""

    id: str
    name: str
    memory: int | None
    works: bool
    reason: str
    mend: str
    chosen: bool  #: what "auto" takes


def threads() -> int:
    """How many threads a model may use: the physical cores this process may run on."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(psutil.cpu_count(logical=False) or allowed, allowed))


@cache
def devices() -> tuple[Device, ...]:
    """Every device this computer's runtime knows, best first; the CPU is always the last and works."""
    import onnxruntime as ort

    offered = ort.get_available_providers()
    if not graphics.runtime_has_cuda():
        offered = [provider for provider in offered if provider != PROVIDERS["cuda"]]
    found = [_judged(kind) for kind in _NAMES if PROVIDERS[kind] in offered]
    count = threads()
    name = f"CPU, {count} thread" + ("s" if count > 1 else "")
    reason = (
        "; ".join(f"{d.name}: {d.reason}" for d in found if not d.works)
        or "this edition runs models on the processor only"
    )
    mend = next((d.mend for d in found if not d.works), "")
    memory = psutil.virtual_memory().total
    return (*found, Device("cpu", name, PROVIDERS["cpu"], True, f"{_processor()} ({reason})", memory, mend))


def choose(wanted: str = "auto") -> Device:
    """The best device that works and was not lost, or the one asked for by its id.

    Raises `DeviceError` when a device asked for by name is not there or does not work.
    """
    known = devices()
    if wanted == "auto":
        return next(d for d in known if d.works and not _lost.get(d.id))
    for device in known:
        if device.id == wanted:
            if trouble := _lost.get(wanted) or (not device.works and device.reason):
                raise DeviceError(f"{device.name} cannot be used: {trouble}.")
            return device
    raise DeviceError(f"There is no device {wanted!r} here; there is {', '.join(d.id for d in known)}.")


def report() -> list[DeviceReport]:
    """Every device in words, the fastest first."""
    chosen = choose()
    return [
        DeviceReport(
            id=d.id,
            name=d.name,
            memory=d.memory,
            works=d.works and d.id not in _lost,
            reason=_lost.get(d.id, d.reason),
            mend=d.mend,
            chosen=d is chosen,
        )
        for d in devices()
    ]


# -- a device that is lost ----------------------------------------------------------------------------

_lost: dict[str, str] = {}
_losing = threading.Lock()


def lose(device: Device, cause: str) -> Device:
    """``device`` failed in the middle of a job: it counts no more in this run of the program, and its verdict is
    forgotten. Returns the CPU, its reason saying what happened."""
    with _losing:
        _lost[device.id] = f"it failed in the middle of a job: {cause}"
        verdicts.forget(device.id)
    cpu = devices()[-1]
    return Device(
        cpu.id,
        cpu.name,
        cpu.provider,
        True,
        f"{_processor()} ({device.name}: {_lost[device.id]})",
        cpu.memory,
        device.mend or _MEND.get(device.id, ""),
    )


def found_again() -> None:
    """Forget which devices were lost and look anew."""
    with _losing:
        _lost.clear()
        devices.cache_clear()


# -- the self-test ------------------------------------------------------------------------------------


def _judged(kind: str) -> Device:
    """A device with the verdict on it: the one kept, or that of a test made now."""
    card = graphics.card(kind)
    name = f"{card.name} ({_NAMES[kind].rpartition('(')[2]}" if card else _NAMES[kind]
    memory = card.memory if card else None
    key = verdicts.key(kind, card)
    verdict = verdicts.kept(key)
    if verdict is None:
        verdict = _prove(kind)
        verdicts.keep(key, verdict)
    mend = "" if verdict.works or verdict.mend == NOTHING else verdict.mend or _MEND[kind]
    return Device(kind, name, PROVIDERS[kind], verdict.works, verdict.reason, memory, mend)


def _prove(kind: str) -> Verdict:
    """Run the proof on a provider and compare with what it must give."""
    import onnxruntime as ort

    provider = PROVIDERS[kind]
    options = ort.SessionOptions()
    options.log_severity_level = 4  # failing here is an answer, not an error
    if kind != "coreml":  # which leaves some shapes to the CPU and is fast for the rest
        options.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
    options.enable_mem_pattern = kind != "directml"
    try:
        if kind == "cuda":
            if not graphics.has_nvidia_driver():
                return _no_driver()
            graphics.load_cuda_libraries()
        session = ort.InferenceSession(PROOF, options, providers=[provider])
        if session.get_providers()[0] != provider:
            return Verdict(False, "the runtime fell back to the CPU", graphics.missing(kind))
        x = np.linspace(0, 1, 3 * 16 * 16, dtype=np.float32).reshape(1, 3, 16, 16)
        seen = np.asarray(session.run(None, {"x": x})[0])
        plain = ort.InferenceSession(PROOF, providers=[PROVIDERS["cpu"]])
        expected = np.asarray(plain.run(None, {"x": x})[0])
    except Exception as error:  # whatever a driver throws, the CPU still works
        return Verdict(False, str(error).strip().splitlines()[0].rstrip("."), graphics.missing(kind))
    if seen.shape != expected.shape or not np.allclose(seen, expected, atol=1e-3):
        return Verdict(False, "it gave wrong numbers in a test")
    return Verdict(True, "it passed a test against the CPU")


def _no_driver() -> Verdict:
    """What is missing where CUDA cannot be asked for: a card, or only its driver."""
    if graphics.has_nvidia_card() is False:
        return Verdict(False, "there is no NVIDIA graphics card", NOTHING)
    return Verdict(False, "no NVIDIA driver is installed")


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()

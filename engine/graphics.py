"""What the operating system says of the graphics card, and the libraries its runtime needs."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

#: Seconds the driver's own tool may take to answer.
_PATIENCE = 10


@dataclass(frozen=True)
class Graphics:
    """A graphics card: its name, bytes of memory, and the version of its driver."""

    name: str
    memory: int | None
    driver: str


def card(kind: str) -> Graphics | None:
    """The card behind a kind of device, where the system tells without loading a runtime."""
    if kind == "cuda" and has_nvidia_driver():
        return _nvidia()
    if kind == "coreml":
        return Graphics(platform.processor() or "Apple GPU", None, platform.mac_ver()[0])
    return None


def has_nvidia_driver() -> bool:
    """Whether asking for CUDA can make sense; without a driver the runtime prints a page of errors."""
    if platform.system() == "Windows":
        return (Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "nvcuda.dll").exists()
    return Path("/proc/driver/nvidia/version").exists() or Path("/dev/nvidiactl").exists()


def has_nvidia_card() -> bool | None:
    """Whether there is such a card at all, with or without a driver; None where the system does not tell."""
    vendors = Path("/sys/bus/pci/devices")
    if not vendors.is_dir():
        return None
    try:
        return any((device / "vendor").read_text().strip() == "0x10de" for device in vendors.iterdir())
    except OSError:
        return None


def runtime_has_cuda() -> bool:
    """Whether the runtime's part for CUDA is there: it names CUDA also where a bundle leaves that part out."""
    runtime = util.find_spec("onnxruntime")
    places = runtime.submodule_search_locations if runtime else None
    return any(next(Path(place, "capi").glob("*onnxruntime_providers_cuda.*"), None) for place in places or ())


def load_cuda_libraries() -> None:
    """Make the CUDA and cuDNN libraries known to the runtime: those that came with torch, where it is in use or
    installed, else those of the nvidia packages."""
    import onnxruntime as ort

    if "torch" in sys.modules or util.find_spec("torch") is not None:
        ort.preload_dlls()  # finds the libraries in torch's own folder without importing it
    else:
        ort.preload_dlls(directory="")


def missing(kind: str) -> str:
    """What would mend a provider that fell back to the CPU; empty where nothing is known to be amiss."""
    if kind == "cuda" and (found := clash(*versions())):
        return found
    return ""


def versions() -> tuple[str, str]:
    """The versions of torch and of the runtime, each empty where it is not installed."""

    def version(*names: str) -> str:
        for name in names:
            try:
                return metadata.version(name)
            except metadata.PackageNotFoundError:
                continue
        return ""

    return version("torch"), version("onnxruntime-gpu", "onnxruntime")


def clash(torch: str, runtime: str) -> str:
    """One sentence where these versions of torch and onnxruntime-gpu want different CUDA majors; else empty.

    torch from 2.11 and onnxruntime-gpu from 1.27 on are built for CUDA 13, those just before for 12.
    """
    if not torch or not runtime:
        return ""
    of_torch, of_runtime = (13 if _number(torch) >= (2, 11) else 12), (13 if _number(runtime) >= (1, 27) else 12)
    if of_torch == of_runtime:
        return ""
    wanted = "1.27 or newer" if of_torch == 13 else "older than 1.27"
    return (
        f"torch {torch} is made for CUDA {of_torch} and onnxruntime-gpu {runtime} for CUDA {of_runtime}: "
        f"install onnxruntime-gpu {wanted}."
    )


def _number(version: str) -> tuple[int, int]:
    major, minor = version.split("+")[0].split(".")[:2]
    return int(major), int(minor)


def _nvidia() -> Graphics | None:
    fields = "--query-gpu=name,memory.total,driver_version"
    try:
        told = subprocess.run(
            ["nvidia-smi", fields, "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=True,
        )
        name, memory, driver = (part.strip() for part in told.stdout.splitlines()[0].rsplit(",", 2))
        return Graphics(name, int(memory) << 20, driver)
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None  # the tool is missing or broken; the self-test has the last word

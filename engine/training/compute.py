"""Where a lesson learns: a GPU that works, or the CPU; and what its errors mean."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from engine import devices


@dataclass(frozen=True)
class Compute:
    """A device of torch, in words for people."""

    device: torch.device
    name: str
    reason: str

    def cpu(self) -> Compute:
        """The same after the GPU was lost."""
        return _cpu("the GPU is gone")

    def lost(self, error: BaseException) -> bool:
        """Whether an error says that the GPU does not work any more."""
        words = str(error).lower()
        return self.device.type != "cpu" and isinstance(error, RuntimeError) and ("cuda" in words or "cudnn" in words)


def chosen() -> Compute:
    """The GPU if it computes what the CPU does, else the CPU. Sets the number of threads."""
    if torch.cuda.is_available():
        try:
            x = torch.rand(2, 3, 32, 32)
            kernel = torch.rand(4, 3, 3, 3)
            seen = torch.nn.functional.conv2d(x.cuda(), kernel.cuda()).cpu()
            if torch.allclose(seen, torch.nn.functional.conv2d(x, kernel), atol=1e-2):
                return Compute(torch.device("cuda"), torch.cuda.get_device_name(), "it passed a test against the CPU")
            return _cpu("the GPU gave wrong numbers in a test")
        except RuntimeError as error:
            return _cpu(f"the GPU failed: {str(error).splitlines()[0].rstrip('.')}")
    return _cpu("no GPU that can learn was found")


def _cpu(reason: str) -> Compute:
    threads = min(devices.threads(), torch.get_num_threads())  # fewer, where the environment says so
    torch.set_num_threads(threads)
    return Compute(torch.device("cpu"), f"CPU, {threads} thread{'s' if threads > 1 else ''}", reason)


def out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory was short."""
    words = str(error).lower()
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or (
        isinstance(error, RuntimeError)
        and ("not enough memory" in words or "can't allocate memory" in words or "out of memory" in words)
    )

from __future__ import annotations

import torch

from engine.training.compute import Compute, chosen, out_of_memory


def test_there_is_always_something_to_learn_on() -> None:
    compute = chosen()
    assert compute.name
    assert compute.reason
    assert compute.cpu().device.type == "cpu"


def test_errors_are_told_apart() -> None:
    assert out_of_memory(MemoryError())
    assert out_of_memory(RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"))
    assert not out_of_memory(RuntimeError("shapes do not fit"))
    gpu = Compute(torch.device("cuda"), "GPU", "")
    assert gpu.lost(RuntimeError("CUDA error: unspecified launch failure"))
    assert not gpu.lost(RuntimeError("shapes do not fit"))
    assert not gpu.cpu().lost(RuntimeError("CUDA error: unspecified launch failure"))

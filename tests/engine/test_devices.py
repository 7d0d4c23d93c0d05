from __future__ import annotations

from pathlib import Path

import onnxruntime as ort
import pytest

from engine import devices
from engine.errors import DeviceError


@pytest.fixture(autouse=True)
def afresh():
    devices.devices.cache_clear()
    yield
    devices.devices.cache_clear()


def test_the_cpu_is_always_there_and_last() -> None:
    cpu = devices.devices()[-1]
    assert (cpu.id, cpu.works) == ("cpu", True)
    assert devices.choose("cpu") is cpu


def test_automatic_never_takes_a_device_that_failed_its_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ort, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"])
    monkeypatch.setattr(devices, "_has_nvidia_driver", lambda: False)
    assert devices.choose().id == "cpu"
    assert "no NVIDIA driver" in devices.devices()[-1].reason
    with pytest.raises(DeviceError, match="no NVIDIA driver"):
        devices.choose("cuda")


def test_a_silent_fall_back_to_the_cpu_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ort.InferenceSession

    def falls_back(path: Path, options: ort.SessionOptions, providers: list[str]) -> ort.InferenceSession:
        return real(path, options, providers=["CPUExecutionProvider"])

    monkeypatch.setattr(ort, "InferenceSession", falls_back)
    monkeypatch.setattr(ort, "get_available_providers", lambda: ["CoreMLExecutionProvider", "CPUExecutionProvider"])
    found = {d.id: d for d in devices.devices()}
    assert not found["coreml"].works
    assert "fell back" in found["coreml"].reason


def test_a_device_nobody_has_is_named() -> None:
    with pytest.raises(DeviceError, match="'abacus'"):
        devices.choose("abacus")

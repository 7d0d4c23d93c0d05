from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from engine import devices, graphics, verdicts
from engine.errors import DeviceError

ROOT = Path(__file__).parent.parent.parent
CUDA = ["CUDAExecutionProvider", "CPUExecutionProvider"]


@pytest.fixture(autouse=True)
def afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verdicts, "file", lambda: tmp_path / "devices.json")
    devices.found_again()
    yield
    devices.found_again()


@pytest.fixture(autouse=True)
def runtime_of_a_full_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "runtime_has_cuda", lambda: True)


def with_card(monkeypatch: pytest.MonkeyPatch, answer: Callable[[], np.ndarray], driver: str = "580.1") -> list[int]:
    """A runtime that offers CUDA and a card whose self-test gives ``answer``; returns the tests made so far."""
    made: list[int] = []
    real = ort.InferenceSession

    class Session:
        def get_providers(self) -> list[str]:
            return CUDA

        def run(self, *_: object) -> list[np.ndarray]:
            made.append(1)
            return [answer()]

    def session(path: Path, options: object = None, providers: Sequence[str] = ()) -> object:
        return Session() if providers[0] == CUDA[0] else real(path, options, providers=list(providers))

    monkeypatch.setattr(ort, "InferenceSession", session)
    monkeypatch.setattr(ort, "get_available_providers", lambda: CUDA)
    monkeypatch.setattr(graphics, "has_nvidia_driver", lambda: True)
    monkeypatch.setattr(graphics, "load_cuda_libraries", lambda: None)
    monkeypatch.setattr(graphics, "card", lambda kind: graphics.Graphics("Test 4090", 24 << 30, driver))
    return made


def right() -> np.ndarray:
    x = np.linspace(0, 1, 3 * 16 * 16, dtype=np.float32).reshape(1, 3, 16, 16)
    options = ort.SessionOptions()
    return np.asarray(ort.InferenceSession(devices.PROOF, options, providers=CUDA[1:]).run(None, {"x": x})[0])


def test_a_card_that_gives_the_answer_is_chosen_by_name_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    with_card(monkeypatch, right)
    best = devices.choose()
    assert (best.id, best.name, best.memory) == ("cuda", "Test 4090 (CUDA)", 24 << 30)
    assert best.providers == CUDA


def test_a_card_that_gives_wrong_numbers_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with_card(monkeypatch, lambda: right() + 0.5)
    assert devices.choose().id == "cpu"
    assert "wrong numbers" in devices.choose().reason
    assert devices.choose().mend


def test_the_verdict_is_kept_for_the_version_of_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_card(monkeypatch, right)
    devices.choose()
    devices.found_again()  # the program starts again
    devices.choose()
    assert len(made) == 1
    made = with_card(monkeypatch, right, driver="590.0")
    devices.found_again()
    devices.choose()
    assert len(made) == 1


def test_a_failed_test_is_made_again_at_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_card(monkeypatch, lambda: right() + 0.5)
    for _ in range(2):
        devices.found_again()
        devices.choose()
    assert len(made) == 2


def test_versions_of_torch_and_the_runtime_belong_together() -> None:
    assert graphics.clash("2.13.0+cpu", "1.31.1") == ""
    assert graphics.clash("2.10.0", "1.26.0") == ""
    assert "onnxruntime-gpu 1.27 or newer" in graphics.clash("2.13.0", "1.26.0")
    assert "older than 1.27" in graphics.clash("2.6.0", "1.30.1")
    assert graphics.clash("", "1.30.1") == ""


def test_the_versions_this_project_is_built_with_belong_together() -> None:
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    assert graphics.clash(pins["torch"], pins["onnxruntime-gpu"]) == ""
    assert graphics.clash(*graphics.versions()) == ""


def test_the_cpu_is_always_there_and_last() -> None:
    cpu = devices.devices()[-1]
    assert (cpu.id, cpu.works) == ("cpu", True)
    assert devices.choose("cpu") is cpu


def test_automatic_never_takes_a_device_that_failed_its_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ort, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"])
    monkeypatch.setattr(graphics, "has_nvidia_driver", lambda: False)
    monkeypatch.setattr(graphics, "has_nvidia_card", lambda: True)
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


def test_without_a_card_no_driver_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ort, "get_available_providers", lambda: CUDA)
    monkeypatch.setattr(graphics, "has_nvidia_driver", lambda: False)
    monkeypatch.setattr(graphics, "has_nvidia_card", lambda: False)
    cpu = devices.choose()
    assert "there is no NVIDIA graphics card" in cpu.reason
    assert cpu.mend == ""


def test_where_the_part_for_cuda_was_left_out_no_driver_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "runtime_has_cuda", lambda: False)
    monkeypatch.setattr(ort, "get_available_providers", lambda: CUDA)
    monkeypatch.setattr(graphics, "has_nvidia_card", lambda: True)
    (cpu,) = devices.devices()
    assert "this edition runs models on the processor only" in cpu.reason and cpu.mend == ""

"""What happens when a device fails, driven by test doubles of it through the real code."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from engine import catalog, devices, room, sessions, verdicts
from engine.jobs import RestoreSettings
from engine.restore import Restorer
from engine.sending import Sent
from engine.sessions import Graphs, OutOfMemory

sys.path.insert(0, str(Path(__file__).parent))
import doubles

SETTINGS = RestoreSettings(noise=10.0, jpeg=0, scratches=False, fading=False)


@pytest.fixture(autouse=True)
def afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is remembered from one test to the next, or in the user's folders."""
    monkeypatch.setattr(room, "file", lambda: tmp_path / "room.json")
    monkeypatch.setattr(verdicts, "file", lambda: tmp_path / "devices.json")
    monkeypatch.setattr(room, "_now", {})
    monkeypatch.setattr(sessions, "_MEMORY", {})  # the double's memory is the computer's
    yield
    devices.found_again()


def on_card(
    toy_model: Path, monkeypatch: pytest.MonkeyPatch, fail, kind: str = "cuda"
) -> tuple[Restorer, doubles.Card]:
    """A restorer that believes to run on a graphics card."""
    card = doubles.Card(fail)
    monkeypatch.setattr(ort, "InferenceSession", card)
    monkeypatch.setattr(devices, "choose", lambda wanted="auto": doubles.device(kind))
    return Restorer(str(toy_model)), card


@pytest.fixture
def expected(toy_model: Path, picture: np.ndarray) -> np.ndarray:
    return Restorer(str(toy_model), "cpu").restore(picture, SETTINGS, tile=9999).pixels


def area(shapes: dict[str, tuple[int, ...]]) -> int:
    shape = shapes.get("photo", (0, 0, 0, 0))
    return shape[2] * shape[3]


@pytest.mark.parametrize("kind", doubles.FULL)
def test_out_of_memory_halves_the_tile_and_goes_on(
    toy_model: Path, picture: np.ndarray, expected: np.ndarray, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    # A picture large enough that halves of it, with their halos, are much smaller.
    large = np.tile(picture, (3, 4, 1))
    whole = Restorer(str(toy_model), "cpu").restore(large, SETTINGS, tile=9999).pixels
    limit = large.shape[0] * large.shape[1] * 0.9

    def fail(shapes: dict, providers: list) -> str | None:
        return doubles.FULL[kind] if area(shapes) > limit else None

    restorer, _ = on_card(toy_model, monkeypatch, fail, kind)
    seen: list[tuple[int, int]] = []
    result = restorer.restore(large, SETTINGS, tile=9999, on_part=lambda box, done, total: seen.append((done, total)))
    assert np.array_equal(result.pixels, whole)
    assert len(seen) >= 2
    assert seen[-1][0] == seen[-1][1]
    assert restorer.graphs.room < 1


def test_the_good_size_is_remembered_for_the_next_start(toy_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = catalog.load(str(toy_model))
    Graphs(model, doubles.device()).halve()
    monkeypatch.setattr(room, "_now", {})  # the program starts again
    assert Graphs(model, doubles.device()).room == 0.5
    assert Graphs(model, doubles.device(memory=16 << 30)).room == 1  # another card
    (room.file()).write_bytes(b"nonsense")
    monkeypatch.setattr(room, "_now", {})
    assert Graphs(model, doubles.device()).room == 1


def test_memory_that_is_never_enough_is_said(
    toy_model: Path, picture: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    restorer, _ = on_card(toy_model, monkeypatch, lambda shapes, _: doubles.FULL["cuda"] if area(shapes) else None)
    with pytest.raises(OutOfMemory, match="not enough memory"):
        restorer.restore(picture, SETTINGS)


@pytest.mark.parametrize("kind", doubles.GONE)
def test_a_device_lost_in_mid_job_hands_over_to_the_cpu(
    toy_model: Path, picture: np.ndarray, expected: np.ndarray, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    tiles = 0

    def fail(shapes: dict, providers: list) -> str | None:
        nonlocal tiles
        on_it = providers[0] != "CPUExecutionProvider"
        tiles += bool(area(shapes)) and on_it
        return doubles.GONE[kind] if on_it and tiles > 1 else None

    restorer, _ = on_card(toy_model, monkeypatch, fail, kind)
    done: list[int] = []
    result = restorer.restore(picture, SETTINGS, tile=96, on_part=lambda _, number, __: done.append(number))
    assert len(done) > 1
    assert np.abs(result.pixels.astype(int) - expected).max() <= 2  # of 255, as between any two devices
    assert restorer.graphs.device.id == "cpu"
    assert "failed in the middle of a job" in restorer.graphs.device.reason
    assert restorer.graphs.device.mend == "Sit down."


def test_a_lost_device_is_not_chosen_again_and_its_verdict_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    card = doubles.device()
    cpu = devices.devices()[-1]
    monkeypatch.setattr(devices, "devices", cache(lambda: (card, cpu)))
    verdicts.keep("cuda abc", verdicts.Verdict(True, "fine"))
    assert devices.choose() is card
    devices.lose(card, "it burns")
    assert devices.choose() is cpu
    assert verdicts.kept("cuda abc") is None
    with pytest.raises(devices.DeviceError, match="it burns"):
        devices.choose("cuda")
    assert [d.works for d in devices.report()] == [False, True]


def test_half_precision_that_overflows_is_repeated_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = scaling_model(tmp_path / "scaler")
    card = doubles.Card(lambda shapes, _: None)
    monkeypatch.setattr(ort, "InferenceSession", card)
    graphs = Graphs(catalog.load(str(folder)), doubles.device())
    small, large = np.full((1, 4), 3.0, np.float32), np.full((1, 4), 3000.0, np.float32)
    assert graphs.run("scale", x=small)[0].tolist() == [[300.0] * 4]
    assert card.opened == ["scale-half.onnx"]
    assert graphs.run("scale", x=large)[0].tolist() == [[300000.0] * 4]  # beyond the 65504 of float16
    assert graphs.run("scale", x=small)[0].tolist() == [[300.0] * 4]
    assert card.opened == ["scale-half.onnx", "scale.onnx"]
    assert [tuple(run["x"]) for run in card.runs] == [(1, 4)] * 4  # the third run was in full at once


def test_half_precision_is_not_for_the_cpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = doubles.Card(lambda shapes, _: None)
    folder = scaling_model(tmp_path / "scaler")
    monkeypatch.setattr(ort, "InferenceSession", card)
    Graphs(catalog.load(str(folder)), devices.devices()[-1]).run("scale", x=np.ones((1, 4), np.float32))
    assert card.opened == ["scale.onnx"]


def test_results_stay_on_the_device_between_runs(tmp_path: Path) -> None:
    graphs = Graphs(catalog.load(str(scaling_model(tmp_path / "scaler"))), devices.devices()[-1])
    (kept,) = graphs.run_kept("scale", x=np.full((1, 4), 2.0, np.float32))
    assert isinstance(kept, ort.OrtValue)
    (again,) = graphs.run_kept("scale", x=kept)
    assert again.numpy().tolist() == [[20000.0] * 4]


def test_released_memory_is_loaded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = doubles.Card(lambda shapes, _: None)
    monkeypatch.setattr(ort, "InferenceSession", card)
    graphs = Graphs(catalog.load(str(scaling_model(tmp_path / "scaler"))), devices.devices()[-1])
    x = np.ones((1, 4), np.float32)
    graphs.run("scale", x=x)
    graphs.run("scale", x=x)
    assert len(card.opened) == 1
    graphs.release()
    graphs.run("scale", x=x)
    assert len(card.opened) == 2


def scaling_model(folder: Path) -> Path:
    """A model folder with a graph that multiplies by a hundred, and as float16 would."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    folder.mkdir()
    for name, largest in (("scale", np.inf), ("scale-half", 65504)):
        # The runtime of the CPU computes float16 in float32; what float16 does to large numbers is written out.
        numbers = {"factor": 100, "largest": largest, "beyond": np.inf}
        nodes = [
            helper.make_node("Mul", ["x", "factor"], ["product"]),
            helper.make_node("Greater", ["product", "largest"], ["over"]),
            helper.make_node("Where", ["over", "beyond", "product"], ["y"]),
        ]
        x, y = (helper.make_tensor_value_info(n, TensorProto.FLOAT, ["b", 4]) for n in "xy")
        constants = [numpy_helper.from_array(np.array(v, np.float32), k) for k, v in numbers.items()]
        graph = helper.make_graph(nodes, "scale", [x], [y], constants)
        opset = [helper.make_opsetid("", 18)]
        onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=10), folder / f"{name}.onnx")
    plain = {"version": "1", "summary": "", "licence": "", "training_data": [], "capabilities": [], "latents": []}
    card = catalog.Card(id="scaler", name="Scaler", kind="codec", multiple=1, reach=0, config={}, **plain)
    catalog.write_card(folder, card)
    return folder


def test_what_was_sent_to_a_device_that_is_lost_is_sent_again() -> None:
    codes = np.full((1, 2, 2, 3), 51, np.uint8)
    there = ort.OrtValue.ortvalue_from_numpy(np.zeros((1, 3, 2, 2), np.float32), "cpu", 0)
    sent = Sent(there, codes, where="cuda")
    assert sessions._placed(sent, "cuda") is there
    np.testing.assert_allclose(sessions._placed(sent, "cpu").numpy(), 0.2, atol=1e-6)


def test_of_two_threads_that_see_a_device_fail_one_leaves_it(toy_model: Path) -> None:
    graphs, card = Graphs(catalog.load(str(toy_model)), doubles.device()), doubles.device()
    graphs.device = card
    graphs._leave(card, "gone")
    now = graphs.device
    assert now.id == "cpu"
    graphs._leave(card, "gone")  # by the other one
    assert graphs.device is now


def test_tiles_never_become_all_halo(toy_model: Path) -> None:
    graphs = Graphs(catalog.load(str(toy_model)), doubles.device())
    for _ in range(12):
        graphs.halve()
    assert graphs.room == room.LEAST

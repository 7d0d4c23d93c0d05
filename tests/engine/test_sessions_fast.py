"""What makes a graphics card fast, driven by a double of one: runs that are recorded, pictures sent as 8 bits."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from engine import catalog, devices, room, sessions, verdicts
from engine.generate import Generator
from engine.jobs import RestoreSettings
from engine.recipes import Recipe
from engine.restore import Restorer
from engine.sending import Sent, numbers
from engine.sessions import Graphs

sys.path.insert(0, str(Path(__file__).parent))
import doubles

RECORDING = ("CUDAExecutionProvider", {"enable_cuda_graph": "1"})


@pytest.fixture(autouse=True)
def afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "file", lambda: tmp_path / "room.json")
    monkeypatch.setattr(verdicts, "file", lambda: tmp_path / "devices.json")
    monkeypatch.setattr(room, "_now", {})
    monkeypatch.setattr(sessions, "_MEMORY", {"cuda": "cpu"})  # the double's own memory is the computer's
    yield
    devices.found_again()


def carded(model: Path, monkeypatch: pytest.MonkeyPatch, fail=lambda shapes, providers: None):
    card = doubles.Card(fail)
    monkeypatch.setattr(ort, "InferenceSession", card)
    return Graphs(catalog.load(str(model)), doubles.device()), card


def inputs(generator: Generator, seed: int) -> dict[str, np.ndarray]:
    latent = generator.latents([Recipe(model=generator.model.card.id, seed=seed)])
    return {"globe": latent.globe, "deviation": latent.deviation}


def test_a_run_that_is_repeated_gives_what_any_run_gives(toy_generator: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Generator(str(toy_generator), "cpu")
    asked = [inputs(plain, seed) for seed in range(4)]
    expected = [plain.graphs.run("decoder", **one)[0] for one in asked]
    for graphs in (Graphs(plain.model, devices.devices()[-1]), carded(toy_generator, monkeypatch)[0]):
        given = [graphs.run_again("decoder", **one)[0] for one in asked]
        # The memory is written over by the next run, the arrays are not.
        for seen, wanted in zip(given, expected, strict=True):
            assert np.array_equal(seen, wanted)


def test_only_the_second_run_is_recorded_and_others_shapes_run_as_ever(
    toy_generator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (inputs(Generator(str(toy_generator), "cpu"), seed) for seed in range(2))
    recorded: list[bool] = []
    graphs, _ = carded(toy_generator, monkeypatch, lambda shapes, providers: recorded.append(RECORDING in providers))
    for _ in range(3):
        graphs.run_again("decoder", **one)
    both = {name: np.concatenate([one[name], two[name]]) for name in one}
    assert len(graphs.run_again("decoder", **both)[0]) == 2
    assert recorded == [False, True, True, False]
    graphs.release()
    graphs.run_again("decoder", **one)
    assert recorded[-1] is False


def test_a_graph_that_cannot_be_recorded_runs_as_ever(toy_generator: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = inputs(Generator(str(toy_generator), "cpu"), 0)
    tried = 0

    def fail(shapes: dict, providers: list) -> str | None:
        nonlocal tried
        tried += RECORDING in providers
        refused = "CUDA failure 900: operation not permitted when stream is capturing"
        return refused if RECORDING in providers else None

    graphs, _ = carded(toy_generator, monkeypatch, fail)
    first, *others = (graphs.run_again("decoder", **one)[0] for _ in range(4))
    assert all(np.array_equal(first, other) for other in others)
    assert tried == 1
    assert graphs.device.id == "cuda"  # refusing is no failure


def test_a_device_lost_while_a_slider_moves_hands_over_to_the_cpu(
    toy_generator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = inputs(Generator(str(toy_generator), "cpu"), 0)
    dead = False
    gone = doubles.GONE["cuda"]
    graphs, _ = carded(
        toy_generator, monkeypatch, lambda _, p: gone if dead and p[0] != "CPUExecutionProvider" else None
    )
    alive = [graphs.run_again("decoder", **one)[0] for _ in range(2)]
    dead = True
    assert np.abs(graphs.run_again("decoder", **one)[0] - alive[0]).max() < 1e-4
    assert graphs.device.id == "cpu"


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_a_sent_picture_has_the_numbers_it_would_have_here(
    toy_model: Path, monkeypatch: pytest.MonkeyPatch, kind: type
) -> None:
    graphs, card = carded(toy_model, monkeypatch)
    peak = 1 if kind is np.float32 else np.iinfo(kind).max
    codes = (np.random.default_rng(0).random((1, 24, 40, 3)) * peak).astype(kind)
    sent = graphs.send(codes)
    assert isinstance(sent, Sent)
    assert np.array_equal(sent.value.numpy(), numbers(codes))
    assert [run.get("codes") for run in card.runs] == ([(1, 24, 40, 3)] if kind is np.uint8 else [])


@pytest.mark.parametrize("scratches", [False, None])
def test_a_photo_sent_tile_by_tile_comes_back_the_same(
    toy_model: Path, picture: np.ndarray, monkeypatch: pytest.MonkeyPatch, scratches: bool | None
) -> None:
    settings = RestoreSettings(noise=10.0, jpeg=0, scratches=scratches, fading=False)
    expected = Restorer(str(toy_model), "cpu").restore(picture, settings, tile=96).pixels
    card = doubles.Card(lambda shapes, _: None)
    monkeypatch.setattr(ort, "InferenceSession", card)
    monkeypatch.setattr(devices, "choose", lambda wanted="auto": doubles.device())
    result = Restorer(str(toy_model)).restore(picture, settings, tile=96)
    assert np.array_equal(result.pixels, expected)
    assert scratches is None or "pixels.onnx" in card.opened

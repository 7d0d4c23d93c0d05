from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import numpy_helper

from engine import catalog
from engine.facts import FACTS
from engine.jobs import RestoreSettings
from engine.restore import Restorer
from engine.training.integers import in_integers, weight_codes, without_transposed
from engine.training.quantise import quantise

Fed = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def examples() -> list[Fed]:
    luck = np.random.default_rng(0)
    told = np.zeros((1, 2 * len(FACTS)), np.float32)
    return [{"photo": luck.random((1, 3, 64, 48), dtype=np.float32), "told": told} for _ in range(4)]


def run(graph: onnx.ModelProto, fed: Fed) -> np.ndarray:
    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(["restored"], fed)[0])


def test_transposed_convolutions_become_others_that_give_the_same(toy_model: Path, examples: list[Fed]) -> None:
    graph = onnx.load(toy_model / "restore.onnx")
    before = run(graph, examples[0])
    without_transposed(graph)
    assert "ConvTranspose" not in {node.op_type for node in graph.graph.node}
    np.testing.assert_allclose(run(graph, examples[0]), before, atol=1e-4)


def test_convolutions_are_in_integers_but_for_the_spared(toy_model: Path, examples: list[Fed]) -> None:
    graph = onnx.load(toy_model / "restore.onnx")
    without_transposed(graph)
    before = run(graph, examples[0])
    new = in_integers(graph, examples, ["posterior.", "look."])
    onnx.checker.check_model(graph)
    kinds = {tensor.name: numpy_helper.to_array(tensor).dtype for tensor in graph.graph.initializer}
    assert kinds["network.blocks.0.0.expand.weight"] == np.int8
    assert kinds["network.blocks.0.0.expand.bias"] == np.int32
    assert "network.blocks.0.0.expand.weight.scale" in new
    assert kinds["network.encoder.look.0.0.expand.weight"] == np.float32
    after = run(graph, examples[0])
    assert np.abs(after - before).mean() < 0.05 * before.std()
    assert np.abs(after - before).max() > 0


def test_codes_miss_a_weight_by_less_than_the_widest_step_would() -> None:
    sizes = np.array([1e-6, 0.01, 1, 1, 100, 0]).reshape(-1, 1, 1, 1)
    weight = sizes * np.random.default_rng(1).normal(0, 1, (6, 4, 3, 3))
    codes, scales = weight_codes(weight)
    assert codes.dtype == np.int8
    assert np.abs(codes.astype(int)).max() <= 64  # 2 x 255 x 64 is the most that fits into 16 bits
    steps = np.abs(weight).reshape(6, -1).max(1) / 64
    missed = np.sqrt(np.square(codes * scales.reshape(-1, 1, 1, 1) - weight).reshape(6, -1).mean(1))
    assert (missed <= steps / np.sqrt(12) * 1.2 + 1e-12).all()


def test_the_fast_edition_of_a_model_is_a_model(toy_model: Path, examples: list[Fed], tmp_path: Path) -> None:
    folder = tmp_path / "toy-fast"
    damaged = [{"photo": fed["photo"]} for fed in examples]
    quantise(catalog.load(str(toy_model)), examples, damaged, folder)
    model = catalog.load(str(folder))
    assert model.card.fast_of == catalog.load(str(toy_model)).card.sha256[catalog.WEIGHTS]
    assert model.card.id == "toy-fast"
    photo = np.random.default_rng(2).integers(0, 255, (40, 70, 3), dtype=np.uint8)
    settings = RestoreSettings(noise=10.0, jpeg=0, scratches=False, fading=False)
    full, fast = (Restorer(str(f), "cpu").restore(photo, settings, doubt=True) for f in (toy_model, folder))
    assert np.abs(full.pixels.astype(int) - fast.pixels).mean() < 6
    kinds = {tensor.name: tensor.data_type for tensor in onnx.load(folder / "scratches.onnx").graph.initializer}
    assert kinds["network.look.1.0.expand.weight"] == onnx.TensorProto.INT8

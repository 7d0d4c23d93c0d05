from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine import catalog
from engine.codec import Codec
from engine.errors import ModelError
from engine.importers.bring import bring
from engine.importers.convert import sample_picture
from engine.importers.onnx import read_graph


def network(path: Path, encoding: bool, *, outside: str | None = None, random_draw: bool = False) -> Path:
    """A convolution that makes pictures half as large with 2 x 2 channels (mean and log variance), or the way back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    luck = np.random.default_rng(1)
    names = ("sample", "latent_parameters") if encoding else ("latent_sample", "sample")
    channels = (3, 4) if encoding else (2, 3)
    shape = (4, 3, 2, 2) if encoding else (2, 3, 2, 2)
    weight = numpy_helper.from_array(luck.standard_normal((8, *shape)).astype(np.float32)[0] * 0.3, "weight")
    big = numpy_helper.from_array(luck.standard_normal((20, 40)).astype(np.float32), "unused")
    kind = "Conv" if encoding else "ConvTranspose"
    nodes = [helper.make_node(kind, [names[0], "weight"], ["y"], strides=[2, 2])]
    if random_draw:
        nodes.append(helper.make_node("RandomNormalLike", ["y"], ["noise"], mean=5.0, scale=1.0))
        nodes.append(helper.make_node("Add", ["y", "noise"], ["z"]))
    nodes.append(helper.make_node("Identity", ["z" if random_draw else "y"], [names[1]]))
    sides = (["b", c, f"h{c}", f"w{c}"] for c in channels)
    values = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in zip(names, sides, strict=True)]
    graph = helper.make_graph(nodes, "g", values[:1], values[1:], [weight, big])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.save(model, path, save_as_external_data=True, location="model.onnx_data", size_threshold=16)
    if outside is not None:
        model = onnx.load(path, load_external_data=False)
        entry = next(e for e in model.graph.initializer[0].external_data if e.key == "location")
        entry.value = outside
        path.write_bytes(model.SerializeToString())
    return path


def test_a_pair_in_the_layout_of_optimum(tmp_path: Path) -> None:
    for name, encoding in (("vae_encoder", True), ("vae_decoder", False)):
        network(tmp_path / "pair" / name / "model.onnx", encoding, random_draw=encoding)
    brought = bring([tmp_path / "pair"])
    card = catalog.load(brought.model).card
    assert (card.kind, card.family, card.latents) == ("codec", "ONNX pair", ["2 channels at 1/2"])
    codec = Codec(brought.model, "cpu")
    picture = np.moveaxis(sample_picture(22, 30), 0, 2)
    latent = codec.encode(picture)
    weight = numpy_helper.to_array(onnx.load(tmp_path / "pair" / "vae_encoder" / "model.onnx").graph.initializer[0])
    # The formula of the toy: every 2 x 2 pixels of [-1, 1] times the weights; the mean is the first half.
    folded = np.moveaxis(picture * 2 - 1, 2, 0).reshape(3, 11, 2, 15, 2)
    expected = np.einsum("cyaxb,ocab->oyx", folded, weight)[:2]
    assert np.abs(latent - expected).max() < 1e-5
    assert codec.decode(latent, (22, 30)).shape == (22, 30, 3)


@pytest.mark.parametrize(
    "location",
    ["../secret", "/etc/hostname", "..\\secret", "a/b", "", "missing", "link", "./model.onnx_data/..", "x\0y"],
)
def test_weights_cannot_point_outside_their_folder(tmp_path: Path, location: str) -> None:
    (tmp_path / "secret").write_bytes(b"\0" * 4096)
    path = network(tmp_path / "pair" / "vae_encoder" / "model.onnx", True, outside=location)
    (path.parent / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(ModelError, match=r"outside its folder|damaged"):
        read_graph(path)


def test_sizes_are_checked_before_they_are_allocated(tmp_path: Path) -> None:
    path = network(tmp_path / "model.onnx", True)
    model = onnx.load(path, load_external_data=False)
    model.graph.initializer[0].dims[:] = [1 << 20, 1 << 20, 8]
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ModelError, match="too short"):
        read_graph(path)


def test_foreign_operators_are_refused(tmp_path: Path) -> None:
    path = network(tmp_path / "model.onnx", True)
    model = onnx.load(path, load_external_data=False)
    model.graph.node[0].domain = "some.plugin"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ModelError, match=r"some\.plugin"):
        read_graph(path)


def test_one_graph_alone_is_not_enough(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="encoder and decoder"):
        bring([network(tmp_path / "model.onnx", True)])


def test_mutated_and_truncated_graphs_are_refused_or_read(tmp_path: Path, mutants) -> None:
    whole = network(tmp_path / "model.onnx", True).read_bytes()
    path = tmp_path / "mutated.onnx"
    refused = 0
    for mutant in mutants(whole, 1500):
        path.write_bytes(mutant)
        try:
            read_graph(path)
        except ModelError:
            refused += 1
    assert refused > 500
    assert sorted(p.name for p in tmp_path.iterdir()) == ["model.onnx", "model.onnx_data", "mutated.onnx"]

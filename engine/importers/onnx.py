"""An encoder and a decoder that are ONNX graphs already, in the layout of optimum.

``vae_encoder/model.onnx`` takes ``sample`` in [-1, 1] and gives the latent, or its mean and log variance as
twice as many channels; ``vae_decoder/model.onnx`` takes the latent. Large weights lie in a file beside
the graph. Both keep their graphs; their weights move into the one file of a model folder.

What such a graph reaches and normalises is not known, so above a size it runs in tiles with a halo, and
their statistics differ a little from those of the whole.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError
from onnx import AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper
from safetensors.torch import save_file
from torch import Tensor

from engine import catalog, devices, parts
from engine.errors import ModelError
from engine.importers import trial
from engine.importers.convert import TOLERANCE, Converted, Progress, codec_card, sample_picture
from engine.parts import Made, Part
from engine.sessions import Graphs
from engine.training.graphs import placed, strip_notes

#: Largest graph without its weights, and most bytes of weights, that are read.
_LONGEST_GRAPH, _LARGEST = 2 << 30, 16 << 30
#: Tensors above so many bytes move into the weights file.
_SMALL = 1024
#: Halo of a tile in pixels, and numbers that count for each pixel: pictures up to about 512 x 512 are one tile.
_HALO, _COST = 64, 240.0
_DTYPES: dict[int, type] = {
    TensorProto.FLOAT: np.float32,
    TensorProto.FLOAT16: np.float16,
    TensorProto.INT64: np.int64,
    TensorProto.INT32: np.int32,
}
#: Sides of the pictures of the proof, in pixels.
_SAMPLE = 64


@dataclass(frozen=True)
class Pair:
    """The two files."""

    encoder: Path
    decoder: Path


def find(paths: list[Path]) -> Pair | None:
    """The pair in a folder, beside a file of it, or in two files; None where there is no such thing."""
    files = [path for path in paths if path.suffix.lower() == ".onnx"]
    if len(files) == 2:
        encoder = next((file for file in files if "enc" in f"{file.parent.name}/{file.stem}".lower()), files[0])
        return Pair(encoder, next(file for file in files if file != encoder))
    folder = paths[0] if paths[0].is_dir() else paths[0].parent
    for root in (folder, folder.parent):
        pair = Pair(root / "vae_encoder" / "model.onnx", root / "vae_decoder" / "model.onnx")
        if pair.encoder.is_file() and pair.decoder.is_file():
            return pair if paths[0].is_dir() or paths[0] in (pair.encoder, pair.decoder) else None
    if files:
        raise ModelError(f"{files[0].name}: it is one graph; bring encoder and decoder, each as a file.")
    return None


def convert(pair: Pair, folder: Path, name: str, source: str, progress: Progress) -> Converted:
    """Write the pair to ``folder`` as a model called ``name`` that came from ``source``, and prove that it gives what
    the files as they were give. Raises `ModelError` and `Cancelled`."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, Tensor] = {}
    graphs, shapes = {}, {}
    picture = sample_picture(_SAMPLE, _SAMPLE)[None]
    given, expected = picture * 2 - 1, {}
    for network, path in (("encoder", pair.encoder), ("decoder", pair.decoder)):
        progress.step("reading")
        graph = read_graph(path)
        _silence(graph)
        progress.step("reading", 1)
        weights = _weights(graph, path)
        tensors |= {f"{network}.{key}": value for key, value in weights.items()}
        progress.step("reading", 1)
        (given_name, given_type), (made_name, made_type) = _single(graph.graph, path)
        latent = _latent_channels(graph.graph) if network == "decoder" else 0
        if latent and given.shape[1] == 2 * latent:
            expected["encoder"] = given = given[:, :latent]
        expected[network] = given = _answer(graph, path, given_name, given_type, given)
        graphs[network] = (graph, given_name, given_type, made_name, made_type)
        shapes[network] = given.shape
    channels = expected["encoder"].shape[1]
    multiple = _SAMPLE // expected["encoder"].shape[2]
    if expected["decoder"].shape != picture.shape or _SAMPLE % expected["encoder"].shape[2]:
        raise ModelError(
            f"{source}: encoder and decoder do not fit, a picture comes back as {expected['decoder'].shape}."
        )

    progress.step("writing", 1)
    save_file(tensors, folder / catalog.WEIGHTS)
    (folder / catalog.WEIGHTS).chmod(0o644)
    places = placed(folder / catalog.WEIGHTS)
    for network, (graph, given_name, given_type, made_name, made_type) in graphs.items():
        progress.step("converting")
        _point(graph, f"{network}.", places)
        names = ("pictures", "latent") if network == "encoder" else ("latent", "pictures")
        _wrap(graph.graph, (given_name, given_type), (made_name, made_type), names, channels)
        strip_notes(graph)
        (folder / f"{network}.onnx").write_bytes(graph.SerializeToString())
        progress.step("converting", 1)
    (folder / parts.FILE).write_bytes(msgspec.json.encode(_parts(channels, multiple)) + b"\n")
    config = _config(pair)
    scaling, shift = (float(v) if isinstance(v := config.get(k), int | float) else d for k, d in _SCALE)
    card = codec_card(folder.name, name, source, channels, multiple, family="ONNX pair", scaling=scaling, shift=shift)
    card.summary += " Pictures above 512 x 512 pixels run in tiles that differ a little from the whole."
    catalog.write_card(folder, card)

    progress.step("proving")
    model = Graphs(catalog.Model(folder, card), devices.devices()[-1])
    latent = model.run("encoder", pictures=picture)[0]
    drawn = model.run("decoder", latent=expected["encoder"])[0]
    differences = (np.abs(latent - expected["encoder"]).max(), np.abs(drawn - (expected["decoder"] + 1) / 2).max())
    difference = float(max(differences))
    if not difference <= TOLERANCE:
        raise ModelError(f"{source}: the converted model is {difference:.1e} away from what its files give.")
    card.numbers = {"difference_from_source": float(f"{difference:.2g}")}
    catalog.write_card(folder, card)
    progress.step("proving", 1)
    return Converted(card, difference)


_SCALE = (("scaling_factor", 1.0), ("shift_factor", 0.0))

#: Units of progress of `convert`.
UNITS = 8


def read_graph(path: Path) -> ModelProto:
    """A graph without its external weights, all of whose tensors are within bounds. Raises `ModelError`."""
    try:
        if path.stat().st_size > _LONGEST_GRAPH:
            raise ModelError(f"{path.name}: the graph is too large.")
        graph = onnx.load(path, load_external_data=False)
    except (DecodeError, OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path.name}: it is no ONNX graph, or damaged.") from error
    if not graph.graph.node:
        raise ModelError(f"{path.name}: it is no ONNX graph, or damaged.")
    foreign = {node.domain for node in _nodes(graph.graph)} - {"", "ai.onnx"}
    if foreign or graph.functions:
        raise ModelError(f"{path.name}: it needs operators that are not part of ONNX ({', '.join(sorted(foreign))}).")
    total = 0
    for tensor in _tensors(graph.graph):
        total += _check(tensor, path)
    if total > _LARGEST:
        raise ModelError(f"{path.name}: its weights claim {total / 1e9:.0f} GB.")
    return graph


def _nodes(graph: GraphProto, depth: int = 0) -> Iterator[NodeProto]:
    """Every node, also of graphs within nodes."""
    if depth > 20:
        raise ModelError("An ONNX graph holds graphs within graphs within graphs.")
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs):
                yield from _nodes(inner, depth + 1)


def _tensors(graph: GraphProto, depth: int = 0) -> Iterator[TensorProto]:
    """Every tensor, also those in attributes."""
    yield from graph.initializer
    if graph.sparse_initializer:
        raise ModelError("An ONNX graph holds sparse tensors, which are not read.")
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == AttributeProto.TENSOR:
                yield attribute.t
            yield from attribute.tensors
            for inner in (attribute.g, *attribute.graphs):
                if depth > 20:
                    raise ModelError("An ONNX graph holds graphs within graphs within graphs.")
                yield from _tensors(inner, depth + 1)


def _check(tensor: TensorProto, path: Path) -> int:
    """Bytes of a tensor, whose external data lies in a file of the graph's own folder and in full. Raises
    `ModelError`."""
    count = math.prod(tensor.dims) if all(side >= 0 for side in tensor.dims) else -1
    if count < 0 or len(tensor.dims) > 16:
        raise ModelError(f"{path.name}: the tensor {tensor.name[:60]!r} makes no sense.")
    if tensor.data_location != TensorProto.EXTERNAL:
        return tensor.ByteSize()
    dtype = _DTYPES.get(tensor.data_type)
    if dtype is None:
        raise ModelError(f"{path.name}: the tensor {tensor.name[:60]!r} is of a type that is not read.")
    length = count * np.dtype(dtype).itemsize
    file, offset, told = _external(tensor, path)
    if told not in (None, length) or offset < 0 or offset + length > file.stat().st_size:
        raise ModelError(f"{path.name}: {file.name} is too short for the tensor {tensor.name[:60]!r}.")
    return length


def _external(tensor: TensorProto, path: Path) -> tuple[Path, int, int | None]:
    """File, offset and length of external data. Raises `ModelError` for a file that is not in the graph's folder."""
    entries = {entry.key: entry.value for entry in tensor.external_data}
    location = entries.get("location", "")
    if not isinstance(location, str):  # bytes that are no text
        raise ModelError(f"{path.name}: it is no ONNX graph, or damaged.")
    file = path.parent / location
    plain = location and Path(location).name == location and "\\" not in location and "\0" not in location
    if not plain or file.is_symlink() or not file.is_file():
        raise ModelError(f"{path.name}: its weights point outside its folder, or are missing ({location[:60]!r}).")
    try:
        length = entries.get("length")
        return file, int(entries.get("offset", "0")), int(length) if length is not None else None
    except ValueError as error:
        raise ModelError(f"{path.name}: its weights lie at no place that makes sense.") from error


def _silence(graph: ModelProto) -> None:
    """A graph that draws its latent at random gives the mean instead."""
    for node in _nodes(graph.graph):
        if node.op_type == "RandomNormalLike":
            # A normal distribution of no width makes some runtimes give up; a difference with itself is as still.
            node.CopyFrom(helper.make_node("Sub", [node.input[0], node.input[0]], list(node.output)))
        elif node.op_type in ("RandomNormal", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli"):
            raise ModelError(f"An ONNX graph makes random numbers by {node.op_type}, which is not read.")


def _weights(graph: ModelProto, path: Path) -> dict[str, Tensor]:
    """The large tensors of the outermost graph, by name; small external ones move into the graph."""
    found = {}
    for tensor in graph.graph.initializer:
        array = _array(tensor, path)
        if array is not None and array.nbytes > _SMALL:
            found[tensor.name] = torch.from_numpy(array.copy())
        elif array is not None and tensor.data_location == TensorProto.EXTERNAL:
            tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))
    inner = [t for t in _tensors(graph.graph) if t.data_location == TensorProto.EXTERNAL and t.name not in found]
    if inner:
        raise ModelError(f"{path.name}: weights lie where they are not read ({inner[0].name[:60]!r}).")
    return found


def _array(tensor: TensorProto, path: Path) -> np.ndarray | None:
    """The numbers of a tensor; None for a type that stays in the graph."""
    dtype = _DTYPES.get(tensor.data_type)
    if dtype is None:
        return None
    if tensor.data_location == TensorProto.EXTERNAL:
        file, offset, _ = _external(tensor, path)
        count = math.prod(tensor.dims)
        return np.fromfile(file, dtype, count, offset=offset).reshape(tuple(tensor.dims))
    try:
        return numpy_helper.to_array(tensor)
    except (ValueError, TypeError) as error:
        raise ModelError(f"{path.name}: the tensor {tensor.name[:60]!r} makes no sense.") from error


def _single(graph: GraphProto, path: Path) -> tuple[tuple[str, int], tuple[str, int]]:
    """Name and type of the one input that is no weight, and of the first output."""
    stored = {tensor.name for tensor in graph.initializer}
    inputs = [value for value in graph.input if value.name not in stored]
    if len(inputs) != 1 or not graph.output:
        raise ModelError(f"{path.name}: it has {len(inputs)} inputs and {len(graph.output)} outputs, not one of each.")
    types = [value.type.tensor_type.elem_type for value in (inputs[0], graph.output[0])]
    if any(kind not in (TensorProto.FLOAT, TensorProto.FLOAT16) for kind in types):
        raise ModelError(f"{path.name}: its pictures are of a type that is not read.")
    return (inputs[0].name, types[0]), (graph.output[0].name, types[1])


def _latent_channels(graph: GraphProto) -> int:
    """Channels that a decoder wants; 0 where its graph does not say."""
    stored = {tensor.name for tensor in graph.initializer}
    value = next(value for value in graph.input if value.name not in stored)
    sides = value.type.tensor_type.shape.dim
    if len(sides) == 4 and sides[1].dim_value:
        return sides[1].dim_value
    for node in graph.node:
        if node.op_type == "Conv" and node.input[0] == value.name:
            weight = next((t for t in graph.initializer if t.name == node.input[1]), None)
            return weight.dims[1] if weight is not None and len(weight.dims) == 4 else 0
    return 0


def _answer(graph: ModelProto, path: Path, name: str, kind: int, given: np.ndarray) -> np.ndarray:
    """What the file as it is makes of ``given``; the graph comes from memory, its weights from its own folder."""
    try:
        seen = trial.run(graph.SerializeToString(), str(path.parent.resolve()), name, given.astype(_DTYPES[kind]))
    except ModelError as error:
        raise ModelError(f"{path.name}: the graph does not run ({error}).") from error
    result = np.asarray(seen, np.float32)
    if result.ndim != 4 or not np.isfinite(result).all():
        raise ModelError(f"{path.name}: it gives no picture and no latent.")
    return result


def _point(graph: ModelProto, prefix: str, places: dict[str, tuple[int, int]]) -> None:
    """The tensors that moved, as references into the weights file."""
    for tensor in graph.graph.initializer:
        place = places.get(prefix + tensor.name)
        if place is None:
            continue
        kept = TensorProto(name=tensor.name, data_type=tensor.data_type, dims=tensor.dims)
        kept.data_location = TensorProto.EXTERNAL
        for key, value in (("location", catalog.WEIGHTS), ("offset", place[0]), ("length", place[1])):
            kept.external_data.add(key=key, value=str(value))
        tensor.CopyFrom(kept)


def _wrap(
    graph: GraphProto, given: tuple[str, int], made: tuple[str, int], names: tuple[str, str], channels: int
) -> None:
    """Turn pictures in [0, 1] into what the graph takes, and what it gives into a mean or a picture."""
    stored = {tensor.name for tensor in graph.initializer}
    floats = TensorProto.FLOAT
    numbers = {"two": 2.0, "one": 1.0, "half": 0.5}
    for key, value in numbers.items():
        graph.initializer.append(numpy_helper.from_array(np.array(value, np.float32), f"darkroom.{key}"))
    before: list[NodeProto] = []
    x = names[0]
    if x == "pictures":
        before.append(helper.make_node("Mul", [x, "darkroom.two"], ["darkroom.doubled"]))
        before.append(helper.make_node("Sub", ["darkroom.doubled", "darkroom.one"], ["darkroom.centred"]))
        x = "darkroom.centred"
    before.append(helper.make_node("Cast", [x], [given[0]], to=given[1]))
    after = [helper.make_node("Cast", [made[0]], ["darkroom.made"], to=floats)]
    if names[1] == "pictures":
        after.append(helper.make_node("Mul", ["darkroom.made", "darkroom.half"], ["darkroom.halved"]))
        after.append(helper.make_node("Add", ["darkroom.halved", "darkroom.half"], [names[1]]))
    else:
        for key, value in (("from", 0), ("to", channels), ("axis", 1)):
            graph.initializer.append(numpy_helper.from_array(np.array([value], np.int64), f"darkroom.{key}"))
        cut = ["darkroom.made", "darkroom.from", "darkroom.to", "darkroom.axis"]
        after.append(helper.make_node("Slice", cut, [names[1]]))
    nodes = [*before, *graph.node, *after]
    del graph.node[:]
    graph.node.extend(nodes)
    weights = [value for value in graph.input if value.name in stored]
    del graph.input[:]
    sides = {"pictures": ["batch", 3, "height", "width"], "latent": ["batch", channels, "rows", "columns"]}
    graph.input.extend([helper.make_tensor_value_info(names[0], floats, sides[names[0]]), *weights])
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(names[1], floats, sides[names[1]]))


def _parts(channels: int, multiple: int) -> parts.Parts:
    """Each network as one part that is cut into tiles only when it must be."""
    halo = -(-_HALO // multiple) * multiple

    def part(graph: str, read: str, made: str, form: Made, reach: int, unit: int, cost: float) -> Part:
        return Part(
            graph=graph,
            tiled=[read],
            whole=[],
            norms={},
            makes={made: form},
            reach=reach,
            multiple=unit,
            cost=cost,
            work=1.0,
        )

    latent, pictures = Made(channels=channels, ratio=(1, multiple)), Made(channels=3, ratio=(multiple, 1))
    return {
        "encoder": [part("encoder", "pictures", "latent", latent, halo, multiple, _COST)],
        "decoder": [part("decoder", "latent", "pictures", pictures, halo // multiple, 1, _COST * multiple**2)],
    }


def _config(pair: Pair) -> dict[str, object]:
    path = pair.decoder.parent / "config.json"
    try:
        known = json.loads(path.read_bytes()) if path.is_file() and path.stat().st_size < 1 << 20 else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}

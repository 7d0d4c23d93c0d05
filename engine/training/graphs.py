"""From a torch module to an ONNX graph whose parameters stay in the model's weights file.

Every parameter of a model is stored once, in ``weights.safetensors``; its graphs hold their tensors
as external data, an offset and a length in that file. New weights of the same layout (a fine-tune)
so need no export.
"""

from __future__ import annotations

import json
import logging
import struct
import warnings
from pathlib import Path
from typing import Literal

import onnx
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.catalog import WEIGHTS
from engine.errors import ModelError
from engine.training.loop import not_finite

#: Which axes of a graph's inputs stay free: the batch alone, also height and width (the last two of
#: four), or none.
Free = Literal["none", "batch", "pictures"]


def write_weights(parts: dict[str, dict[str, Tensor]], folder: Path) -> None:
    """Write the networks of a model to one file, each tensor's name behind its network's prefix.

    Makes the folder if it is not there. Raises `ModelError` where a weight is a NaN or Inf: no model has such.
    """
    tensors = {prefix + k: v for prefix, part in parts.items() for k, v in part.items()}
    if broken := not_finite(tensors):
        raise ModelError(f"{folder.name} is not written: {broken[0]} holds a value that is no number.")
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.float().contiguous() for k, v in tensors.items()}, folder / WEIGHTS)
    (folder / WEIGHTS).chmod(0o644)


def write_graph(
    module: nn.Module, example: dict[str, Tensor], outputs: list[str], path: Path, prefix: str, free: Free = "batch"
) -> None:
    """Export ``module`` to ``path``; its parameters are read from the weights file beside it.

    ``example`` gives the inputs by name. ``prefix`` stands before the parameters' names in the
    weights file; a wrapper holds its network in an attribute called ``network``.
    """
    # The exporter merges parameters with equal values, and fine-tuning would tear them apart again:
    # a graph is drawn from random weights, which are all different.
    with torch.no_grad():
        for tensor in (*module.parameters(), *module.buffers()):
            tensor.normal_(std=0.02)
    axes = {"none": (), "batch": (0,), "pictures": (0, 2, 3)}[free]
    shapes = tuple({axis: torch.export.Dim.DYNAMIC for axis in axes if axis < t.ndim} for t in example.values())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for chatty in ("torch.onnx", "onnxscript"):
            logging.getLogger(chatty).setLevel(logging.ERROR)
        program = torch.onnx.export(
            module.eval(),
            tuple(example.values()),
            dynamo=True,
            dynamic_shapes=shapes if axes else None,
            input_names=list(example),
            output_names=outputs,
            verbose=False,
        )
    assert program is not None
    graph = program.model_proto
    strip_notes(graph)
    point_into(graph, path.parent / WEIGHTS, prefix)
    onnx.save(graph, path)


def strip_notes(graph: onnx.ModelProto) -> None:
    """Drop what the exporter notes about its source: file names and stack traces of this computer."""
    del graph.metadata_props[:]
    del graph.graph.metadata_props[:]
    graph.doc_string = graph.graph.doc_string = ""
    everything = [*graph.graph.node, *graph.graph.input, *graph.graph.output]
    for item in [*everything, *graph.graph.value_info, *graph.graph.initializer]:
        del item.metadata_props[:]
        item.doc_string = ""
    del graph.graph.value_info[:]


def placed(weights: Path) -> dict[str, tuple[int, int]]:
    """Offset in the file and length in bytes of every tensor of a safetensors file.

    The format (safetensors README): 8 bytes of little-endian header length, a JSON header whose
    offsets count from its end, the tensors.
    """
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    start = 8 + length
    return {
        name: (start + entry["data_offsets"][0], entry["data_offsets"][1] - entry["data_offsets"][0])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def point_into(graph: onnx.ModelProto, weights: Path, prefix: str) -> None:
    """Turn every initializer that is a parameter into a reference into the weights file.

    ``prefix`` is prepended to the initializer's name to find its tensor. Small constants that are
    no parameters stay in the graph.
    """
    places = placed(weights)
    for tensor in graph.graph.initializer:
        place = places.get(prefix + tensor.name.removeprefix("network."))
        if place is None:
            if len(tensor.raw_data) > 4096:
                raise ValueError(f"{tensor.name} is large and not in {weights.name}.")
            continue
        if len(tensor.raw_data) != place[1]:
            raise ValueError(f"{tensor.name} changed its size on export.")
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", weights.name), ("offset", place[0]), ("length", place[1])):
            tensor.external_data.add(key=key, value=str(value))


def shipped_weights(folder: Path, prefix: str) -> dict[str, Tensor]:
    """The weights of one network of an exported model: `LADDER`, `SCRATCHES`, `DAMAGE` or `TONE`."""
    tensors = load_file(folder / WEIGHTS)
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def averaged_weights(state: Path, part: str = "") -> tuple[dict[str, Tensor], str]:
    """The averaged weights of a training folder, or of the ``part`` of what was trained there that is kept, and a
    line that says how long it was trained."""
    path = state / "state.safetensors"
    with safe_open(path, framework="pt") as file:
        note = file.metadata()
    prefix = f"average/{part}"
    average = {k.removeprefix(prefix): v for k, v in load_file(path).items() if k.startswith(prefix)}
    minutes = round(float(note["seconds"]) / 60)
    return average, f"{note['step']} steps, {minutes} minute{'' if minutes == 1 else 's'}"

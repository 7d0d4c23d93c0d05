"""A network of steps drawn as an ONNX graph whose tensors point into the model's weights file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

from engine.importers.network import Network, Step
from engine.tones import LUMA

_OPSET, _IR_VERSION = 18, 10


def draw(
    network: Network,
    path: Path,
    places: Mapping[str, tuple[int, int]],
    *,
    steps: Iterable[int] | None = None,
    inputs: Mapping[int, str] | None = None,
    outputs: Mapping[int, str] | None = None,
    norms_given: bool = False,
    half: bool = False,
) -> None:
    """Write ``network``, or those of its ``steps`` that lead from ``inputs`` to ``outputs`` (numbers of steps to
    names in the graph), to ``path``.

    ``places`` are offset and length of every tensor in the weights file beside it. ``norms_given``: a
    normalisation is ``x * scale + shift`` with both as inputs of the graph, ``nN.scale`` and ``nN.shift``
    [1, C, 1, 1] for step N, because its statistics are of a picture that this graph sees in parts. ``half``:
    the graph computes in float16, between inputs and outputs that are float32 as ever.
    """
    pen = _Pen(network, places, norms_given, half)
    inputs = inputs or {number: name for name, number in network.inputs.items()}
    outputs = outputs or {number: name for name, number in network.outputs.items()}
    for number in inputs:
        pen.names[number] = pen.lowered(inputs[number])
    for number in steps if steps is not None else range(len(network.steps)):
        if number not in inputs:
            pen.step(number, network.steps[number])
    ends = [pen.node("Cast", [pen.names[number]], name, to=TensorProto.FLOAT) for number, name in outputs.items()]
    graph_inputs = [_value(name, _shape(network, number)) for number, name in inputs.items()]
    graph_inputs += [_value(name, [1, channels, 1, 1]) for name, channels in pen.given.items()]
    graph_outputs = [_value(end, _shape(network, number)) for end, number in zip(ends, outputs, strict=True)]
    graph = helper.make_graph(pen.nodes, path.stem, graph_inputs, graph_outputs, list(pen.tensors.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
    onnx.save(model, path)


def _shape(network: Network, number: int) -> list[int | str]:
    """[batch, C, height, width], or [batch, N] of a vector; sides are free and named by the step they belong to."""
    step = network.steps[number]
    flat = step.kind in ("flatten", "linear") or (step.kind == "input" and _is_vector(network, number))
    if not flat and step.kind in ("relu", "affine", "sigmoid"):
        batch, _, *sides = _shape(network, step.inputs[0])
        return [batch, step.channels, *sides]
    return ["batch", step.channels] if flat else ["batch", step.channels, f"height{number}", f"width{number}"]


def _is_vector(network: Network, number: int) -> bool:
    return any(number in step.inputs and step.kind in ("linear", "unflatten") for step in network.steps)


def _value(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


class _Pen:
    """Draws steps as nodes."""

    def __init__(self, network: Network, places: Mapping[str, tuple[int, int]], norms_given: bool, half: bool) -> None:
        self.network, self.places, self.norms_given, self.half = network, places, norms_given, half
        self.nodes: list[NodeProto] = []
        self.tensors: dict[str, TensorProto] = {}
        self.names: dict[int, str] = {}
        self.low: set[str] = set()
        self.constants: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        self.given: dict[str, int] = {}  #: further inputs of the graph, and their channels

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def lowered(self, name: str) -> str:
        """A float32 value in the precision of the graph; what is constant, the runtime lowers once."""
        if not self.half:
            return name
        low = name + ".half"
        if low not in self.low:
            self.low.add(self.node("Cast", [name], low, to=TensorProto.FLOAT16))
        return low

    def weight(self, name: str) -> str:
        """A tensor of the weights file."""
        if name not in self.tensors:
            offset, length = self.places[name]
            tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=self.network.weights[name].shape)
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (("location", "weights.safetensors"), ("offset", offset), ("length", length)):
                tensor.external_data.add(key=key, value=str(value))
            self.tensors[name] = tensor
        return self.lowered(name)

    def parameters(self, name: str) -> list[str]:
        """Weight and bias, if there is one."""
        both = (f"{name}.weight", f"{name}.bias")
        return [self.weight(part) for part in both if part in self.network.weights]

    def constant(self, values: object, kind: type = np.float32, *, plain: bool = False) -> str:
        """Numbers of the graph's own; ``plain``: float32 in any graph."""
        array = np.asarray(values, dtype=kind)
        key = (array.dtype.char, array.shape, array.tobytes())
        name = self.constants.setdefault(key, f"c{len(self.constants)}")
        self.tensors.setdefault(name, numpy_helper.from_array(array, name))
        return self.lowered(name) if kind is np.float32 and not plain else name

    def step(self, number: int, step: Step) -> None:
        """Draw one step; its result is ``sN``."""
        self.names[number] = out = f"s{number}"
        taken = [self.names[source] for source in step.inputs]
        x = taken[0]
        match step.kind:
            case "affine":
                scaled = self.node("Mul", [x, self.constant(step.factor)], out + ".m")
                self.node("Add", [scaled, self.constant(step.offset)], out)
            case "conv" | "deconv":
                kind = "Conv" if step.kind == "conv" else "ConvTranspose"
                strides = [step.stride, step.stride]
                self.node(kind, [x, *self.parameters(step.name)], out, strides=strides, pads=list(step.pads))
            case "linear":
                self.node("Gemm", [x, *self.parameters(step.name)], out, transB=1)
            case "norm":
                self._norm(number, step, x, out)
            case "silu":
                self.node("Mul", [x, self.node("Sigmoid", [x], out + ".s")], out)
            case "relu":
                self.node("Relu", [x], out)
            case "sigmoid":
                self.node("Sigmoid", [x], out)
            case "squash":
                third = self.node("Mul", [x, self.constant(1 / 3)], out + ".d")
                self.node("Mul", [self.node("Tanh", [third], out + ".t"), self.constant(3)], out)
            case "add":
                self.node("Add", taken, out)
            case "double":
                scales = self.constant([1, 1, 2, 2], plain=True)
                modes = {"mode": "nearest", "nearest_mode": "floor", "coordinate_transformation_mode": "asymmetric"}
                self.node("Resize", [x, "", scales], out, **modes)
            case "attend":
                self._attend(step, taken, out)
            case "flatten":
                self.node("Flatten", [x], out, axis=1)
            case "unflatten":
                self.node("Reshape", [x, self.constant([0, *step.shape], np.int64)], out)
            case "luma":
                self.node("Conv", [x, self.constant(LUMA.reshape(1, 3, 1, 1))], out)
            case "repeat":
                self.node("Concat", [x] * step.channels, out, axis=1)
            case "input":
                raise AssertionError("inputs are given")

    def _norm(self, number: int, step: Step, x: str, out: str) -> None:
        if self.norms_given:
            scale, shift = f"n{number}.scale", f"n{number}.shift"
            self.given |= {scale: step.channels, shift: step.channels}
            scaled = self.node("Mul", [x, self.lowered(scale)], out + ".m")
            self.node("Add", [scaled, self.lowered(shift)], out)
            return
        grouped = self.node("Reshape", [x, self.constant([0, step.groups, -1], np.int64)], out + ".g")
        ones, zeros = (self.constant(np.full(step.groups, value)) for value in (1, 0))
        even = self.node("InstanceNormalization", [grouped, ones, zeros], out + ".i", epsilon=step.epsilon)
        shape = self.node("Shape", [x], out + ".shape")
        whole = self.node("Reshape", [even, shape], out + ".w")
        # Weight and bias lie in the file as [C]; the same bytes are [C, 1, 1] here.
        weight, bias = self.parameters(step.name)
        for part in ("weight", "bias"):
            tensor = self.tensors[f"{step.name}.{part}"]
            tensor.ClearField("dims")
            tensor.dims.extend([step.channels, 1, 1])
        self.node("Add", [self.node("Mul", [whole, weight], out + ".m"), bias], out)

    def _attend(self, step: Step, taken: list[str], out: str) -> None:
        flat = [
            self.node("Reshape", [part, self.constant([0, step.channels, -1], np.int64)], f"{out}.{letter}")
            for part, letter in zip(taken, "qkv", strict=True)
        ]
        scaled = self.node("Mul", [flat[0], self.constant(step.channels**-0.5)], out + ".qs")
        rows = self.node("Transpose", [scaled], out + ".qt", perm=[0, 2, 1])
        scores = self.node("MatMul", [rows, flat[1]], out + ".scores")
        weights = self.node("Softmax", [scores], out + ".soft", axis=-1)
        values = self.node("Transpose", [flat[2]], out + ".vt", perm=[0, 2, 1])
        mixed = self.node("MatMul", [weights, values], out + ".mixed")
        columns = self.node("Transpose", [mixed], out + ".mt", perm=[0, 2, 1])
        shape = self.node("Shape", [taken[0]], out + ".shape")
        self.node("Reshape", [columns, shape], out)

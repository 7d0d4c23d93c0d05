"""The convolutions of a graph in 8-bit integers: less to carry and more products an instruction.

Weights become signed integers with a scale for each output channel, what flows into and out of a convolution unsigned
ones with a scale and a zero point for the whole tensor (Jacob et al., Quantization and Training of Neural Networks for
Efficient Integer-Arithmetic-Only Inference, 2018). The graph says so by pairs of QuantizeLinear and DequantizeLinear,
which ONNX Runtime fuses with the convolution or the sum between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import onnx
import onnxruntime as ort
from onnx import NodeProto, helper, numpy_helper

#: Weights reach from -64 to 64. Processors without instructions for the purpose add products in pairs in 16 bits, and
#: 2 x 255 x 64 is the most that fits.
_LARGEST_WEIGHT = 64
#: Biases are 32-bit integers, and what is added to them has room left.
_LARGEST_BIAS = 2**30
#: Ranges that are tried for what flows, as shares of all that was seen, and for weights.
_FLOW_SHARES, _WEIGHT_SHARES = np.linspace(0.2, 1, 33), np.linspace(0.7, 1, 13)
#: How many numbers of a tensor are looked at for each input.
_LOOK = 4096


def without_transposed(graph: onnx.ModelProto) -> None:
    """Turn every transposed 2x2 convolution of stride 2 into a 1x1 convolution and a shuffle, in place: there are no
    integer kernels for the former."""
    tensors, nodes = {t.name: t for t in graph.graph.initializer}, []
    for node in graph.graph.node:
        if node.op_type != "ConvTranspose":
            nodes.append(node)
            continue
        weight, bias = (tensors[name] for name in node.input[1:])
        w, flat = numpy_helper.to_array(weight), f"{node.output[0]}.flat"
        into, out = w.shape[:2]
        weight.CopyFrom(numpy_helper.from_array(w.transpose(1, 2, 3, 0).reshape(4 * out, into, 1, 1), weight.name))
        bias.CopyFrom(numpy_helper.from_array(np.repeat(numpy_helper.to_array(bias), 4), bias.name))
        nodes.append(helper.make_node("Conv", node.input, [flat], kernel_shape=[1, 1]))
        nodes.append(helper.make_node("DepthToSpace", [flat], node.output, blocksize=2, mode="CRD"))
    _replace(graph.graph.node, nodes)


def in_integers(
    graph: onnx.ModelProto, inputs: Sequence[Mapping[str, np.ndarray]], spared: Collection[str]
) -> set[str]:
    """Put the convolutions of a graph into integers, in place. Returns the names of tensors that are new.

    ``inputs`` are examples of what the graph is fed with. Convolutions stay as they are whose weights' names
    contain one of ``spared``, or whose weights the graph computes. A weight ``w`` is an int8 tensor under its name
    then, with its scales in ``w.scale``, and its bias an int32 one.
    """
    before = {tensor.name for tensor in graph.graph.initializer}
    _Rewriting(graph, spared).write(inputs)
    return {tensor.name for tensor in graph.graph.initializer} - before


class _Rewriting:
    """The nodes of a graph written anew, one after the other."""

    def __init__(self, graph: onnx.ModelProto, spared: Collection[str]) -> None:
        self._graph = graph
        self._tensors = {t.name: numpy_helper.to_array(t) for t in graph.graph.initializer}
        self._readers: dict[str, list[NodeProto]] = {}
        for node in graph.graph.node:
            for name in node.input:
                self._readers.setdefault(name, []).append(node)
        self._convolutions = {
            node.output[0]: node
            for node in graph.graph.node
            if node.op_type == "Conv" and node.input[1] in self._tensors and not any(s in node.input[1] for s in spared)
        }
        self._nodes: list[NodeProto] = []
        self._codes: dict[str, str] = {}  # of a tensor: the tensor of its codes
        self._decoded: dict[str, str] = {}  # of a tensor: what its codes stand for
        self._scales: dict[str, tuple[str, str]] = {}  # of a tensor: the names of scale and zero point

    def write(self, inputs: Sequence[Mapping[str, np.ndarray]]) -> None:
        ends = {out: self._end(out) for out in self._convolutions}
        flows = {node.input[0] for node in self._convolutions.values()} | set(ends.values())
        for name, (scale, zero) in flow_scales(self._graph, sorted(flows), inputs).items():
            self._scales[name] = self._keep(f"{name}.scale", scale), self._keep(f"{name}.zero", zero)
        within = {end for out, end in ends.items() if end != out}  # the ReLUs that go with their convolutions
        for node in self._graph.graph.node:
            out = node.output[0]
            if out in ends:
                self._write_convolution(node, ends[out])
            elif node.op_type == "DepthToSpace" and node.input[0] in self._codes:
                self._write_shuffle(node)
            elif out not in within:
                self._copy(node, [self._floats(name) for name in node.input])
        used = {name for node in self._nodes for name in node.input}
        _replace(self._graph.graph.node, self._nodes)
        _replace(
            self._graph.graph.initializer,
            [numpy_helper.from_array(t, name) for name, t in self._tensors.items() if name in used],
        )

    def _end(self, out: str) -> str:
        """Where a convolution's result is wanted: behind its ReLU, if it has one."""
        readers = self._readers[out]
        return readers[0].output[0] if len(readers) == 1 and readers[0].op_type == "Relu" else out

    def _write_convolution(self, node: NodeProto, end: str) -> None:
        flow, weight, bias = node.input
        self._encode(flow)
        scale = self._write_weight(weight, bias, self._tensors[self._scales[flow][0]])
        parts = [self._floats(flow), *(self._floats(name) for name in scale)]
        self._copy(node, parts)
        if end != node.output[0]:
            self._nodes.append(helper.make_node("Relu", [node.output[0]], [end]))
        self._encode(end)

    def _write_weight(self, weight: str, bias: str, flow_scale: np.ndarray) -> tuple[str, str]:
        """Weight and bias as integers, the latter in the steps of the products."""
        least = np.abs(self._tensors[bias]) / (_LARGEST_BIAS * flow_scale)
        codes, scales = weight_codes(self._tensors[weight], least)
        steps = scales * flow_scale
        self._tensors[weight] = codes
        self._tensors[bias] = np.rint(self._tensors[bias] / steps).astype(np.int32)
        for name, scale in ((weight, scales), (bias, steps)):
            zero = self._keep(f"{name}.zero", np.zeros(len(scale), self._tensors[name].dtype))
            self._codes[name], self._scales[name] = name, (self._keep(f"{name}.scale", scale), zero)
        return weight, bias

    def _write_shuffle(self, node: NodeProto) -> None:
        """Codes are shuffled as well as what they stand for, and are smaller."""
        before, after = node.input[0], node.output[0]
        self._codes[after], self._scales[after] = f"{after}.codes", self._scales[before]
        self._copy(node, [self._codes[before]], [self._codes[after]])

    def _encode(self, name: str) -> None:
        if name not in self._codes:
            self._codes[name] = f"{name}.codes"
            self._nodes.append(helper.make_node("QuantizeLinear", [name, *self._scales[name]], [self._codes[name]]))

    def _floats(self, name: str) -> str:
        """The tensor as float32, from its codes if it has some."""
        if name in self._codes and name not in self._decoded:
            self._decoded[name] = f"{name}.decoded"
            inputs = [self._codes[name], *self._scales[name]]
            # The axis counts for weights and biases alone: flows have one scale.
            self._nodes.append(helper.make_node("DequantizeLinear", inputs, [self._decoded[name]], axis=0))
        return self._decoded.get(name, name)

    def _copy(self, node: NodeProto, inputs: Iterable[str], outputs: Iterable[str] | None = None) -> None:
        copy = NodeProto()
        copy.CopyFrom(node)
        _replace(copy.input, inputs)
        if outputs is not None:
            _replace(copy.output, outputs)
        self._nodes.append(copy)

    def _keep(self, name: str, tensor: np.ndarray) -> str:
        self._tensors[name] = tensor
        return name


def flow_scales(
    graph: onnx.ModelProto, names: Sequence[str], inputs: Sequence[Mapping[str, np.ndarray]]
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Scale (float32) and zero point (uint8) of tensors that a graph computes, such that codes miss the numbers seen
    by the least mean square: cutting off the few largest makes all others finer."""
    watched, luck = onnx.ModelProto(), np.random.default_rng(0)
    watched.CopyFrom(graph)
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(watched.SerializeToString(), options, providers=["CPUExecutionProvider"])
    seen: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for fed in inputs:
        for name, flow in zip(names, session.run(names, dict(fed)), strict=True):
            flat = np.asarray(flow).ravel()
            seen[name].append(np.append(luck.choice(flat, _LOOK), [flat.min(), flat.max()]))
    return {name: _flow_scale(np.concatenate(values)) for name, values in seen.items()}


def _flow_scale(seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scale and zero point for numbers like these. Zero has a code of its own, as padding wants it."""
    least, most = min(0.0, float(seen.min())), max(0.0, float(seen.max()))
    best = None
    for share in _FLOW_SHARES:
        scale = max((most - least) * share, 1e-9) / 255
        zero = np.rint(-least * share / scale)
        error = float(np.square((np.clip(np.rint(seen / scale) + zero, 0, 255) - zero) * scale - seen).mean())
        if best is None or error < best[0]:
            best = error, np.array(scale, np.float32), np.array(zero, np.uint8)
    assert best is not None
    return best[1:]


def weight_codes(weight: np.ndarray, least: np.ndarray | float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """A weight [out, ...] as int8 codes of the same shape and a scale for each output channel, [out] float32 and
    ``least`` or more, such that the codes miss it by the least mean square."""
    rows = weight.reshape(len(weight), -1)
    widest = np.maximum(np.abs(rows).max(1), 1e-8) / _LARGEST_WEIGHT

    def coded(scales: np.ndarray) -> np.ndarray:
        return np.clip(np.rint(rows / scales[:, None]), -_LARGEST_WEIGHT, _LARGEST_WEIGHT)

    choices = [np.maximum(widest * share, least).astype(np.float32) for share in _WEIGHT_SHARES]
    errors = np.stack([np.square(coded(s) * s[:, None] - rows).sum(1) for s in choices])
    scales = np.stack(choices)[errors.argmin(0), np.arange(len(rows))]
    return coded(scales).astype(np.int8).reshape(weight.shape), scales


def _replace(field, items: Iterable) -> None:
    """Fill a repeated field of a protocol buffer anew."""
    items = list(items)
    del field[:]
    field.extend(items)

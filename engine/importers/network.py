"""A network written down as steps, once, for everybody who needs it: torch runs it, and graphs are drawn from it.

    net = Network(tensors)
    x = net.input("pictures", 3)
    x = net.relu(net.conv(x, "0", pads=1))
    net.output("latent", x)

Sizes come from the tensors' shapes, so whatever is inconsistent is said here, before a number is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.errors import ModelError
from engine.importers.lazy import Lazy, Tensors

Kind = Literal[
    "input",
    "affine",
    "conv",
    "deconv",
    "linear",
    "norm",
    "silu",
    "relu",
    "sigmoid",
    "squash",
    "add",
    "double",
    "attend",
    "flatten",
    "unflatten",
    "luma",
    "repeat",
]
#: (top, left, bottom, right), in pixels.
Pads = tuple[int, int, int, int]

#: More channels than any network has: a bound on what a file can claim.
_MOST_CHANNELS = 16384


@dataclass(frozen=True)
class Step:
    """One operation; ``inputs`` are numbers of earlier steps, ``channels`` those of its result."""

    kind: Kind
    inputs: tuple[int, ...]
    channels: int
    name: str = ""  #: of the input, or of the weights: ``name.weight`` and ``name.bias``
    stride: int = 1
    pads: Pads = (0, 0, 0, 0)
    groups: int = 1  #: of a group normalisation
    epsilon: float = 0.0
    factor: float = 1.0  #: of an affine step, ``x * factor + offset``
    offset: float = 0.0
    shape: tuple[int, ...] = ()  #: [C, H, W] of an unflattened vector


@dataclass
class Network:
    """Steps in an order in which they can be done. Every method returns the number of its step."""

    tensors: Tensors
    steps: list[Step] = field(default_factory=list)
    outputs: dict[str, int] = field(default_factory=dict)
    weights: dict[str, Lazy] = field(default_factory=dict)  #: those that were used

    @property
    def inputs(self) -> dict[str, int]:
        return {step.name: number for number, step in enumerate(self.steps) if step.kind == "input"}

    def input(self, name: str, channels: int) -> int:
        return self._add(Step("input", (), channels, name))

    def output(self, name: str, x: int) -> None:
        self.outputs[name] = x

    def affine(self, x: int, factor: float, offset: float) -> int:
        """x * factor + offset"""
        return self._add(Step("affine", (x,), self.channels(x), factor=factor, offset=offset))

    def conv(self, x: int, name: str, *, stride: int = 1, pads: int | Pads = 0) -> int:
        """Convolution (kernel and bias as the weights have them)."""
        shape = self._weight(name, 4)
        if shape[1] != self.channels(x):
            raise ModelError(f"{name} takes {shape[1]} channels, and {self.channels(x)} come.")
        return self._add(Step("conv", (x,), shape[0], name, stride, _pads(pads)))

    def deconv(self, x: int, name: str, *, stride: int, pads: int | Pads) -> int:
        """Transposed convolution."""
        shape = self._weight(name, 4, bias_axis=1)
        if shape[0] != self.channels(x):
            raise ModelError(f"{name} takes {shape[0]} channels, and {self.channels(x)} come.")
        return self._add(Step("deconv", (x,), shape[1], name, stride, _pads(pads)))

    def linear(self, x: int, name: str) -> int:
        """A dense layer on [B, N]."""
        shape = self._weight(name, 2)
        if shape[1] != self.channels(x):
            raise ModelError(f"{name} takes {shape[1]} numbers, and {self.channels(x)} come.")
        return self._add(Step("linear", (x,), shape[0], name))

    def norm(self, x: int, name: str, groups: int, epsilon: float) -> int:
        """Group normalisation over the whole picture (Wu and He, Group Normalization, 2018)."""
        (channels,) = self._weight(name, 1)
        if channels != self.channels(x) or channels % groups:
            raise ModelError(f"{name} normalises {channels} channels in {groups} groups; {self.channels(x)} come.")
        return self._add(Step("norm", (x,), channels, name, groups=groups, epsilon=epsilon))

    def silu(self, x: int) -> int:
        return self._add(Step("silu", (x,), self.channels(x)))

    def relu(self, x: int) -> int:
        return self._add(Step("relu", (x,), self.channels(x)))

    def sigmoid(self, x: int) -> int:
        return self._add(Step("sigmoid", (x,), self.channels(x)))

    def squash(self, x: int) -> int:
        """3 tanh(x / 3)"""
        return self._add(Step("squash", (x,), self.channels(x)))

    def add(self, a: int, b: int) -> int:
        if self.channels(a) != self.channels(b):
            raise ModelError(f"{self.channels(a)} channels cannot be added to {self.channels(b)}.")
        return self._add(Step("add", (a, b), self.channels(a)))

    def double(self, x: int) -> int:
        """Every pixel becomes two by two."""
        return self._add(Step("double", (x,), self.channels(x)))

    def attend(self, query: int, key: int, value: int) -> int:
        """Every place looks at all places of the picture, with one head (Vaswani et al., 2017, eq. 1)."""
        if len({self.channels(part) for part in (query, key, value)}) > 1:
            raise ModelError("Queries, keys and values differ in their channels.")
        return self._add(Step("attend", (query, key, value), self.channels(value)))

    def flatten(self, x: int, numbers: int) -> int:
        """[B, C, H, W] to [B, ``numbers``]."""
        return self._add(Step("flatten", (x,), numbers))

    def unflatten(self, x: int, shape: tuple[int, int, int]) -> int:
        """[B, N] to [B, C, H, W]."""
        if shape[0] * shape[1] * shape[2] != self.channels(x):
            raise ModelError(f"{self.channels(x)} numbers are no {shape}.")
        return self._add(Step("unflatten", (x,), shape[0], shape=shape))

    def luma(self, x: int) -> int:
        """Three colours to one grey."""
        return self._add(Step("luma", (x,), 1))

    def repeat(self, x: int, channels: int) -> int:
        """One grey to so many equal channels."""
        return self._add(Step("repeat", (x,), channels))

    def channels(self, x: int) -> int:
        return self.steps[x].channels

    def has(self, name: str) -> bool:
        """Whether there are weights of this name."""
        return f"{name}.weight" in self.tensors

    def _add(self, step: Step) -> int:
        if not 0 < step.channels <= _MOST_CHANNELS:
            raise ModelError(f"{step.name or step.kind} would have {step.channels} channels.")
        self.steps.append(step)
        return len(self.steps) - 1

    def _weight(self, name: str, axes: int, bias_axis: int = 0) -> tuple[int, ...]:
        weight = self.tensors.get(f"{name}.weight")
        if weight is None:
            raise ModelError(f"The tensor {name}.weight is missing.")
        if len(weight.shape) != axes or min(weight.shape) < 1:
            raise ModelError(f"The tensor {name}.weight has the shape {weight.shape}, which makes no sense there.")
        self.weights[f"{name}.weight"] = weight
        bias = self.tensors.get(f"{name}.bias")
        if bias is not None:
            if bias.shape != (weight.shape[bias_axis],):
                raise ModelError(f"The tensor {name}.bias has the shape {bias.shape}, which makes no sense there.")
            self.weights[f"{name}.bias"] = bias
        return weight.shape


def _pads(pads: int | Pads) -> Pads:
    return (pads, pads, pads, pads) if isinstance(pads, int) else pads

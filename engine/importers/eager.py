"""A network of steps run by torch: what every drawn graph is compared with."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.importers.network import Network, Step
from engine.tones import LUMA


@torch.inference_mode()
def run(
    network: Network, weights: dict[str, Tensor], inputs: dict[str, Tensor], on_step: Callable[[], None] | None = None
) -> list[Tensor]:
    """The outputs of ``network`` in their order, for inputs [B, C, H, W] or [B, N] float32.

    ``on_step`` is called before every step, and may raise to end it all.
    """
    last = {source: number for number, step in enumerate(network.steps) for source in step.inputs}
    kept = set(network.outputs.values())
    values: dict[int, Tensor] = {}
    for number, step in enumerate(network.steps):
        if on_step:
            on_step()
        taken = [values[source] for source in step.inputs]
        values[number] = inputs[step.name] if step.kind == "input" else _step(step, weights, taken)
        for source in step.inputs:
            if last[source] == number and source not in kept:
                values.pop(source, None)
    return [values[number] for number in network.outputs.values()]


def _step(step: Step, weights: dict[str, Tensor], taken: list[Tensor]) -> Tensor:
    x = taken[0]
    weight, bias = weights.get(f"{step.name}.weight"), weights.get(f"{step.name}.bias")
    match step.kind:
        case "affine":
            return x * step.factor + step.offset
        case "conv":
            assert weight is not None
            top, left, bottom, right = step.pads
            return F.conv2d(F.pad(x, (left, right, top, bottom)), weight, bias, step.stride)
        case "deconv":
            assert weight is not None
            return F.conv_transpose2d(x, weight, bias, step.stride, step.pads[0])
        case "linear":
            assert weight is not None
            return F.linear(x, weight, bias)
        case "norm":
            return F.group_norm(x, step.groups, weight, bias, step.epsilon)
        case "silu":
            return F.silu(x)
        case "relu":
            return F.relu(x)
        case "sigmoid":
            return torch.sigmoid(x)
        case "squash":
            return 3 * torch.tanh(x / 3)
        case "add":
            return x + taken[1]
        case "double":
            return F.interpolate(x, scale_factor=2.0, mode="nearest")
        case "attend":
            query, key, value = (part.flatten(2).transpose(1, 2) for part in taken)
            return F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(taken[2].shape)
        case "flatten":
            return x.flatten(1)
        case "unflatten":
            return x.unflatten(1, step.shape)
        case "luma":
            return (x * torch.from_numpy(LUMA).to(x)[:, None, None]).sum(1, keepdim=True)
        case "repeat":
            return x.expand(-1, step.channels, -1, -1)
        case "input":
            raise AssertionError("inputs are given")

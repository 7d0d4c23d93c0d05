"""The optimiser of every training here: Muon for the kernels of convolutions, AdamW for all else.

Muon (Jordan et al., 2024) makes the step of a weight matrix orthogonal, so that all directions in
which it could improve move on alike. A convolution counts as the matrix from its input patch to
its outputs. One rate serves both halves: Muon's step is scaled to the size of Adam's (Liu et al.,
Muon is Scalable for LLM Training, 2025).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Optimiser:
    """Muon and AdamW over the parameters of ``model``, as one."""

    def __init__(self, model: nn.Module) -> None:
        kernels = [p for p in model.parameters() if p.ndim == 4 and p.shape[-1] > 1]
        special = {id(p) for p in kernels}
        others = [p for p in model.parameters() if id(p) not in special]
        self._kernels = [(kernel, _matrix(kernel.detach(), kernel)) for kernel in kernels]
        self._halves: dict[str, torch.optim.Optimizer] = {}
        if kernels:
            matrices = [matrix for _, matrix in self._kernels]
            self._halves["muon"] = torch.optim.Muon(matrices, weight_decay=1e-4, adjust_lr_fn="match_rms_adamw")
        if others:
            groups = [
                {"params": [p for p in others if p.ndim > 1], "weight_decay": 1e-4},
                {"params": [p for p in others if p.ndim <= 1], "weight_decay": 0.0},
            ]
            self._halves["adam"] = torch.optim.AdamW([g for g in groups if g["params"]], betas=(0.9, 0.98))

    def step(self, rate: float) -> None:
        """Move every parameter down its gradient."""
        for kernel, matrix in self._kernels:
            matrix.grad = None if kernel.grad is None else _matrix(kernel.grad, kernel)
        for half in self._halves.values():
            for group in half.param_groups:
                group["lr"] = rate
            half.step()

    def state(self) -> dict[str, Tensor]:
        """What to keep to go on to the same step, by name."""
        return {
            f"{name}/{index}/{key}": torch.as_tensor(value)
            for name, half in self._halves.items()
            for index, entry in half.state_dict()["state"].items()
            for key, value in entry.items()
        }

    def load(self, state: dict[str, Tensor]) -> None:
        """Go on from `state`. A state without anything starts afresh."""
        for name, half in self._halves.items():
            whole = half.state_dict()
            whole["state"] = {}
            for place, value in state.items():
                owner, index, key = place.split("/")
                if owner == name:
                    whole["state"].setdefault(int(index), {})[key] = value
            half.load_state_dict(whole)


def _matrix(tensor: Tensor, kernel: Tensor) -> Tensor:
    """A kernel (or its gradient) [out, in, h, w] as [out, in x h x w], in the order of the kernel's memory,
    so that a contiguous or channels-last kernel is only viewed, never copied."""
    return tensor.flatten(1) if kernel.is_contiguous() else tensor.permute(0, 2, 3, 1).flatten(1)

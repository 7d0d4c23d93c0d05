"""What a critic says of drawn pictures, and how it learns (Goodfellow et al., Generative Adversarial Nets, 2014)."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional as F

#: Factor of a critic's logits: with one optimiser for both, it is how the critic learns faster than who draws.
LOUD = 10.0


class Verdict(NamedTuple):
    """The terms of both sides' losses, scalars. ``fooled`` and ``unlike`` teach who draws, the others the critic."""

    fooled: Tensor  #: how far the drawn pictures are from passing for real
    unlike: Tensor  #: mean distance of the critic's features (Larsen et al., 2016)
    fair: Tensor  #: how badly the critic tells them apart
    steep: Tensor  #: how much it jumps for a little noise


def judge(critic: nn.Module, shown: Tensor, real: Tensor, told: Tensor, jitter: Tensor) -> Verdict:
    """Show ``critic(pictures, told) -> (logits, features)`` drawn pictures and the real ones of the same subjects.

    What teaches the critic does not reach who drew, nor the other way. ``jitter`` is noise of the shape of ``real``.
    """
    fixed = {name: weight.detach() for name, weight in critic.named_parameters()}
    judged, features = functional_call(critic, fixed, (shown, told))
    with torch.no_grad():
        _, wanted = critic(real, told)
    fooled = F.softplus(-judged.float()).mean()
    distances = [(a - b).float().abs().mean() for a, b in zip(features, wanted, strict=True)]

    yes, _ = critic(real, told)
    no, _ = critic(shown.detach(), told)
    near, _ = critic(real + jitter, told)
    fair = F.softplus(-yes.float()).mean() + F.softplus(no.float()).mean()
    # How steep the critic is where pictures lie, by a finite difference: R1 (Mescheder et al., 2018)
    # without a second derivative (Lin et al., Diffusion Adversarial Post-Training, 2025).
    steep = (near.float() - yes.float()).square().mean()
    return Verdict(fooled, torch.stack(distances).sum(), fair, steep)

from __future__ import annotations

import torch
from torch.nn import functional as F

from engine.training.noise_model import NoiseModel


def photos(generator: torch.Generator, count: int = 6, side: int = 160) -> tuple[list[torch.Tensor], torch.Tensor]:
    """Noisy photos with a flat and a busy half, and their noise, which two neighbours in a row share."""
    white = torch.randn(count, 3, side, side + 2, generator=generator)
    noise = 0.06 * F.avg_pool2d(white, (1, 3), stride=1) * 3**0.5
    checks = 0.2 * ((torch.arange(side)[:, None] // 6 + torch.arange(side) // 6) % 2)
    checks[:, : side // 2] = 0.1
    light = 0.4 + 0.1 * torch.linspace(0, 1, side)
    return list(((light + checks + noise).clamp(0, 1) * 255).round().byte()), noise


def shared(noise: torch.Tensor, down: int, across: int) -> float:
    a = noise[..., down:, across:]
    b = noise[..., : noise.shape[-2] - down, : noise.shape[-1] - across]
    return float((a * b).mean() / noise.square().mean())


def test_strength_and_correlation_are_read_off_flat_places() -> None:
    generator = torch.Generator().manual_seed(1)
    noisy, noise = photos(generator)
    model = NoiseModel.of(noisy)
    assert abs(model.sigma / float(noise.std()) - 1) < 0.12
    more = model.draw(8, 64, 48, generator)
    assert more.shape == (8, 3, 64, 48)
    assert abs(float(more.std()) / model.sigma - 1) < 0.05
    for place in ((0, 1), (0, 2), (0, 5), (1, 0), (1, 1)):
        assert abs(shared(more, *place) - shared(noise, *place)) < 0.1

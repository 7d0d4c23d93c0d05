from __future__ import annotations

import torch

from engine.training.data import DamageBank, PhotoBank
from engine.training.reading import ReadingLoss


def test_a_bank_has_the_facts_of_every_photo() -> None:
    generator = torch.Generator().manual_seed(0)
    coarse = torch.rand(3, 3, 30, 30, generator=generator)
    large = torch.nn.functional.interpolate(coarse, size=(160, 160), mode="bicubic").clamp(0, 1)
    photos = PhotoBank(list((large * 255).byte()), [])
    masks = DamageBank([torch.zeros(1, 160, 160, dtype=torch.uint8)], [])
    loss = ReadingLoss(photos, masks, seed=1, count=32, size=64)
    assert loss.figures.shape[0] == loss.facts.shape[0] == 32
    assert torch.isfinite(loss.figures).all()
    assert (loss.facts >= 0).all()
    assert (loss.facts > 0).any(0).all()

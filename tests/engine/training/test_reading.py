from __future__ import annotations

import torch

from engine.training.data import DamageBank, PhotoBank, generator_for
from engine.training.reading import ReadingLoss, framed


def test_some_photos_get_a_border_of_one_colour_and_the_others_stay() -> None:
    photos = torch.rand(64, 3, 40, 40, generator=torch.Generator().manual_seed(0))
    before = photos.clone()
    seen = framed(photos, generator_for(0, 0))
    assert torch.equal(photos, before)
    changed = (seen != photos).any(1)  # [64, 40, 40]
    touched = changed.any((1, 2))
    assert 0.15 < touched.float().mean() < 0.5
    for photo in seen[touched]:
        # The outermost line of one side at least is of one colour.
        lines = photo[:, 0], photo[:, -1], photo[:, :, 0], photo[:, :, -1]
        assert any(line.amax() == line.amin() for line in lines)
    assert changed[touched].float().mean() < 1 / 3


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

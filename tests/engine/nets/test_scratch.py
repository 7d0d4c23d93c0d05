from __future__ import annotations

import torch

from engine.nets.scratch import MULTIPLE, ScratchConfig, ScratchFinder

SMALL = ScratchConfig(widths=(4, 4, 6, 6), look=(1, 1, 1, 1), gather=(1, 1, 1))


def test_every_pixel_gets_an_answer() -> None:
    logits = ScratchFinder()(torch.rand(2, 3, 3 * MULTIPLE, 4 * MULTIPLE))
    assert logits.shape == (2, 1, 3 * MULTIPLE, 4 * MULTIPLE)
    # Untrained it thinks damage rare.
    assert logits.max() < 0


def test_no_pixel_reaches_further_than_it_says() -> None:
    torch.manual_seed(1)
    finder = ScratchFinder(SMALL)
    with torch.no_grad():
        for parameter in finder.parameters():
            if parameter.ndim == 4:
                parameter.mul_(3.0)
    photo = torch.rand(1, 3, 256, 256, requires_grad=True)
    finder(photo)[0, 0, 128, 128].backward()
    assert photo.grad is not None
    rows = torch.nonzero(photo.grad.abs().sum((0, 1, 3))).flatten()
    reached = max(128 - int(rows.min()), int(rows.max()) - 128)
    assert 0.5 * SMALL.reach < reached <= SMALL.reach

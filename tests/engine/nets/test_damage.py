from __future__ import annotations

import torch

from engine.nets.damage import READ, DamageReader
from engine.spectrum import FIGURES


def test_figures_become_numbers_that_are_never_negative() -> None:
    read = DamageReader()(torch.randn(5, FIGURES) * 4)
    assert read.shape == (5, len(READ))
    assert (read >= 0).all()

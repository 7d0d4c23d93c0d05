from __future__ import annotations

import torch

from engine.nets.tone import Tone, ToneReader, fade, tone_loss, unfade


def test_unfade_undoes_fade() -> None:
    photo = 0.02 + 0.96 * torch.rand(2, 3, 16, 16)
    black, white, gamma = torch.full((2, 3), 0.2), torch.full((2, 3), 0.8), torch.full((2, 3), 1.3)
    faded = fade(photo, black, white, gamma)
    assert faded.min() >= 0.2
    assert faded.max() <= 0.8
    torch.testing.assert_close(unfade(faded, Tone(black, white, gamma, torch.zeros(2))), photo, atol=1e-5, rtol=0)


def test_the_reader_stays_in_range_for_any_picture() -> None:
    torch.manual_seed(0)
    reader = ToneReader()
    for thumbnail in (torch.zeros(1, 3, 64, 64), torch.ones(1, 3, 64, 64), torch.rand(1, 3, 64, 64)):
        tone = reader(thumbnail)
        assert (tone.white - tone.black).min() > 0
        assert tone.gamma.min() > 0.4
        assert torch.isfinite(unfade(thumbnail, tone)).all()
        assert all(torch.isfinite(part) for part in tone_loss(tone, thumbnail, thumbnail, torch.zeros(1)))

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from engine.nets.tone import THUMBNAIL, Tone, ToneReader, fade, tone_loss, unfade
from engine.training.data import generator_for
from engine.training.fading import Faded, ToneLoss, draw, held_out_tone, sources


@pytest.fixture(scope="module")
def photos() -> list[Tensor]:
    generator = torch.Generator().manual_seed(0)
    coarse = torch.rand(12, 3, 6, 5, generator=generator)
    large = torch.nn.functional.interpolate(coarse, size=(300, 260), mode="bicubic").clamp(0, 1)
    return list((large * 255).byte())


@pytest.fixture(scope="module")
def batch(photos: list[Tensor]) -> Faded:
    return draw(sources(photos), 96, generator_for(0, 0))


def test_half_of_the_photos_fade_and_the_others_do_not(batch: Faded) -> None:
    assert batch.seen.shape == (96, 3, THUMBNAIL, THUMBNAIL)
    assert 0.3 < batch.really.mean() < 0.7
    change = (batch.faded - batch.clean).abs().mean((1, 2, 3))
    assert (change[batch.really == 0] == 0).all()
    assert (change[batch.really == 1] > 0.002).all()
    # Grain and dust are on what is seen, and only on a part of it.
    dirt = (batch.seen - batch.faded).abs().mean((1, 2, 3))
    assert (dirt == 0).any()
    assert 0 < dirt.max() < 0.05


def test_faded_photos_span_fewer_tones(batch: Faded) -> None:
    def span(x: Tensor) -> Tensor:
        return (x.amax((1, 2, 3)) - x.amin((1, 2, 3)))[batch.really == 1]

    assert (span(batch.faded) < span(batch.clean)).float().mean() > 0.9


def test_grey_photos_fade_to_grey(batch: Faded) -> None:
    grey = (batch.clean.amax(1) - batch.clean.amin(1)).amax((1, 2)) < 1e-6
    assert 0.15 < grey.float().mean() < 0.55
    assert (batch.seen.amax(1) - batch.seen.amin(1))[grey].max() < 1e-5


def test_the_same_step_shows_the_same_batch(photos: list[Tensor]) -> None:
    loss = ToneLoss(photos, seed=3, batch=4)
    first, again, other = loss.repeat(5, 0.0), loss.repeat(5, 0.5), loss.repeat(6, 0.0)
    assert all(torch.equal(first[name], again[name]) for name in ("clean", "faded", "seen", "really"))
    assert not torch.equal(first["clean"], other["clean"])


def test_who_knows_the_curve_has_the_least_loss(batch: Faded) -> None:
    black, white, gamma = torch.full((96, 3), 0.2), torch.full((96, 3), 0.8), torch.full((96, 3), 0.9)
    faded = fade(batch.clean, black, white, gamma)
    really, sure = torch.ones(96), torch.full((96,), 4.0)
    knows = Tone(black, white, gamma, sure)
    guesses = Tone(black - 0.1, white, gamma, sure)
    torch.testing.assert_close(unfade(faded, knows), batch.clean, atol=2e-3, rtol=0)
    assert tone_loss(knows, faded, batch.clean, really)[0] < tone_loss(guesses, faded, batch.clean, really)[0]
    assert tone_loss(knows, faded, batch.clean, really)[1] < tone_loss(knows, faded, batch.clean, 1 - really)[1]


def test_a_reader_that_has_learnt_nothing_finds_nothing_and_does_no_harm(photos: list[Tensor]) -> None:
    said = held_out_tone(photos)(ToneReader())
    assert said["found"] == said["mistaken"] == said["harm"] == 0
    assert said["after"] == said["before"] < 35

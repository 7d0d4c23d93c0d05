from __future__ import annotations

import pytest
import torch

from engine.facts import FACTS
from engine.training import degrade as d
from engine.training.data import generator_for


def batch(count: int = 64, side: int = 32) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(5)
    clean = torch.rand(count, 3, 4, 4, generator=generator)
    clean = torch.nn.functional.interpolate(clean, size=(side, side), mode="bicubic").clamp(0.05, 0.95)
    masks = torch.zeros(count, 1, side, side)
    masks[:, :, 10:13] = 1.0
    return clean, masks


@pytest.fixture(scope="module")
def sample() -> d.Degraded:
    return d.degrade(*batch(256), generator_for(1, 0))


def test_shapes_and_finite_values(sample: d.Degraded) -> None:
    assert sample.photo.shape == sample.clean.shape == (256, 3, 32, 32)
    assert sample.facts.shape == sample.certain.shape == (256, len(FACTS))
    assert torch.isfinite(sample.photo).all()


def test_the_same_step_draws_the_same_damage(sample: d.Degraded) -> None:
    again = d.degrade(*batch(256), generator_for(1, 0))
    other = d.degrade(*batch(256), generator_for(1, 1))
    assert torch.equal(sample.photo, again.photo)
    assert not torch.equal(sample.photo, other.photo)


def test_noise_facts_are_the_noise_that_is_there(sample: d.Degraded) -> None:
    only = (sample.facts[:, 1:] == 0).all(1) & (sample.certain == 1).all(1) & (sample.facts[:, d.NOISE] > 0.1)
    # The unclipped ones: clipping makes the noise smaller.
    only &= (sample.photo.amax((1, 2, 3)) > 1) | (sample.photo.amin((1, 2, 3)) < 0)
    seen = (sample.photo - sample.clean)[only].std((1, 2, 3)) * 255 / 50
    assert only.sum() > 10
    torch.testing.assert_close(seen, sample.facts[only, d.NOISE], rtol=0.25, atol=0.05)


def test_untouched_samples_stay_clean(sample: d.Degraded) -> None:
    clean = (sample.facts == 0).all(1) & (sample.certain == 1).all(1)
    assert clean.any()
    assert (sample.photo - sample.clean)[clean].abs().max() < 0.5 / 255 + 1e-6


def test_every_fact_occurs_and_some_samples_are_bytes_and_some_grey(sample: d.Degraded) -> None:
    # The ladder never sees scratches: they are filled in before it.
    assert (sample.facts > 0).any(0).tolist() == [fact != "scratches" for fact in FACTS]
    as_bytes = ((sample.photo * 255 - (sample.photo * 255).round()).abs().amax((1, 2, 3)) < 1e-3).float().mean()
    assert 0.4 < as_bytes < 0.95
    grey = (sample.clean.amax(1) - sample.clean.amin(1)).amax((1, 2)) < 1e-6
    assert 0.05 < grey.float().mean() < 0.3
    spread = (sample.photo.amax(1) - sample.photo.amin(1)).amax((1, 2))
    assert spread[grey].max() < 1e-5


def test_blur_of_a_point_has_the_radius_it_says() -> None:
    photo = torch.zeros(40, 3, 41, 41)
    photo[:, :, 20, 20] = 1.0
    blurred, radius = d.blur(photo, d.Draw(torch.Generator().manual_seed(0), photo.device))
    axis = torch.arange(41.0) - 20
    across = (blurred[:, 0].sum(1) * axis**2).sum(1)
    along = (blurred[:, 0].sum(2) * axis**2).sum(1)
    wide = radius > 0.8  # a narrower kernel is coarser than the pixels
    spread = ((across + along) / 2).sqrt()[wide]
    assert (spread / radius[wide]).median() == pytest.approx(1.0, abs=0.2)
    assert blurred.sum((2, 3)).sub(1).abs().max() < 1e-3


def test_facts_are_told_now_and_then_and_uncertain_ones_never() -> None:
    facts = torch.rand(4000, len(FACTS)) + 0.1
    certain = torch.ones_like(facts)
    certain[:1000, d.BLUR] = 0
    told = d.tell_some(facts, certain, torch.Generator().manual_seed(0))
    values, known = told.chunk(2, dim=1)
    exact = [d.BLUR, d.JPEG, d.SCRATCHES]
    assert torch.equal(values[:, exact], (facts * known)[:, exact])
    assert known[:1000, d.BLUR].sum() == 0
    assert (known[1000:, [d.BLUR, d.SCRATCHES]].mean(0) - 0.475).abs().max() < 0.05
    assert known[:, [d.NOISE, d.JPEG]].mean() > 0.8
    # Automatic: the noise nearly as it is, the JPEG quality, and nothing else.
    automatic = (known[:, [d.BLUR, d.SCRATCHES]].sum(1) == 0) & (known[:, d.NOISE] > 0)
    off = (values / facts)[automatic, d.NOISE] - 1
    assert 0.03 < off.abs().mean() < 0.08
    assert off.mean().abs() < 0.01


def test_a_scanner_softens_and_keeps_the_light() -> None:
    x = torch.rand(4, 3, 40, 48, generator=torch.Generator().manual_seed(0))
    soft = d.soften(x, 0.8)
    assert soft.shape == x.shape
    torch.testing.assert_close(soft.mean((2, 3)), x.mean((2, 3)), atol=0.01, rtol=0)
    assert (soft.std((2, 3)) < 0.6 * x.std((2, 3))).all()


def test_the_noise_of_a_scan_is_what_the_lens_left_of_the_grain() -> None:
    clean = torch.full((64, 3, 64, 64), 0.5)
    sample = d.degrade(clean, torch.zeros(64, 1, 64, 64), generator_for(2, 0), ((1.0, frozenset({"grain", "scan"})),))
    said = sample.facts[:, d.NOISE] * 50 / 255
    torch.testing.assert_close((sample.photo - clean).std((1, 2, 3)), said, rtol=0.15, atol=0.004)
    assert 0.3 < (sample.certain[:, d.BLUR] == 0).float().mean() < 0.9

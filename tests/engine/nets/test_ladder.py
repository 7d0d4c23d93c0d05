from __future__ import annotations

import inspect

import pytest
import torch

from engine.facts import FACTS, tell
from engine.nets.gaussian import kl
from engine.nets.ladder import Ladder, LadderConfig


@pytest.fixture
def ladder(toy_config: LadderConfig) -> Ladder:
    torch.manual_seed(0)
    return Ladder(toy_config).eval()


def nothing_told(batch: int = 1) -> torch.Tensor:
    return torch.zeros(batch, 2 * len(FACTS))


def test_an_untrained_ladder_gives_the_photo_back(ladder: Ladder) -> None:
    photo = torch.rand(2, 3, 32, 48)
    drawn = ladder(photo, nothing_told(2))
    assert drawn.shape == photo.shape
    assert (drawn - photo).abs().mean() < 0.1


def test_the_decoder_sees_latents_and_nothing_else(ladder: Ladder) -> None:
    assert list(inspect.signature(ladder.decode).parameters) == ["z0", "z1", "z2"]
    posterior = ladder.encode(torch.rand(1, 3, 32, 32), nothing_told())
    again = ladder.decode(*posterior.drawn)
    # Whatever encoding left behind, the same latents draw the same photo.
    torch.testing.assert_close(ladder.redraw(posterior), again)
    with torch.no_grad():
        for parameter in ladder.encoder.parameters():
            parameter.normal_()
    torch.testing.assert_close(ladder.decode(*posterior.drawn), again)


def test_latents_have_the_shapes_of_the_card(ladder: Ladder) -> None:
    posterior = ladder.encode(torch.rand(2, 3, 32, 48), nothing_told(2))
    shapes = [tuple(z.shape) for z in posterior.drawn]
    assert shapes == [(2, 14, 16, 24), (2, 4, 8, 12), (2, 4, 4, 6)]
    for q, p in zip(posterior.levels, posterior.priors, strict=True):
        assert q.mean.shape == p.mean.shape
        assert kl(q, p).min() >= -1e-6


def test_no_pixel_reaches_further_than_the_card_says(toy_config: LadderConfig) -> None:
    torch.manual_seed(2)
    ladder = Ladder(toy_config)
    with torch.no_grad():
        for parameter in ladder.parameters():
            if parameter.ndim == 4:
                parameter.mul_(2.0)
    side, reach = 8 * 24, toy_config.reach
    photo = torch.rand(1, 3, side, side, requires_grad=True)
    middle = side // 2
    ladder(photo, nothing_told())[0, :, middle, middle].sum().backward()
    assert photo.grad is not None
    rows = torch.nonzero(photo.grad.abs().sum((0, 1, 3))).flatten()
    reached = max(middle - int(rows.min()), int(rows.max()) - middle)
    assert 0.5 * reach < reached <= reach


def test_what_is_told_changes_the_result_only_through_the_encoder(ladder: Ladder) -> None:
    with torch.no_grad():
        for film in ladder.encoder.films:
            film.affine.weight.normal_()
    photo = torch.rand(1, 3, 16, 16)
    told = torch.tensor([tell({"noise": 25.0})])
    assert not torch.allclose(ladder(photo, told), ladder(photo, nothing_told()))


def test_tell_marks_what_is_known() -> None:
    told = tell({"noise": 50.0, "jpeg": 0})
    assert told == [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0]
    assert tell({}) == [0.0] * 8
    # Quality 100 is still a JPEG; quality 0 is none at all.
    assert tell({"jpeg": 100})[2] > 0


def test_the_prior_draws_photos(ladder: Ladder) -> None:
    draw = [ladder.sample_prior(32, 48, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)]
    assert draw[0].shape == (1, 3, 32, 48)
    assert torch.equal(draw[0], draw[1])
    assert not torch.equal(draw[0], draw[2])


def test_the_doubt_does_not_bend_the_picture(ladder: Ladder) -> None:
    ladder.zero_grad()
    ladder.encode(torch.rand(1, 3, 16, 16), nothing_told()).doubt.sum().backward()
    touched = {name for name, p in ladder.named_parameters() if p.grad is not None and p.grad.abs().sum() > 0}
    assert touched
    assert all(name.startswith("doubt.") for name in touched)

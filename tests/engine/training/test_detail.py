from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.detail import NOISE
from engine.nets.detail import DetailPainter
from engine.nets.ladder import Ladder, LadderConfig
from engine.training.critic import judge
from engine.training.data import PhotoBank
from engine.training.detail import DetailCritic, DetailLoss, DetailPair, held_out_detail
from engine.training.loop import Schedule, Trainer


@pytest.fixture(scope="module")
def photos() -> PhotoBank:
    """Photos of grain on slopes, as the crops of a wall are."""
    rng = np.random.default_rng(0)
    ramp = np.linspace(60, 190, 64)[None, :, None] + rng.normal(0, 12, (64, 64, 3))
    photo = torch.from_numpy(ramp.clip(0, 255).astype(np.uint8)).permute(2, 0, 1)
    return PhotoBank([photo, photo.flip(1)], [photo.flip(2)] * 2)


@pytest.fixture
def loss(photos: PhotoBank, toy_config: LadderConfig) -> DetailLoss:
    torch.manual_seed(0)
    return DetailLoss(Ladder(toy_config), 1.0, photos, seed=1, size=32, batch=4)


def test_nothing_is_painted_before_it_learnt_and_nothing_where_nothing_is_doubted() -> None:
    painter = DetailPainter(8)
    photo, noise = torch.rand(1, 3, 16, 24), torch.randn(1, NOISE, 8, 12)
    assert not painter(photo, torch.full((1, 1, 16, 24), 0.1), noise).any()
    torch.nn.init.normal_(painter.leave.weight)
    deviation = torch.zeros(1, 1, 16, 24)
    deviation[..., 10:] = 0.1
    texture = painter(photo, deviation, noise)
    assert not texture[..., :10].any()
    assert texture[..., 10:].abs().mean() > 0.01
    other = painter(photo, deviation, -noise)
    assert (texture - other).abs().max() > 1e-3  # what is chance follows from the noise


def test_painter_and_critic_do_not_learn_each_others_terms() -> None:
    torch.manual_seed(0)
    critic, real = DetailCritic(), torch.rand(2, 3, 16, 16)
    shown = torch.rand(2, 3, 16, 16, requires_grad=True)
    verdict = judge(critic, shown, real, real, torch.zeros_like(real))
    (verdict.fooled + verdict.unlike).backward()
    assert shown.grad is not None
    assert shown.grad.abs().max() > 0
    assert all(weight.grad is None for weight in critic.parameters())

    shown.grad = None
    verdict = judge(critic, shown, real, real, 0.1 * torch.randn(real.shape))
    (verdict.fair + verdict.steep).backward()
    assert shown.grad is None
    assert critic.judge.weight.grad is not None


def test_it_learns_to_paint_what_the_mean_leaves_out(loss: DetailLoss, photos: PhotoBank) -> None:
    torch.manual_seed(0)
    trainer = Trainer(DetailPair(), loss, Schedule(steps=30, rate=2e-3, warm_up=1, average=0.8), None)
    before = {name: weight.clone() for name, weight in loss.ladder.state_dict().items()}
    trainer.run(say=lambda _: None)
    check = held_out_detail(loss, photos.held_out, count=4)
    scores = check(trainer.model)
    assert abs(scores["edges1"] - scores["edges0"]) > 0.002  # it starts at nothing
    assert scores["psnr1"] > 15
    assert all(torch.equal(weight, before[name]) for name, weight in loss.ladder.state_dict().items())

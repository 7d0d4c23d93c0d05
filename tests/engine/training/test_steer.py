"""Directions mended by what the decoder draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.directions import Direction
from engine.nets.flow import Flow
from engine.nets.twolevel import TwoLevel, TwoLevelConfig
from engine.training.generate import means
from engine.training.loop import Schedule, Trainer
from engine.training.pictures import PictureSet
from engine.training.steer import AttributeReader, Start, SteerLoss, Ways, steered


class TwoHalves:
    """A decoder of which the first number of z_g brightens the left half of the picture, the second the right."""

    def decode(self, globe: Tensor, deviation: Tensor) -> Tensor:
        halves = 0.5 + 0.1 * globe[:, :2]
        return halves[:, None, None, :].repeat_interleave(16, dim=3).expand(-1, 3, 32, 32)


class HalfReader(nn.Module):
    """How bright each half is, in the units of z_g."""

    def forward(self, pictures: Tensor) -> Tensor:
        return (pictures.unflatten(3, (2, 16)).float().mean((1, 2, 4)) - 0.5) / 0.1


def test_a_direction_that_leaks_is_mended(tmp_path: Path) -> None:
    latents = torch.randn(200, 2, generator=torch.Generator().manual_seed(1))
    starts = Start(latents, torch.zeros(200, 0, 1, 1))
    ways = Ways(torch.tensor([[1.0, 0.8], [0.0, 1.0]]), latents)
    bounds = torch.tensor([[-4.0, -4.0], [4.0, 4.0]])
    loss = SteerLoss(TwoHalves(), HalfReader(), starts, bounds, [0, 1], seed=1)  # pyright: ignore[reportArgumentType]
    trainer = Trainer(ways, loss, Schedule(steps=150, rate=3e-2, warm_up=5, average=0.9), tmp_path)
    trainer.run(say=lambda _: None)
    ways.load_state_dict(trainer.average)
    mended = ways().detach().numpy()
    assert abs(mended[0, 1]) < 0.2 * mended[0, 0]
    assert 0.7 < mended[0, 0] < 1.2
    assert np.allclose(mended[1], [0, 1], atol=0.25)


def test_an_attribute_is_not_pushed_beyond_its_bounds() -> None:
    """Who wears glasses is asked for no second pair: standing still is right."""
    latents = torch.tensor([[1.0, 0.0]]).repeat(50, 1)
    starts = Start(latents, torch.zeros(50, 0, 1, 1))
    bounds = torch.tensor([[1.0, -4.0], [1.0, 4.0]])
    still = Ways(torch.tensor([[0.0, 0.0]]), torch.randn(50, 2))
    loss = SteerLoss(TwoHalves(), HalfReader(), starts, bounds, [0], seed=1)  # pyright: ignore[reportArgumentType]
    assert loss(still, 0, 0.0)[0].item() < 1e-2


def test_sliders_keep_their_names_and_reach_over_both_latents(tmp_path: Path) -> None:
    torch.manual_seed(1)
    light = torch.randint(0, 256, (40, 1, 1, 1), dtype=torch.uint8).expand(-1, 3, 32, 32).contiguous()
    labels: list[dict[str, object]] = [{"light": float(p[0, 0, 0]) / 255, "width": n / 40} for n, p in enumerate(light)]
    pictures = PictureSet(light, labels, light[:2], labels[:2])
    config = TwoLevelConfig.of(32)
    vae, flow = TwoLevel(config), Flow(config.globe)
    latents = means(vae.eval(), light)
    first = Direction.along(np.ones(config.globe, np.float32), name="light", source="label", explained=0.9)
    (mended,) = steered(vae, flow, pictures, [first], latents, 0.05, tmp_path, say=lambda _: None)
    assert (mended.name, mended.source, mended.explained) == ("light", "label", 0.9)
    assert len(mended.numbers) == config.globe + latents[1][0].size
    assert np.isfinite(mended.numbers).all()


def test_without_named_sliders_nothing_is_learnt(tmp_path: Path) -> None:
    config = TwoLevelConfig.of(32)
    nothing = np.zeros((0, 1)), np.zeros((0, 1, 1, 1))
    empty = PictureSet(torch.zeros(0, 3, 32, 32), [], torch.zeros(0), [])
    assert steered(TwoLevel(config), Flow(config.globe), empty, [], nothing, 1.0, tmp_path) == []
    assert not list(tmp_path.iterdir())


def test_the_reader_takes_every_side() -> None:
    for side in (32, 64, 96, 128):
        assert AttributeReader(side, 3)(torch.rand(2, 3, side, side)).shape == (2, 3)

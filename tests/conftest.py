"""Fixtures shared by all tests: a toy model, exported for real, and small pictures."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture(scope="session")
def mutants() -> Callable[[bytes, int], Iterator[bytes]]:
    """``mutants(data, count)``: damaged copies of a file's bytes, every third cut short, the same every time."""

    def damaged(data: bytes, count: int) -> Iterator[bytes]:
        luck = random.Random(0)
        for number in range(count):
            copy = bytearray(data)
            if number % 3 == 0:
                copy = copy[: luck.randrange(len(copy))]
            else:
                for _ in range(luck.randrange(1, 8)):
                    copy[luck.randrange(len(copy))] = luck.randrange(256)
            yield bytes(copy)

    return damaged


@pytest.fixture(scope="session")
def toy_config():
    """The smallest ladder that still has every part."""
    from engine.nets.ladder import LadderConfig

    return LadderConfig(widths=(8, 8, 16), latents=(14, 4, 4), look=(1, 1, 1), gather=(1, 1), draw=(1, 1, 1))


@pytest.fixture(scope="session")
def toy_model(tmp_path_factory: pytest.TempPathFactory, toy_config) -> Path:
    """A model folder with a toy ladder of random weights, far enough from the identity to tell tiles apart."""
    import torch

    from engine.catalog import write_card
    from engine.nets.damage import DamageReader
    from engine.nets.detail import DetailPainter
    from engine.nets.ladder import Ladder
    from engine.nets.scratch import ScratchFinder
    from engine.nets.tone import ToneReader
    from engine.training.export import DAMAGE, DETAIL, LADDER, SCRATCHES, TONE, export_restore, restore_card

    torch.manual_seed(0)
    ladder = Ladder(toy_config)
    with torch.no_grad():
        for name, weight in ladder.named_parameters():
            if name.endswith("weight") and weight.ndim == 4:
                weight.mul_(3.0)
    folder = tmp_path_factory.mktemp("models") / "toy"
    networks = {LADDER: ladder, SCRATCHES: ScratchFinder(), DAMAGE: DamageReader(), TONE: ToneReader()}
    networks[DETAIL] = painter = DetailPainter()
    torch.nn.init.normal_(painter.leave.weight, std=0.5)
    export_restore({prefix: network.state_dict() for prefix, network in networks.items()}, toy_config, folder)
    write_card(folder, restore_card(toy_config, "random weights"))
    return folder


@pytest.fixture(scope="session")
def toy_generator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder that draws 32-pixel pictures from random weights, with one slider, "tilt"."""
    import torch

    from engine import directions
    from engine.catalog import write_card
    from engine.nets.flow import Flow
    from engine.nets.twolevel import TwoLevel, TwoLevelConfig
    from engine.training.export_generate import FLOW, VAE, export_generate, generate_card

    torch.manual_seed(0)
    config = TwoLevelConfig(32, 2, (8, 16), (1, 1), (1, 1), globe=8, detail=2)
    vae, flow = TwoLevel(config), Flow(config.globe)
    torch.nn.init.normal_(flow.leave.weight, std=0.3)
    flow.get_buffer("center").fill_(0.5)
    folder = tmp_path_factory.mktemp("models") / "toy-drawer"
    export_generate({VAE: vae.state_dict(), FLOW: flow.state_dict()}, config, folder)
    tilt = directions.Direction.along(np.array([1.0, -1.0, 0.5, 0, 0, 0, 0, 0]), name="tilt", source="label")
    directions.save(folder, [tilt])
    card = generate_card("toy-drawer", "Toy", "Random weights.", [], config)
    card.typical = {"error": [1e-5, 1e-4, 1e-3], "nats": [1.0, 5.0, 20.0]}
    write_card(folder, card)
    return folder


@pytest.fixture
def picture() -> np.ndarray:
    """A small picture with edges, texture and colour, [96, 136, 3] uint8."""
    y, x = np.mgrid[0:96, 0:136]
    waves = np.stack([np.sin(x / 7.0), np.cos(y / 5.0), np.sin((x + y) / 9.0)], axis=2)
    photo = 127 + 70 * waves
    photo[30:60, 40:90] = (220, 60, 40)
    return photo.clip(0, 255).astype(np.uint8)


_status = pytest.StashKey[int]()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[_status] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave at once, with the result of the tests.

    Qt's objects are torn down in no good order when Python 3.11 ends with PySide6 6.12 loaded (see
    `desktop`), and a crash after the last test would hide what the tests said.
    """
    if _status in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[_status])

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import Cancelled
from engine.generate import Generator
from engine.recipes import Recipe
from engine.refine import encoded, refine


@pytest.fixture(scope="module")
def toy(toy_generator: Path) -> Generator:
    return Generator(str(toy_generator), "cpu")


def off(toy: Generator, latent, picture: np.ndarray) -> float:
    return float(np.mean((toy.decode(latent)[0] / 255.0 - picture / 255.0) ** 2))


def test_rounds_bring_the_picture_nearer(toy: Generator) -> None:
    picture = toy.draw([Recipe(model="toy-drawer", seed=4)])[0]
    heard = []
    start = toy.encode(picture[None])
    better = refine(toy, picture, 3, lambda done, total: heard.append((done, total)))
    assert off(toy, better, picture) < 0.5 * off(toy, start, picture)
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_a_strange_picture_is_told_from_an_own_one(toy: Generator) -> None:
    rng = np.random.default_rng(0)
    _, strange = encoded(toy, rng.integers(0, 256, (32, 32, 3), dtype=np.uint8))
    assert strange.known == "not"
    assert strange.psnr < 15


def test_it_stops_when_told(toy: Generator) -> None:
    with pytest.raises(Cancelled):
        refine(toy, np.zeros((32, 32, 3), np.uint8), 3, cancelled=lambda: True)

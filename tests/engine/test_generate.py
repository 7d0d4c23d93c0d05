from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.generate import Generator
from engine.recipes import Recipe


@pytest.fixture(scope="module")
def toy(toy_generator: Path) -> Generator:
    return Generator(str(toy_generator), "cpu")


def recipe(seed: int, **more) -> Recipe:
    return Recipe(model="toy-drawer", seed=seed, **more)


def test_the_same_recipe_is_the_same_picture_in_any_batch(toy: Generator) -> None:
    together = toy.draw([recipe(seed) for seed in range(11)])
    assert together.shape == (11, 32, 32, 3)
    assert together.dtype == np.uint8
    alone = toy.draw([recipe(7)])[0]
    assert np.abs(together[7].astype(int) - alone).max() <= 1
    assert np.abs(together[7].astype(int) - together[6]).mean() > 0.5


def test_the_runtime_draws_what_torch_draws(toy: Generator) -> None:
    import torch
    from safetensors.torch import load_file

    from engine.nets.flow import Flow
    from engine.nets.twolevel import TwoLevel, TwoLevelConfig
    from engine.training.export_generate import FLOW, VAE

    weights = load_file(toy.model.folder / "weights.safetensors")
    vae, flow = TwoLevel(TwoLevelConfig(32, 2, (8, 16), (1, 1), (1, 1), globe=8, detail=2)), Flow(8)
    for network, prefix in ((vae, VAE), (flow, FLOW)):
        network.load_state_dict({k.removeprefix(prefix): w for k, w in weights.items() if k.startswith(prefix)})
    noise = np.random.default_rng(0).standard_normal((3, 8)).astype(np.float32)
    latent = toy.latents([recipe(seed) for seed in range(3)])
    with torch.no_grad():
        np.testing.assert_allclose(toy.carry(noise), flow.carry(torch.from_numpy(noise), 4), atol=1e-4)
        drawn = vae.decode(torch.from_numpy(latent.globe), torch.from_numpy(latent.deviation))
    expected = (drawn.clamp(0, 1) * 255).round().permute(0, 2, 3, 1).numpy()
    assert np.abs(toy.decode(latent) - expected).max() <= 1


def test_no_variety_is_one_picture_and_neighbours_are_near(toy: Generator) -> None:
    a, b = toy.draw([recipe(1, variety=0.0), recipe(2, variety=0.0)])
    assert np.array_equal(a, b)
    start = toy.latents([recipe(1)]).globe
    near, far = (toy.latents([recipe(1, near=((5, d),))]).globe for d in (0.1, 0.8))
    assert 0 < np.abs(near - start).mean() < np.abs(far - start).mean()
    there = toy.latents([recipe(1, near=((5, 1.0),))]).globe
    np.testing.assert_allclose(there, toy.latents([recipe(5)]).globe, atol=1e-5)


def test_pictures_become_latents(toy: Generator) -> None:
    latent = toy.encode(np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8))
    assert latent.globe.shape == (2, 8)
    assert latent.deviation.shape == (2, 2, 8, 8)
    assert np.isfinite(latent.deviation).all()


def test_a_restoration_model_draws_nothing(toy_model: Path) -> None:
    with pytest.raises(ModelError, match="no prior"):
        Generator(str(toy_model))

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.generate import Generator
from engine.recipes import Recipe


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Generator:
    """A model folder with random weights, through the export and the runtime that the shipped ones go through."""
    import torch

    from engine.catalog import write_card
    from engine.nets.flow import Flow
    from engine.nets.twolevel import TwoLevel, TwoLevelConfig
    from engine.training.export_generate import FLOW, VAE, export_generate, generate_card

    torch.manual_seed(0)
    config = TwoLevelConfig(32, 2, (8, 16), (1, 1), (1, 1), globe=8, detail=2)
    vae, flow = TwoLevel(config), Flow(config.globe)
    torch.nn.init.normal_(flow.leave.weight, std=0.3)
    flow.get_buffer("center").fill_(0.5)
    folder = tmp_path_factory.mktemp("models") / "toy"
    export_generate({VAE: vae.state_dict(), FLOW: flow.state_dict()}, config, folder)
    write_card(folder, generate_card("toy", "Toy", "Random weights.", [], config))
    generator = Generator(str(folder), "cpu")
    generator.networks = vae.eval(), flow.eval()  # pyright: ignore[reportAttributeAccessIssue]
    return generator


def recipe(seed: int, **more) -> Recipe:
    return Recipe(model="toy", seed=seed, **more)


def test_the_same_recipe_is_the_same_picture_in_any_batch(toy: Generator) -> None:
    together = toy.draw([recipe(seed) for seed in range(11)])
    assert together.shape == (11, 32, 32, 3)
    assert together.dtype == np.uint8
    alone = toy.draw([recipe(7)])[0]
    assert np.abs(together[7].astype(int) - alone).max() <= 1
    assert np.abs(together[7].astype(int) - together[6]).mean() > 0.5


def test_the_runtime_draws_what_torch_draws(toy: Generator) -> None:
    import torch

    vae, flow = toy.networks  # pyright: ignore[reportAttributeAccessIssue]
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

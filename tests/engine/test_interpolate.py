from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import catalog
from engine.errors import Cancelled, DarkroomError, ModelError, PhotoError
from engine.interpolate import LatentWalk, Models, prepare, write_film
from engine.jobs import Film, Journey
from engine.recipes import Recipe


@pytest.fixture(scope="module")
def models() -> Models:
    return Models("cpu")


def stops(*seeds: int) -> tuple[Recipe, ...]:
    return tuple(Recipe(model="toy-drawer", seed=seed) for seed in seeds)


@pytest.mark.parametrize("path", ["spherical", "straight", "prior"])
def test_every_path_begins_and_ends_at_its_stops(models: Models, toy_generator: Path, path) -> None:
    walk = prepare(Journey(model=str(toy_generator), stops=stops(1, 2, 3), path=path), models)
    assert walk.length == 2
    drawn = models.generator(str(toy_generator)).draw(stops(1, 2, 3))
    for number, picture in enumerate(drawn):
        assert np.abs(walk.frame(number).astype(int) - picture).max() <= 2
    near, middle = walk.frame(0.1), walk.frame(0.5)
    assert np.abs(near.astype(int) - drawn[0]).mean() < np.abs(middle.astype(int) - drawn[0]).mean()


def test_the_sphere_keeps_the_length_of_latents(models: Models, toy_generator: Path) -> None:
    sphere, straight = (
        prepare(Journey(model=str(toy_generator), stops=stops(1, 2), path=path), models)
        for path in ("spherical", "straight")
    )
    assert isinstance(sphere, LatentWalk)
    assert isinstance(straight, LatentWalk)
    generator = models.generator(str(toy_generator))
    ends, round_, flat = (
        float(np.linalg.norm((z.globe - generator.center) / generator.scale))
        for z in (sphere.latent(0), sphere.latent(0.5), straight.latent(0.5))
    )
    assert flat < round_
    assert round_ > 0.6 * ends


def test_a_closed_walk_comes_home(models: Models, toy_generator: Path, tmp_path: Path) -> None:
    walk = prepare(Journey(model=str(toy_generator), stops=stops(1, 2), closed=True), models)
    assert walk.length == 2
    assert np.abs(walk.frame(0).astype(int) - walk.frame(2)).max() <= 1
    film = write_film(walk, Film(frames=6), tmp_path / "round.webp", closed=True)
    with Image.open(film) as image:
        assert getattr(image, "n_frames", 1) == 6


def test_photos_and_recipes_may_be_mixed(models: Models, toy_generator: Path, toy_model: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 60, 3), dtype=np.uint8)).save(photo)
    walk = prepare(Journey(model=str(toy_generator), stops=(*stops(1), str(photo))), models)
    assert walk.frame(0.5).shape == (32, 32, 3)
    heard = []
    morph = Journey(model=str(toy_model), stops=(str(photo), str(photo)), side=64)
    assert prepare(morph, models, lambda done, total: heard.append((done, total))).frame(0.5).shape[2] == 3
    assert heard[-1] == (3, 3)


def test_bad_journeys_get_one_sentence(models: Models, toy_generator: Path, tmp_path: Path) -> None:
    model = str(toy_generator)
    with pytest.raises(DarkroomError, match="two pictures"):
        prepare(Journey(model=model, stops=stops(1)), models)
    with pytest.raises(ModelError, match="cannot be a stop"):
        prepare(Journey(model=model, stops=(*stops(1), Recipe(model="other"))), models)
    with pytest.raises(PhotoError, match=r"gone\.png"):
        prepare(Journey(model=model, stops=(*stops(1), str(tmp_path / "gone.png"))), models)
    with pytest.raises(DarkroomError, match="not made by"):
        prepare(Journey(model=model, stops=(Recipe(model="toy-drawer", latent=b"abc"), *stops(1))), models)
    with pytest.raises(Cancelled):
        prepare(Journey(model=model, stops=stops(1, 2)), models, cancelled=lambda: True)
    walk = prepare(Journey(model=model, stops=stops(1, 2)), models)
    with pytest.raises(DarkroomError, match="frames"):
        write_film(walk, Film(frames=1), tmp_path / "a.gif")
    with pytest.raises(DarkroomError, match="a second"):
        write_film(walk, Film(fps=0), tmp_path / "a.gif")


def test_a_model_that_changed_on_the_disk_is_loaded_again(toy_generator: Path, tmp_path: Path) -> None:
    folder = tmp_path / "changing"
    shutil.copytree(toy_generator, folder)
    models = Models("cpu")
    first = models.generator(str(folder))
    assert models.generator(str(folder)) is first
    catalog.write_card(folder, catalog.read_card(folder))
    assert models.generator(str(folder)) is not first

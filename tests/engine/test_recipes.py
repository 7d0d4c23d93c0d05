from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from engine import recipes
from engine.errors import PhotoError
from engine.recipes import Recipe


@pytest.fixture
def drawn() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (16, 16, 3), dtype=np.uint8)


def stored(path: Path, text: str, keyword: str = "latent-darkroom") -> Path:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(keyword, text)
    Image.new("RGB", (4, 4)).save(path, pnginfo=info)
    return path


def test_a_picture_brings_its_recipe_back(tmp_path: Path, drawn: np.ndarray) -> None:
    recipe = Recipe(
        model="faces", seed=2**63 - 1, variety=0.5, near=((4, 0.25),), latent=b"\x01\x02", sliders={"hair: brown": -1.5}
    )
    path = recipes.save(drawn, recipe, tmp_path / "größe")
    assert path.name == "größe.png"
    assert recipes.read(path) == recipe
    assert np.array_equal(np.asarray(Image.open(path)), drawn)


def test_nothing_is_replaced_unless_asked(tmp_path: Path, drawn: np.ndarray) -> None:
    path = recipes.save(drawn, Recipe(model="faces"), tmp_path / "a.png")
    with pytest.raises(PhotoError, match="already exists"):
        recipes.save(drawn, Recipe(model="faces"), path)
    recipes.save(drawn, Recipe(model="faces", seed=1), path, overwrite=True)
    assert recipes.read(path) == Recipe(model="faces", seed=1)
    with pytest.raises(PhotoError, match="folder"):
        recipes.save(drawn, Recipe(model="faces"), tmp_path / "none" / "a.png")


def test_other_pictures_have_no_recipe(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "plain.png")
    Image.new("RGB", (4, 4)).save(tmp_path / "plain.jpg")
    (tmp_path / "text.png").write_text("no picture")
    for name in ("plain.png", "plain.jpg", "text.png", "gone.png"):
        assert recipes.read(tmp_path / name) is None
    assert recipes.read(stored(tmp_path / "restored.png", '{"noise": 5, "model": "photo-restore"}')) is None


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        '{"model": ""}',
        '{"model": "faces", "seed": -1}',
        '{"model": "faces", "seed": 1e400}',
        '{"model": "faces", "variety": 1e9}',
        '{"model": "faces", "sliders": {"a": 1e6}}',
        '{"model": "faces", "near": [[1, 7]]}',
        '{"model": "faces", "latent": 3}',
        '{"model": "' + "x" * 200_000 + '"}',
        "[" * 50_000,
    ],
)
def test_forged_settings_get_one_sentence(tmp_path: Path, text: str) -> None:
    try:
        path = stored(tmp_path / "forged.png", text)
        found = recipes.read(path)
    except PhotoError as error:
        assert "forged.png" in str(error)
    else:
        assert found is None


def test_moved_forgets_sliders_at_rest() -> None:
    recipe = recipes.moved(Recipe(model="faces", sliders={"nose": 1.0}), nose=0.0, hair=2.0)
    assert recipe.sliders == {"hair": 2.0}

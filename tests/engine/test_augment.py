from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import recipes
from engine.augment import Plan, augment
from engine.errors import Cancelled, DarkroomError, PhotoError
from engine.generate import Generator
from engine.recipes import Recipe


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve digits that the shipped model draws, in two sub-folders: as much of its own kind as can be."""
    folder = tmp_path_factory.mktemp("given")
    drawn = Generator("digits", "cpu").draw([Recipe(model="digits", seed=s, variety=0.7) for s in range(12)])
    for number, picture in enumerate(drawn):
        path = folder / "ab"[number % 2] / f"{number:02d}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(picture).save(path)
    return folder


@pytest.fixture(autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


def run(plan: Plan) -> list:
    return list(augment(plan, lambda _: None, device="cpu"))


def test_variants_keep_their_sub_folder_and_are_no_copies(given: Path, tmp_path: Path) -> None:
    made = run(Plan(given, "digits", tmp_path / "more", variants=3))
    assert 12 <= len(made) <= 36
    originals = np.stack([np.asarray(Image.open(p)) for p in sorted(given.rglob("*.png"))]).astype(float)
    for drew in made:
        path = Path(drew.file)
        assert path.parent == tmp_path / "more" / drew.label and drew.source.startswith(drew.label)
        picture = np.asarray(Image.open(path)).astype(float)
        assert picture.shape == (32, 32, 3)
        assert np.sqrt(((originals - picture) ** 2).mean((1, 2, 3))).min() > 5
        assert recipes.read(path) is not None  # it can be gone on with in Sliders
    assert len({Path(d.file).read_bytes() for d in made}) == len(made)


def test_the_same_seed_draws_the_same(given: Path, tmp_path: Path) -> None:
    twice = [run(Plan(given, "digits", tmp_path / name, variants=1, seed=7)) for name in ("one", "two")]
    assert [Path(d.file).read_bytes() for d in twice[0]] == [Path(d.file).read_bytes() for d in twice[1]]


def test_what_is_there_is_not_replaced(given: Path, tmp_path: Path) -> None:
    target = tmp_path / "a" / "00-png-variant-1.png"
    target.parent.mkdir()
    target.write_bytes(b"the user's")
    with pytest.raises(PhotoError, match="already exists"):
        run(Plan(given, "digits", tmp_path, variants=1))
    assert target.read_bytes() == b"the user's" and len(list(tmp_path.rglob("*.png"))) == 1


def test_refusals(given: Path, tmp_path: Path) -> None:
    with pytest.raises(DarkroomError, match="beside their originals"):
        run(Plan(given, "digits", given / "a" / "more"))
    with pytest.raises(DarkroomError, match="no variants"):
        run(Plan(given, "photo-restore", tmp_path))
    with pytest.raises(Cancelled):
        list(augment(Plan(given, "digits", tmp_path), lambda _: None, lambda: True, "cpu"))

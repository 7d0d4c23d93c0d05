"""An imported autoencoder at work: cleaning, walking between photos, in the terminal and in the engine process."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine import catalog, clean, cli
from engine.codec import Codec
from engine.errors import Cancelled, ModelError
from engine.generate import Generator
from engine.interpolate import Models, prepare
from engine.jobs import Journey, RestoreSettings
from engine.restore import Restorer

sys.path.insert(0, str(Path(__file__).parent / "importers"))
import toys


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with a toy of the TAESD family on it, called tiny."""
    from engine.importers.bring import bring

    folder = tmp_path_factory.mktemp("data") / "models"
    torch.manual_seed(0)
    encoder, decoder = toys.tiny(16, side_path=True)
    weights = folder.parent / "tiny_encoder.pth"
    torch.save(encoder.state_dict(), weights)
    torch.save(decoder.state_dict(), weights.with_name("tiny_decoder.pth"))
    real = catalog.own
    catalog.own = lambda: folder
    try:
        bring([weights], "tiny")
    finally:
        catalog.own = real
    return folder


@pytest.fixture(autouse=True)
def own(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "own", lambda: shelf)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_cleaning_is_the_round_trip_in_the_photos_own_type(picture: np.ndarray, dtype: type) -> None:
    photo = picture.astype(dtype) * (257 if dtype is np.uint16 else 1)
    cleaner = clean.restorer("tiny", "cpu")
    assert isinstance(cleaner, clean.Cleaner)
    done: list[int] = []
    result = cleaner.restore(photo, RestoreSettings(model="tiny"), doubt=True, on_part=lambda _, n, __: done.append(n))
    codec = Codec("tiny", "cpu")
    again = codec.decode(codec.encode(photo), photo.shape[:2])
    assert result.pixels.dtype == dtype
    assert np.abs(result.pixels - again * np.iinfo(dtype).max).max() <= 0.51
    assert result.doubt is not None and not result.doubt.any()
    assert done == sorted(done) and done[-1] == 100
    still = cleaner.restore(photo, RestoreSettings(model="tiny", strength=0.0))
    assert np.array_equal(still.pixels, photo)


def test_the_latent_can_stay_on_the_device(picture: np.ndarray) -> None:
    codec = Codec("tiny", "cpu")
    assert np.abs(codec.again(picture) - codec.decode(codec.encode(picture), picture.shape[:2])).max() < 1e-5


def test_tiles_give_what_the_whole_gives(picture: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    codec = Codec("tiny", "cpu")
    latent = codec.encode(picture)
    drawn = codec.decode(latent, picture.shape[:2])
    monkeypatch.setattr("engine.parts.BUDGET", 1 << 19)
    shares: list[float] = []
    assert np.abs(codec.encode(picture, whole=0, on_share=shares.append) - latent).max() < 1e-4
    assert len(shares) > 4 and shares[-1] == pytest.approx(1.0)
    assert np.abs(codec.decode(latent, picture.shape[:2], whole=0) - drawn).max() < 1e-4
    with pytest.raises(Cancelled):
        codec.encode(picture, whole=0, cancelled=lambda: True)


def test_a_walk_begins_and_ends_with_the_pictures(picture: np.ndarray, tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("a.png", "b.png")]
    for path, pixels in zip(paths, (picture, picture[::-1, ::-1]), strict=True):
        Image.fromarray(np.ascontiguousarray(pixels)).save(path)
    walk = prepare(Journey(model="tiny", stops=tuple(paths), side=96), Models("cpu"))
    height, width = walk.size
    assert (walk.length, height % 4, width % 4) == (1, 0, 0)
    codec = Codec("tiny", "cpu")
    assert np.abs(walk.frame(0.0) / 255 - codec.again(_fitted(picture, walk.size))).max() < 0.01
    assert walk.frame(0.5).shape == (height, width, 3)


def _fitted(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    from engine.morph import fit

    return fit(picture, *size)


def test_it_offers_no_pictures_at_random_and_no_restoration() -> None:
    with pytest.raises(ModelError, match="no prior"):
        Generator("tiny", "cpu")
    with pytest.raises(ModelError, match="cannot restore"):
        Restorer("tiny", "cpu")
    with pytest.raises(ModelError, match="no latent that lies over"):
        Codec("digits", "cpu")
    assert "tiny" not in [card.id for card in catalog.cards("sample")]


def test_restore_takes_it_in_a_terminal(picture: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(picture).save(tmp_path / "in.png")
    target = tmp_path / "out.png"
    assert cli.main(["restore", str(tmp_path / "in.png"), "--model", "tiny", "-o", str(target)]) == cli.DONE
    assert Image.open(target).size == (picture.shape[1], picture.shape[0])

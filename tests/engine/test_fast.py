"""The fast edition of the shipped restoration model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from PIL import Image
from safetensors import safe_open

from engine import catalog, clean, cli, shelf
from engine.errors import ModelError
from engine.jobs import RestoreSettings
from engine.metrics import psnr

FAST, FULL = "photo-restore-fast", "photo-restore"


def noisy(picture: np.ndarray, sigma: float) -> np.ndarray:
    noise = np.random.default_rng(0).normal(0, sigma, picture.shape)
    return (picture + noise).round().clip(0, 255).astype(np.uint8)


def told(sigma: float) -> RestoreSettings:
    return RestoreSettings(noise=sigma, blur=0.0, jpeg=0, scratches=False, fading=False)


def test_it_is_whole_and_of_the_weights_that_are_shipped() -> None:
    shelf.verify(FAST)
    card = catalog.load(FAST).card
    assert card.fast_of == catalog.load(FULL).card.sha256[catalog.WEIGHTS]
    assert catalog.fast_edition(FULL) == FAST == catalog.fast_edition(FAST)
    assert catalog.full_edition(FAST) == FULL
    assert catalog.full_edition(FULL) is None
    assert catalog.fast_edition("digits") is None
    assert {"restore", "uncertainty"} <= set(card.capabilities)
    assert not {"variants", "encode", "finetune"} & set(card.capabilities)


def test_all_its_tensors_are_in_the_one_file() -> None:
    folder = catalog.load(FAST).folder
    for path in folder.glob("*.onnx"):
        for tensor in onnx.load(path, load_external_data=False).graph.initializer:
            where = {entry.key: entry.value for entry in tensor.external_data}
            assert where.get("location") == catalog.WEIGHTS or len(tensor.raw_data) < 100
    with safe_open(folder / catalog.WEIGHTS, "numpy") as weights:
        kinds = [weights.get_slice(name).get_dtype() for name in weights.keys()]  # noqa: SIM118
    assert kinds.count("I8") > 30


@pytest.mark.parametrize("sigma", [15.0, 50.0])
def test_it_restores_nearly_as_well(picture: np.ndarray, sigma: float) -> None:
    photo = noisy(picture, sigma)
    results = [clean.restorer(model, "cpu").restore(photo, told(sigma), doubt=True) for model in (FULL, FAST)]
    full, fast = (psnr(result.pixels, picture) for result in results)
    assert fast > full - 0.15
    assert fast > psnr(photo, picture) + 6
    doubts = [result.doubt for result in results]
    assert doubts[0] is not None
    assert doubts[1] is not None
    assert float(np.median(doubts[1])) == pytest.approx(float(np.median(doubts[0])), rel=0.1)


def test_a_nearly_clean_photo_comes_back(picture: np.ndarray) -> None:
    """Nearly as well as from the model itself: so garish a picture neither leaves quite as it is."""
    full, fast = (
        psnr(clean.restorer(model, "cpu").restore(picture, told(0.5)).pixels, picture) for model in (FULL, FAST)
    )
    assert fast > full - 1.5
    assert fast > 40


def test_quality_chooses_it_where_it_is_there(toy_model: Path) -> None:
    assert clean.restorer(FULL, "cpu", quality="fast").model.card.id == FAST
    assert clean.restorer(FULL, "cpu").model.card.id == FULL
    assert clean.restorer(str(toy_model), "cpu", quality="fast").model.folder == toy_model


def test_a_model_without_one_works_at_normal_quality_and_says_so(
    toy_model: Path, tmp_path: Path, picture: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(picture).save(tmp_path / "photo.png")
    command = ["restore", str(tmp_path / "photo.png"), "-o", str(tmp_path / "out.png"), "--model", str(toy_model)]
    assert cli.main([*command, "--quality", "fast"]) == cli.DONE
    assert "has no fast edition" in capsys.readouterr().err
    assert (tmp_path / "out.png").exists()


def test_it_draws_no_variants(picture: np.ndarray) -> None:
    with pytest.raises(ModelError, match="draws no variants"):
        clean.restorer(FAST, "cpu").restore(picture, RestoreSettings(variant=1))


def test_it_finds_the_same_scratches() -> None:
    sample = Path(__file__).resolve().parents[2] / "assets/samples/old-photos/2 faded orchard.jpg"
    photo = np.asarray(Image.open(sample).convert("RGB"), np.float32)[:320, 160:640] / 255
    tensor = np.moveaxis(photo, 2, 0)[None]
    full, fast = (clean.restorer(model, "cpu").graphs.run("scratches", photo=tensor)[0] > 0.8 for model in (FULL, FAST))
    assert full.mean() > 0.003
    assert (full & fast).sum() > 0.8 * (full | fast).sum()

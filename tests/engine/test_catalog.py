from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine import catalog
from engine.errors import ModelError


@pytest.fixture
def copy(toy_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(toy_model, tmp_path / "copy"))


def test_the_shipped_model_is_whole() -> None:
    model = catalog.load("photo-restore")
    assert {"restore", "variants", "uncertainty"} <= set(model.card.capabilities)
    assert model.card.licence
    assert model.card.training_data
    assert set(model.card.sha256) == {p.name for p in model.folder.iterdir()} - {catalog.CARD}


def test_a_model_is_found_by_its_folder(toy_model: Path) -> None:
    assert catalog.load(str(toy_model)).folder == toy_model


def test_own_models_hide_shipped_ones(tmp_path: Path, toy_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(toy_model, tmp_path / "photo-restore")
    monkeypatch.setattr(catalog, "own", lambda: tmp_path)
    assert catalog.load("photo-restore").folder.parent == tmp_path


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(ModelError, match="no model 'nothing'"):
        catalog.load("nothing")


def test_one_changed_byte_is_noticed(copy: Path) -> None:
    weights = copy / "weights.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match=r"damaged: weights\.safetensors"):
        catalog.load(str(copy))


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "restore.onnx").unlink()
    with pytest.raises(ModelError, match=r"incomplete: restore\.onnx"):
        catalog.load(str(copy))


@pytest.mark.parametrize("card", [b"", b"{", b"[]", b'{"id": 3}'])
def test_a_card_that_is_none_is_refused(copy: Path, card: bytes) -> None:
    (copy / catalog.CARD).write_bytes(card)
    with pytest.raises(ModelError, match="card of model copy"):
        catalog.load(str(copy))


def test_a_card_cannot_point_outside_its_folder(copy: Path) -> None:
    card = json.loads((copy / catalog.CARD).read_text())
    card["sha256"]["../elsewhere"] = "0" * 64
    (copy / catalog.CARD).write_text(json.dumps(card))
    with pytest.raises(ModelError, match="outside its folder"):
        catalog.load(str(copy))

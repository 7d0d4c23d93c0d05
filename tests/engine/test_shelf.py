from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from engine import catalog, shelf
from engine.errors import Cancelled, ModelError


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's models: one, called mine."""
    folder = tmp_path / "data" / "models"
    monkeypatch.setattr(catalog, "own", lambda: folder)
    made = folder / "mine"
    made.mkdir(parents=True)
    (made / "weights.safetensors").write_bytes(b"\0" * 5000)
    (made / "encoder.onnx").write_bytes(b"graph")
    plain = {"version": "1", "summary": "", "licence": "MIT", "training_data": [], "latents": ["4 channels at 1/8"]}
    card = catalog.Card(
        id="mine", name="Mine", kind="codec", capabilities=["encode", "clean"], multiple=8, reach=0, config={}, **plain
    )
    catalog.write_card(made, card)
    return folder


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return shelf.export("mine", tmp_path / "mine.darkroom")


def test_all_models_are_listed_and_what_is_wrong_with_some(own: Path) -> None:
    shutil.copytree(own / "mine", own / "torn")
    (own / "torn" / "model.json").write_text("{")
    entries = {entry.id: entry for entry in shelf.listed()}
    assert entries["mine"].own and not entries["photo-restore"].own
    assert entries["mine"].bytes > 5000
    assert entries["torn"].card is None and "card of model torn" in entries["torn"].trouble
    with pytest.raises(ModelError, match="'nobody'"):
        shelf.shown("nobody")


def test_a_changed_byte_is_found(own: Path) -> None:
    seen: list[tuple[int, int]] = []
    shelf.verify("mine", lambda *step: seen.append(step))
    assert seen[-1] == (5005, 5005)
    (own / "mine" / "weights.safetensors").write_bytes(b"\0" * 4999 + b"\1")
    with pytest.raises(ModelError, match=r"damaged: weights\.safetensors"):
        shelf.verify("mine")
    with pytest.raises(ModelError, match="damaged"):
        shelf.export("mine", own / "never")


def test_a_model_goes_to_one_file_and_back(own: Path, exported: Path) -> None:
    entry = shelf.take_in(exported, "From a friend")
    assert (entry.id, entry.card.name if entry.card else "") == ("from-a-friend", "From a friend")
    for name in ("weights.safetensors", "encoder.onnx"):
        assert (Path(entry.folder) / name).read_bytes() == (own / "mine" / name).read_bytes()
    shelf.verify(entry.id)
    assert shelf.take_in(exported).id == "mine-2"
    assert exported.read_bytes() == shelf.export("mine", exported.with_name("again")).read_bytes()


def test_a_file_that_is_there_is_not_replaced(exported: Path) -> None:
    with pytest.raises(ModelError, match="already exists"):
        shelf.export("mine", exported)
    assert shelf.export("mine", exported, overwrite=True) == exported


def test_cancelling_leaves_nothing_behind(own: Path, exported: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        shelf.take_in(exported, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        shelf.export("mine", tmp_path / "other", cancelled=lambda: True)
    assert [f.name for f in own.iterdir()] == ["mine"]
    assert not list(tmp_path.glob("*other*")) and not list(tmp_path.glob(".*"))


def test_what_a_killed_process_left_is_swept_up(own: Path, exported: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, at_work = own / f".new-{ended.pid}-abc", own / f".new-{os.getpid()}-abc"
    for folder in (left, at_work):
        (folder / "half").mkdir(parents=True)
    shelf.take_in(exported)
    assert not left.exists()
    assert at_work.exists()


def test_only_models_of_ones_own_are_removed_and_kept_aside(own: Path) -> None:
    with pytest.raises(ModelError, match="came with the program"):
        shelf.removable("photo-restore")
    assert shelf.removable("mine") == own / "mine"
    aside = shelf.remove("mine")
    assert aside.parent == own.parent / "removed"
    assert (aside / "model.json").is_file()
    assert "mine" not in catalog.folders()


def forged(exported: Path, target: Path, change) -> Path:
    """A copy of an exported model, its members changed by ``change(members: dict of names to bytes)``."""
    with zipfile.ZipFile(exported) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    change(members)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


@pytest.mark.parametrize(
    "name", ["../evil.onnx", "/tmp/evil.onnx", "a/evil.onnx", "..\\evil.onnx", "C:evil.onnx", ".hidden.onnx", "evil.py"]
)
def test_archives_cannot_write_outside_their_folder(exported: Path, tmp_path: Path, own: Path, name: str) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[name] = b"evil"
        card = json.loads(members["model.json"])
        card["sha256"][name] = catalog.sha256(exported)
        members["model.json"] = json.dumps(card).encode()

    path = forged(exported, tmp_path / "evil.darkroom", change)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(ModelError, match=r"evil\.darkroom"):
        shelf.take_in(path)
    assert set(tmp_path.rglob("*")) == before


def test_a_bomb_is_not_unpacked(exported: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.darkroom"
    with zipfile.ZipFile(exported) as archive, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("model.json", archive.read("model.json"))
        made.writestr("weights.safetensors", b"\0" * 50_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(ModelError, match="compressed"):
        shelf.take_in(path)


@pytest.mark.parametrize("missing", ["model.json", "weights.safetensors"])
def test_a_model_without_one_of_its_files_is_refused(exported: Path, tmp_path: Path, missing: str) -> None:
    path = forged(exported, tmp_path / "part.darkroom", lambda members: members.pop(missing))
    with pytest.raises(ModelError, match=r"part\.darkroom"):
        shelf.take_in(path)


def test_mutated_and_truncated_archives_are_refused_or_whole(
    exported: Path, tmp_path: Path, own: Path, mutants
) -> None:
    whole = exported.read_bytes()
    path = tmp_path / "mutated.darkroom"
    refused = 0
    for mutant in mutants(whole, 300):
        path.write_bytes(mutant)
        try:
            entry = shelf.take_in(path, "mutant")
        except ModelError:
            refused += 1
        else:
            shelf.verify(entry.id)
            shutil.rmtree(entry.folder)
        assert [f.name for f in own.iterdir()] == ["mine"]
    assert refused > 200
    assert {p.name for p in tmp_path.iterdir()} == {"data", "mine.darkroom", "mutated.darkroom"}

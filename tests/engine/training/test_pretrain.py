"""The training command, from zip files to a state that can be gone on from."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from engine import catalog
from engine.generate import Generator
from engine.recipes import Recipe
from engine.training import export_generate, pretrain
from engine.training.data import DamageBank, PhotoBank
from engine.training.export import LADDER, SCRATCHES
from engine.training.graphs import shipped_weights
from engine.training.loop import Repeatable


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(0)
    for name, mode, count, side in (
        ("photos-portraits", "RGB", 9, 288),
        ("photos-scenes", "RGB", 9, 288),
        ("damage", "L", 11, 200),
    ):
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
            for number in range(count):
                small = random.integers(0, 256, (9, 9, len(mode)), dtype=np.uint8).squeeze()
                picture = Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC)
                file = io.BytesIO()
                picture.save(file, "PNG")
                archive.writestr(f"{number}.png", file.getvalue())
    return folder


def run(stage: str, data: Path, folder: Path, steps: int, *more: str) -> dict[str, torch.Tensor]:
    pretrain.main([stage, "--data", str(data), "--steps", str(steps), "--resume", str(folder), *more])
    return load_file(folder / "state.safetensors")


def test_the_ladder_goes_on_where_it_stopped(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run("restore", data, tmp_path, 1, "--device", "cpu")
    second = run("restore", data, tmp_path, 2, "--device", "cpu")
    assert "resumed at step 1 on cpu" in capsys.readouterr().out
    changed = [name for name in first if name.startswith("weights/") and not torch.equal(first[name], second[name])]
    assert len(changed) > 20


def test_the_batch_of_a_step_can_be_drawn_again(data: Path) -> None:
    photos = PhotoBank.load([data / "photos-portraits.zip", data / "photos-scenes.zip"])
    loss = pretrain.RestoreLoss(photos, DamageBank.load(data / "damage.zip"), 3, torch.device("cpu"))
    assert isinstance(loss, Repeatable)
    first, again = loss.repeat(7, 0.2), loss.repeat(7, 0.2)
    assert set(first) == {"clean", "photo", "damage", "told"}
    assert all(torch.equal(first[name], again[name]) for name in first)


@pytest.mark.parametrize(
    ("stage", "more", "prefix"), [("restore", ["--device", "cpu"], LADDER), ("scratches", [], SCRATCHES)]
)
def test_who_starts_from_shipped_weights_stays_near(
    data: Path, tmp_path: Path, stage: str, more: list[str], prefix: str
) -> None:
    shipped = catalog.shipped() / "photo-restore"
    state = run(stage, data, tmp_path, 1, "--from", str(shipped), *more)
    for name, weight in shipped_weights(shipped, prefix).items():
        torch.testing.assert_close(state[f"weights/{name}"], weight, atol=1e-3, rtol=0.0)


@pytest.mark.parametrize(("stage", "more"), [("damage", ["--count", "16"]), ("tone", []), ("scratches", [])])
def test_the_readers_learn(data: Path, tmp_path: Path, stage: str, more: list[str]) -> None:
    run(stage, data, tmp_path, 3, *more)
    log = (tmp_path / "log.jsonl").read_text().splitlines()
    assert '"step": 3' in log[-1]


def test_a_generator_learns_its_three_stages(data: Path, tmp_path: Path) -> None:
    pictures = str(data / "photos-portraits.zip")
    where = ["--data", pictures, "--resume", str(tmp_path), "--device", "cpu"]
    pretrain.main(["generate", *where, "--side", "32", "--steps", "2", "--mirror"])
    vae, pair, flow = (load_file(tmp_path / part / "state.safetensors") for part in ("vae", "sharp", "flow"))
    # The encoder stays as it is while the decoder learns from its critic.
    for part, same in (("enter.0.weight", True), ("leave.weight", False)):
        assert torch.equal(vae[f"average/{part}"], pair[f"weights/vae.{part}"]) == same
    assert flow["average/scale"].shape == (vae["average/spread.weight"].shape[1],)
    assert (flow["average/scale"] > 0).all()

    model = tmp_path / "models" / "trees"
    words = ["--name", "Trees", "--summary", "Draws trees.", "--source", "somebody's garden", "--output", str(model)]
    export_generate.main(["--state", str(tmp_path), "--data", pictures, "--side", "32", *words])
    card = catalog.load(str(model)).card
    assert "psnr_held_out_db" in card.numbers
    assert len(card.typical["error"]) == 3
    assert Generator(str(model), "cpu").draw([Recipe(model="trees", seed=3)]).shape == (1, 32, 32, 3)

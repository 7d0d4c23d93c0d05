from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine import catalog
from engine.catalog import WEIGHTS
from engine.errors import ModelError
from engine.training.export import DETAIL, LADDER, SCRATCHES, gathered
from engine.training.graphs import shipped_weights, write_weights


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_not_written(bad: float, tmp_path: Path) -> None:
    whole = {"a.": {"x": torch.ones(3)}, "b.": {"y": torch.ones(2, 2)}}
    write_weights(whole, tmp_path)
    whole["b."]["y"][1, 1] = bad
    with pytest.raises(ModelError, match=r"b\.y holds a value that is no number"):
        write_weights(whole, tmp_path)
    assert torch.equal(shipped_weights(tmp_path, "b.")["y"], torch.ones(2, 2))
    with pytest.raises(ModelError):
        write_weights(whole, tmp_path / "new")
    assert not (tmp_path / "new" / WEIGHTS).exists()


def test_the_export_of_a_broken_state_ends_with_one_sentence(tmp_path: Path) -> None:
    state, output = tmp_path / "state", tmp_path / "model"
    state.mkdir()
    note = {"step": "5", "seconds": "60"}
    broken = {"average/x": torch.full((2,), torch.nan), "average/painter.y": torch.ones(1)}
    save_file(broken, state / "state.safetensors", metadata=note)
    folders = [f"--{name}={state}" for name in ("state", "scratches", "damage", "tone", "detail")]
    command = [sys.executable, "-m", "engine.training.export", "restore", *folders, f"--output={output}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].endswith("holds a value that is no number.")
    assert "Traceback" not in done.stderr
    assert not (output / WEIGHTS).exists()


def test_a_network_that_was_not_trained_anew_comes_from_the_model(tmp_path: Path) -> None:
    base = catalog.load("photo-restore")
    finder = {f"average/{name}": weight + 1 for name, weight in shipped_weights(base.folder, SCRATCHES).items()}
    save_file(finder, tmp_path / "state.safetensors", metadata={"step": "5", "seconds": "120"})
    folders = {LADDER: None, SCRATCHES: tmp_path, DETAIL: None}
    found = gathered(folders, base)
    assert found[SCRATCHES][1] == "5 steps, 2 minutes"
    assert f"ladder: {found[LADDER][1]};" in base.card.training
    for prefix, change in ((LADDER, 0), (SCRATCHES, 1), (DETAIL, 0)):
        for name, weight in shipped_weights(base.folder, prefix).items():
            assert torch.equal(found[prefix][0][name], weight + change)
    with pytest.raises(ModelError, match="ladder network is missing"):
        gathered(folders, None)
    assert DETAIL not in gathered({SCRATCHES: tmp_path, DETAIL: None}, None)

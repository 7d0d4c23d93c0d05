from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn

from engine.training.data import generator_for
from engine.training.loop import NEXT, Schedule, Trainer, TrainingFailed, averaged, not_finite


def loss(model: nn.Module, step: int, spent: float = 0.0) -> tuple[torch.Tensor, dict[str, float]]:
    """Learn to double, from batches drawn by the step alone."""
    x = torch.rand(8, 4, generator=generator_for(3, step))
    return (model(x) - 2 * x).square().mean(), {}


def trainer(folder: Path, steps: int = 40) -> Trainer:
    torch.manual_seed(0)
    return Trainer(nn.Linear(4, 4), loss, Schedule(steps=steps, rate=0.05, warm_up=5), folder)


def test_a_run_learns_and_stops_by_itself(tmp_path: Path) -> None:
    run = trainer(tmp_path, steps=200)
    before = float(loss(run.model, 0)[0].detach())
    run.run(say=lambda _: None)
    assert run.step == 200
    assert float(loss(run.model, 0)[0].detach()) < 0.05 * before


def test_a_resumed_run_ends_bit_for_bit_where_an_unbroken_one_does(tmp_path: Path) -> None:
    whole = trainer(tmp_path / "whole")
    for _ in range(40):
        whole.advance()

    first = trainer(tmp_path / "broken")
    for _ in range(17):
        first.advance()
    first.save()
    second = trainer(tmp_path / "broken")
    torch.manual_seed(99)  # nothing may hang on the global random state
    assert second.resume()
    assert second.step == 17
    for _ in range(23):
        second.advance()

    for name, weight in whole.model.state_dict().items():
        assert torch.equal(weight, second.model.state_dict()[name])
        assert torch.equal(whole.average[name], second.average[name])


def test_there_is_nothing_to_resume_in_an_empty_folder(tmp_path: Path) -> None:
    assert not trainer(tmp_path).resume()


def test_a_crash_while_saving_keeps_the_state_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = trainer(tmp_path)
    run.advance()
    run.save()
    run.advance()

    def power_cut(*_: object, **__: object) -> bytes:
        raise OSError("power cut")

    monkeypatch.setattr("engine.training.loop.save", power_cut)
    with pytest.raises(OSError, match="power cut"):
        run.save()
    again = trainer(tmp_path)
    assert again.resume()
    assert again.step == 1


def test_where_the_state_is_cut_short_the_one_before_serves(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    for _ in range(3):
        run.advance()
        run.save()
    state = tmp_path / "state.safetensors"
    state.write_bytes(state.read_bytes()[:-40])
    again = trainer(tmp_path)
    assert again.resume()
    assert again.step == 2
    (tmp_path / "state-before.safetensors").write_bytes(b"nothing")
    assert not trainer(tmp_path).resume()


def test_a_crash_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    for _ in range(2):
        run.advance()
        run.save()
    (tmp_path / "state.safetensors").replace(tmp_path / NEXT)
    again = trainer(tmp_path)
    assert again.resume()
    assert again.step == 2


def test_a_run_goes_on_from_stop_to_stop_and_is_watched(tmp_path: Path) -> None:
    run, heard = trainer(tmp_path), []
    run.run(until=10, say=lambda _: None, watch=lambda log: heard.append(log["loss"]) or True)
    assert run.step == 10
    assert len(heard) == 10
    run.run(say=lambda _: None, watch=lambda log: False)
    assert run.step == 11
    again = trainer(tmp_path)
    assert again.resume()
    assert again.step == 11


def test_a_nan_stops_before_it_reaches_the_weights(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    run.advance()
    before = {name: weight.clone() for name, weight in run.model.state_dict().items()}
    run.loss = lambda model, step, spent: (loss(model, step)[0] * float("nan"), {})
    with pytest.raises(TrainingFailed, match="Step 1"):
        run.advance()
    for name, weight in run.model.state_dict().items():
        assert torch.equal(weight, before[name])
    assert (tmp_path / "state.safetensors").exists()


class Fragile:
    """A loss whose pictures hold an Inf from the second step on."""

    seed = 3

    def repeat(self, step: int, spent: float) -> dict[str, torch.Tensor]:
        x = torch.rand(8, 4, generator=generator_for(self.seed, step))
        if step:
            x[2, 1] = torch.inf
        return {"photo": x, "clean": 2 * x}

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[torch.Tensor, dict[str, float]]:
        batch = self.repeat(step, spent)
        return (model(batch["photo"]) - batch["clean"]).square().mean(), {}


def test_the_batch_that_broke_a_run_is_kept_for_a_look(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    run.loss = Fragile()
    run.advance()
    assert not list(tmp_path.glob("batch-*"))
    with pytest.raises(TrainingFailed, match="Step 1"):
        run.advance()
    kept = load_file(tmp_path / "batch-1.safetensors")
    assert torch.isinf(kept["photo"][2, 1])
    assert torch.equal(kept["photo"], Fragile().repeat(1, 0.0)["photo"])
    with safe_open(tmp_path / "batch-1.safetensors", framework="pt") as file:
        note = file.metadata()
    assert (note["step"], note["seed"]) == ("1", "3")
    assert "weight" in note["gradients"]


def test_weights_that_are_no_numbers_never_replace_a_state(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    run.advance()
    run.save()
    with torch.no_grad():
        next(run.model.parameters())[0, 0] = torch.nan
    with pytest.raises(TrainingFailed, match="weight"):
        run.save()
    again = trainer(tmp_path)
    assert again.resume()
    assert not not_finite(again.model.state_dict())


def test_the_average_is_lent_for_a_check_and_given_back(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    for _ in range(10):
        run.advance()
    own = run.model.weight.detach().clone()  # pyright: ignore[reportCallIssue, reportAttributeAccessIssue]
    with averaged(run.model, run.average):
        assert torch.equal(run.model.weight, run.average["weight"])
        assert not torch.equal(run.model.weight, own)
    assert torch.equal(run.model.weight, own)


def test_the_rate_warms_up_and_falls() -> None:
    schedule = Schedule(minutes=10, rate=1.0, warm_up=100, final=0.01)
    assert schedule.rate_at(0, 0.0) == pytest.approx(0.01)
    assert schedule.rate_at(1000, 0.0) == pytest.approx(1.0)
    assert schedule.rate_at(1000, 1.0) == pytest.approx(0.01)
    assert schedule.spent(0, 300) == pytest.approx(0.5)

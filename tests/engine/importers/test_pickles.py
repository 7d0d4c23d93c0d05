from __future__ import annotations

import pickle
import random
from collections import OrderedDict
from pathlib import Path

import pytest
import torch

from engine.errors import ModelError
from engine.importers import pickles
from engine.importers.lazy import read_tensors

FORMS = {"zip": {}, "stream": {"_use_new_zipfile_serialization": False}}


@pytest.fixture(params=FORMS)
def form(request) -> dict:
    return FORMS[request.param]


def test_every_tensor_comes_out_as_torch_saved_it(tmp_path: Path, form: dict) -> None:
    base = torch.arange(24, dtype=torch.float32)
    saved = OrderedDict(
        plain=torch.randn(3, 4),
        half=torch.randn(5).half(),
        brain=torch.randn(2, 3).bfloat16(),
        whole=torch.arange(6),
        view=base.view(4, 6)[1:3, ::2],
        turned=torch.randn(3, 5).t(),
        learnt=torch.nn.Parameter(torch.randn(2)),
        single=torch.tensor(3.5),
    )
    torch.save(saved, tmp_path / "w.pt", **form)
    read = read_tensors(tmp_path / "w.pt")
    assert read.keys() == saved.keys()
    for name, tensor in saved.items():
        assert read[name].shape == tuple(tensor.shape)
        assert torch.equal(read[name].read(), tensor.detach().float()), name


@pytest.mark.parametrize("wrapper", ["state_dict", "params_ema", "model", None])
def test_weights_are_found_in_what_trainers_save(tmp_path: Path, form: dict, wrapper: str | None) -> None:
    weights = {"module.a": torch.ones(2), "module.b": torch.zeros(1)}
    saved = {wrapper: weights, "epoch": 3, "lr": 0.1, "notes": ["x", None, (1, 2)]} if wrapper else weights
    torch.save(saved, tmp_path / "w.ckpt", **form)
    assert read_tensors(tmp_path / "w.ckpt").keys() == {"a", "b"}


class Trap:
    """Unpickling it calls something."""

    def __init__(self, call, *arguments) -> None:
        self.made = (call, arguments)

    def __reduce__(self):
        return self.made


@pytest.mark.parametrize("call", [open, exec, eval, __import__, Path.touch, torch.load, pickle.loads, getattr])
def test_code_in_a_pickle_never_runs(tmp_path: Path, form: dict, call) -> None:
    mark = tmp_path / "ran"
    traps = {
        open: Trap(open, str(mark), "w"),
        exec: Trap(exec, f"open({str(mark)!r}, 'w')"),
        eval: Trap(eval, f"open({str(mark)!r}, 'w')"),
        __import__: Trap(__import__, "antigravity"),
        Path.touch: Trap(Path.touch, mark),
        torch.load: Trap(torch.load, str(mark)),
        pickle.loads: Trap(pickle.loads, pickle.dumps(Trap(open, str(mark), "w"))),
        getattr: Trap(getattr, Trap, "made"),
    }
    torch.save({"a": torch.ones(2), "b": traps[call]}, tmp_path / "w.pt", **form)
    try:
        found = read_tensors(tmp_path / "w.pt")
    except ModelError as error:
        assert "w.pt" in str(error)
    else:  # a name of torch itself is dropped, as the rest of a checkpoint is
        assert call is torch.load
        assert found["a"].read().tolist() == [1, 1]
    assert not mark.exists()


def test_the_same_traps_spring_when_python_unpickles_them(tmp_path: Path) -> None:
    """So that the test above means something."""
    mark = tmp_path / "ran"
    pickle.loads(pickle.dumps(Trap(open, str(mark), "w"))).close()
    assert mark.exists()


def test_a_whole_module_is_no_file_of_weights(tmp_path: Path, form: dict) -> None:
    torch.save(torch.nn.Linear(2, 2), tmp_path / "w.pt", **form)
    with pytest.raises(ModelError, match=r"w\.pt"):
        read_tensors(tmp_path / "w.pt")


def test_a_tensor_that_claims_more_than_there_is(tmp_path: Path) -> None:
    storage = pickles.Storage("0", torch.float32, 10)
    assert pickles._ref(storage, 2, (2, 4), (4, 1)).offset == 2
    for offset, size, stride in [
        (3, (2, 4), (4, 1)),
        (0, (11,), (1,)),
        (0, (1 << 40, 1), (0, 1)),
        (0, (-1,), (1,)),
        (0, (2,), (1, 1)),
    ]:
        with pytest.raises(pickles.Unreadable):
            pickles._ref(storage, offset, size, stride)


def test_mutated_and_truncated_files_are_refused_or_read(tmp_path: Path, form: dict) -> None:
    torch.save(
        {"a": torch.ones(40), "b": {"c": [1, 2.5, "x"]}, "d": torch.zeros(3, 4).half()}, tmp_path / "w.pt", **form
    )
    whole = (tmp_path / "w.pt").read_bytes()
    luck = random.Random(0)
    refused = 0
    for number in range(600):
        data = bytearray(whole)
        if number % 3 == 0:
            data = data[: luck.randrange(len(data))]
        for _ in range(luck.randrange(1, 6) if number % 3 else 0):
            data[luck.randrange(len(data))] = luck.randrange(256)
        path = tmp_path / "mutated.pt"
        path.write_bytes(data)
        try:
            for tensor in read_tensors(path).values():
                assert tensor.read().numel() < 1000
        except ModelError as error:
            refused += 1
            assert str(error).startswith("mutated.pt") and str(error).endswith(".")
    assert refused > 200
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mutated.pt", "w.pt"]

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine.errors import ModelError
from engine.importers.lazy import check_room, read_tensors


def with_header(path: Path, header: object, data: bytes = b"\0" * 16, length: int | None = None) -> Path:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text) if length is None else length) + text + data)
    return path


@pytest.mark.parametrize(
    ("header", "length"),
    [
        ({"a": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]}}, None),
        ({"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 400]}}, None),
        ({"a": {"dtype": "F32", "shape": [-4], "data_offsets": [0, 16]}}, None),
        ({"a": {"dtype": "X", "shape": [4], "data_offsets": [0, 16]}}, None),
        ({"a": {"dtype": "F32", "shape": [4], "data_offsets": [16, 0]}}, None),
        ({"a": 3}, None),
        (b"{", None),
        (b"[" * 5000, None),
        ({}, 1 << 60),
        ({}, (1 << 64) - 1),
    ],
)
def test_headers_that_lie_are_refused(tmp_path: Path, header: object, length: int | None) -> None:
    with pytest.raises(ModelError, match=r"lies\.safetensors"):
        read_tensors(with_header(tmp_path / "lies.safetensors", header, length=length))


def test_mutated_and_truncated_files_are_refused_or_read(tmp_path: Path, mutants) -> None:
    save_file({"a.weight": torch.ones(4, 5), "b": torch.zeros(3).half()}, tmp_path / "w.safetensors")
    whole = (tmp_path / "w.safetensors").read_bytes()
    path = tmp_path / "mutated.safetensors"
    refused = 0
    for mutant in mutants(whole, 1500):
        path.write_bytes(mutant)
        try:
            for tensor in read_tensors(path).values():
                assert tensor.read().numel() < 1000
        except ModelError:
            refused += 1
    assert refused > 500
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mutated.safetensors", "w.safetensors"]


def test_memory_is_looked_at_before_it_is_taken(tmp_path: Path) -> None:
    save_file({"a": torch.ones(4)}, tmp_path / "w.safetensors")
    tensors = read_tensors(tmp_path / "w.safetensors")
    check_room(tensors, "w.safetensors")
    huge = {"a": tensors["a"].__class__((1 << 45,), tensors["a"].read)}
    with pytest.raises(ModelError, match="GB of memory"):
        check_room(huge, "w.safetensors")

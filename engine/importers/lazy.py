"""Tensors of a file that are read when they are wanted, and what is wrong with the file before that."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from engine.errors import ModelError
from engine.files import explain


@dataclass(frozen=True)
class Lazy:
    """A tensor that is still on the disk."""

    shape: tuple[int, ...]
    read: Callable[[], Tensor]  #: its numbers as float32. Raises `ModelError`.

    def reshaped(self, *shape: int) -> Lazy:
        """The same numbers in another shape. Raises `ModelError` where there are not as many."""
        if math.prod(shape) != math.prod(self.shape):
            raise ModelError(f"A tensor of {self.shape} cannot be one of {shape}.")
        return Lazy(shape, lambda: self.read().reshape(shape))

    def half(self) -> Lazy:
        """The first half along its first axis: the means of a head that gives means and log variances."""
        count = self.shape[0] // 2
        return Lazy((count, *self.shape[1:]), lambda: self.read()[:count].contiguous())


#: Tensors by name.
Tensors = Mapping[str, Lazy]


def read_tensors(path: Path) -> dict[str, Lazy]:
    """The tensors of a file of weights, by what it holds and not by its name.

    Names lose a ``module.`` in front, which training on several devices leaves. Raises `ModelError`.
    """
    from engine.importers import pickles

    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise ModelError(f"{path.name}: {explain(error)}.") from error
    if not head:
        raise ModelError(f"{path.name}: the file is empty.")
    pickled = head[:2] == b"\x80\x02" or head[:4] == b"PK\x03\x04"
    found = pickles.read(path) if pickled else _safetensors(path)
    return {name.removeprefix("module."): tensor for name, tensor in found.items()}


def check_room(tensors: Tensors, what: str) -> None:
    """That the tensors fit into memory, before one is read. Raises `ModelError`."""
    needed, free = 4 * sum(math.prod(t.shape) for t in tensors.values()), psutil.virtual_memory().available
    if needed > 0.8 * free:
        raise ModelError(f"{what}: it needs {needed / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free.")


def _safetensors(path: Path) -> dict[str, Lazy]:
    # The library checks its header against the file's size before anything is allocated.
    try:
        opened = safe_open(path, "pt")
        names = list(opened.keys())
        shapes = {name: tuple(opened.get_slice(name).get_shape()) for name in names}
    except (SafetensorError, OSError, ValueError, UnicodeError) as error:
        raise ModelError(f"{path.name}: it is no file of weights, or damaged ({_first(error)}).") from error

    def reader(name: str) -> Callable[[], Tensor]:
        def tensor() -> Tensor:
            try:
                return opened.get_tensor(name).to(torch.float32, copy=True)
            except (SafetensorError, RuntimeError, ValueError) as error:
                raise ModelError(f"{path.name}: {name} cannot be read ({_first(error)}).") from error

        return tensor

    return {name: Lazy(shapes[name], reader(name)) for name in names}


def _first(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["?"])[0].rstrip(".")

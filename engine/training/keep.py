"""A fine-tuned model's folder: the base's graphs, new weights of the same layout, a card that says where it is from."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
from safetensors.torch import load_file
from torch import Tensor

from engine import catalog
from engine.errors import ModelError
from engine.training.graphs import placed, write_weights


def write_tuned(base: catalog.Model, parts: dict[str, dict[str, Tensor]], folder: Path) -> catalog.Card:
    """Write graphs and weights to ``folder`` (made new), and return the base's card to be changed and written.

    ``parts`` are the networks that have learnt, by their prefix in the weights file; the others stay the base's.
    Raises `ModelError` where the weights are not those of the base's network, and OSError.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    weights = load_file(base.folder / catalog.WEIGHTS)
    new = {prefix + name: tensor for prefix, part in parts.items() for name, tensor in part.items()}
    if strange := [name for name in new if name not in weights or new[name].shape != weights[name].shape]:
        raise ModelError(f"Model {base.card.name} is not made like {folder.name}: {strange[0]} differs.")
    write_weights({"": weights | {name: tensor.detach().cpu() for name, tensor in new.items()}}, folder)
    if placed(folder / catalog.WEIGHTS) != placed(base.folder / catalog.WEIGHTS):
        raise ModelError(f"Model {base.card.name} has weights in an order of its own and cannot be fine-tuned.")
    for graph in base.folder.glob("*.onnx"):
        shutil.copyfile(graph, folder / graph.name)
    card = msgspec.convert(msgspec.to_builtins(base.card), catalog.Card)
    card.parent, card.version, card.family, card.source, card.numbers = base.card.id, "1", "", "", {}
    return card

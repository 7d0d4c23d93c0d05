"""From what an importer found to a model folder that is proved against torch."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor

from engine import catalog, devices, directions, parts
from engine.errors import Cancelled, ModelError
from engine.importers import axes, eager
from engine.importers.draw import draw
from engine.importers.found import Found
from engine.importers.split import split
from engine.imports import Step
from engine.sessions import HALF, Graphs
from engine.training.graphs import placed, write_weights

#: Largest difference between torch and the converted model that is let pass, of values in about 0..1.
TOLERANCE = 1e-4
#: What a card says where the source states no licence.
UNSTATED = "not stated by its source"
#: Sides of the sample picture of the proof, in pixels of the latent: of a fully convolutional network, no square.
_SAMPLE = (16, 24)

#: Called as units are done: the step at hand, how many units of the whole are done, and how many there are.
OnStep = Callable[[Step, int, int], None]


@dataclass(frozen=True)
class Converted:
    """The card of a finished model folder and the largest difference from torch on the sample picture."""

    card: catalog.Card
    difference: float


class Progress:
    """Counts the units of an import: tensors, graphs, and runs of the proof."""

    def __init__(self, on_step: OnStep | None, cancelled: Callable[[], bool] | None) -> None:
        self.done, self.total, self._on_step, self._cancelled = 0, 1, on_step, cancelled

    def step(self, which: Step, units: int = 0) -> None:
        """``units`` more are done, and ``which`` is at hand. Raises `Cancelled`."""
        if self._cancelled and self._cancelled():
            raise Cancelled
        self.done = min(self.done + units, self.total)
        if self._on_step:
            self._on_step(which, self.done, self.total)


def convert(found: Found, folder: Path, name: str, source: str, progress: Progress) -> Converted:
    """Write ``found`` to ``folder`` as a model called ``name`` that came from ``source``, and prove it.

    Raises `ModelError` when the converted model does not give torch's answers, and `Cancelled`.
    """
    lazy = found.encoder.weights | found.decoder.weights
    numbers = sum(math.prod(tensor.shape) for tensor in lazy.values())
    units = max(1, numbers // 2_000_000)
    progress.total = len(lazy) + 2 * units + 8 * units
    weights = {}
    for key, tensor in lazy.items():
        progress.step("reading")
        weights[key] = tensor.read().contiguous()
        progress.step("reading", 1)
    if broken := next((key for key, tensor in weights.items() if not torch.isfinite(tensor).all()), None):
        raise ModelError(f"{source}: the tensor {broken} holds numbers that are none.")
    progress.step("writing")
    write_weights({"": weights}, folder)
    progress.step("converting", units)
    cut = _draw(found, folder)
    progress.step("converting", units)
    card = _card(found, folder, name, source, cut)
    catalog.write_card(folder, card)
    difference = _prove(found, weights, folder, card, progress, units)
    if not difference <= TOLERANCE:
        raise ModelError(f"{source}: the converted model is {difference:.1e} away from torch's answer.")
    card.numbers = {"difference_from_torch": float(f"{difference:.2g}")}
    if found.side:
        graphs = Graphs(catalog.Model(folder, card), devices.devices()[-1])
        learnt, card.typical = axes.learn(graphs, card.config["globe"][0])
        directions.save(folder, learnt)
    catalog.write_card(folder, card)
    return Converted(card, difference)


def _draw(found: Found, folder: Path) -> parts.Parts:
    """Draw both networks, and the parts of those that run in tiles."""
    places = placed(folder / catalog.WEIGHTS)
    cut: parts.Parts = {}
    for name, network in (("encoder", found.encoder), ("decoder", found.decoder)):
        draw(network, folder / f"{name}.onnx", places)
        draw(network, folder / f"{name}{HALF}.onnx", places, half=True)
        if not found.side:
            cut[name] = split(network, name, folder, places)
    if cut:
        (folder / parts.FILE).write_bytes(msgspec.json.encode(cut) + b"\n")
    return cut


def _card(found: Found, folder: Path, name: str, source: str, cut: parts.Parts) -> catalog.Card:
    """The card without what the proof measures."""
    if found.side:
        length = found.decoder.channels(next(iter(found.decoder.inputs.values())))
        card = catalog.Card(
            id=folder.name,
            name=name,
            kind="generate",
            version="1",
            summary=f"Imported from {source}.",
            licence=UNSTATED,
            training_data=[],
            capabilities=["sample", "encode", "decode", "directions", "interpolate"],
            multiple=found.side,
            reach=found.side,
            latents=[f"{length} Gaussian numbers for the whole picture"],
            config={"side": [found.side], "globe": [length], "deviation": [0, 1, 1]},
            family=found.family,
            source=source,
        )
    else:
        channels = cut["encoder"][-1].makes["latent"].channels
        multiple = math.prod(part.multiple for part in cut["encoder"])
        card = codec_card(
            folder.name,
            name,
            source,
            channels,
            multiple,
            family=found.family,
            scaling=found.scaling,
            shift=found.shift,
        )
    card.licence = found.notes.get("licence", card.licence)
    card.training_data = [found.notes["data"]] if "data" in found.notes else []
    card.training = found.notes.get("training", "")
    return card


def codec_card(
    model: str, name: str, source: str, channels: int, multiple: int, *, family: str, scaling: float, shift: float
) -> catalog.Card:
    """The card of an autoencoder with a spatial latent and no prior."""
    return catalog.Card(
        id=model,
        name=name,
        kind="codec",
        version="1",
        summary=f"Imported from {source}.",
        licence=UNSTATED,
        training_data=[],
        capabilities=["encode", "decode", "interpolate", "clean"],
        multiple=multiple,
        reach=0,
        latents=[f"{channels} channels at 1/{multiple}"],
        config={"channels": [channels]},
        family=family,
        source=source,
        scaling=scaling,
        shift=shift,
    )


def sample_picture(height: int, width: int) -> np.ndarray:
    """A picture with edges, texture and colour, [3, height, width] float32 in [0, 1]."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = np.stack([np.sin(x / 7), np.cos(y / 5), np.sin((x + y) / 9)])
    picture = 0.5 + 0.3 * waves * (0.3 + 0.7 * x / width)
    picture[:, height // 3 : height // 2, width // 4 : width // 2] = np.array([0.9, 0.2, 0.1])[:, None, None]
    return picture.clip(0, 1).astype(np.float32)


def _prove(
    found: Found, weights: dict[str, Tensor], folder: Path, card: catalog.Card, progress: Progress, units: int
) -> float:
    """Largest difference from torch of both networks, whole and in parts, on the sample picture and its latent."""
    multiple = card.multiple
    height, width = (found.side, found.side) if found.side else (side * multiple for side in _SAMPLE)
    pictures = sample_picture(height, width)[None]
    graphs = Graphs(catalog.Model(folder, card), devices.devices()[-1])
    cut = parts.load(graphs)
    difference = 0.0
    given = pictures
    for name, network in (("encoder", found.encoder), ("decoder", found.decoder)):
        ((read, _),) = network.inputs.items()
        progress.step("proving")
        answers = eager.run(network, weights, {read: torch.from_numpy(given)}, lambda: progress.step("proving"))
        expected = [value.numpy() for value in answers]
        progress.step("proving", 2 * units)
        seen = _interruptible(progress, graphs, name, **{read: given})
        difference = max(difference, *(float(np.abs(a - b).max()) for a, b in zip(seen, expected, strict=True)))
        graphs.close(name)
        progress.step("proving", units)
        if len(cut.get(name, ())) > 1:
            tiled = parts.run(graphs, cut[name], read, given[0], on_share=lambda _: progress.step("proving"))
            difference = max(difference, float(np.abs(tiled - expected[0][0]).max()))
        progress.step("proving", units)
        given = expected[0]
    return difference


def _interruptible(progress: Progress, graphs: Graphs, name: str, **inputs: np.ndarray) -> list[np.ndarray]:
    """A run that a cancel ends at the next operator."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            try:
                progress.step("proving")
            except Cancelled:
                graphs.interrupt()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return graphs.run(name, **inputs)
    finally:
        over.set()
        watcher.join()

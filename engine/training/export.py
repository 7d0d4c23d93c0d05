"""From trained weights to a model folder: one weights file, and graphs that point into it.

``python -m engine.training.export restore --state DIR --tone DIR --output models/photo-restore``

Every parameter is stored once, in ``weights.safetensors``; the ONNX graphs hold their tensors as
external data, an offset and a length in that file. New weights of the same layout (a fine-tune)
so need no export.
"""

from __future__ import annotations

import argparse
import json
import logging
import struct
import warnings
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine import catalog, devices
from engine.facts import FACTS
from engine.nets.ladder import MULTIPLE, Ladder, LadderConfig, Posterior
from engine.nets.tone import THUMBNAIL, ToneReader
from engine.training.calibrate import calibrate
from engine.training.data import DamageBank, PhotoBank

WEIGHTS = "weights.safetensors"
#: Where the parameters of the two networks stand in the weights file.
LADDER, TONE = "ladder.", "tone."


class RestoreGraph(nn.Module):
    """``photo, told -> restored, doubt``: the mean path in one go. ``doubt`` [B, 1, H, W] is the
    standard deviation of the error, pooled over the colours."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self.ladder = ladder

    def forward(self, photo: Tensor, told: Tensor) -> tuple[Tensor, Tensor]:
        posterior = self.ladder.encode(photo, told)
        return self.ladder.redraw(posterior), deviation(posterior)


class EncodeGraph(nn.Module):
    """``photo, told, noise0..2 -> z0..2, doubt`` and, for each level, mean and log sigma of posterior and prior."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self.ladder = ladder

    def forward(self, photo: Tensor, told: Tensor, noise0: Tensor, noise1: Tensor, noise2: Tensor):
        posterior = self.ladder.encode(photo, told, (noise0, noise1, noise2))
        gaussians = [t for pair in zip(posterior.levels, posterior.priors, strict=True) for g in pair for t in g]
        return (*posterior.drawn, deviation(posterior), *gaussians)


class DecodeGraph(nn.Module):
    """``z0, z1, z2 -> restored``. The decoder has no other input."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self.ladder = ladder

    def forward(self, z0: Tensor, z1: Tensor, z2: Tensor) -> Tensor:
        return self.ladder.decode(z0, z1, z2)


class EstimateGraph(nn.Module):
    """``photo -> facts`` [B, facts, H/8, W/8]: what seems wrong with it."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self.ladder = ladder

    def forward(self, photo: Tensor) -> Tensor:
        return self.ladder.estimate(photo)


def deviation(posterior: Posterior) -> Tensor:
    """The doubt as one standard deviation a pixel, [B, 1, H, W]."""
    return torch.sqrt(torch.exp(posterior.doubt).mean(1, keepdim=True))


def write_graph(module: nn.Module, example: dict[str, Tensor], outputs: list[str], path: Path, prefix: str) -> None:
    """Export ``module`` to ``path``; its parameters are read from the weights file beside it.

    ``example`` gives the inputs by name. Batch, height and width stay free (the first and the last
    two axes; only the batch of two-dimensional inputs). ``prefix`` stands before the parameters'
    names in the weights file.
    """
    # The exporter merges parameters with equal values, and fine-tuning would tear them apart again:
    # a graph is drawn from random weights, which are all different.
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_(std=0.02)
    dynamic = torch.export.Dim.DYNAMIC
    free = tuple({0: dynamic} if t.ndim == 2 else {0: dynamic, 2: dynamic, 3: dynamic} for t in example.values())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for chatty in ("torch.onnx", "onnxscript"):
            logging.getLogger(chatty).setLevel(logging.ERROR)
        program = torch.onnx.export(
            module.eval(),
            tuple(example.values()),
            dynamo=True,
            dynamic_shapes=free if prefix == LADDER else None,
            input_names=list(example),
            output_names=outputs,
            verbose=False,
        )
    assert program is not None
    graph = program.model_proto
    strip_notes(graph)
    point_into(graph, path.parent / WEIGHTS, prefix)
    onnx.save(graph, path)


def strip_notes(graph: onnx.ModelProto) -> None:
    """Drop what the exporter notes about its source: file names and stack traces of this computer."""
    del graph.metadata_props[:]
    del graph.graph.metadata_props[:]
    graph.doc_string = graph.graph.doc_string = ""
    everything = [*graph.graph.node, *graph.graph.input, *graph.graph.output]
    for item in [*everything, *graph.graph.value_info, *graph.graph.initializer]:
        del item.metadata_props[:]
        item.doc_string = ""
    del graph.graph.value_info[:]


def _placed(weights: Path) -> dict[str, tuple[int, int]]:
    """Offset in the file and length in bytes of every tensor of a safetensors file.

    The format (safetensors README): 8 bytes of little-endian header length, a JSON header whose
    offsets count from its end, the tensors.
    """
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    start = 8 + length
    return {
        name: (start + entry["data_offsets"][0], entry["data_offsets"][1] - entry["data_offsets"][0])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def point_into(graph: onnx.ModelProto, weights: Path, prefix: str) -> None:
    """Turn every initializer that is a parameter into a reference into the weights file.

    ``prefix`` is prepended to the initializer's name to find its tensor. Small constants that are
    no parameters stay in the graph.
    """
    placed = _placed(weights)
    for tensor in graph.graph.initializer:
        # The graphs wrap the network in an attribute of their own.
        place = placed.get(prefix + tensor.name.removeprefix("ladder."))
        if place is None:
            if len(tensor.raw_data) > 4096:
                raise ValueError(f"{tensor.name} is large and not in {weights.name}.")
            continue
        if len(tensor.raw_data) != place[1]:
            raise ValueError(f"{tensor.name} changed its size on export.")
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", weights.name), ("offset", place[0]), ("length", place[1])):
            tensor.external_data.add(key=key, value=str(value))


def export_restore(ladder: dict[str, Tensor], tone: dict[str, Tensor], config: LadderConfig, folder: Path) -> None:
    """Write weights and graphs of a restoration model to ``folder`` (made if it is not there)."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {LADDER + k: v for k, v in ladder.items()} | {TONE + k: v for k, v in tone.items()}
    save_file({k: v.float().contiguous() for k, v in tensors.items()}, folder / WEIGHTS)
    (folder / WEIGHTS).chmod(0o644)

    model = Ladder(config)
    photo, told = torch.rand(2, 3, 64, 80), torch.rand(2, 2 * len(FACTS))
    noise = [torch.zeros(2, c, 64 >> s, 80 >> s) for s, c in enumerate(config.latents, start=1)]
    drawn = {f"z{level}": t for level, t in enumerate(noise)}
    drawn_noise = {f"noise{level}": t for level, t in enumerate(noise)}
    gaussians = [
        f"{which}{level}.{part}" for level in range(3) for which in ("q", "p") for part in ("mean", "log_sigma")
    ]
    pixels = ["restored", "doubt"]
    write_graph(RestoreGraph(model), {"photo": photo, "told": told}, pixels, folder / "restore.onnx", LADDER)
    encoder_inputs = {"photo": photo, "told": told, **drawn_noise}
    write_graph(EncodeGraph(model), encoder_inputs, [*drawn, "doubt", *gaussians], folder / "encoder.onnx", LADDER)
    write_graph(DecodeGraph(model), drawn, pixels[:1], folder / "decoder.onnx", LADDER)
    write_graph(EstimateGraph(model), {"photo": photo}, ["facts"], folder / "estimate.onnx", LADDER)
    thumbnail = torch.rand(1, 3, THUMBNAIL, THUMBNAIL)
    write_graph(
        ToneReader(), {"thumbnail": thumbnail}, ["black", "white", "gamma", "faded"], folder / "tone.onnx", TONE
    )


def export_proof(path: Path) -> None:
    """Write the small graph with which `engine.devices` proves that a device computes rightly."""
    helper = onnx.helper
    ramp = torch.linspace(-0.3, 0.3, 81).reshape(3, 3, 3, 3).numpy()
    shape = [1, 3, "height", "width"]
    nodes = [
        helper.make_node("Conv", ["x", "weight"], ["c"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["c"], ["y"]),
    ]
    x, y = (helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape) for name in "xy")
    graph = helper.make_graph(nodes, "proof", [x], [y], [onnx.numpy_helper.from_array(ramp, "weight")])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10), path)


def averaged_weights(state: Path) -> tuple[dict[str, Tensor], str]:
    """The averaged weights of a training folder, and a line that says how long it was trained."""
    path = state / "state.safetensors"
    with safe_open(path, framework="pt") as file:
        note = file.metadata()
    average = {k.removeprefix("average/"): v for k, v in load_file(path).items() if k.startswith("average/")}
    return average, f"{note['step']} steps, {float(note['seconds']) / 60:.0f} minutes"


def restore_card(config: LadderConfig, training: str) -> catalog.Card:
    """The card of the shipped restoration model, but for its numbers."""
    levels = zip(config.latents, ("1/2", "1/4", "1/8"), strict=True)
    return catalog.Card(
        id="photo-restore",
        name="Photo restore",
        kind="restore",
        version="1",
        summary="Removes noise, grain, blur, JPEG artefacts, scratches, dirt and fading from photos.",
        licence="Apache-2.0",
        training_data=[
            "portraits published by CivilServiceUSA us-house and us-senate (MIT; official portraits)",
            "landscape, city and nature photos (CC0, Unsplash/Pexels, CC BY(-SA) or GPL, each with its source noted)",
            "film damage masks of FilmDamageSimulator (MIT)",
        ],
        capabilities=["restore", "encode", "variants", "uncertainty", "finetune"],
        multiple=MULTIPLE,
        reach=config.reach,
        latents=[f"{channels} Gaussian channels at {scale}" for channels, scale in levels],
        config={name: list(sizes) for name, sizes in asdict(config).items()},
        training=training,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m engine.training.export", description=__doc__)
    parser.add_argument("kind", choices=("restore",))
    parser.add_argument("--state", type=Path, required=True, help="training folder of the ladder")
    parser.add_argument("--tone", type=Path, required=True, help="training folder of the tone reader")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the training sets")
    parser.add_argument("--output", type=Path, default=Path("models/photo-restore"))
    arguments = parser.parse_args()
    config = LadderConfig()
    ladder, trained = averaged_weights(arguments.state)
    tone, tone_trained = averaged_weights(arguments.tone)
    export_restore(ladder, tone, config, arguments.output)
    card = restore_card(config, f"ladder: {trained}; tone reader: {tone_trained}")
    catalog.write_card(arguments.output, card)
    export_proof(devices.PROOF)
    photos = PhotoBank.load([arguments.data / "photos-portraits.zip", arguments.data / "photos-scenes.zip"])
    scale = calibrate(arguments.output, photos, DamageBank.load(arguments.data / "damage.zip"))
    print(f"Predicted errors are multiplied by {scale}.")
    print(f"Wrote {arguments.output}.")


if __name__ == "__main__":
    main()

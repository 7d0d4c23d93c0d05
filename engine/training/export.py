"""From trained weights to a model folder: one weights file, and graphs that point into it.

``python -m engine.training.export restore --state DIR --scratches DIR --damage DIR
--tone DIR --detail DIR --output models/photo-restore``, or the folders of those that were trained anew,
and ``--from`` the model that has the others.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

import msgspec
import onnx
import torch
from torch import Tensor, nn

from engine import catalog, detail, devices
from engine.errors import ModelError
from engine.facts import FACTS
from engine.nets.damage import DamageReader
from engine.nets.detail import DetailPainter
from engine.nets.ladder import MULTIPLE, Ladder, LadderConfig
from engine.nets.scratch import ScratchFinder
from engine.nets.tone import THUMBNAIL, ToneReader
from engine.sending import PIXELS
from engine.spectrum import FIGURES
from engine.training.calibrate import calibrate
from engine.training.data import DamageBank, PhotoBank
from engine.training.graphs import averaged_weights, shipped_weights, write_graph, write_weights

#: Where the parameters of the five networks stand in the weights file.
LADDER, SCRATCHES, DAMAGE, TONE, DETAIL = "ladder.", "scratches.", "damage.", "tone.", "detail."


def ladder_of(model: catalog.Model) -> Ladder:
    """The ladder of a restoration model, with its weights."""
    ladder = Ladder(msgspec.convert(model.card.config, LadderConfig))
    ladder.load_state_dict(shipped_weights(model.folder, LADDER))
    return ladder


class RestoreGraph(nn.Module):
    """``photo, told -> restored, doubt``: the mean path in one go. ``doubt`` [B, 1, H, W] is the
    standard deviation of the error, pooled over the colours."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self.network = ladder

    def forward(self, photo: Tensor, told: Tensor) -> tuple[Tensor, Tensor]:
        posterior = self.network.encode(photo, told)
        return self.network.redraw(posterior), posterior.deviation


class EncodeGraph(nn.Module):
    """``photo, told, noise0..2 -> z0..2, doubt`` and, for each level, mean and log sigma of posterior and prior."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self.network = ladder

    def forward(self, photo: Tensor, told: Tensor, noise0: Tensor, noise1: Tensor, noise2: Tensor):
        posterior = self.network.encode(photo, told, (noise0, noise1, noise2))
        gaussians = [t for pair in zip(posterior.levels, posterior.priors, strict=True) for g in pair for t in g]
        return (*posterior.drawn, posterior.deviation, *gaussians)


class DecodeGraph(nn.Module):
    """``z0, z1, z2 -> restored``. The decoder has no other input."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self.network = ladder

    def forward(self, z0: Tensor, z1: Tensor, z2: Tensor) -> Tensor:
        return self.network.decode(z0, z1, z2)


class ScratchesGraph(nn.Module):
    """``photo -> scratches`` [B, 1, H, W], the probability that a pixel is damaged."""

    def __init__(self, finder: ScratchFinder) -> None:
        super().__init__()
        self.network = finder

    def forward(self, photo: Tensor) -> Tensor:
        return torch.sigmoid(self.network(photo))


def export_restore(weights: dict[str, dict[str, Tensor]], config: LadderConfig, folder: Path) -> None:
    """Write weights and graphs of a restoration model to ``folder`` (made if it is not there).

    ``weights`` are those of the networks under `LADDER`, `SCRATCHES`, `DAMAGE`, `TONE` and, if there is one,
    `DETAIL`, which is trained on what the others restore.
    """
    write_weights(weights, folder)
    model = Ladder(config)
    photo, told = torch.rand(2, 3, 64, 80), torch.rand(2, 2 * len(FACTS))
    noise = [torch.zeros(2, c, 64 >> s, 80 >> s) for s, c in enumerate(config.latents, start=1)]
    drawn = {f"z{level}": t for level, t in enumerate(noise)}
    drawn_noise = {f"noise{level}": t for level, t in enumerate(noise)}
    gaussians = [
        f"{which}{level}.{part}" for level in range(3) for which in ("q", "p") for part in ("mean", "log_sigma")
    ]
    pixels = ["restored", "doubt"]
    write_graph(
        RestoreGraph(model), {"photo": photo, "told": told}, pixels, folder / "restore.onnx", LADDER, "pictures"
    )
    encoder_inputs = {"photo": photo, "told": told, **drawn_noise}
    write_graph(
        EncodeGraph(model), encoder_inputs, [*drawn, "doubt", *gaussians], folder / "encoder.onnx", LADDER, "pictures"
    )
    write_graph(DecodeGraph(model), drawn, pixels[:1], folder / "decoder.onnx", LADDER, "pictures")
    finder = ScratchesGraph(ScratchFinder())
    write_graph(finder, {"photo": photo}, ["scratches"], folder / "scratches.onnx", SCRATCHES, "pictures")
    if DETAIL in weights:
        restored = {"restored": photo, "deviation": photo[:, :1], "noise": torch.rand(2, detail.NOISE, 32, 40)}
        write_graph(DetailPainter(), restored, ["texture"], folder / f"{detail.NAME}.onnx", DETAIL, "pictures")
    figures = torch.rand(2, FIGURES)
    write_graph(DamageReader(), {"figures": figures}, ["damage"], folder / "damage.onnx", DAMAGE)
    thumbnail = torch.rand(1, 3, THUMBNAIL, THUMBNAIL)
    write_graph(
        ToneReader(), {"thumbnail": thumbnail}, ["black", "white", "gamma", "faded"], folder / "tone.onnx", TONE, "none"
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


def export_pixels(path: Path) -> None:
    """Write the small graph that makes numbers of 8-bit codes on a device (see `engine.sending`)."""
    helper = onnx.helper
    nodes = [
        helper.make_node("Transpose", ["codes"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Cast", ["planes"], ["floats"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", ["floats", "step"], ["numbers"]),
    ]
    codes = helper.make_tensor_value_info("codes", onnx.TensorProto.UINT8, [1, "height", "width", 3])
    numbers = helper.make_tensor_value_info("numbers", onnx.TensorProto.FLOAT, [1, 3, "height", "width"])
    step = onnx.numpy_helper.from_array((torch.ones(()) / 255).numpy(), "step")
    graph = helper.make_graph(nodes, "pixels", [codes], [numbers], [step])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10), path)


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
        capabilities=["restore", "encode", "variants", "uncertainty", "detail", "finetune"],
        multiple=MULTIPLE,
        reach=config.reach,
        latents=[f"{channels} Gaussian channels at {scale}" for channels, scale in levels],
        config={name: list(sizes) for name, sizes in asdict(config).items()},
        training=training,
    )


def gathered(folders: dict[str, Path | None], base: catalog.Model | None) -> dict[str, tuple[dict[str, Tensor], str]]:
    """The weights of every network, and how long it was trained: from its training folder, by prefix, or from ``base``
    where it has none. Only `DETAIL` may come from nowhere; it is left out then. Raises `ModelError`."""
    trained = dict(part.split(": ", 1) for part in base.card.training.split("; ") if ": " in part) if base else {}
    found = {}
    for prefix, folder in folders.items():
        name = prefix.removesuffix(".")
        if folder:
            found[prefix] = averaged_weights(folder, "painter." if prefix == DETAIL else "")
        elif base and (weights := shipped_weights(base.folder, prefix)):
            found[prefix] = weights, trained.get(name, "as in the model before")
        elif prefix != DETAIL:
            raise ModelError(f"The {name} network is missing: name its training folder, or a model that has it.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m engine.training.export", description=__doc__)
    parser.add_argument("kind", choices=("restore",))
    parser.add_argument("--state", type=Path, help="training folder of the ladder")
    parser.add_argument("--scratches", type=Path, help="training folder of the finder of scratches")
    parser.add_argument("--damage", type=Path, help="training folder of the damage reader")
    parser.add_argument("--tone", type=Path, help="training folder of the tone reader")
    parser.add_argument("--detail", type=Path, help="training folder of the painter of detail, if there is one")
    parser.add_argument("--from", dest="base", type=Path, help="the model that has the networks that are not named")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the training sets")
    parser.add_argument("--output", type=Path, default=Path("models/photo-restore"))
    arguments = parser.parse_args()
    config = LadderConfig()
    folders = {
        LADDER: arguments.state,
        SCRATCHES: arguments.scratches,
        DAMAGE: arguments.damage,
        TONE: arguments.tone,
        DETAIL: arguments.detail,
    }
    base = catalog.load(str(arguments.base)) if arguments.base else None
    read = gathered(folders, base)
    export_restore({prefix: weights for prefix, (weights, _) in read.items()}, config, arguments.output)
    trained = "; ".join(f"{prefix.removesuffix('.')}: {how_long}" for prefix, (_, how_long) in read.items())
    card = restore_card(config, trained)
    if base and not arguments.state:  # the same ladder: what photos look like to it stays
        card.typical = base.card.typical
    if DETAIL not in read:
        card.capabilities.remove(detail.NAME)
    catalog.write_card(arguments.output, card)
    export_proof(devices.PROOF)
    export_pixels(PIXELS)
    photos = PhotoBank.of_data(arguments.data)
    scale = calibrate(arguments.output, photos, DamageBank.load(arguments.data / "damage.zip"))
    print(f"Predicted errors are multiplied by {scale}.")
    print(f"Wrote {arguments.output}.")


if __name__ == "__main__":
    try:
        main()
    except ModelError as error:
        sys.exit(str(error))

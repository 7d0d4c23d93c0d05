"""A restoration model in 8-bit integers, from the model itself and the photos it learnt from.

``python -m engine.training.quantise --model models/photo-restore --data DIR --output models/photo-restore-fast``
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

from engine import catalog
from engine.jobs import RestoreSettings
from engine.metrics import psnr
from engine.restore import Restorer
from engine.training.data import DamageBank, PhotoBank, generator_for
from engine.training.degrade import degrade, tell_some
from engine.training.export import DAMAGE, DETAIL, LADDER, SCRATCHES, TONE
from engine.training.graphs import point_into
from engine.training.integers import in_integers, without_transposed
from engine.training.scratches import LEAVE_OUT, scratched

#: Not in integers: what reads the pixels and what draws them, what finds the latents and reads them (pixels are among
#: them), what says the doubt, and of the finest level what made nine tenths of the error where each convolution was
#: tried alone.
SPARED = ("encoder.enter.0.", "encoder.gather.0.", "posterior.", "read.", "refine.", "doubt.2.")
SPARED += ("network.blocks.0.", "network.rise.0.")
#: The same of the finder of scratches.
SPARED_FINDING = ("enter.0.", "leave.")
#: Photos from which ranges are taken, and their side in pixels.
_COUNT, _SIDE = 32, 192
#: The graphs of the model and the parts of its weights file that they read.
_GRAPHS = {"restore": LADDER, "scratches": SCRATCHES, "damage": DAMAGE, "tone": TONE, "detail": DETAIL}
#: What the fast edition can do, of all that the model can.
KEPT = ("restore", "uncertainty", "detail")
#: Levels of noise at which it is compared with the model it was made of.
_NOISE = (0, 15, 25, 50)

Fed = dict[str, np.ndarray]


def examples(photos: PhotoBank, damage: DamageBank) -> list[Fed]:
    """What the network is fed with in training: photos damaged in every way, and some of the facts about it."""
    generator = generator_for(0, 0, stream=11)
    clean, masks = (bank.crops(_COUNT, _SIDE, generator) for bank in (photos, damage))
    sample = degrade(clean, masks, generator)
    told = tell_some(sample.facts, sample.certain, generator)
    photo, told = sample.photo.numpy(), told.numpy()
    return [{"photo": photo[i : i + 1], "told": told[i : i + 1]} for i in range(_COUNT)]


def scratched_examples(photos: PhotoBank, damage: DamageBank) -> list[Fed]:
    """What the finder of scratches is fed with in training."""
    photo = scratched(photos, damage, _COUNT, _SIDE, generator_for(0, 0, stream=11)).photo.numpy()
    return [{"photo": photo[i : i + 1]} for i in range(_COUNT)]


def quantise(model: catalog.Model, inputs: list[Fed], damaged: list[Fed], folder: Path) -> None:
    """Write the fast edition of a restoration model to ``folder`` (made if it is not there), with its card.

    ``inputs`` are examples of what the network is fed with, ``damaged`` of what the finder of scratches is.
    The edition restores and doubts, and paints detail where the model does; the rest is left to the model.
    """
    graphs = {n: onnx.load(model.folder / f"{n}.onnx") for n in _GRAPHS if f"{n}.onnx" in model.card.sha256}
    parameters = {name: _parameters(model.folder / f"{name}.onnx") for name in graphs}
    for name, fed, spared in (("restore", inputs, SPARED), ("scratches", damaged, SPARED_FINDING)):
        without_transposed(graphs[name])
        parameters[name] |= in_integers(graphs[name], fed, spared)
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        _GRAPHS[name] + tensor.name.removeprefix("network."): numpy_helper.to_array(tensor)
        for name, graph in graphs.items()
        for tensor in graph.graph.initializer
        if tensor.name in parameters[name]
    }
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, folder / catalog.WEIGHTS)
    (folder / catalog.WEIGHTS).chmod(0o644)
    for name, graph in graphs.items():
        point_into(graph, folder / catalog.WEIGHTS, _GRAPHS[name])
        onnx.save(graph, folder / f"{name}.onnx")
    catalog.write_card(folder, fast_card(model.card, folder.name))


def _parameters(path: Path) -> set[str]:
    """The names of a graph's tensors that are in the weights file."""
    tensors = onnx.load(path, load_external_data=False).graph.initializer
    return {tensor.name for tensor in tensors if tensor.data_location == onnx.TensorProto.EXTERNAL}


def fast_card(card: catalog.Card, name: str) -> catalog.Card:
    """The card of the fast edition of a model."""
    return catalog.Card(
        id=name,
        name=f"{card.name}, fast",
        kind=card.kind,
        version=card.version,
        summary=(
            "Restores photos in 8-bit integers: in half the time where the processor has instructions for them "
            "(AVX-512 VNNI, AVX-VNNI, Arm's dot products), and nearly as well."
        ),
        licence=card.licence,
        training_data=card.training_data,
        capabilities=[capability for capability in card.capabilities if capability in KEPT],
        multiple=card.multiple,
        reach=card.reach,
        latents=card.latents,
        config={},
        doubt_scale=card.doubt_scale,
        training=card.training,
        fast_of=card.sha256[catalog.WEIGHTS],
    )


def compared(model: str, fast: str, photos: PhotoBank) -> dict[int, tuple[float, float]]:
    """PSNR in dB of the model and of its fast edition, on held-out photos by level of noise."""
    clean = [photo.permute(1, 2, 0).numpy() for photo in PhotoBank(photos.held_out, []).photos[::2]]
    clean = [photo[:256, :256] for photo in clean]
    restorers, luck = [Restorer(folder, "cpu") for folder in (model, fast)], np.random.default_rng(0)
    scores = {}
    for level in _NOISE:
        told = RestoreSettings(noise=float(level), blur=0.0, jpeg=0, scratches=False, fading=False)
        noisy = [np.clip(np.rint(p + luck.normal(0, level, p.shape)), 0, 255).astype(np.uint8) for p in clean]
        full, less = (
            float(np.mean([psnr(r.restore(x, told).pixels, y) for x, y in zip(noisy, clean, strict=True)]))
            for r in restorers
        )
        scores[level] = full, less
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m engine.training.quantise", description=__doc__)
    parser.add_argument("--model", default="models/photo-restore", help="folder of the model")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the training sets")
    parser.add_argument("--output", type=Path, default=Path("models/photo-restore-fast"))
    arguments = parser.parse_args()
    photos = PhotoBank.of_data(arguments.data)
    damage, thin = (DamageBank.load(arguments.data / "damage.zip", leave_out=names) for names in ((), LEAVE_OUT))
    model = catalog.load(arguments.model)
    quantise(model, examples(photos, damage), scratched_examples(photos, thin), arguments.output)
    for level, (full, fast) in compared(arguments.model, str(arguments.output), photos).items():
        print(f"Noise {level}, photos held back: {full:.2f} dB, fast {fast:.2f} dB.")
    print(f"Wrote {arguments.output}.")


if __name__ == "__main__":
    main()

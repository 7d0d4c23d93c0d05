"""The same photo, the same result: whatever the tile, and in ONNX Runtime as in torch."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from benchmarks.bench import AUTOMATIC, Bench, given
from benchmarks.harm import add_noise
from benchmarks.measure import to_bytes
from benchmarks.table import Table
from engine import catalog

NOISE = 25
UNTILED = 4096  # pixels, wider than the photo here
TILES = (640, 512)  # with the halo on both sides


def tables(bench: Bench) -> Iterator[Table]:
    bench.required()
    # Nine squares of the first photos: sides that are no multiple of anything, and room for many tiles.
    parts = [picture.pixels[:321, :321] for picture in bench.sets.pictures("CBSD68")[:9]]
    rows = [np.concatenate([parts[(3 * row + i) % len(parts)] for i in range(3)], axis=1) for row in range(3)]
    photo = add_noise(np.concatenate(rows), NOISE, clip=False)
    yield _tiles(bench, photo)
    yield _runtimes(bench, photo[:330, :330])


def _tiles(bench: Bench, photo: np.ndarray) -> Table:
    h, w, _ = photo.shape
    table = Table(f"Tiled against untiled: a photo of {w} x {h}", ["", "tiles", *_DIFFERENCES])
    for name, settings in (("level given", given(noise=NOISE)), ("Automatic", AUTOMATIC)):
        whole = bench.result(photo, settings, tile=UNTILED).pixels
        for tile in TILES:
            bench.say(f"tiles of {tile}, {name}")
            done: list[int] = []
            result = bench.result(
                photo, settings, tile=tile, on_part=lambda _, number, __, done=done: done.append(number)
            )
            table.add(f"at most {tile} pixels, {name}", str(len(done)), *_difference(result.pixels, whole))
    return table


def _runtimes(bench: Bench, photo: np.ndarray) -> Table:
    import torch
    from safetensors.torch import load_file

    from engine.facts import tell
    from engine.nets.ladder import Ladder, LadderConfig
    from engine.training.export import LADDER

    bench.say("torch")
    model = catalog.load(bench.model)
    ladder = Ladder(msgspec.convert(model.card.config, LadderConfig))
    weights = load_file(model.folder / catalog.WEIGHTS)
    ladder.load_state_dict({name: weights[LADDER + name] for name in ladder.state_dict()})

    # A size that needs no padding: the bare network has none to offer.
    h, w = (length // model.card.multiple * model.card.multiple for length in photo.shape[:2])
    photo = photo[:h, :w]
    told = torch.tensor([tell({"noise": NOISE, "blur": 0, "jpeg": 0, "scratches": 0})])
    with torch.inference_mode():
        planes = torch.from_numpy(photo.copy()).permute(2, 0, 1)[None]
        expected = ladder.eval()(planes, told)[0].permute(1, 2, 0).numpy()
    result = bench.result(photo, given(noise=NOISE), tile=UNTILED).pixels
    table = Table(f"ONNX Runtime against torch: a photo of {w} x {h}", ["", *_DIFFERENCES])
    table.add("mean path", *_difference(result.clip(0, 1), expected.clip(0, 1)))
    return table


_DIFFERENCES = ("largest difference", "in 1/255", "bytes that differ")


def _difference(a: np.ndarray, b: np.ndarray) -> tuple[str, str, str]:
    largest = float(np.abs(a - b).max())
    return f"{largest:.1e}", f"{255 * largest:.4f}", f"{np.mean(to_bytes(a) != to_bytes(b)):.3%}"

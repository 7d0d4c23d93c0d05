"""A network run part by part, each in tiles, with the result of the whole at once.

A network whose output pixel depends on input pixels nearby runs in tiles with a halo. Group normalisation and
attention depend on the whole picture. Such a network is cut there: a part is what lies between two places
where the whole is needed, and reaches a few pixels. Parts run one after the other over all tiles, what they
make is kept whole, and a normalisation takes its mean and variance from all of it. So tiles share their
statistics exactly, and nothing is computed twice but a thin halo.

Memory is what two parts hold of the picture; tiles add little to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import msgspec
import numpy as np

from engine.errors import Cancelled
from engine.sessions import Graphs
from engine.tiling import Tile, each_tile, tiles

FILE = "parts.json"

#: Bytes that the arrays of a tile may take at once.
BUDGET = 256 << 20

#: Called after each tile: how much of the network is done, 0..1.
OnShare = Callable[[float], None]


class Norm(msgspec.Struct, frozen=True, kw_only=True):
    """A group normalisation of the array ``of``; the tensors are ``weights.weight`` and ``weights.bias``."""

    of: str
    weights: str
    groups: int
    epsilon: float


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An array that a part makes: its channels, and its sides as a ratio of those of what the part reads."""

    channels: int
    ratio: tuple[int, int]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a network, as a graph of its own."""

    graph: str  #: file name without suffix
    tiled: list[str]  #: arrays it reads in tiles, all of one size
    whole: list[str]  #: ... and whole, for attention
    norms: dict[str, Norm]  #: before ``.scale`` and ``.shift`` in the names of its inputs
    makes: dict[str, Made]
    reach: int  #: halo of a tile, in pixels of what it reads
    multiple: int  #: tiles start at multiples of this
    cost: float  #: float32 numbers that are held for each pixel read
    work: float  #: multiplications for each pixel read, in millions


Parts = dict[str, list[Part]]


def load(graphs: Graphs) -> Parts:
    """The parts of a model's networks by the networks' names; none where the model has none."""
    path = graphs.model.folder / FILE
    return msgspec.json.decode(path.read_bytes(), type=Parts) if path.exists() else {}


def run(
    graphs: Graphs,
    parts: Sequence[Part],
    name: str,
    x: np.ndarray,
    *,
    on_share: OnShare | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> np.ndarray:
    """What the last of ``parts`` makes of ``x`` [C, H, W] float32, the array called ``name``.

    Raises `Cancelled` when ``cancelled()`` says so between two tiles, and MemoryError where even small
    tiles do not fit.
    """
    arrays, moments = {name: x}, dict[str, _Moments]()
    last_read = {read: number for number, part in enumerate(parts) for read in _read(part)}
    kept = {norm.of for part in parts for norm in part.norms.values()}
    sizes = _sizes(parts, name, x)
    total = sum(part.work * sizes[part.tiled[0]] for part in parts) or 1.0
    done, made = 0.0, name
    for number, part in enumerate(parts):
        height, width = arrays[part.tiled[0]].shape[1:]
        for made, form in part.makes.items():
            up, down = form.ratio
            arrays[made] = np.empty((form.channels, height * up // down, width * up // down), np.float32)
            if made in kept:
                moments[made] = _Moments(form.channels)
        given = {read: arrays[read][None] for read in part.whole}
        for prefix, norm in part.norms.items():
            given |= _given(graphs, prefix, norm, moments[norm.of], arrays[norm.of].size)
        # Attention weighs every pixel of a tile against every pixel of the picture, before and after the softmax.
        seen = sum(2 * arrays[read][0].size for read in part.whole[:1])
        area = max(part.multiple**2, int(graphs.room * BUDGET / 4 / (part.cost + seen)))
        grid = tiles(width, height, part.reach, part.multiple, area)

        def ready(tile: Tile, part: Part = part) -> dict[str, np.ndarray]:
            left, top, right, bottom = tile.fed
            return {n: np.ascontiguousarray(arrays[n][None, :, top:bottom, left:right]) for n in part.tiled}

        def work(
            tile: Tile, fed: dict[str, np.ndarray], part: Part = part, given: dict[str, np.ndarray] = given
        ) -> None:
            if cancelled and cancelled():
                raise Cancelled
            _keep(part, tile, graphs.run(part.graph, **fed, **given), arrays, moments)

        for tile, _ in each_tile(grid, ready, work, graphs, (width, height), part.reach, part.multiple):
            done += part.work * _area(tile) / total
            if on_share:
                on_share(min(done, 1.0))
        graphs.close(part.graph)
        for read in _read(part):
            if last_read[read] == number and read in arrays and read != made:
                del arrays[read]
    return arrays[made]


def _read(part: Part) -> list[str]:
    return [*part.tiled, *part.whole]


def _sizes(parts: Sequence[Part], name: str, x: np.ndarray) -> dict[str, float]:
    """Pixels of every array."""
    sizes = {name: float(x.shape[1] * x.shape[2])}
    for part in parts:
        for made, form in part.makes.items():
            sizes[made] = sizes[part.tiled[0]] * float(Fraction(*form.ratio)) ** 2
    return sizes


def _area(tile: Tile) -> int:
    left, top, right, bottom = tile.core
    return (right - left) * (bottom - top)


class _Moments:
    """Sums of an array's values and of their squares, channel by channel, as its tiles are made."""

    def __init__(self, channels: int) -> None:
        self.sums, self.squares = np.zeros(channels), np.zeros(channels)

    def add(self, tile: np.ndarray) -> None:
        """Add a tile [C, h, w]. Rows are summed in float32 and the rows' sums in float64."""
        self.sums += tile.sum(axis=2).sum(axis=1, dtype=np.float64)
        self.squares += np.einsum("chw,chw->ch", tile, tile).sum(axis=1, dtype=np.float64)


def _given(graphs: Graphs, prefix: str, norm: Norm, seen: _Moments, count: int) -> dict[str, np.ndarray]:
    """Scale and shift [1, C, 1, 1] of a normalisation of an array of ``count`` numbers."""
    mean = seen.sums.reshape(norm.groups, -1).sum(1) / (count / norm.groups)
    variance = seen.squares.reshape(norm.groups, -1).sum(1) / (count / norm.groups) - mean**2
    weight, bias = (graphs.tensor(f"{norm.weights}.{part}").astype(np.float64) for part in ("weight", "bias"))
    channels = len(weight) // norm.groups
    scale = weight * np.repeat(1 / np.sqrt(np.maximum(variance, 0) + norm.epsilon), channels)
    shift = bias - np.repeat(mean, channels) * scale
    named = {f"{prefix}.scale": scale, f"{prefix}.shift": shift}
    return {key: value.astype(np.float32).reshape(1, -1, 1, 1) for key, value in named.items()}


def _keep(
    part: Part,
    tile: Tile,
    results: Sequence[np.ndarray],
    arrays: dict[str, np.ndarray],
    moments: dict[str, _Moments],
) -> None:
    for (made, form), result in zip(part.makes.items(), results, strict=True):
        up, down = form.ratio
        x0, y0, x1, y1 = (v * up // down for v in tile.core)
        inner_left, inner_top = ((a - b) * up // down for a, b in zip(tile.core[:2], tile.fed[:2], strict=True))
        core = result[0, :, inner_top : inner_top + y1 - y0, inner_left : inner_left + x1 - x0]
        arrays[made][:, y0:y1, x0:x1] = core
        if made in moments:
            moments[made].add(core)

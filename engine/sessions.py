"""ONNX Runtime sessions of a model, and exact tiling.

A network whose output pixel depends on input pixels at most ``reach`` away gives the same result
for a tile as for the whole photo, if the tile is fed with a halo of that width and the halo is cut
off again. So tiles need no blending, and their size is only a matter of memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime as ort

from engine.catalog import Model
from engine.devices import Device, threads
from engine.errors import Cancelled, ModelError
from engine.jobs import Box
from engine.tones import white

#: Largest tile with its halo, in pixels. One pixel costs about 350 bytes of activations.
TILE_AREA = 2_800_000


class Graphs:
    """The sessions of one model on one device, each made when it is first used.

    Raises `ModelError` when the runtime refuses a graph.
    """

    def __init__(self, model: Model, device: Device, thread_count: int | None = None) -> None:
        self.model, self.device = model, device
        self._threads = thread_count or threads()
        self._sessions: dict[str, ort.InferenceSession] = {}
        self._running: ort.RunOptions | None = None

    def run(self, graph: str, **inputs: np.ndarray) -> list[np.ndarray]:
        """Run ``graph`` (a file name without suffix); arrays in and out are float32.

        Raises `Cancelled` when `interrupt` was called meanwhile.
        """
        session = self._sessions.get(graph)
        if session is None:
            session = self._sessions[graph] = self._open(graph)
        self._running = options = ort.RunOptions()
        try:
            return [np.asarray(output) for output in session.run(None, inputs, options)]
        except Exception as error:  # the runtime's exceptions have no common base
            if options.terminate:
                raise Cancelled from error
            raise
        finally:
            self._running = None

    def interrupt(self) -> None:
        """Stop the run in progress, if there is one, at its next operator. For other threads."""
        if options := self._running:
            options.terminate = True

    def _open(self, graph: str) -> ort.InferenceSession:
        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # Tiles differ in size: an arena would keep the largest of every shape for good.
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        options.log_severity_level = 3
        path = self.model.folder / f"{graph}.onnx"
        try:
            return ort.InferenceSession(path, options, providers=self.device.providers)
        except Exception as error:  # the runtime's exceptions have no common base
            first = str(error).strip().splitlines()[0]
            raise ModelError(f"Model {self.model.card.id} cannot be used: {path.name}: {first}") from error


@dataclass(frozen=True)
class Tile:
    """``core`` is what the tile contributes, ``fed`` what the network sees; boxes of the padded photo."""

    core: Box
    fed: Box

    @property
    def inside(self) -> tuple[slice, slice]:
        """Where the core lies in the tile's output: rows, columns."""
        left, top, right, bottom = self.core
        return slice(top - self.fed[1], bottom - self.fed[1]), slice(left - self.fed[0], right - self.fed[0])


def tiles(width: int, height: int, reach: int, multiple: int, area: int = TILE_AREA) -> list[Tile]:
    """Cut a photo into the grid of tiles that costs the least work with no tile above ``area`` pixels.

    ``width`` and ``height`` are the photo's, rounded up to ``multiple`` here. Every core starts at a
    multiple of ``multiple``, and the halo is ``reach`` wide except at the photo's own border.
    """
    width, height = round_up(width, multiple), round_up(height, multiple)
    best, least = None, None
    if width * height <= area:
        return [Tile((0, 0, width, height), (0, 0, width, height))]
    for columns in range(1, width // multiple + 1):
        xs = _stretches(width, columns, reach, multiple)
        widest = max(end - start for _, (start, end) in xs)
        # As few rows as fit, more would only add halos: with a halo on both sides, or (two rows, or
        # one) with less.
        tallest = area // widest
        inner = max(multiple, (tallest - 2 * reach) // multiple * multiple)
        rows = 1 if height <= tallest else 2 if height <= 2 * (tallest - reach) else -(-height // inner)
        ys = _stretches(height, rows, reach, multiple)
        work = sum(e - s for _, (s, e) in xs) * sum(e - s for _, (s, e) in ys)
        fits = widest * max(end - start for _, (start, end) in ys) <= area
        if least is None or (not fits, work) < least:
            best, least = (xs, ys), (not fits, work)
        if widest <= 4 * reach:  # narrower columns never pay
            break
    assert best is not None
    return [
        Tile((x0, y0, x1, y1), (left, top, right, bottom))
        for (y0, y1), (top, bottom) in best[1]
        for (x0, x1), (left, right) in best[0]
    ]


_Stretch = tuple[tuple[int, int], tuple[int, int]]


def _stretches(length: int, parts: int, reach: int, multiple: int) -> list[_Stretch]:
    """A side in at most ``parts`` equal stretches: (start, end), and the same with the halo."""
    step = round_up(-(-length // parts), multiple)
    starts = range(0, length, step)
    return [((s, min(s + step, length)), (max(0, s - reach), min(s + step + reach, length))) for s in starts]


def round_up(value: int, multiple: int) -> int:
    """The least multiple of ``multiple`` that is not below ``value``."""
    return -(-value // multiple) * multiple


def around(box: Box, width: int, height: int, reach: int, multiple: int) -> Tile:
    """A tile for any box of a photo, its edges moved outwards to multiples."""
    width, height = round_up(width, multiple), round_up(height, multiple)
    left, top = (v // multiple * multiple for v in box[:2])
    right, bottom = (min(round_up(v, multiple), end) for v, end in zip(box[2:], (width, height), strict=True))
    fed = (max(0, left - reach), max(0, top - reach), min(width, right + reach), min(height, bottom + reach))
    return Tile((left, top, right, bottom), fed)


def cut(photo: np.ndarray, box: Box) -> np.ndarray:
    """The box of a photo [H, W, 3] as network input [1, 3, h, w], float32 in [0, 1].

    Where the box leaves the photo on the right or below, the photo is mirrored.
    """
    left, top, right, bottom = box
    height, width = photo.shape[:2]
    part = photo[top : min(bottom, height), left : min(right, width)]
    missing = (bottom - top - part.shape[0], right - left - part.shape[1])
    tensor = np.moveaxis(part, 2, 0).astype(np.float32) * np.float32(1 / white(photo.dtype))
    if any(missing):
        # "symmetric" repeats the edge pixel and so works from a single pixel on.
        tensor = np.pad(tensor, ((0, 0), (0, missing[0]), (0, missing[1])), mode="symmetric")
    return tensor[None]

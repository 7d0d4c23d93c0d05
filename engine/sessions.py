"""ONNX Runtime sessions of a model, and exact tiling.

A network whose output pixel depends on input pixels at most ``reach`` away gives the same result
for a tile as for the whole photo, if the tile is fed with a halo of that width and the halo is cut
off again. So tiles need no blending, and their size is only a matter of memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime as ort
from safetensors import safe_open

from engine import devices, room
from engine.catalog import WEIGHTS, Model
from engine.devices import Device, threads
from engine.errors import Cancelled, ModelError
from engine.jobs import Box
from engine.tones import white

#: Largest tile with its halo, in pixels. One pixel costs about 350 bytes of activations.
TILE_AREA = 2_800_000

#: What runtimes say, in small letters, when memory runs out, and when a device is gone.
_FULL = (
    "out of memory",
    "bad_alloc",
    "failed to allocate",
    "alloc_failed",
    "cuda failure 2:",
    "outofmemory",
    "8007000e",
)
_GONE = (
    *("cuda failure", "cuda error", "cuda_error", "cublas failure", "cudnn failure", "cufft failure"),
    *("device removed", "device lost", "device hung", "887a0005", "887a0006", "887a0007", "887a0020"),
)
#: What a graph in half precision has behind its name.
HALF = "-half"


class OutOfMemory(MemoryError):
    """A graph did not fit into the memory of its device. A smaller tile may."""


class _DeviceLost(Exception):
    """The device does not answer any more."""


class Graphs:
    """The sessions of one model on one device, each made when it is first used.

    ``device`` becomes the CPU when the device is lost: the run goes on there. Raises `ModelError`
    when the runtime refuses a graph.
    """

    def __init__(self, model: Model, device: Device, thread_count: int | None = None) -> None:
        self.model, self.device = model, device
        self._threads = thread_count or threads()
        self._sessions: dict[str, ort.InferenceSession] = {}
        self._running: ort.RunOptions | None = None
        self._overflowing: set[str] = set()
        self.room = room.known(device, model.card.id)

    def run(self, graph: str, **inputs: np.ndarray) -> list[np.ndarray]:
        """Run ``graph`` (a file name without suffix); arrays in and out are float32.

        Raises `Cancelled` when `interrupt` was called meanwhile and `OutOfMemory`.
        """
        return [value.numpy() for value in self.run_kept(graph, **inputs)]

    def run_kept(self, graph: str, **inputs: np.ndarray | ort.OrtValue) -> list[ort.OrtValue]:
        """`run`, but results stay on the device, and may be inputs of the next run there."""
        try:
            return self._answer(graph, inputs)
        except _DeviceLost as error:
            # What lies on the lost device is lost, too; whoever keeps things there begins anew.
            if any(isinstance(value, ort.OrtValue) for value in inputs.values()):
                inputs = {name: _rescued(value) for name, value in inputs.items()}
            self.device = devices.lose(self.device, str(error))
            self.release()
            return self._answer(graph, inputs)

    def interrupt(self) -> None:
        """Stop the run in progress, if there is one, at its next operator. For other threads."""
        if options := self._running:
            options.terminate = True

    def tensor(self, name: str) -> np.ndarray:
        """A tensor of the weights file."""
        with safe_open(self.model.folder / WEIGHTS, "numpy") as weights:
            return weights.get_tensor(name)

    def close(self, graph: str) -> None:
        """Give back the memory of a graph that is not needed for now."""
        self._sessions.pop(graph, None)
        self._sessions.pop(graph + HALF, None)

    def release(self) -> None:
        """Give back all memory; the next run loads again what it needs."""
        self._sessions.clear()

    def halve(self) -> None:
        """Tiles of half the size from now on, and the next time as well."""
        self.room /= 2
        room.remember(self.device, self.model.card.id, self.room)

    # -- one run ---------------------------------------------------------------------------------

    def _answer(self, graph: str, inputs: dict[str, np.ndarray | ort.OrtValue]) -> list[ort.OrtValue]:
        """Run in half precision where the device is fast at that, and again in full where numbers overflow."""
        half = graph + HALF
        fast = self.device.id != "cpu" and f"{half}.onnx" in self.model.card.sha256
        if fast and graph not in self._overflowing:
            results = self._run(half, inputs)
            if all(np.isfinite(result.numpy()).all() for result in results):
                return results
            self._overflowing.add(graph)
        return self._run(graph, inputs)

    def _run(self, graph: str, inputs: dict[str, np.ndarray | ort.OrtValue]) -> list[ort.OrtValue]:
        self._running = options = ort.RunOptions()
        try:
            session = self._sessions.get(graph)
            if session is None:
                session = self._sessions[graph] = self._open(graph)
            where = _MEMORY.get(self.device.id, "cpu")
            binding = session.io_binding()
            for name, value in inputs.items():
                if isinstance(value, np.ndarray):
                    value = ort.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(value), where, 0)
                binding.bind_ortvalue_input(name, value)
            for output in session.get_outputs():
                binding.bind_output(output.name, where)
            session.run_with_iobinding(binding, options)
            return list(binding.get_outputs())
        except ModelError:
            raise
        except Exception as error:  # the runtime's exceptions have no common base
            if options.terminate:
                raise Cancelled from error
            said = str(error).lower()
            if isinstance(error, MemoryError) or any(sign in said for sign in _FULL):
                raise OutOfMemory(f"There is not enough memory on {self.device.name}.") from error
            if self.device.id != "cpu" and any(sign in said for sign in _GONE):
                raise _DeviceLost(_first_line(error)) from error
            raise
        finally:
            self._running = None

    def _open(self, graph: str) -> ort.InferenceSession:
        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # Tiles differ in size: an arena would keep the largest of every shape for good.
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        options.log_severity_level = 3
        if self.device.id == "directml":
            options.enable_mem_pattern = False  # as its provider demands
        path = self.model.folder / f"{graph}.onnx"
        try:
            return ort.InferenceSession(path, options, providers=self.device.providers)
        except Exception as error:  # the runtime's exceptions have no common base
            said = str(error).lower()
            if any(sign in said for sign in (*_FULL, *_GONE)):
                raise
            raise ModelError(f"Model {self.model.card.id} cannot be used: {path.name}: {_first_line(error)}") from error


#: What the runtime calls the memory of a device; where it is the computer's own, nothing is copied.
_MEMORY = {"cuda": "cuda", "directml": "dml"}


def _rescued(value: np.ndarray | ort.OrtValue) -> np.ndarray:
    if isinstance(value, np.ndarray):
        return value
    try:
        return value.numpy()
    except Exception as error:  # whatever a dead driver says
        raise OutOfMemory("What lay on the device is lost with it.") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


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


def halves(tile: Tile, width: int, height: int, reach: int, multiple: int) -> list[Tile]:
    """A tile as two, cut across its longer side. Raises `OutOfMemory` where that would not make it much smaller."""
    left, top, right, bottom = tile.core
    if right - left >= bottom - top:
        middle = left + round_up((right - left) // 2, multiple)
        cores = [(left, top, middle, bottom), (middle, top, right, bottom)]
    else:
        middle = top + round_up((bottom - top) // 2, multiple)
        cores = [(left, top, right, middle), (left, middle, right, bottom)]
    made = [around(core, width, height, reach, multiple) for core in cores if core[0] < core[2] and core[1] < core[3]]
    if len(made) < 2 or max(_fed_area(half) for half in made) > 0.85 * _fed_area(tile):
        raise OutOfMemory("There is not enough memory, not even for a small part of the picture.")
    return made


def each_tile(
    grid: Sequence[Tile],
    work: Callable[[Tile], None],
    graphs: Graphs,
    size: tuple[int, int],
    reach: int,
    multiple: int,
) -> Iterator[tuple[Tile, int]]:
    """Do ``work`` for every tile of a picture of ``size`` (width, height); yields each that is done, and how many wait.

    A tile that does not fit into memory is halved, and so are those to come.
    """
    waiting, largest = deque(grid), None
    while waiting:
        tile = waiting.popleft()
        if largest and _fed_area(tile) > largest:
            waiting.extendleft(reversed(halves(tile, *size, reach, multiple)))
            continue
        try:
            work(tile)
        except OutOfMemory:
            graphs.halve()
            smaller = halves(tile, *size, reach, multiple)
            largest = max(_fed_area(half) for half in smaller)
            waiting.extendleft(reversed(smaller))
            continue
        yield tile, len(waiting)


def _fed_area(tile: Tile) -> int:
    left, top, right, bottom = tile.fed
    return (right - left) * (bottom - top)


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

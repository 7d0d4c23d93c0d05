"""ONNX Runtime sessions of a model: on which device, with which memory, and what happens when that fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import onnxruntime as ort
from safetensors import safe_open

from engine import devices, room, workspace
from engine.catalog import WEIGHTS, Model
from engine.devices import Device, threads
from engine.errors import Cancelled, ModelError
from engine.sending import PIXELS, Input, Sent, numbers
from engine.steady import STEADY, Steady, shapes_of

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


_log = logging.getLogger(__name__)


class OutOfMemory(MemoryError):
    """A graph did not fit into the memory of its device. A smaller tile may."""


class _DeviceLost(Exception):
    """The device does not answer any more."""


class Graphs:
    """The sessions of one model on one device, each made when it is first used.

    ``device`` becomes the CPU when the device is lost: the run goes on there. One thread may `run`
    while another one `send`s. Raises `ModelError` when the runtime refuses a graph.
    """

    def __init__(self, model: Model, device: Device, thread_count: int | None = None) -> None:
        self.model, self.device = model, device
        self._threads = thread_count or threads()
        self._sessions: dict[str, ort.InferenceSession] = {}
        self._opening, self._again, self._leaving = threading.Lock(), threading.Lock(), threading.Lock()
        self._running: list[ort.RunOptions] = []
        self._overflowing: set[str] = set()
        self._steady: dict[str, Steady] = {}
        self._unsteady: set[str] = set()
        self.room = room.known(device, model.card.id)

    @property
    def apart(self) -> bool:
        """Whether the device computes beside the CPU, which can prepare the next tile meanwhile."""
        return self.device.id != "cpu"

    def run(self, graph: str, **inputs: Input) -> list[np.ndarray]:
        """Run ``graph`` (a file name without suffix); arrays in and out are float32.

        Raises `Cancelled` when `interrupt` was called meanwhile and `OutOfMemory`.
        """
        return [value.numpy() for value in self.run_kept(graph, **inputs)]

    def run_again(self, graph: str, **inputs: Input) -> list[np.ndarray]:
        """`run`, for what is asked again and again with inputs of the same shapes (see `engine.steady`)."""
        with self._again:  # the CPU's results are views of memory that the next run writes over
            return [value.numpy().copy() for value in self._safely(graph, inputs, steady=True)]

    def run_kept(self, graph: str, **inputs: Input) -> list[ort.OrtValue]:
        """`run`, but results stay on the device, and may be inputs of the next run there."""
        return self._safely(graph, inputs)

    def send(self, codes: np.ndarray) -> np.ndarray | Sent:
        """A picture [1, H, W, 3] (uint8, uint16, or float32 in [0, 1]) as an input [1, 3, H, W] in [0, 1].

        Where the device has memory of its own the picture is brought there, 8 bits as 8 bits. Raises `OutOfMemory`.
        """
        device = self.device
        where = _MEMORY.get(device.id)
        if where is None:
            return numbers(codes)
        try:
            with self._told_apart(ort.RunOptions()) as options:
                if codes.dtype != np.uint8:
                    return Sent(_placed(numbers(codes), where), codes, where)
                (there,) = self._bound(self._session(PIXELS.stem), {"codes": codes}, where, options)
                return Sent(there, codes, where)
        except _DeviceLost as error:
            self._leave(device, str(error))
            return numbers(codes)

    def interrupt(self) -> None:
        """Stop the runs in progress, if there are any, at their next operator. For other threads."""
        for options in tuple(self._running):
            options.terminate = True

    def tensor(self, name: str) -> np.ndarray:
        """A tensor of the weights file."""
        with safe_open(self.model.folder / WEIGHTS, "numpy") as weights:
            return weights.get_tensor(name)

    def close(self, graph: str) -> None:
        """Give back the memory of a graph that is not needed for now."""
        for name in (graph, graph + HALF):
            self._sessions.pop(name, None)
            self._steady.pop(name, None)

    def release(self) -> None:
        """Give back all memory; the next run loads again what it needs."""
        self._sessions.clear()
        self._steady.clear()
        workspace.give_back()

    def halve(self) -> None:
        """Tiles of half the size from now on, and the next time as well."""
        workspace.give_back()  # what the tile took that did not fit
        self.room = max(self.room / 2, room.LEAST)
        room.remember(self.device, self.model.card.id, self.room)

    # -- one run ---------------------------------------------------------------------------------

    def _safely(self, graph: str, inputs: dict[str, Input], steady: bool = False) -> list[ort.OrtValue]:
        """Run, on the CPU if the device is lost."""
        device = self.device
        try:
            return self._answer(graph, inputs, steady)
        except _DeviceLost as error:
            # What lies on the lost device is lost, too; whoever keeps things there begins anew.
            rescued: dict[str, Input] = {name: _rescued(value) for name, value in inputs.items()}
            self._leave(device, str(error))
            return self._answer(graph, rescued, steady)

    def _leave(self, device: Device, why: str) -> None:
        """Go on with the CPU; of two threads that see the device fail the second finds it done."""
        with self._leaving:
            if self.device is device:
                self.device = devices.lose(device, why)
                self.release()

    def _answer(self, graph: str, inputs: dict[str, Input], steady: bool) -> list[ort.OrtValue]:
        """Run in half precision where the device is fast at that, and again in full where numbers overflow."""
        half = graph + HALF
        fast = self.device.id != "cpu" and f"{half}.onnx" in self.model.card.sha256
        if fast and graph not in self._overflowing:
            results = self._run(half, inputs, steady)
            if all(np.isfinite(result.numpy()).all() for result in results):
                return results
            self._overflowing.add(graph)
        return self._run(graph, inputs, steady)

    def _run(self, graph: str, inputs: dict[str, Input], steady: bool) -> list[ort.OrtValue]:
        where = _MEMORY.get(self.device.id, "cpu")
        if steady and self.device.id in STEADY:
            return self._run_steadily(graph, inputs, where)
        with self._told_apart(ort.RunOptions()) as options:
            return self._bound(self._session(graph), inputs, where, options)

    def _run_steadily(self, graph: str, inputs: dict[str, Input], where: str) -> list[ort.OrtValue]:
        """The first run says the shapes of the results; later ones with inputs like its own are bound to memory."""
        shapes = shapes_of(inputs)
        with self._told_apart(ort.RunOptions()) as options:
            known = self._steady.get(graph)
            if known is not None and known.shapes == shapes:
                arrays = {name: value for name, value in inputs.items() if isinstance(value, np.ndarray)}
                try:
                    return known.run(arrays, options)
                except Exception as error:  # not every graph can be recorded; a dead device fails below as well
                    if options.terminate:
                        raise
                    _log.info("%s does not run steadily: %s", graph, _first_line(error))
                    self._unsteady.add(graph)
                    del self._steady[graph]
            results = self._bound(self._session(graph), inputs, where, options)
            if len(shapes) == len(inputs) and graph not in self._unsteady:
                record = STEADY[self.device.id]
                session = self._open(graph, **record) if record else self._session(graph)
                self._steady[graph] = Steady(session, shapes, [value.shape() for value in results], where)
            return results

    @staticmethod
    def _bound(
        session: ort.InferenceSession, inputs: Mapping[str, Input], where: str, options: ort.RunOptions
    ) -> list[ort.OrtValue]:
        binding = session.io_binding()
        for name, value in inputs.items():
            binding.bind_ortvalue_input(name, _placed(value, where))
        for output in session.get_outputs():
            binding.bind_output(output.name, where)
        session.run_with_iobinding(binding, options)
        return list(binding.get_outputs())

    @contextmanager
    def _told_apart(self, options: ort.RunOptions) -> Iterator[ort.RunOptions]:
        """What the runtime raises inside, as what it means; the runtime's exceptions have no common base."""
        self._running.append(options)
        device = self.device
        try:
            yield options
        except ModelError:
            raise
        except Exception as error:
            if options.terminate:
                raise Cancelled from error
            said = str(error).lower()
            if isinstance(error, MemoryError) or any(sign in said for sign in _FULL):
                raise OutOfMemory(f"There is not enough memory on {device.name}.") from error
            if device.id != "cpu" and any(sign in said for sign in _GONE):
                raise _DeviceLost(_first_line(error)) from error
            raise
        finally:
            self._running.remove(options)

    def _session(self, graph: str) -> ort.InferenceSession:
        with self._opening:
            session = self._sessions.get(graph)
            if session is None:
                session = self._sessions[graph] = self._open(graph)
            return session

    def _open(self, graph: str, **provider: str) -> ort.InferenceSession:
        """A session of a graph; ``provider`` are options for the device's own provider."""
        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        if self.device.id == "cpu":
            workspace.share(options)
        else:
            options.enable_cpu_mem_arena = False
            options.enable_mem_pattern = self.device.id != "directml"  # whose provider cannot plan
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        options.log_severity_level = 3
        path = PIXELS if graph == PIXELS.stem else self.model.folder / f"{graph}.onnx"
        first, *others = self.device.providers
        try:
            return ort.InferenceSession(path, options, providers=[(first, provider) if provider else first, *others])
        except Exception as error:  # the runtime's exceptions have no common base
            said = str(error).lower()
            if any(sign in said for sign in (*_FULL, *_GONE)):
                raise
            raise ModelError(f"Model {self.model.card.id} cannot be used: {path.name}: {_first_line(error)}") from error


#: What the runtime calls the memory of a device; where it is the computer's own, nothing is copied.
_MEMORY = {"cuda": "cuda", "directml": "dml"}


def _placed(value: Input, where: str) -> ort.OrtValue:
    if isinstance(value, np.ndarray):
        return ort.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(value), where, 0)
    if isinstance(value, Sent):  # before another thread saw the device fail
        return value.value if value.where == where else _placed(numbers(value.codes), where)
    return value


def _rescued(value: Input) -> np.ndarray:
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, Sent):
        return numbers(value.codes)
    try:
        return value.numpy()
    except Exception as error:  # whatever a dead driver says
        raise OutOfMemory("What lay on the device is lost with it.") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")

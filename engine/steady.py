"""A graph that is asked again and again with inputs of the same shapes, as a moving slider does.

Memory for its inputs and results is taken once and written over. CUDA records a run and from then on replays it as one
launch instead of hundreds (a CUDA graph; ONNX Runtime's documentation of the CUDA provider lists what that demands:
fixed shapes, fixed addresses, no operator on the CPU).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnxruntime as ort

from engine.sending import Input

#: Devices whose memory can be written over, with what their provider must be told to record a run.
STEADY: dict[str, dict[str, str]] = {"cpu": {}, "cuda": {"enable_cuda_graph": "1"}}

Shapes = dict[str, tuple[int, ...]]


class Steady:
    """A session bound to memory for inputs of these ``shapes`` and for ``results``, all float32."""

    def __init__(
        self, session: ort.InferenceSession, shapes: Shapes, results: Sequence[Sequence[int]], where: str
    ) -> None:
        self.shapes, self._session = shapes, session
        self._binding = session.io_binding()
        self._inputs = {name: _memory(shape, where) for name, shape in shapes.items()}
        self._results = [_memory(shape, where) for shape in results]
        for name, value in self._inputs.items():
            self._binding.bind_ortvalue_input(name, value)
        for output, value in zip(session.get_outputs(), self._results, strict=True):
            self._binding.bind_ortvalue_output(output.name, value)

    def run(self, inputs: Mapping[str, np.ndarray], options: ort.RunOptions) -> list[ort.OrtValue]:
        """The results for inputs of these shapes; the next run writes over them."""
        for name, value in inputs.items():
            self._inputs[name].update_inplace(np.ascontiguousarray(value))
        self._session.run_with_iobinding(self._binding, options)
        return self._results


def shapes_of(inputs: Mapping[str, Input]) -> Shapes:
    """The shapes of those inputs that are float32 arrays in the computer's memory."""
    return {n: v.shape for n, v in inputs.items() if isinstance(v, np.ndarray) and v.dtype == np.float32}


def _memory(shape: Sequence[int], where: str) -> ort.OrtValue:
    return ort.OrtValue.ortvalue_from_shape_and_type(list(shape), np.float32, where, 0)

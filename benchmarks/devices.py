"""Every device that works here: a megapixel restored and a slider's frame, beside torch on the same device."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.bench import Bench
from benchmarks.speed import mosaic
from benchmarks.table import Table
from engine import devices
from engine.devices import Device
from engine.facts import FACTS
from engine.generate import Generator
from engine.nets.ladder import MULTIPLE
from engine.recipes import Recipe
from engine.restore import Restorer
from engine.training import export, export_generate
from engine.training.graphs import shipped_weights

#: How often a photo and a frame are timed, and whose slider moves.
_PHOTOS, _FRAMES, _DRAWER = 5, 60, "cartoon-faces"
#: What torch calls the devices that it knows as well.
_IN_TORCH = {"cuda": "cuda", "cpu": "cpu"}


def tables(bench: Bench) -> Iterator[Table]:
    torch.set_num_threads(bench.threads)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True  # as ONNX Runtime does
    photo = mosaic([picture.pixels for picture in bench.sets.pictures("CBSD68")[:12]], 1)
    height, width = (side // MULTIPLE * MULTIPLE for side in photo.shape[:2])
    columns = ["", "ONNX Runtime", "torch eager", "torch channels-last", "times the better torch"]
    restored = Table("Milliseconds a megapixel of the restoring graph", [*columns, "share of the matrix peak, %"])
    frames = Table("Microseconds from a latent to a slider's frame", columns)
    for device in devices.devices():
        if not device.works:
            for table in (restored, frames):
                table.notes.append(f"{device.name}: not measured, {device.reason}.")
            continue
        bench.say(device.name)
        _restored(restored, bench, device, photo[:height, :width])
        _framed(frames, bench, device)
    if len(devices.devices()) == 1:
        for table in (restored, frames):
            table.notes.append("On a GPU: not measured, there is none here.")
    yield restored
    yield frames


def _restored(table: Table, bench: Bench, device: Device, photo: np.ndarray) -> None:
    ours = Restorer(bench.model, device.id, bench.threads)
    told = np.zeros((1, 2 * len(FACTS)), np.float32)
    where = _IN_TORCH.get(device.id)

    def restore() -> None:
        ours.graphs.run("restore", photo=ours.graphs.send(photo[None]), told=told)

    module = export.RestoreGraph(export.ladder_of(ours.model)).eval()
    inputs = torch.from_numpy(photo).permute(2, 0, 1)[None].float() / 255, torch.from_numpy(told)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        module(*inputs)
    megapixels = photo.shape[0] * photo.shape[1] / 1e6
    peers = _torch(module, inputs, where)
    took = [t / megapixels for t in _timed([restore, *peers], _PHOTOS)]
    share = None
    if where:
        share = 100 * counter.get_total_flops() / megapixels / (took[0] / 1000) / _peak(where)
    _add(table, device, took, 1.0, share)


def _framed(table: Table, bench: Bench, device: Device) -> None:
    generator = Generator(_DRAWER, device.id, bench.threads)
    latent = generator.latents([Recipe(model=_DRAWER, seed=1)])
    vae = export_generate.TwoLevel(export_generate.config_of(generator.model.card))
    vae.load_state_dict(shipped_weights(generator.model.folder, export_generate.VAE))
    module = export_generate.DecodeGraph(vae).eval()
    inputs = torch.from_numpy(latent.globe), torch.from_numpy(latent.deviation)
    peers = _torch(module, inputs, _IN_TORCH.get(device.id))
    took = _timed([lambda: generator.decode(latent), *peers], _FRAMES)
    _add(table, device, took, 1000.0)


def _add(table: Table, device: Device, took: list[float], scale: float, *more: float | None) -> None:
    times: list[float | None] = [t * scale for t in took]
    times += [None] * (3 - len(times))
    ahead = min(took[1:]) / took[0] if len(took) > 1 else None
    table.add(device.name, *times, ahead, *more)


def _torch(module: nn.Module, inputs: tuple[torch.Tensor, ...], where: str | None) -> list[Callable[[], object]]:
    """The same network in torch: as it is, and with its channels last; its result brought back to the computer."""
    if where is None:
        return []

    def runs(network: nn.Module, form: torch.memory_format) -> Callable[[], object]:
        network = network.to(where).to(memory_format=form)  # pyright: ignore[reportCallIssue]

        @torch.inference_mode()
        def run() -> object:
            there = [x.to(where, memory_format=form) if x.ndim == 4 else x.to(where) for x in inputs]
            result = network(*there)
            return (result[0] if isinstance(result, tuple) else result).cpu()

        return run

    return [runs(copy.deepcopy(module), form) for form in (torch.contiguous_format, torch.channels_last)]


def _timed(methods: list[Callable[[], object]], repeats: int) -> list[float]:
    """Milliseconds of each, taken in turns; medians."""
    times: list[list[float]] = [[] for _ in methods]
    for number in range(repeats + 2):
        for method, seen in zip(methods, times, strict=True):
            began = time.perf_counter()
            method()
            if number >= 2:  # the first runs plan, and record
                seen.append(1000 * (time.perf_counter() - began))
    return [median(seen) for seen in times]


def _peak(where: str) -> float:
    """Operations a second of a large product of matrices, the most this device does."""
    side = 8192 if where == "cuda" else 1536
    a = torch.rand(side, side, device=where)
    (took,) = _timed([lambda: (a @ a)[0, 0].item()], 5)
    return 2 * side**3 / (took / 1000)

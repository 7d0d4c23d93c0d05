"""Bring a model in: find it, convert it, prove it, and put it on the shelf; nothing is left behind otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine import shelf
from engine.errors import ModelError
from engine.files import explain
from engine.importers import convert, onnx
from engine.importers.convert import OnStep, Progress
from engine.importers.find import find, name_of, source_of
from engine.imports import Imported


def bring(
    paths: list[Path],
    name: str | None = None,
    on_step: OnStep | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Imported:
    """Put the model in ``paths`` (a file, a folder, or encoder and decoder) on the shelf as ``name``.

    Raises `ModelError` with one sentence that names the file, `Cancelled`, and MemoryError.
    """
    progress = Progress(on_step, cancelled)
    progress.step("reading")
    pair = onnx.find(paths)
    found = None if pair else find(paths)
    called, source = name or name_of(paths[0]), source_of(paths[0])
    try:
        with shelf.building(shelf.unused_id(called)) as folder:
            if pair:
                progress.total = onnx.UNITS
                made = onnx.convert(pair, folder, called, source, progress)
            else:
                assert found is not None
                made = convert.convert(found, folder, called, source, progress)
            final = shelf.settle(folder)
    except OSError as error:
        raise ModelError(f"{paths[0].name}: it cannot be put on the shelf: {explain(error, writing=True)}.") from error
    card = made.card
    return Imported(card.id, card.name, card.family, tuple(card.capabilities), str(final), made.difference)

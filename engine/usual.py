"""What is usual for a model, measured on pictures of its own kind and kept in its card: ``python -m engine.usual``.

    python -m engine.usual models/photo-restore photos.zip more-photos.zip

Generative models get theirs when they are trained (`engine.known`). Every second picture is measured, so
that the others can tell whether it holds for pictures that were not.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from engine import catalog, known, oddness
from engine.eyes import eye_of, square
from engine.folder import picture_files
from engine.formats import is_photo
from engine.scaled import read_scaled

_BATCH = 16


def measure(model: Path, squares: np.ndarray) -> dict[str, list[float]]:
    """The quantiles and traits (`Card.typical`) of pictures [N, side, side, 3] uint8 as the model sees them."""
    eye = eye_of(str(model))
    sights = [eye.look(squares[start : start + _BATCH]) for start in range(0, len(squares), _BATCH)]
    errors = np.concatenate([sight.error.mean((1, 2)) for sight in sights])
    nats = np.concatenate([sight.nats for sight in sights])
    traits = [sight.traits for sight in sights if sight.traits is not None]
    return known.quantiles(errors, nats) | (oddness.reference(np.concatenate(traits)) if traits else {})


def pictures(source: Path, side: int) -> Iterator[np.ndarray]:
    """The pictures of a folder or zip file, sorted by name, none much larger than it is needed."""
    if source.is_dir():
        for path in picture_files(source):
            yield read_scaled(path, side).pixels
        return
    with zipfile.ZipFile(source) as archive:
        for name in sorted(name for name in archive.namelist() if is_photo(name)):
            yield np.asarray(Image.open(io.BytesIO(archive.read(name))).convert("RGB"))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m engine.usual")
    parser.add_argument("model", type=Path, help="a model's folder")
    parser.add_argument("sources", type=Path, nargs="+", help="folders or zip files of pictures of its own kind")
    chosen = parser.parse_args(arguments)
    eye = eye_of(str(chosen.model))
    squares = [square(eye, p) for source in chosen.sources for p in list(pictures(source, eye.side))[::2]]
    card = catalog.read_card(chosen.model)
    card.typical = measure(chosen.model, np.stack(squares))
    catalog.write_card(chosen.model, card)


if __name__ == "__main__":
    main()

"""From the labels of a picture set to attributes that a direction can be learnt for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.directions import Direction, components, learn
from engine.figures import figures
from engine.tones import LUMA
from engine.training.pictures import PictureSet

#: Labels with more different words than this are names, not kinds.
_MOST_KINDS = 6
#: Whole numbers of no more different values are names as well, as those of digits are.
_MOST_NUMBERS = 10
#: Principal components offered beside the named directions.
COMPONENTS = 6


def attributes(labels: list[dict[str, object]]) -> dict[str, np.ndarray]:
    """Arrays [N] of the labels that every picture has.

    Numbers stay as they are, but for a few whole ones, which count as words; ``#rrggbb`` becomes its
    lightness 0..1; a word that may be "none" becomes 0 or 1; few other words become one attribute
    each, ``label: word``, and many are left out.
    """
    found: dict[str, np.ndarray] = {}
    for name in labels[0]:
        values = [label.get(name) for label in labels]
        if name == "file" or any(value is None for value in values):
            continue
        if all(type(value) is int for value in values) and 2 < len(set(values)) <= _MOST_NUMBERS:
            kinds = sorted({int(str(value)) for value in values})
            found |= {f"{_plain(name)}: {kind}": np.array([float(v == kind) for v in values]) for kind in kinds}
        elif all(isinstance(value, int | float) for value in values):
            found[_plain(name)] = np.array(values, dtype=np.float64)
        elif all(str(value).startswith("#") and len(str(value)) == 7 for value in values):
            found[_plain(name)] = np.array([_lightness(str(value)) for value in values])
        elif "none" in values:
            found[_plain(name)] = np.array([float(value != "none") for value in values])
        elif len(kinds := sorted({str(value) for value in values})) <= _MOST_KINDS:
            found |= {f"{_plain(name)}: {kind}": np.array([float(v == kind) for v in values]) for kind in kinds}
    return found


def directions_of(
    pictures: PictureSet,
    globe: np.ndarray,
    deviation: np.ndarray,
    mend: Callable[[list[Direction]], list[Direction]] = list,
) -> list[Direction]:
    """Every direction worth a slider, for the posterior means [N, G] and [N, D, g, g] of the training pictures.

    ``mend`` makes those of the labels better (`engine.training.steer`).
    """
    labelled = attributes(pictures.labels)
    measured = figures(pictures.pictures.permute(0, 2, 3, 1).numpy())
    # Each family is learnt for itself: a slider of brightness that must leave skin, hair and background as
    # they are would do nothing. What labels name may be a detail; figures are of the whole picture.
    both = np.concatenate([globe, deviation.reshape(len(globe), -1)], axis=1)
    named = mend(learn(both, labelled, "label", ridge=0.2)) + learn(globe, measured, "picture")
    return named + components(globe, named, COMPONENTS)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _lightness(color: str) -> float:
    return float(np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]) @ LUMA)

"""How to make a drawn picture again: the recipe, what travels between the tabs and lies in a picture's file.

    save(picture, recipe, Path("face.png"))
    again = read(Path("face.png"))

A recipe is complete: the same recipe gives the same picture on any computer that has the model. What
a file says is believed only within the bounds given here, since anybody can write a file.
What reads and writes files is imported when it is needed: the window starts without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from engine.errors import PhotoError
from engine.files import explain, replacing

_Seed = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Way = Annotated[float, msgspec.Meta(ge=-10, le=10)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]

#: Longest text that can be a recipe, in characters.
LONGEST = 100_000


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How to draw a picture again: everything that a generative model needs to be told."""

    model: _Name
    seed: _Seed = 0
    variety: Annotated[float, msgspec.Meta(ge=0, le=2)] = 1.0
    """Scale of the noise: 0 draws the most expected picture, 1 as the prior says."""
    near: Annotated[tuple[tuple[_Seed, _Share], ...], msgspec.Meta(max_length=64)] = ()
    """Seeds to turn towards, each by a distance."""
    latent: Annotated[bytes, msgspec.Meta(max_length=65536)] = b""
    """In place of all noise, the latents of a picture that was encoded (float16: z_g, then the deviations)."""
    sliders: Annotated[dict[_Name, _Way], msgspec.Meta(max_length=64)] = {}
    """Name of a direction to how far to go, in standard deviations."""


def moved(recipe: Recipe, **sliders: float) -> Recipe:
    """The recipe with some sliders set; those at 0 are left out."""
    merged = {name: value for name, value in {**recipe.sliders, **sliders}.items() if value}
    return msgspec.structs.replace(recipe, sliders=merged)


def save(picture: np.ndarray, recipe: Recipe, target: Path, overwrite: bool = False) -> Path:
    """Write a picture [H, W, 3] uint8 as PNG with its recipe, whole or not at all.

    Raises `PhotoError` when the file exists (and ``overwrite`` is off) or cannot be written.
    """
    from engine import png
    from engine.metadata import Carried

    target = target if target.suffix.lower() == ".png" else target.with_name(target.name + ".png")
    try:
        with replacing(target, overwrite=overwrite) as file:
            png.write(file, np.ascontiguousarray(picture), Carried(), msgspec.json.encode(recipe).decode())
    except FileExistsError as error:
        raise PhotoError(target, "it already exists.") from error
    except OSError as error:
        raise PhotoError(target, explain(error, writing=True)) from error
    return target


def read(path: Path) -> Recipe | None:
    """The recipe in a PNG that `save` wrote; None for any other picture.

    Raises `PhotoError` where there is one that cannot be believed.
    """
    from PIL import Image

    from engine import png

    try:
        with Image.open(path) as image:
            text = image.info.get(png.SETTINGS) if image.format == "PNG" else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # whoever reads the picture will say what is wrong with it
    if not isinstance(text, str):
        return None
    try:
        if len(text) > LONGEST:
            raise msgspec.ValidationError("they are too long")
        known = msgspec.json.decode(str(text))  # Pillow has a kind of str of its own
        if not isinstance(known, dict) or known.keys() & {"noise", "jpeg", "scratches"}:
            return None  # the settings of a restoration
        return msgspec.convert(known, Recipe)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise PhotoError(path, f"the settings stored in it cannot be used ({error}).") from error

"""The models on disk: find them, read their cards, prove that no byte has changed.

A model is a folder (see design): ``model.json``, ``weights.safetensors`` and small ``*.onnx``
graphs whose tensors point into the weights file. Shipped models lie beside the program, the
user's own in the user's data folder, in the same form.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from engine.errors import ModelError
from engine.files import replacing

CARD = "model.json"
WEIGHTS = "weights.safetensors"


class Card(msgspec.Struct, kw_only=True):
    """What ``model.json`` says of a model."""

    id: str
    name: str
    kind: str  #: "restore", "generate", ...
    version: str
    summary: str
    licence: str
    training_data: list[str]
    capabilities: list[str]
    multiple: int  #: height and width of a photo must be multiples of this
    reach: int  #: how far an input pixel reaches, in pixels: the halo of a tile
    latents: list[str]  #: one line a level
    config: dict[str, list[int]]  #: sizes of the network, for training it further
    doubt_scale: float = 1.0  #: factor that makes the predicted errors as large as the seen ones
    typical: dict[str, list[float]] = {}  #: quantiles of held-out pictures, for `engine.known`
    training: str = ""
    numbers: dict[str, float] = {}  #: measured, each named with its unit
    sha256: dict[str, str] = {}  #: of every other file in the folder


@dataclass(frozen=True)
class Model:
    """A model folder whose files were checked against its card."""

    folder: Path
    card: Card


def shipped() -> Path:
    """The folder of the models that came with the program, from source or from a bundle."""
    return Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent)) / "models"


def own() -> Path:
    """The folder of the user's own models."""
    return Path(platformdirs.user_data_dir("latent-darkroom", appauthor=False)) / "models"


def folders() -> dict[str, Path]:
    """Every model by its id (its folder's name). A user's own model hides a shipped one of the same id."""
    found = {}
    for place in (shipped(), own()):
        if place.is_dir():
            found |= {f.name: f for f in sorted(place.iterdir()) if (f / CARD).is_file()}
    return found


def cards(capability: str) -> list[Card]:
    """The cards of the models that can do something, unproved and without the unreadable, ordered by name."""
    found = []
    for folder in folders().values():
        try:
            card = msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
        except (msgspec.DecodeError, OSError):
            continue  # `load` says what is wrong when somebody wants it
        if capability in card.capabilities:
            found.append(card)
    return sorted(found, key=lambda card: card.name)


def load(model: str) -> Model:
    """Find a model by id or folder and verify it.

    Raises `ModelError` when it is not there, a file is missing or a byte has changed.
    """
    known = folders()
    folder = known.get(model) or Path(model)
    if not (folder / CARD).is_file():
        names = ", ".join(known) or "none"
        raise ModelError(f"There is no model {model!r} (installed: {names}).")
    try:
        card = msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
    except (msgspec.DecodeError, OSError) as error:
        raise ModelError(f"The card of model {folder.name} cannot be read: {error}.") from error
    for name, expected in card.sha256.items():
        if Path(name).name != name:
            raise ModelError(f"The card of model {folder.name} names a file outside its folder: {name}.")
        if not (folder / name).is_file():
            raise ModelError(f"Model {folder.name} is incomplete: {name} is missing.")
        if sha256(folder / name) != expected:
            raise ModelError(f"Model {folder.name} is damaged: {name} is not the file it was made with.")
    return Model(folder, card)


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_card(folder: Path, card: Card) -> None:
    """Fill in the hashes of the folder's files and write ``model.json``, whole or not at all."""
    files = sorted(p for p in folder.iterdir() if p.name != CARD and p.is_file())
    card.sha256 = {p.name: sha256(p) for p in files}
    text = msgspec.json.format(msgspec.json.encode(card), indent=2)
    with replacing(folder / CARD, overwrite=True) as file:
        file.write(text + b"\n")

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

#: A model's folder and when its card was written, None where there is none.
Stamp = tuple[str, int | None]

CARD = "model.json"
WEIGHTS = "weights.safetensors"

#: What a model can do, each with the words for it.
CAPABILITIES = {
    "restore": "restore photos",
    "variants": "offer variants of a result",
    "uncertainty": "say how unsure it is",
    "detail": "add likely detail",
    "sample": "draw random pictures",
    "encode": "find the latent of a picture",
    "decode": "draw a picture from a latent",
    "directions": "change one thing about a picture",
    "interpolate": "walk between pictures",
    "clean": "clean a photo by its round trip through the latent",
    "finetune": "learn your pictures",
}


class Card(msgspec.Struct, kw_only=True):
    """What ``model.json`` says of a model."""

    id: str
    name: str
    kind: str  #: "restore", "generate", or "codec": a picture to a latent and back, with no prior to draw from
    version: str
    summary: str
    licence: str
    training_data: list[str]
    capabilities: list[str]  #: some of `CAPABILITIES`
    multiple: int  #: height and width of a photo must be multiples of this
    reach: int  #: how far an input pixel reaches, in pixels: the halo of a tile
    latents: list[str]  #: one line a level
    config: dict[str, list[int]]  #: sizes of the network, for training it further
    doubt_scale: float = 1.0  #: factor that makes the predicted errors as large as the seen ones
    typical: dict[str, list[float]] = {}  #: quantiles of held-out pictures, for `engine.known`
    training: str = ""
    numbers: dict[str, float] = {}  #: measured, each named with its unit
    parent: str = ""  #: of a fine-tuned model: the id of the one it started from
    lesson: dict[str, str | int | float] = {}  #: of a fine-tuned model: folder's name, counts and settings
    family: str = ""  #: of an imported model: what others call its kind
    source: str = ""  #: of an imported model: the name of the file or folder it came from
    fast_of: str = ""  #: of the fast edition of another model: the SHA-256 of that one's weights
    scaling: float = 1.0  #: latents as diffusion models want them are ``(latent - shift) * scaling``
    shift: float = 0.0
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
            card = read_card(folder)
        except ModelError:
            continue  # `load` says what is wrong when somebody wants it
        if capability in card.capabilities:
            found.append(card)
    return sorted(found, key=lambda card: card.name)


def can(model: str, capability: str) -> bool:
    """Whether a model is there and can do something."""
    return any(card.id == model for card in cards(capability))


def fast_edition(model: str) -> str | None:
    """The id of the model that restores as another does, nearly as well and faster. It may be itself; None: none."""
    known = {card.id: card for card in cards("restore")}
    if model not in known or known[model].fast_of:
        return model if model in known else None
    return next((fast for full, fast in editions(list(known.values())) if full == model), None)


def full_edition(model: str) -> str | None:
    """The id of the model that this one is the fast edition of, if it is one."""
    return next((full for full, fast in editions(cards("restore")) if fast == model), None)


def editions(known: list[Card]) -> list[tuple[str, str]]:
    """Which of these models are the fast edition of which: pairs of ids, the full one first."""
    fast = [card for card in known if card.fast_of]
    full = [card for card in known if not card.fast_of]
    return [(a.id, b.id) for a in full for b in fast if b.fast_of == a.sha256.get(WEIGHTS)]


def stamp(model: str) -> Stamp:
    """What changes when another model comes to be under an id or folder: who has one loaded can tell."""
    folder = folders().get(model) or Path(model)
    try:
        return str(folder), (folder / CARD).stat().st_mtime_ns
    except OSError:
        return str(folder), None


def load(model: str) -> Model:
    """Find a model by id or folder and verify it.

    Raises `ModelError` when it is not there, a file is missing or a byte has changed.
    """
    known = folders()
    folder = known.get(model) or Path(model)
    if not (folder / CARD).is_file():
        names = ", ".join(known) or "none"
        raise ModelError(f"There is no model {model!r} (installed: {names}).")
    card = read_card(folder)
    check_names(folder, card)
    for name, expected in card.sha256.items():
        if sha256(folder / name) != expected:
            raise ModelError(f"Model {folder.name} is damaged: {name} is not the file it was made with.")
    return Model(folder, card)


def read_card(folder: Path) -> Card:
    """The card of a model folder. Raises `ModelError` when it cannot be read."""
    try:
        return msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
    except (msgspec.DecodeError, OSError) as error:
        raise ModelError(f"The card of model {folder.name} cannot be read: {error}.") from error


def check_names(folder: Path, card: Card) -> None:
    """That a card names files of its own folder, and that they are there. Raises `ModelError`."""
    for name in card.sha256:
        if Path(name).name != name:
            raise ModelError(f"The card of model {folder.name} names a file outside its folder: {name}.")
        if not (folder / name).is_file():
            raise ModelError(f"Model {folder.name} is incomplete: {name} is missing.")


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_card(folder: Path, card: Card) -> None:
    """Fill in the hashes of the folder's files and write ``model.json``, whole or not at all."""
    files = sorted(p for p in folder.iterdir() if p.name != CARD and p.is_file())
    card.sha256 = {p.name: sha256(p) for p in files}
    keep_card(folder, card)


def keep_card(folder: Path, card: Card) -> None:
    """Write ``model.json`` with the hashes it has, whole or not at all. Raises OSError."""
    text = msgspec.json.format(msgspec.json.encode(card), indent=2)
    with replacing(folder / CARD, overwrite=True) as file:
        file.write(text + b"\n")

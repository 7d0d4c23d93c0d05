"""What is in a file or folder that somebody brought, whatever it is called."""

from __future__ import annotations

import json
import re
from pathlib import Path

from engine.errors import ModelError
from engine.files import explain
from engine.importers import burgess, kl, ldm, tiny
from engine.importers.found import Found
from engine.importers.lazy import Tensors, check_room, read_tensors

#: Names that say nothing about a model: its folder says more.
_PLAIN = ("model", "diffusion_pytorch_model", "pytorch_model", "vae", "encoder", "decoder", "ae", "weights")
#: Suffixes of weights, those that hold nothing but numbers first.
_WEIGHTS = (".safetensors", ".bin", ".pth", ".pt", ".ckpt")
#: Longest description beside weights that is read, in bytes.
_LONGEST = 1 << 20


def find(paths: list[Path]) -> Found:
    """The autoencoder in a file, in a folder, or in two files of encoder and decoder.

    Raises `ModelError` with one sentence that names the file and says why it cannot be used.
    """
    files: list[Path] = [file for path in paths for file in (_weights_in(path) if path.is_dir() else [path])]
    if missing := next((path for path in paths if not path.exists()), None):
        raise ModelError(f"{missing.name}: it is not there.")
    try:
        tensors: dict[Path, Tensors] = {file: read_tensors(file) for file in files}
        found = _recognised(tensors, files)
    except OSError as error:
        raise ModelError(f"{paths[0].name}: {explain(error)}.") from error
    except ModelError as error:
        names = [path.name for path in (*paths, *files)]
        raise error if any(name in str(error) for name in names) else ModelError(f"{paths[0].name}: {error}") from error
    check_room(found.encoder.weights | found.decoder.weights, paths[0].name)
    for key, note in _notes(paths[0]).items():
        found.notes.setdefault(key, note)
    return found


def _recognised(tensors: dict[Path, Tensors], files: list[Path]) -> Found:
    alone = {file: part for file, part in tensors.items() if tiny.is_half(part)}
    if alone:
        return _tiny_pair(alone)
    for file in files:
        part = tensors[file]
        config = _config(file)
        found = burgess.find(part) or tiny.find(part) or kl.find(part, config) or ldm.find(part, config)
        if found:
            return found
    names = ", ".join(sorted(next(iter(tensors.values())))[:2])
    raise ModelError(
        "it holds weights of a kind that is not known here"
        f" (its first tensors are {names}); autoencoders of Stable Diffusion, SDXL, SD 3 and Flux.1, the TAESD family,"
        " Burgess beta-VAEs and ONNX pairs are."
    )


def _tiny_pair(alone: dict[Path, Tensors]) -> Found:
    """Encoder and decoder of the TAESD family from two files; the missing one is looked for beside the other."""
    halves = {tiny.is_encoder(part): part for part in alone.values()}
    file = next(iter(alone))
    if len(halves) < 2:
        wanted, other = ("decoder", "encoder") if True in halves else ("encoder", "decoder")
        partner = file.with_name(re.sub(other, wanted, file.name, flags=re.IGNORECASE))
        if partner == file or not partner.is_file():
            raise ModelError(
                f"{file.name}: it is an {other} alone; bring the {wanted} with it, or beside it.".replace(
                    "an decoder", "a decoder"
                )
            )
        halves[tiny.is_encoder(read_tensors(partner))] = read_tensors(partner)
    if len(halves) < 2:
        raise ModelError(f"{file.name}: there are two encoders or two decoders.")
    found = tiny.find(tiny.joined(halves[True], halves[False]))
    assert found is not None
    return found


def _weights_in(folder: Path) -> list[Path]:
    """The files of weights of a folder, or of its ``vae``; one suffix only, the safest there is."""
    for place in (folder, folder / "vae"):
        for suffix in _WEIGHTS:
            files = sorted(f for f in place.glob(f"*{suffix}") if f.is_file()) if place.is_dir() else []
            plain = [f for f in files if ".fp16." not in f.name and ".non_ema." not in f.name]
            if files:
                return (plain or files)[:2]
    raise ModelError(f"{folder.name}: there are no weights in this folder.")


def _config(file: Path) -> dict[str, object]:
    """What ``config.json`` beside a file of weights says; empty where there is none. Raises `ModelError`."""
    path = file.parent / "config.json"
    try:
        if not path.is_file():
            return {}
        if path.stat().st_size > _LONGEST:
            raise ModelError(f"{path.name}: it is too long for a description of a model.")
        known = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path.name} beside {file.name} cannot be read.") from error
    return known if isinstance(known, dict) else {}


def _notes(path: Path) -> dict[str, str]:
    """Licence and training as the source states them: a model card's header, a licence's first line, specs."""
    notes: dict[str, str] = {}
    folder = path if path.is_dir() else path.parent
    readme = _text(folder / "README.md") or (_text(folder.parent / "README.md") if folder.name == "vae" else "")
    if match := re.match(r"---\n(.*?)\n---", readme, re.DOTALL):
        for line in match[1].splitlines():
            if line.startswith("license:"):
                notes["licence"] = line.partition(":")[2].strip().strip("\"'")[:80]
    stem = re.sub(r"[_-]?(en|de)coder$", "", path.stem)
    places = (folder / f"{stem}.LICENSE", folder / "LICENSE", folder / "LICENSE.txt", folder.with_suffix(".LICENSE"))
    for file in (*places, folder.parent.with_suffix(".LICENSE")):
        if "licence" not in notes and (text := _text(file)):
            notes["licence"] = next((line.strip() for line in text.splitlines() if line.strip()), "")[:80]
    try:
        specs = json.loads(_text(folder / "specs.json") or "{}")
        if isinstance(specs, dict) and isinstance(specs.get("dataset"), str):
            notes["data"] = specs["dataset"][:80]
            notes["training"] = f"{specs.get('loss', '')}, {specs.get('epochs', '?')} epochs"[:80]
    except (ValueError, RecursionError):
        pass
    return notes


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def name_of(path: Path) -> str:
    """What to call a model: its file's name, or its folder's where that says nothing."""
    plain = re.sub(r"[_-]?(en|de)coder$", "", path.stem if path.is_file() else path.name, flags=re.IGNORECASE)
    plain = plain if plain.lower() not in (*_PLAIN, "") else path.resolve().parent.name
    return plain.replace("_", " ").strip()[:80] or "Imported"


def source_of(path: Path) -> str:
    """What a card says a model came from."""
    return path.name if path.stem.lower() not in _PLAIN else f"{path.resolve().parent.name}/{path.name}"

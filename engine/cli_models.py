"""``latent-darkroom models``: bring models in, list, show, verify, export and remove them."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine import edition, imports, shelf
from engine.catalog import CAPABILITIES
from engine.errors import Cancelled, DarkroomError, ModelError
from engine.imports import Imported, Importing, ImportStopped, NotImported, Said
from engine.terminal import DONE, INTERRUPTED, SOME_FAILED, Line, WrongUse, told_to_end


def add_to(commands) -> None:
    """Add the command to a parser's."""
    models = commands.add_parser("models", help="bring your own models in; list, show, verify, export, remove them")
    actions = models.add_subparsers(metavar="ACTION", required=True)

    action = actions.add_parser(
        "import",
        help="put weights you have on the shelf",
        epilog="Known are AutoencoderKL (SD 1, 2, XL, 3, Flux.1; diffusers or a whole checkpoint), the TAESD family, "
        "Burgess beta-VAEs, ONNX pairs, and models exported here. Nothing in a file is ever executed.",
    )
    action.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or folder, or encoder and decoder")
    action.add_argument("--name", metavar="NAME", help="what to call it")
    action.add_argument("--json", action="store_true", help="one line of JSON a step; closing stdin cancels")
    action.set_defaults(run=import_model)

    action = actions.add_parser("list", help="every model and what it can do")
    action.add_argument("--json", action="store_true", help="as one line of JSON")
    action.set_defaults(run=list_models)

    action = actions.add_parser("show", help="all that is known of a model")
    action.add_argument("model", metavar="ID")
    action.add_argument("--json", action="store_true", help="as one line of JSON")
    action.set_defaults(run=show)

    action = actions.add_parser("verify", help="check that no byte of a model has changed")
    action.add_argument("models", nargs="*", metavar="ID", help="all of them, where none is named")
    action.set_defaults(run=verify)

    action = actions.add_parser("export", help="write a model to one file, for another computer")
    action.add_argument("model", metavar="ID")
    action.add_argument("--output", "-o", type=Path, required=True, metavar="FILE", help=f"ends in {imports.ONE_FILE}")
    action.add_argument("--overwrite", action="store_true", help="replace a file that is there already")
    action.set_defaults(run=export)

    action = actions.add_parser("remove", help="move a model of your own aside")
    action.add_argument("model", metavar="ID")
    action.set_defaults(run=remove)


# -- import -------------------------------------------------------------------------------------------


def import_model(options: argparse.Namespace) -> int:
    """Put weights on the shelf. What is said is in `engine.imports`."""
    paths: list[Path] = options.paths
    if len(paths) > 2:
        raise WrongUse("models import takes one file or folder, or two files of encoder and decoder.")
    if options.name is not None and not 0 < len(options.name.strip()) <= 80:
        raise WrongUse("--name takes 1 to 80 characters.")
    stop = told_to_end() if options.json else threading.Event()
    line = Line(paths[0].name, shown=not options.json)
    began = time.perf_counter()

    def on_step(step: imports.Step, done: int, total: int) -> None:
        left = (time.perf_counter() - began) / done * (total - done) if done else None
        if options.json:
            _print(Importing(step, done, total, round(left, 1) if left is not None else None))
        elif done:
            line.show(done, total)

    try:
        said: Said = _import(paths, options.name, on_step, stop.is_set)
    except Cancelled:
        said = ImportStopped()
    except MemoryError:
        said = NotImported(f"{paths[0].name}: there is not enough memory for it.")
    except DarkroomError as error:
        said = NotImported(str(error))
    except OSError as error:
        said = NotImported(f"{paths[0].name}: {error.strerror or error}.")
    line.close()
    if options.json:
        _print(said)
    elif isinstance(said, Imported):
        abilities = "; ".join(CAPABILITIES.get(what, what) for what in said.capabilities)
        print(f"{said.model}: {said.name}, {said.family}. It can {abilities}.")
    elif isinstance(said, NotImported):
        print(said.sentence, file=sys.stderr)
    return DONE if isinstance(said, Imported) else SOME_FAILED if isinstance(said, NotImported) else INTERRUPTED


def _import(
    paths: list[Path],
    name: str | None,
    on_step: Callable[[imports.Step, int, int], None],
    cancelled: Callable[[], bool],
) -> Imported:
    """Bring one model in, whatever its format. Raises `DarkroomError` and `Cancelled`."""
    name = name.strip() if name else None
    if len(paths) == 1 and paths[0].suffix.lower() == imports.ONE_FILE:
        entry = shelf.take_in(paths[0], name, lambda done, total: on_step("writing", done, total), cancelled)
        card = entry.card
        assert card is not None
        return Imported(card.id, card.name, card.family, tuple(card.capabilities), entry.folder, 0.0)
    try:
        from engine.importers import bring
    except ImportError as error:
        if error.name not in ("torch", "onnx"):
            raise
        raise ModelError(edition.NO_CONVERTING) from error
    return bring.bring(paths, name, on_step, cancelled)


# -- the rest -----------------------------------------------------------------------------------------


def list_models(options: argparse.Namespace) -> int:
    """Every model: id, name, what it can do, size."""
    entries = shelf.listed()
    if options.json:
        _print(entries)
        return DONE
    for entry in entries:
        mark = "*" if entry.own else " "
        if entry.card is None:
            print(f"{mark} {entry.id}: {entry.trouble}")
        else:
            abilities = ", ".join(entry.card.capabilities)
            print(f"{mark} {entry.id:24} {entry.card.name}  ({_size(entry.bytes)}; {abilities})")
    if any(entry.own for entry in entries):
        print("* your own")
    return DONE


def show(options: argparse.Namespace) -> int:
    """All that a model's card says."""
    entry = shelf.shown(options.model)
    if options.json:
        _print(entry)
        return DONE
    if entry.card is None:
        raise ModelError(entry.trouble)
    card = entry.card
    rows = {
        "name": card.name,
        "summary": card.summary,
        "can": "; ".join(CAPABILITIES.get(what, what) for what in card.capabilities),
        "family": card.family,
        "latent": "; ".join(card.latents),
        "scaling": f"{card.scaling:g}, shift {card.shift:g}" if card.kind == "codec" else "",
        "licence": card.licence,
        "learnt from": "; ".join(card.training_data),
        "training": card.training,
        "numbers": ", ".join(f"{name} {value:g}" for name, value in card.numbers.items()),
        "source": card.source,
        "size": _size(entry.bytes),
        "folder": entry.folder,
    }
    for name, value in rows.items():
        if value:
            print(f"{name:12} {value}")
    return DONE


def verify(options: argparse.Namespace) -> int:
    """Check models byte by byte; one that is damaged does not stop the others."""
    failed = 0
    for model in options.models or [entry.id for entry in shelf.listed()]:
        line = Line(model, shown=True)
        try:
            shelf.verify(model, line.show)
        except ModelError as error:
            failed += 1
            line.close()
            print(error, file=sys.stderr)
        else:
            line.close()
            print(f"{model}: whole")
    return SOME_FAILED if failed else DONE


def export(options: argparse.Namespace) -> int:
    """Write a model to one file."""
    line = Line(options.model, shown=True)
    try:
        target = shelf.export(options.model, options.output, options.overwrite, line.show)
    finally:
        line.close()
    print(target)
    return DONE


def remove(options: argparse.Namespace) -> int:
    """Move a model aside; nothing is deleted."""
    print(f"{options.model} -> {shelf.remove(options.model)}")
    return DONE


def _print(message: object) -> None:
    print(msgspec.json.encode(message).decode(), flush=True)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"

"""``latent-darkroom restore``: photos and folders of them, one after the other."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import msgspec
import numpy as np

from engine import catalog, devices, presets
from engine.errors import DarkroomError, PhotoError
from engine.jobs import Estimate, Quality, RestoreSettings
from engine.terminal import DONE, SOME_FAILED, Line, WrongUse, auto_or, number, one_of


class RestoredPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``restore --json``."""

    input: str
    output: str | None
    settings: RestoreSettings
    estimate: Estimate | None
    device: str
    seconds: float
    error: str | None = None


def add_to(commands) -> None:
    """Add the command to a parser's."""
    command = commands.add_parser(
        "restore",
        help="take noise, blur, JPEG artefacts, scratches and fading out of photos",
        epilog="What is left on auto the model judges for itself, photo by photo.",
    )
    command.add_argument("photos", nargs="+", metavar="PHOTO|FOLDER", help="photos, or folders of them")
    command.add_argument("--output", "-o", type=Path, required=True, metavar="FILE|FOLDER", help="where the results go")
    command.add_argument(
        "--preset", metavar="NAME|FILE", help="settings under a name, or in a shared .json; those given here come first"
    )

    def setting(name: str, kind: Callable, values: str, words: str) -> None:  # absent where it is not given
        command.add_argument(name, type=kind, default=argparse.SUPPRESS, metavar=values, help=words)

    switch = {"auto": None, "on": True, "off": False}
    setting("--noise", auto_or(float, 0, 100), "auto|0..100", "its standard deviation in levels of an 8-bit photo")
    setting("--blur", auto_or(float, 0, 5), "auto|0..5", "its radius in pixels")
    setting("--jpeg", auto_or(int, 0, 100), "auto|0..100", "quality to undo, 0: none")
    setting("--scratches", one_of(switch), "auto|on|off", "scratches and dirt")
    setting("--fading", one_of(switch), "auto|on|off", "faded tones and colour casts")
    setting("--strength", number(float, 0, 1), "0..1", "default 1")
    setting("--detail", number(float, 0, 1), "0..1", "likely detail where the photo is unclear, default 0")
    words = "fast: half the time, hardly less good; best: a little better, in eight times the time (not for variants)"
    command.add_argument("--quality", choices=get_args(Quality), default=argparse.SUPPRESS, help=words)
    command.add_argument(
        "--variants", type=number(int, 0, 99), default=0, metavar="N", help="also write N other possible results"
    )
    command.add_argument("--seed", type=number(int, 0, 2**31), default=0, metavar="S", help="of the variants")
    words = "also write how far the result may be off, as PNG: eight levels for one of an 8-bit photo"
    command.add_argument("--uncertainty", type=Path, metavar="FILE", help=words)
    command.add_argument("--device", choices=devices.CHOICES, default="auto")
    command.add_argument("--model", default="photo-restore", metavar="ID")
    command.add_argument("--overwrite", action="store_true", help="replace files that are there already")
    command.add_argument("--json", action="store_true", help="one line of JSON a photo")
    command.set_defaults(run=restore)


def restore(options: argparse.Namespace) -> int:
    """Restore photos one after the other; a photo that fails does not stop the others."""
    from engine import clean
    from engine.formats import find_photos, target_name

    settings = RestoreSettings(seed=options.seed, model=options.model)
    if options.preset is not None:
        settings = presets.named(options.preset).over(settings)
    given = {field: value for field, value in vars(options).items() if field in presets.FIELDS}
    settings = msgspec.structs.replace(settings, **given)
    folders = [Path(p) for p in options.photos if Path(p).is_dir()]
    photos = [p for given in options.photos for p in (find_photos([given]) if Path(given).is_dir() else [Path(given)])]
    if not photos:
        print(f"There are no photos in {', '.join(f.name for f in folders)}.", file=sys.stderr)
        return SOME_FAILED
    many = len(photos) > 1 or bool(folders)
    if many and options.uncertainty:
        raise WrongUse("--uncertainty takes one photo.")
    if many and options.output.suffix and not options.output.is_dir():
        raise WrongUse(f"--output must be a folder for more than one photo; {options.output.name} looks like a file.")
    in_folder = many or options.output.is_dir() or not options.output.suffix

    if settings.quality == "fast" and options.variants:
        raise WrongUse("--quality fast draws no variants.")
    if settings.quality == "fast" and catalog.fast_edition(options.model) is None:
        print(f"Model {options.model} has no fast edition: it works at normal quality.", file=sys.stderr)
    restorer = clean.restorer(options.model, options.device, quality=settings.quality)
    failed = 0
    for count, path in enumerate(photos, start=1):
        root = next((f for f in folders if path.is_relative_to(f)), path.parent)
        target = target_name(options.output / path.relative_to(root)) if in_folder else options.output
        line = Line(f"{path.name} ({count} of {len(photos)})" if many else path.name, shown=not options.json)
        began = time.perf_counter()
        estimate, error = None, None
        try:
            estimate = _restore_one(restorer, path, target, settings, options, line)
        except DarkroomError as trouble:
            error = str(trouble)
        except MemoryError:
            error = str(PhotoError(path, "there is not enough memory for this photo."))
        except OSError as trouble:
            error = str(PhotoError(path, f"{trouble.strerror or trouble}."))
        seconds = round(time.perf_counter() - began, 3)
        line.close()
        if error:
            failed += 1
            print(error, file=sys.stderr)
        elif not options.json:
            print(f"{path} -> {target}  {seconds:.1f} s")
        if options.json:
            done = RestoredPhoto(
                input=str(path),
                output=None if error else str(target),
                settings=settings,
                estimate=estimate,
                device=restorer.device,
                seconds=seconds,
                error=error,
            )
            print(msgspec.json.encode(done).decode(), flush=True)
    return SOME_FAILED if failed else DONE


def _restore_one(restorer, path: Path, target: Path, settings: RestoreSettings, options, line: Line) -> Estimate:
    """Read, restore and write one photo, and its variants beside it. Returns what was estimated."""
    from engine import photo

    for name in _targets(target, options.variants):
        if name.exists() and not options.overwrite:
            raise PhotoError(name, "it already exists; --overwrite replaces it.")
    picture = photo.read(path)
    reading = restorer.read(picture.pixels)
    target.parent.mkdir(parents=True, exist_ok=True)
    for variant, name in enumerate(_targets(target, options.variants)):
        chosen = msgspec.structs.replace(settings, variant=variant)
        result = restorer.restore(
            picture.pixels,
            chosen,
            reading=reading,
            doubt=bool(options.uncertainty) and variant == 0,
            on_part=lambda _, done, total, v=variant: line.show(v * total + done, (options.variants + 1) * total),
        )
        made_by = msgspec.json.encode(chosen).decode()
        photo.write(picture, result.pixels, name, settings=made_by, overwrite=options.overwrite)
        if result.doubt is not None:
            _write_doubt(result.doubt, options.uncertainty, options.overwrite)
    return reading.estimate


def _targets(target: Path, variants: int) -> list[Path]:
    """The result's file and one beside it for each variant: photo.png, photo-variant-1.png, ..."""
    return [target] + [target.with_stem(f"{target.stem}-variant-{n}") for n in range(1, variants + 1)]


def _write_doubt(doubt: np.ndarray, target: Path, overwrite: bool) -> None:
    """The expected error as a grey PNG: eight levels of grey for each level of the 8-bit scale."""
    from PIL import Image

    from engine.files import replacing

    try:
        with replacing(target, overwrite=overwrite) as file:
            Image.fromarray(doubt).save(file, "PNG")
    except FileExistsError as error:
        raise PhotoError(target, "it already exists; --overwrite replaces it.") from error

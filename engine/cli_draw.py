"""``latent-darkroom generate``, ``edit`` and ``interpolate``: pictures from a latent."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from engine import devices, recipes
from engine.errors import DarkroomError, PhotoError
from engine.jobs import Film, Journey, Verdict
from engine.recipes import Recipe
from engine.terminal import DONE, Line, WrongUse, number

_SEEDS = 2**63 - 1
_SUFFIXES = (".gif", ".webp", ".mp4", ".png")


class DrawnPicture(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``--json``: a picture's file and what made it."""

    output: str
    recipe: Recipe
    verdict: Verdict | None = None  #: of the photo it was made from


def add_to(commands) -> None:
    """Add the commands to a parser's."""
    command = commands.add_parser(
        "generate",
        help="draw random pictures with a model",
        epilog="The same seed draws the same picture. What made a picture is stored in its file.",
    )
    _common(command, required=True)
    command.add_argument("--count", type=number(int, 1, 10_000), default=16, metavar="N", help="default 16")
    command.add_argument("--seed", type=number(int, 0, _SEEDS), default=0, metavar="S", help="of the first, default 0")
    command.add_argument(
        "--variety", type=number(float, 0, 2), default=1.0, metavar="0..2", help="0: the most expected; default 1"
    )
    command.add_argument("--output", "-o", type=Path, metavar="FOLDER", help="a PNG for each picture")
    command.add_argument("--grid", type=Path, metavar="FILE", help="all pictures on one PNG")
    command.set_defaults(run=generate)

    command = commands.add_parser(
        "edit",
        help="change one thing about a picture: a photo, or one that a model drew",
        epilog="Without --set the picture is drawn as it is. --list says what can be changed.",
    )
    command.add_argument("photo", nargs="?", type=Path, metavar="PHOTO", help="or a PNG that was drawn here")
    _common(command, required=False)
    command.add_argument("--seed", type=number(int, 0, _SEEDS), metavar="S", help="start from a random picture instead")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        type=_setting,
        metavar="NAME=VALUE",
        dest="sliders",
        help="how far to go, in standard deviations (-10..10); may be given again",
    )
    command.add_argument("--rounds", type=number(int, 0, 20), default=2, metavar="N", help="of refining a photo's fit")
    command.add_argument("--list", action="store_true", help="list what can be changed")
    command.add_argument("--output", "-o", type=Path, metavar="FILE", help="a PNG")
    command.set_defaults(run=edit)

    command = commands.add_parser(
        "interpolate",
        help="a smooth walk from picture to picture",
        epilog="With photo-restore any photos; with a generative model pictures of its kind.",
    )
    command.add_argument("pictures", nargs="+", metavar="PICTURE", help="two or more photos, or PNGs drawn here")
    _common(command, required=False)
    command.add_argument("--frames", type=number(int, 2, 5000), default=60, metavar="N", help="default 60")
    command.add_argument("--fps", type=number(float, 1, 50), default=25.0, metavar="1..50", help="default 25")
    command.add_argument("--path", choices=("spherical", "straight", "prior"), default="spherical")
    command.add_argument("--easing", choices=("smooth", "linear"), default="smooth")
    command.add_argument("--loop", action="store_true", help="go on from the last picture to the first")
    command.add_argument("--back", action="store_true", help="walk home again the same way")
    command.add_argument(
        "--side", type=number(int, 64, 2048), default=512, metavar="PIXELS", help="of a morph of photos"
    )
    command.add_argument("--output", "-o", type=Path, required=True, metavar="FILE|FOLDER", help=".gif .webp .mp4 .png")
    command.set_defaults(run=interpolate)


def _common(command: argparse.ArgumentParser, required: bool) -> None:
    command.add_argument("--model", required=required, metavar="ID", help="which model")
    command.add_argument("--device", choices=devices.CHOICES, default="auto")
    command.add_argument("--overwrite", action="store_true", help="replace files that are there already")
    command.add_argument("--json", action="store_true", help="one line of JSON a picture")


def _setting(text: str) -> tuple[str, float]:
    name, equals, value = text.rpartition("=")
    try:
        if not (equals and name):
            raise ValueError
        return name.strip(), float(number(float, -10, 10)(value))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE") from None


# -- the commands ------------------------------------------------------------------------------------


def generate(options: argparse.Namespace) -> int:
    """Draw ``count`` pictures, one seed after the other."""
    from engine.generate import BATCH, Generator

    if not options.output and not options.grid:
        raise WrongUse("generate needs --output, --grid or both.")
    last = options.seed + options.count - 1
    if last > _SEEDS:
        raise WrongUse(f"The last seed would be {last}; seeds end at {_SEEDS}.")
    asked = [Recipe(model=options.model, seed=seed, variety=options.variety) for seed in range(options.seed, last + 1)]
    targets = [options.output / f"{options.model}-{recipe.seed}.png" for recipe in asked] if options.output else []
    _refuse_existing([*targets, *([options.grid] if options.grid else [])], options.overwrite)
    if options.output:
        _folder(options.output)
    generator = Generator(options.model, options.device)
    line = Line(generator.model.card.name, shown=not options.json)
    kept = []
    for start in range(0, len(asked), BATCH):
        part = asked[start : start + BATCH]
        pictures = generator.draw(part)
        for picture, recipe, target in zip(pictures, part, targets[start : start + BATCH], strict=False):
            recipes.save(picture, recipe, target, options.overwrite)
            _say(options, target, recipe)
        if options.grid:
            kept.extend(pictures)
        line.show(start + len(part), len(asked))
    line.close()
    if options.grid:
        from engine.animate import save_sheet

        save_sheet(kept, options.grid, overwrite=options.overwrite)
        if not options.json:
            print(options.grid)
    return DONE


def edit(options: argparse.Namespace) -> int:
    """Draw a picture again with some things about it changed."""
    from engine import directions
    from engine.generate import Generator

    stored = recipes.read(options.photo) if options.photo else None
    model = options.model or (stored.model if stored else None)
    if model is None:
        raise WrongUse("edit needs --model (the picture does not say which model drew it).")
    if options.list:
        Generator(model, options.device)  # says what is wrong with the model, if anything is
        for direction in directions.of(model):
            print(f"{direction.name}  ({direction.source})")
        return DONE
    if options.output is None or (options.photo is None) == (options.seed is None):
        raise WrongUse("edit needs --output and either a PHOTO or --seed.")
    target = options.output if options.output.suffix.lower() == ".png" else None
    if target is None:
        raise WrongUse(f"--output must be a .png, which keeps what made the picture; {options.output.name} is not.")
    _refuse_existing([target], options.overwrite)
    generator = Generator(model, options.device)
    verdict = None
    if stored is not None and stored.model == generator.model.card.id:
        recipe = stored
    elif options.photo:
        recipe, verdict = _encoded(generator, options)
    else:
        recipe = Recipe(model=model, seed=options.seed)
    recipe = recipes.moved(recipe, **dict(options.sliders))
    recipes.save(generator.draw([recipe])[0], recipe, target, options.overwrite)
    _say(options, target, recipe, verdict)
    return DONE


def interpolate(options: argparse.Namespace) -> int:
    """Walk from picture to picture and write the film."""
    from engine.interpolate import Models, prepare, write_film

    if len(options.pictures) < 2:
        raise WrongUse("interpolate needs two pictures or more.")
    if options.loop and options.back:
        raise WrongUse("--loop and --back are two different ways to end; choose one.")
    if options.output.suffix and options.output.suffix.lower() not in _SUFFIXES:
        raise WrongUse(f"--output must be a folder or end in {', '.join(_SUFFIXES)}.")
    stops = tuple(recipes.read(Path(picture)) or picture for picture in options.pictures)
    drawn_by = {stop.model for stop in stops if isinstance(stop, Recipe)}
    model = options.model or (drawn_by.pop() if len(drawn_by) == 1 and len(stops) > 1 else "photo-restore")
    journey = Journey(model=model, stops=stops, path=options.path, closed=options.loop, side=options.side)
    film = Film(
        frames=options.frames,
        fps=options.fps,
        smooth=options.easing == "smooth",
        back=options.back,
        sheet=options.output.suffix.lower() == ".png",
    )
    _refuse_existing([options.output] if options.output.suffix else [], options.overwrite)
    line = Line("Preparing", shown=not options.json)
    walk = prepare(journey, Models(options.device), line.show)
    line.close()
    line = Line(options.output.name, shown=not options.json)
    target = write_film(
        walk, film, options.output, options.loop, options.overwrite, lambda done: line.show(done, film.frames)
    )
    line.close()
    print(msgspec.json.encode({"output": str(target), "journey": journey}).decode() if options.json else target)
    return DONE


# -- what they share ---------------------------------------------------------------------------------


def _encoded(generator, options: argparse.Namespace) -> tuple[Recipe, Verdict]:
    """The recipe of a photo, and how well the model knows it."""
    from engine import photo
    from engine.frame import framed
    from engine.refine import encoded

    line = Line(options.photo.name, shown=not options.json)
    seen = framed(photo.read(options.photo).pixels, generator.side)
    latent, verdict = encoded(generator, seen, options.rounds, line.show)
    line.close()
    words = {"well": "knows such pictures well", "roughly": "knows such pictures roughly", "not": "does not know such"}
    if not options.json:
        text = f"{generator.model.card.name} {words[verdict.known]}"
        print(f"{text}{' pictures' if verdict.known == 'not' else ''} ({verdict.psnr:.1f} dB).", file=sys.stderr)
    return generator.recipe(latent), verdict


def _say(options: argparse.Namespace, target: Path, recipe: Recipe, verdict: Verdict | None = None) -> None:
    if options.json:
        print(
            msgspec.json.encode(DrawnPicture(output=str(target), recipe=recipe, verdict=verdict)).decode(), flush=True
        )
    else:
        print(target)


def _refuse_existing(targets: list[Path], overwrite: bool) -> None:
    """Before the work, not after it."""
    for target in targets:
        if target.exists() and not overwrite:
            raise PhotoError(target, "it already exists; --overwrite replaces it.")


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from engine.files import explain

        raise DarkroomError(f"{folder.name}: {explain(error, writing=True)}.") from error

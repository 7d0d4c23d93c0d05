"""``latent-darkroom explore`` and ``augment``: what a model knows about a folder of pictures, and more like them."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

import msgspec
import numpy as np

from engine import devices
from engine.atlas import Atlas, Began, Drew, Explored, LeftOut, Mapped, Note, Step
from engine.atlas import Line as Said
from engine.errors import Cancelled, PhotoError
from engine.terminal import DONE, INTERRUPTED, SOME_FAILED, Line, WrongUse, number, told_to_end

#: What a report may be; the suffix decides.
_REPORTS = (".html", ".csv", ".json")
_DOING = {"look": "Looking", "arrange": "Drawing the map", "draw": "Drawing variants"}


def add_to(commands) -> None:
    """Add the commands to a parser's."""
    command = commands.add_parser(
        "explore",
        help="the map of a folder: which pictures are odd, which are alike, what belongs together",
        epilog="What was seen is kept in the cache: a second visit is done at once.",
    )
    command.add_argument("folder", type=Path, metavar="FOLDER")
    _common(command)
    command.add_argument("--report", "-o", type=Path, metavar="FILE", help=f"also write a {', '.join(_REPORTS)}")
    command.add_argument(
        "--odd", type=number(int, 0, 10_000), default=10, metavar="N", help="odd ones to name, default 10"
    )
    command.add_argument(
        "--no-neighbours", action="store_true", help="leave out the map by neighbours, which takes longest"
    )
    command.set_defaults(run=explore)

    command = commands.add_parser(
        "augment",
        help="draw variants of the pictures in a folder, to teach something with more of them",
        epilog="Sub-folders are kept as labels. A variant that is a copy or off the map is left out.",
    )
    command.add_argument("folder", type=Path, metavar="FOLDER")
    _common(command)
    command.add_argument("--output", "-o", type=Path, required=True, metavar="FOLDER", help="where they go")
    command.add_argument("--variants", type=number(int, 1, 1000), default=4, metavar="N", help="of each, default 4")
    command.add_argument(
        "--spread", type=number(float, 0.05, 2), default=1.0, metavar="S", help="how far from it, default 1"
    )
    command.add_argument("--seed", type=number(int, 0, 2**31), default=0, metavar="S")
    command.set_defaults(run=augment)


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", required=True, metavar="ID", help="which model looks at the pictures")
    command.add_argument("--device", choices=devices.CHOICES, default="auto")
    command.add_argument("--overwrite", action="store_true", help="replace files that are there already")
    command.add_argument("--json", action="store_true", help="one line of JSON for everything that happens")


def explore(options: argparse.Namespace) -> int:
    """Look at a folder, say how it goes, write the report."""
    from engine.explore import explore as look

    target: Path | None = options.report
    if target and target.suffix.lower() not in _REPORTS:
        raise WrongUse(f"--report must end in {', '.join(_REPORTS)}; {target.name} does not.")
    if target and target.exists() and not options.overwrite:
        raise PhotoError(target, "it already exists; --overwrite replaces it.")
    voice, told = _Voice(options.json), told_to_end() if options.json else threading.Event()
    try:
        atlas = look(
            options.folder,
            options.model,
            voice.say,
            told.is_set,
            options.device,
            neighbours=not options.no_neighbours,
        )
    except Cancelled:
        return INTERRUPTED
    finally:
        voice.line.close()
    if target:
        from engine import report

        report.write(atlas, target, overwrite=options.overwrite)
    voice.sum_up(atlas, target, options.odd)
    return SOME_FAILED if atlas.left_out else DONE


def augment(options: argparse.Namespace) -> int:
    """Draw variants and say which."""
    from engine.augment import Plan
    from engine.augment import augment as draw

    voice, told = _Voice(options.json), told_to_end() if options.json else threading.Event()
    plan = Plan(
        options.folder,
        options.model,
        options.output,
        int(options.variants),
        options.spread,
        int(options.seed),
        options.overwrite,
    )
    count = 0
    try:
        for drew in draw(plan, voice.say, told.is_set, options.device):
            voice.say(drew)
            count += 1
    except Cancelled:
        return INTERRUPTED
    finally:
        voice.line.close()
    if not options.json:
        print(f"{count} variants in {options.output}.")
    return DONE


class _Voice:
    """Says what happens: as lines of JSON, or in words."""

    def __init__(self, json: bool) -> None:
        self._json, self._doing, self._last = json, "", Explored(0, 0, 0.0)
        self.line = Line("", shown=False)

    def say(self, said: Said) -> None:
        if isinstance(said, Explored):
            self._last = said  # the report comes first
        elif self._json:
            print(msgspec.json.encode(said).decode(), flush=True)
        else:
            self._say_in_words(said)

    def _say_in_words(self, said: Said) -> None:
        match said:
            case Step(doing=doing, done=done, total=total):
                if doing != self._doing:
                    self.line.close()
                    self._doing = doing
                    self.line = Line(_DOING[doing], shown=True)
                self.line.show(max(done, 1), total)
            case LeftOut(name=name, cause=cause):
                self.line.close()
                print(f"{name}: {cause}.", file=sys.stderr)
            case Note(sentence=sentence):
                self.line.close()
                print(sentence, file=sys.stderr)
            case Began() | Mapped() | Explored() | Drew():
                pass

    def sum_up(self, atlas: Atlas, target: Path | None, odd: int) -> None:
        """The last words."""
        if self._json:
            last = msgspec.structs.replace(self._last, report=str(target) if target else None)
            print(msgspec.json.encode(last).decode(), flush=True)
            return
        known = np.bincount(atlas.known, minlength=3)
        print(
            f"{len(atlas)} pictures: {atlas.model_name} knows {known[0]} well, {known[1]} roughly, {known[2]} not; "
            f"{int(atlas.clusters.max()) + 1} clusters, {int(atlas.groups.max()) + 1} groups of copies."
        )
        first = atlas.oddness.argsort()[::-1][:odd]
        if len(first):
            print("The oddest:")
            for picture in first:
                print(f"{atlas.oddness[picture]:8.2f}  {atlas.names[picture]}")
        if target:
            print(target)

"""``latent-darkroom`` in a terminal: the same jobs as in the window.

Exit codes: 0 all done, 1 some photos failed (the rest are done), 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

import msgspec

from engine import __version__, cli_draw, cli_explore, cli_finetune, cli_models, cli_restore
from engine.errors import DarkroomError
from engine.terminal import DONE, INTERRUPTED, SOME_FAILED, WRONG_USE, WrongUse

COMMANDS = ("restore", "generate", "edit", "interpolate", "finetune", "models", "explore", "augment", "devices")


def main(arguments: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return its exit code."""
    try:
        options = _parser().parse_args(arguments)
    except WrongUse as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except SystemExit as leaving:  # --help and --version
        return int(leaving.code or 0)
    try:
        return options.run(options)
    except WrongUse as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except DarkroomError as error:
        print(error, file=sys.stderr)
        return SOME_FAILED
    except KeyboardInterrupt:
        print("\nInterrupted; what was finished is kept.", file=sys.stderr)
        return INTERRUPTED


# -- devices ----------------------------------------------------------------------------------------


def devices(options: argparse.Namespace) -> int:
    """List the devices, and which one would be used."""
    from engine import devices as known

    listed = known.report()
    if options.json:
        print(msgspec.json.encode(listed).decode())
        return DONE
    for device in listed:
        mark = "*" if device.chosen else " " if device.works else "-"
        memory = f", {device.memory / 1e9:.0f} GB" if device.memory else ""
        print(f"{mark} {device.id:8} {device.name}{memory}: {device.reason}.{f' {device.mend}' if device.mend else ''}")
    return DONE


# -- the command line -------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{self.prog}: {message} (see {self.prog} --help)")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="latent-darkroom",
        description="Restore old photos, and draw pictures, through a variational autoencoder. "
        "Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"Latent Darkroom {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    cli_restore.add_to(commands)
    cli_draw.add_to(commands)
    cli_models.add_to(commands)
    cli_finetune.add_to(commands)
    cli_explore.add_to(commands)

    command = commands.add_parser("devices", help="which devices there are, which one is used and why")
    command.add_argument("--json", action="store_true", help="as one line of JSON")
    command.set_defaults(run=devices)
    return parser

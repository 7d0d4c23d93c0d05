"""``latent-darkroom``: the window, or a terminal command. ``python -m desktop`` is the same."""

from __future__ import annotations

import multiprocessing
import sys


def main(argv: list[str] | None = None) -> int:
    """Run the window with ``argv`` as photos to open, or hand ``argv`` to the terminal commands.

    Returns the exit status: that of the window or the command; 3 where there is no screen for a window.
    """
    multiprocessing.freeze_support()
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] == ["--self-test"]:
        from desktop import self_test

        return self_test.run(argv[1:])
    if argv and (argv[0].isalpha() or argv[0].startswith("-")):  # not for files: the runtime of models comes with it
        from engine import cli

        if argv[0] in cli.COMMANDS or argv[0].startswith("-"):
            return cli.main(argv)

    from desktop import screen

    reason = screen.why_not()
    if reason:
        print(
            f"latent-darkroom: {reason}; in a terminal use: latent-darkroom restore PHOTO --output FOLDER",
            file=sys.stderr,
        )
        return screen.NO_SCREEN

    from desktop.app import run

    return run(argv)


if __name__ == "__main__":
    raise SystemExit(main())

"""A program for tests that speaks as ``latent-darkroom models import PATH --json`` and ``devices --json`` do.

What a file is called says what happens to it: "refused" cannot be used, "crash" kills the process, "slow"
waits until it is told to stop, "silent" says nothing at all. Anything else becomes a model in ``FAKE_SHELF``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from engine.catalog import WEIGHTS, Card, write_card
from engine.devices import DeviceReport
from engine.imports import Imported, Importing, ImportStopped, NotImported

CAPABILITIES = ["encode", "decode", "interpolate", "clean"]


def say(message: object) -> None:
    print(msgspec.json.encode(message).decode(), flush=True)


def bring(path: Path, *more: Path) -> int:
    print("a library says hello")
    for done, step in enumerate(("reading", "converting", "writing", "proving")):
        say(Importing(step=step, done=done, total=4, seconds_left=1.0))
    if "crash" in path.name:
        os.abort()
    if "silent" in path.name:
        print("There is no room on the disk.", file=sys.stderr)
        return 1
    if "refused" in path.name:
        say(NotImported(sentence=f"{path.name}: it holds no VAE."))
        return 1
    if "slow" in path.name:
        sys.stdin.read()
        say(ImportStopped())
        return 130
    folder = Path(os.environ["FAKE_SHELF"]) / path.stem
    folder.mkdir(parents=True)
    (folder / WEIGHTS).write_bytes(path.name.encode())
    source = ", ".join(one.name for one in (path, *more))
    card = a_card(path.stem, kind="codec", capabilities=CAPABILITIES, source=source, family="Toy family")
    write_card(folder, card)
    said = Imported(
        model=path.stem,
        name=card.name,
        family=card.family,
        capabilities=tuple(CAPABILITIES),
        folder=str(folder),
        difference=1e-6,
    )
    say(said)
    return 0


def a_card(model: str, **more: object) -> Card:
    """A card that says little."""
    said: dict[str, object] = {"kind": "generate", "licence": "CC0", "capabilities": ["sample"], "latents": ["one"]}
    return Card(
        **{
            "id": model,
            "name": model.replace("-", " ").title(),
            "version": "1",
            "summary": "Made for a test.",
            "training_data": ["nothing"],
            "multiple": 8,
            "reach": 0,
            "config": {},
            **said,
            **more,
        }
    )


def devices() -> int:
    gpu = DeviceReport(
        id="cuda",
        name="GPU 1",
        memory=8 << 30,
        works=False,
        reason="no driver is installed",
        mend="Install the driver.",
        chosen=False,
    )
    cpu = DeviceReport(
        id="cpu", name="CPU, 2 threads", memory=None, works=True, reason="a processor", mend="", chosen=True
    )
    say([gpu, cpu])
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "devices":
        raise SystemExit(devices())
    assert sys.argv[1:3] == ["models", "import"] and sys.argv[-1] == "--json"
    raise SystemExit(bring(*map(Path, sys.argv[3:-1])))

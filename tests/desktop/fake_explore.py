"""The command ``explore`` for tests: it speaks the lines of `engine.atlas` and writes a real map of made-up numbers.

A picture of one colour lies at (red, green) of it and is as odd as it is blue; equal files look alike. What
a file is called says what happens: "unreadable" is left out, "slow" waits until it is told to end, "crash" kills
the process on the first visit, after half of the pictures. Maps lie in the folder that FAKE_CACHE names.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from pathlib import Path

import msgspec
import numpy as np
import platformdirs
from PIL import Image

from engine import atlas, catalog
from engine.seen import HEAT, THUMBNAIL, Store, Writer, record

LATENT = 4


def say(line: atlas.Line) -> None:
    print(msgspec.json.encode(line).decode(), flush=True)


def records(paths: list[Path]) -> np.ndarray:
    made = np.zeros(len(paths), record(LATENT))
    for one, path in zip(made, paths, strict=True):
        with Image.open(path) as image:
            colour = np.asarray(image.convert("RGB"))[0, 0]
            one["width"], one["height"] = image.size
        one["content"] = np.frombuffer(hashlib.blake2b(path.read_bytes(), digest_size=16).digest(), np.uint8)
        one["thumbnail"] = np.broadcast_to(colour, (THUMBNAIL, THUMBNAIL, 3))
        one["heat"][: HEAT // 2] = 255
        one["latent"][:3] = colour / 255
    return made


def draw(folder: Path, model: str, paths: list[Path], finished: bool, left_out: list[tuple[str, str]]) -> atlas.Atlas:
    """The map of some pictures, on the disk."""
    card = next((card for card in catalog.cards("encode") if card.id == model), None)
    if card is None:
        sys.exit(f"There is no model {model!r} (installed: none).")
    place = atlas.place_of(folder, card)
    with Writer(place, LATENT) as writer:
        writer.add(records(paths))
        name = writer.path.name
    store = Store(place, [name])
    rows, count = np.arange(len(paths)), len(paths)
    colours = store.rows(rows, "latent")[:, :3].astype(np.float32)
    contents = store.rows(rows, "content")
    keys = [content.tobytes() for content in contents]
    groups = [sorted(set(keys)).index(key) if keys.count(key) > 1 else -1 for key in keys]
    gaps = ((colours[:, None] - colours[None]) ** 2).sum(2) + 10 * np.eye(count)
    made = atlas.Atlas(
        folder=folder,
        model=model,
        model_name=card.name,
        fingerprint=atlas.fingerprint(card),
        side=32,
        whole=True,
        globe=3,
        drawable="decode" in card.capabilities,
        usual_bits=(1.0, 2.0, 3.0),
        names=[path.relative_to(folder).as_posix() for path in paths],
        pixels=np.stack([store.rows(rows, "width"), store.rows(rows, "height")], axis=1).astype(np.int32),
        stamps=np.array([(path.stat().st_size, path.stat().st_mtime_ns) for path in paths], np.int64),
        contents=contents,
        rows=rows,
        oddness=2 * colours[:, 2],
        out_of_place=1 - colours[:, 2],
        bits=np.ones((count, 2), np.float32),
        known=np.zeros(count, np.uint8),
        groups=np.array(groups, np.int32),
        clusters=(colours[:, 0] > 0.5).astype(np.int32),
        nearest=gaps.argsort(1)[:, : min(atlas.NEAREST, count - 1)].astype(np.int32),
        components=colours[:, :2],
        neighbours=colours[:, :2][:, ::-1].copy() if finished else None,
        left_out=left_out,
        finished=finished,
        place=place,
        files=[name],
    )
    atlas.write(made)
    return made


def main() -> None:
    arguments = sys.argv[1:]
    folder, model = Path(arguments[1]), arguments[arguments.index("--model") + 1]
    report = arguments[arguments.index("--report") + 1] if "--report" in arguments else None
    platformdirs.user_cache_dir = lambda *_, **__: os.environ["FAKE_CACHE"]
    platformdirs.user_data_dir = lambda *_, **__: os.environ["FAKE_DATA"]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    bad = [path for path in files if "unreadable" in path.name]
    paths = [path for path in files if path not in bad]
    if not paths:
        sys.exit(f"{folder.name}: there are no pictures in this folder.")
    say(atlas.Began(str(folder), model, len(files), 0))
    left_out = [(path.name, "it is cut short") for path in bad]
    for name, cause in left_out:
        say(atlas.LeftOut(name, cause))
    half = len(paths) // 2 + 1
    names = " ".join(path.name for path in paths)
    before = atlas.maps_of(folder)
    draw(folder, model, paths[:half], False, left_out)
    say(atlas.Step("look", half, len(paths), 3.0))
    say(atlas.Mapped("some", half))
    if "crash" in names and not before:
        os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in names and "unhurried" not in sys.stdin.readline():
        sys.exit(130)
    made = draw(folder, model, paths, True, left_out)
    say(atlas.Mapped("all", len(made)))
    if report:
        Path(report).write_text("a report")
    say(atlas.Explored(len(made), len(left_out), 0.1, report))
    sys.exit(1 if left_out else 0)


if __name__ == "__main__":
    main()

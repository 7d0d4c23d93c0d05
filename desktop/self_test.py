"""``latent-darkroom --self-test``: does everything in this build work? Prints one JSON object; 0 if it does.

It opens the window with every tab, and has a real engine process restore a picture, draw one and move a
slider; in the full edition a model learns a few steps and foreign weights are imported. Run on a bundle it finds
the module or file that was left out.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

if TYPE_CHECKING:
    from desktop.engine_client import EngineClient
    from desktop.window import MainWindow

#: Seconds that anything may take.
PATIENCE = 500
#: Packages whose versions matter; those that are not there are told as null.
PACKAGES = ("pyside6-essentials", "numpy", "pillow", "onnxruntime", "onnxruntime-gpu", "torch")

#: Where the engine is asked to draw.
PLACE = "self-test"


def run(begun: list[str]) -> int:
    """Test, print, and return the exit status.

    ``begun`` may hold when the program was started (seconds since 1970, as text): then the window and the engine start
    and end, and no more is tried.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    report: dict[str, Any] = {"ok": False, "versions": versions(), "bundle": bool(getattr(sys, "frozen", False))}
    try:
        with tempfile.TemporaryDirectory(prefix="latent-darkroom-test-", ignore_cleanup_errors=True) as folder:
            report |= examine(Path(folder), float(begun[0]) if begun else None)
        report["ok"] = True
    except Exception as error:  # whatever it is, it is the result
        report["trouble"] = f"{type(error).__name__}: {error}"
        report["details"] = traceback.format_exc()
    print(msgspec.json.format(msgspec.json.encode(report), indent=1).decode(), flush=True)
    return 0 if report["ok"] else 1


def versions() -> dict[str, str | None]:
    """Of this program, Python and `PACKAGES`."""
    from engine import __version__

    def of(package: str) -> str | None:
        try:
            return metadata.version(package)
        except metadata.PackageNotFoundError:
            return None

    own = {"latent-darkroom": __version__, "python": platform.python_version()}
    return own | {package: of(package) for package in PACKAGES}


def examine(folder: Path, begun: float | None) -> dict[str, Any]:
    """Everything, in a passing folder; only the start where it is said when that was. Raises whatever goes wrong."""
    began = time.perf_counter() - (time.time() - begun if begun else 0.0)
    from desktop import theme
    from desktop.app import make_application
    from desktop.engine_client import EngineClient
    from desktop.preferences import Preferences
    from desktop.tabs.doors import DOORS
    from desktop.window import MainWindow
    from engine import edition

    app = make_application()
    theme.apply("dark")
    engine = EngineClient(folder)
    window = MainWindow(engine, Preferences(folder / "settings.json"), folder)
    window.ask_before_closing = False
    window.show()
    app.processEvents()
    seconds = {"window": _since(began)}
    wait(lambda: engine.last_ready, "the engine to be ready")
    seconds["engine_ready"] = _since(began)
    pid = engine.pid
    if begun:
        window.close()
        return {"engine_stopped": pid is not None and engine.pid is None, "seconds": seconds}
    for number in range(len(DOORS)):
        window.at(number)
    found = {
        "device": engine.last_ready.device if engine.last_ready else "",
        "devices": ask_devices(),
        "tabs": [tab.name for tab in window.tabs],
        "restored": restore(window, folder),
        "drawn": draw(engine),
    }
    if edition.is_full():
        from desktop import self_test_learning as learning

        found |= {"learnt": learning.learn(folder, wait), "imported": learning.bring(folder, wait)}
    window.close()
    return found | {"engine_stopped": pid is not None and engine.pid is None, "seconds": seconds}


def ask_devices() -> list[dict[str, Any]]:
    """What the command of this program says of the devices."""
    from desktop.command import Command
    from engine.devices import DeviceReport

    heard: list[list[DeviceReport]] = []
    command, ended = Command(["devices", "--json"], list[DeviceReport]), []
    command.said.connect(heard.append)
    command.ended.connect(lambda code, complaint: ended.append((code, complaint)))
    command.start()
    wait(lambda: ended, "the list of devices")
    if not heard:
        raise RuntimeError(f"The command for devices ended with {ended[0]} and said nothing.")
    return msgspec.to_builtins(heard[0])


def restore(window: MainWindow, folder: Path) -> dict[str, Any]:
    """Drop a noisy picture on the Restore tab and see that it comes back with less of it."""
    from desktop.tabs.restore import RestoreTab
    from desktop.widgets.rgb import image_of

    y, x = np.mgrid[0:160, 0:200]
    smooth = np.stack([x, y, np.full_like(x, 90)], axis=2)
    noisy = np.clip(smooth + np.random.default_rng(0).normal(0, 20, smooth.shape), 0, 255).astype(np.uint8)
    path = folder / "noisy.png"
    image_of(noisy.tobytes(), 200, 160).save(str(path))
    tab, began = window.tab(RestoreTab), time.perf_counter()
    tab.receive([path])
    wait(lambda: any(photo.result or photo.failure for photo in tab.queue.photos), "the restored picture")
    (photo,) = tab.queue.photos
    if photo.result is None:
        raise RuntimeError(photo.failure)
    result = np.load(photo.result.pixels).astype(float)
    before, after = (float(np.abs(picture - smooth).mean()) for picture in (noisy.astype(float), result))
    if not after < 0.7 * before:
        raise RuntimeError(f"The restoration took the error from {before:.1f} to {after:.1f} only.")
    return {"seconds": _since(began), "error_before": round(before, 2), "error_after": round(after, 2)}


def draw(engine: EngineClient) -> dict[str, Any]:
    """Draw a picture, move one slider, and see that the picture changed."""
    from engine import catalog, directions, jobs
    from engine.recipes import Recipe, moved

    model = next(card.id for card in catalog.cards("directions"))
    slider = directions.of(model)[0].name
    recipe, pictures = Recipe(model=model, seed=1), []
    heard: list[jobs.PlaceAnswer] = []
    engine.answered_place.connect(lambda said: heard.append(said) if said.place == PLACE else None)
    began = time.perf_counter()
    for number, wanted in enumerate((recipe, moved(recipe, **{slider: 2.0}))):
        ask = jobs.Draw(place=PLACE, ask=number, recipes=(wanted,))
        engine.ask(ask)
        wait(lambda number=number: len(heard) > number, "a drawn picture")
        drawn = heard[number]
        if not isinstance(drawn, jobs.Drawn):
            raise RuntimeError(str(drawn))
        pictures.append(np.frombuffer(drawn.pictures, np.uint8).astype(float))
    change = float(np.abs(pictures[1] - pictures[0]).mean())
    if pictures[0].std() < 1 or change < 0.1:
        raise RuntimeError(f"The slider {slider} of {model} changed the picture by {change:.2f} only.")
    return {"model": model, "slider": slider, "change": round(change, 2), "seconds": _since(began)}


def wait(done: Callable[[], object], what: str) -> None:
    """Let events happen until something is there. Raises `TimeoutError`."""
    loop, tick, began = QEventLoop(), QTimer(), time.perf_counter()

    def look() -> None:
        if done() or time.perf_counter() - began > PATIENCE:
            loop.quit()

    tick.timeout.connect(look)
    tick.start(10)
    loop.exec()
    if not done():
        raise TimeoutError(f"Waited {PATIENCE} s for {what}.")


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 3)

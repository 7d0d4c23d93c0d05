"""``python -m assets.make_screenshots [--only TAB] [--language LANGUAGE] [--to FOLDER]``: the README's pictures.

The app itself is started, offscreen, with its real engine and a home of its own; every tab is filled as a user would
fill it, from the sample pictures and from what the shipped models draw, and taken in both themes and both languages.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtTest import QTest

from desktop import language, samples, theme
from desktop.app import make_application
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.self_test import wait
from desktop.tabs.doors import DOORS, place_of
from desktop.tabs.explore import ExploreTab
from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.generate import GenerateTab
from desktop.tabs.interpolate import InterpolateTab
from desktop.tabs.models import ModelsTab
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_photo import State
from desktop.tabs.sliders import SlidersTab
from desktop.tabs.tab import ModelToUse
from desktop.widgets.rgb import array_of
from desktop.window import MainWindow
from engine.recipes import Recipe

HERE = Path(__file__).resolve().parent / "screenshots"
SIZE = 1280, 800
#: Of the map: how many pictures of which model.
FOLDER = {"cartoon-faces": 250, "fruit": 35, "digits": 15}
#: Of WebP, 0..100, and the most kilobytes that a picture may take.
QUALITY, LARGEST = 88, 150


def restore(window: MainWindow) -> None:
    tab = window.tab(RestoreTab)
    tab.receive([*sorted((samples.FOLDER / "old-photos").iterdir())])
    wait(lambda: tab.queue.photos and all(p.state is State.DONE for p in tab.queue.photos), "the photos")
    tab.view.strip.go_to_row(2)
    settle()


def generate(window: MainWindow) -> None:
    tab = window.tab(GenerateTab)
    tab.receive([ModelToUse("cartoon-faces")])
    tab.view.panel.seed.setText("7")
    tab.view.panel.seed.textEdited.emit("7")
    tab.draw()
    grid = tab.view.grid

    def keys() -> list[str]:
        return [grid.tiles.key(row) for row in range(grid.tiles.rowCount())]

    wait(lambda: keys() and all(grid.tiles.has_picture(key) for key in keys()), "the grid")
    grid.choose(keys()[5:6])
    tab.toggle_favourite()
    settle()


def sliders(window: MainWindow) -> None:
    tab = window.tab(SlidersTab)
    tab.receive([Recipe(model="cartoon-faces", seed=16, sliders={"hair color": 1.4, "glasses": 2.0})])
    wait(lambda: tab.now_drawn(), "the face")
    tab.view.set_mode(2)  # side by side
    settle()


def interpolate(window: MainWindow) -> None:
    tab = window.tab(InterpolateTab)
    tab.receive([Recipe(model="cartoon-faces", seed=seed) for seed in (3, 16, 13)])
    wait(lambda: tab.view.canvas.isVisible() and not tab.view.canvas.spoken_value().startswith("0"), "the first frame")
    tab.view.scrubber.setValue(240 + 110)
    settle(3000)


def finetune(window: MainWindow) -> None:
    tab = window.tab(FinetuneTab)
    tab.begin(samples.FOLDER / "fruit")
    wait(lambda: tab.state.folder.checked is not None, "the look at the folder")
    settle(1500)


def explore(window: MainWindow, folder: Path) -> None:
    tab = window.tab(ExploreTab)
    tab.open([folder])
    wait(lambda: tab.state.atlas is not None and not tab.visit.looking.running, "the map")
    settle(3000)


def models(window: MainWindow) -> None:
    cards = window.tab(ModelsTab).view.list.cards
    drawn = [row for row in range(cards.rowCount()) if cards.key(row) in FOLDER]
    wait(lambda: all(cards.index(row).data(cards.PicturesRole) for row in drawn), "the samples")
    settle()


def settle(milliseconds: int = 800) -> None:
    """Let what is on its way arrive."""
    QTest.qWait(milliseconds)


def draw_folder(folder: Path) -> None:
    """Some pictures of every generator, by the command of this very program."""
    for model, count in FOLDER.items():
        command = [sys.executable, "-m", "desktop", "generate", "--model", model, "--count", str(count)]
        subprocess.run([*command, "--output", folder], check=True, stdout=subprocess.DEVNULL)


def take(window: MainWindow, target: Path) -> None:
    """The window as it is now, as a WebP."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    Image.fromarray(array_of(image)).save(target, quality=QUALITY, method=6)
    size = target.stat().st_size / 1000
    print(f"{target.name}: {size:.0f} kB")
    if size > LARGEST:
        raise SystemExit(f"{target.name} takes {size:.0f} kB, and may take {LARGEST}.")


def one_language(name: str, only: str | None, pictures: Path, target: Path, work: Path) -> None:
    """Every tab in one language and both themes."""
    app = make_application()
    language.apply(name)
    theme.apply("dark")
    if name == "zh_CN" and "Noto Sans CJK SC" in QFontDatabase.families():  # what a desktop in Chinese has by itself
        app.setFont(QFont("Noto Sans CJK SC", app.font().pointSize()))
    engine = EngineClient(work)
    window = MainWindow(engine, Preferences(work / "settings.json"), work)
    window.ask_before_closing = False
    window.resize(*SIZE)
    window.show()
    wait(lambda: engine.last_ready, "the engine")
    fill: dict[str, Callable[[], None]] = {
        "restore": lambda: restore(window),
        "generate": lambda: generate(window),
        "sliders": lambda: sliders(window),
        "interpolate": lambda: interpolate(window),
        "finetune": lambda: finetune(window),
        "explore": lambda: explore(window, pictures),
        "models": lambda: models(window),
    }
    for door in DOORS:
        if only in (None, door.name):
            window.show_tab(window.at(place_of(door.name)))
            fill[door.name]()
            for look in ("light", "dark"):
                theme.apply(look)
                settle()
                take(window, target / f"{door.name}-{look}-{name}.webp")
    window.close()
    app.quit()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[door.name for door in DOORS])
    parser.add_argument("--language", choices=list(language.LANGUAGES))
    parser.add_argument("--to", type=Path, default=HERE)
    parser.add_argument("--pictures", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        if given.language and given.pictures:
            one_language(given.language, given.only, given.pictures, given.to, Path(home))
            os._exit(0)  # Qt is not taken down in good order (see `desktop`)
        for place in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ[f"XDG_{place}_HOME"] = str(Path(home) / place.lower())
        pictures = given.pictures or Path(home) / "A folder of 300 pictures"
        if given.only in (None, "explore") and not pictures.exists():
            draw_folder(pictures)
        for name in [given.language] if given.language else language.LANGUAGES:
            again = [sys.executable, "-m", "assets.make_screenshots", "--language", name, "--pictures", pictures]
            again += ["--to", given.to.resolve(), *(["--only", given.only] if given.only else [])]
            subprocess.run(again, check=True)


if __name__ == "__main__":
    main()

"""What the tests of the Sliders tab share: a window with the fake engine and the cards of three models.

It asserts nothing (PYTEST_DONT_REWRITE).
"""

from __future__ import annotations

from pathlib import Path

import fake_drawing
import numpy as np
import platformdirs
import pytest
from PySide6.QtCore import QMimeData, QUrl

from desktop.tabs.sliders import SlidersTab
from desktop.widgets.drop import read as read_mime
from engine import catalog, directions, jobs, recipes
from engine.directions import Direction
from engine.recipes import Recipe

LONG = 30000
FACES = [
    Direction.along(np.ones(4), name="glasses", source="label"),
    Direction.along(np.ones(4), name="warmth", source="picture"),
    Direction.along(np.ones(4), name="Component 1", source="component"),
]
#: What the fake engine does with a picture is in the names.
MARKS = [Direction.along(np.ones(4), name=name, source="picture") for name in ("warmth", "slowness", "broken glass")]


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, with two models; those of the program are hidden."""
    folder = tmp_path / "data"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(folder))
    monkeypatch.setattr(catalog, "shipped", lambda: tmp_path / "shipped")
    kinds = {"faces": ["sample", "encode", "directions"], "marks": ["sample", "directions"], "plain": ["sample"]}
    for name, capabilities in kinds.items():
        place = folder / "models" / name
        place.mkdir(parents=True)
        if "directions" in capabilities:
            directions.save(place, FACES if name == "faces" else MARKS)
        catalog.write_card(
            place,
            catalog.Card(
                id=name,
                name=name.title(),
                kind="generate",
                version="1",
                summary="Drawn for a test.",
                licence="-",
                training_data=[],
                capabilities=capabilities,
                multiple=32,
                reach=0,
                latents=[],
                config={},
            ),
        )
    return folder


@pytest.fixture
def sliders_tab(models: Path, window, qtbot) -> SlidersTab:
    tab = window.tab(SlidersTab)
    window.show_tab(tab)
    tab.receive([Recipe(model="faces", seed=40)])
    finish(tab, qtbot)
    return tab


@pytest.fixture
def asked_by_sliders(sliders_tab: SlidersTab, monkeypatch: pytest.MonkeyPatch) -> list[jobs.Ask]:
    """Everything the tab asks from now on."""
    heard, ask = [], sliders_tab._engine.ask
    monkeypatch.setattr(sliders_tab._engine, "ask", lambda message: (heard.append(message), ask(message))[1])
    return heard


def finish(tab: SlidersTab, qtbot) -> None:
    qtbot.waitUntil(lambda: tab.looking.asked is None and tab.now_drawn() is not None, timeout=LONG)


def move(tab: SlidersTab, name: str, value: float) -> None:
    tab.view.panel.sliders[name].track.setValue(round(100 * value))


def colour(tab: SlidersTab, qtbot) -> list[int]:
    """Red, green and blue in the middle of the canvas."""
    finish(tab, qtbot)
    canvas = tab.view.canvas
    shown = canvas.grab().toImage().pixelColor(canvas.rect().center())
    return [shown.red(), shown.green(), shown.blue()]


def drop(tab: SlidersTab, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    tab.view.drops.dropped.emit(read_mime(mime))


def file_of(recipe: Recipe, path: Path) -> Path:
    return recipes.save(fake_drawing.picture(recipe), recipe, path)

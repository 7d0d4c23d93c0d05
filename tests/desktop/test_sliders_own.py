"""Sliders that the user makes from pictures in the Sliders tab: whole window, fake engine in its own process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sliders_scene import FACES, LONG, file_of, move

from desktop.tabs.sliders import SlidersTab
from desktop.widgets.drop import Dropped
from engine import directions, jobs
from engine.directions import Direction
from engine.recipes import Recipe

pytest_plugins = ["sliders_scene"]


@pytest.fixture
def tab(sliders_tab: SlidersTab) -> SlidersTab:
    return sliders_tab


@pytest.fixture
def asked(asked_by_sliders: list[jobs.Ask]) -> list[jobs.Ask]:
    return asked_by_sliders


def learnt(name: str) -> Direction:
    return Direction.along(np.ones(4), name=name, source="user")


def test_a_slider_is_made_from_pictures(
    tab: SlidersTab, asked: list[jobs.Ask], qtbot, tmp_path: Path, photo_file: Callable[..., Path]
) -> None:
    tab.commands.learn.trigger()
    dialog = tab.own.dialog
    assert dialog is not None and dialog.isVisible()
    notice = dialog._notice
    dialog.take(dialog.these, Dropped([photo_file("a.png"), photo_file("b.png")]))
    qtbot.waitUntil(lambda: dialog.these.count() == 2, timeout=LONG)
    dialog.make.click()
    assert "Three pictures are needed" in notice.text()
    dialog.take(dialog.those, Dropped([tmp_path / "a.png", file_of(Recipe(model="faces", seed=8), tmp_path / "8.png")]))
    qtbot.waitUntil(lambda: dialog.those.count() == 2, timeout=LONG)
    dialog.make.click()
    assert "“a.png” is on both sides" in notice.text()
    dialog.those.item(0).setSelected(True)
    qtbot.keyClick(dialog.those, Qt.Key.Key_Delete)
    dialog._with_now[0].click()  # the picture that the tab shows
    dialog._with_now[0].click()
    assert dialog.those.count() == 2
    dialog.make.click()
    assert "a name" in notice.text()
    qtbot.keyClicks(dialog.name, "Glasses")
    dialog.make.click()
    assert "“Glasses” already" in notice.text()
    dialog.name.setText("smiling")
    directions.keep("faces", learnt("smiling"))  # the fake engine keeps nothing
    dialog.make.click()
    (ask,) = [ask for ask in asked if isinstance(ask, jobs.Learn)]
    assert (ask.model, ask.name) == ("faces", "smiling")
    assert ask.these == (str(tmp_path / "a.png"), str(tmp_path / "b.png"))
    assert ask.those == (Recipe(model="faces", seed=8), Recipe(model="faces", seed=40))
    qtbot.waitUntil(lambda: tab.own.dialog is None, timeout=LONG)
    assert "smiling" in tab.view.panel.sliders


def test_a_refused_slider_leaves_the_dialog_as_it_is(tab: SlidersTab, qtbot, photo_file: Callable[..., Path]) -> None:
    tab.commands.learn.trigger()
    dialog = tab.own.dialog
    assert dialog is not None
    dialog.take(dialog.these, Dropped([photo_file("broken.png"), photo_file("b.png")]))
    dialog.take(dialog.those, Dropped([photo_file("c.png")]))
    qtbot.waitUntil(lambda: dialog.these.count() + dialog.those.count() == 3, timeout=LONG)
    dialog.name.setText("smiling")
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog._notice.text() == "broken.png: it cannot be read.", timeout=LONG)
    assert dialog.make.isEnabled() and dialog.these.count() == 2
    dialog.reject()
    assert tab.own.dialog is None


def test_a_slider_of_the_user_is_removed_and_comes_back(tab: SlidersTab, qtbot) -> None:
    directions.keep("faces", learnt("smiling"))
    tab.reload("faces")
    move(tab, "smiling", 1)
    panel = tab.view.panel
    remove = next(b for b in panel.sliders["smiling"].findChildren(QAbstractButton) if "Remove" in b.accessibleName())
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert "smiling" not in panel.sliders
    assert tab.desk.now == Recipe(model="faces", seed=40)
    assert [d.name for d in directions.of("faces")] == [d.name for d in FACES]
    tab.commands.undo.trigger()
    assert directions.of("faces")[-1] == learnt("smiling")
    assert panel.sliders["smiling"].track.value() == 100

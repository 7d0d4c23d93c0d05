"""The Generate tab as a user meets it: whole window, fake engine in its own process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import fake_drawing
import numpy as np
import platformdirs
import pytest
from PIL import Image, PngImagePlugin
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QFileDialog, QLineEdit, QMenu

from desktop.tabs import generate_favourites as favourites
from desktop.tabs.generate import GenerateTab
from desktop.tabs.generate_state import Settings, key_of
from desktop.widgets.drop import read as read_mime
from desktop.widgets.rgb import array_of
from engine import recipes
from engine.catalog import Card, write_card
from engine.png import SETTINGS
from engine.recipes import Recipe

LONG = 30000


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, with the cards of two models."""
    folder = tmp_path / "data"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(folder))
    for name in ("faces", "slow-fruit"):
        place = folder / "models" / name
        place.mkdir(parents=True)
        card = Card(
            id=name,
            name=name.title(),
            kind="generate",
            version="1",
            summary="Drawn for a test.",
            licence="-",
            training_data=[],
            capabilities=["sample"],
            multiple=32,
            reach=0,
            latents=[],
            config={},
        )
        write_card(place, card)
    return folder


@pytest.fixture
def tab(data: Path, window, qtbot) -> GenerateTab:
    tab = window.tab(GenerateTab)
    show(window)
    finish(tab, qtbot)
    return tab


def show(window) -> None:
    window.show_tab(window.tab(GenerateTab))


def finish(tab: GenerateTab, qtbot) -> None:
    qtbot.waitUntil(lambda: bool(tab.state.shown) and not tab.state.missing() and not tab.state.drawing, timeout=LONG)


def shown(tab: GenerateTab) -> list[Recipe]:
    return list(tab.state.shown.values())


def choose(tab: GenerateTab, *rows: int) -> list[Recipe]:
    tab.view.grid.choose([tab.view.grid.tiles.key(row) for row in rows])
    return tab.chosen()


def drop(tab: GenerateTab, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    tab.view.drops.dropped.emit(read_mime(mime))


def test_a_first_set_is_drawn_when_the_tab_is_seen(tab: GenerateTab) -> None:
    grid = tab.view.grid
    assert grid.tiles.rowCount() == 16
    for row, recipe in enumerate(shown(tab)):
        picture = grid.tiles.data(grid.tiles.index(row), Qt.ItemDataRole.DecorationRole)
        assert np.array_equal(array_of(picture.toImage()), fake_drawing.picture(recipe))
    assert tab.view.panel.seed.text() == str(shown(tab)[0].seed)
    assert tab.undo_stack.count() == 0


def test_settings_are_drawn_with_and_undone(tab: GenerateTab, qtbot) -> None:
    first, panel = shown(tab), tab.view.panel
    panel.seed.setFocus()
    panel.seed.selectAll()
    qtbot.keyClicks(panel.seed, "7x7")
    panel.variety.track.setValue(10)
    qtbot.mouseClick(panel.count.buttons()[0], Qt.MouseButton.LeftButton)
    assert shown(tab) == first  # not before it is asked for
    qtbot.keyClick(panel.seed, Qt.Key.Key_Return)
    finish(tab, qtbot)
    assert [recipe.seed for recipe in shown(tab)] == [77, 78, 79, 80]
    assert shown(tab)[0].variety == 0.5
    tab.commands.undo.trigger()
    assert shown(tab) == first
    assert panel.seed.text() == "77"  # the settings are other steps of undo
    while tab.undo_stack.canUndo():
        tab.commands.undo.trigger()
    assert panel.seed.text() == str(first[0].seed)
    while tab.undo_stack.canRedo():
        tab.commands.redo.trigger()
    assert [recipe.seed for recipe in shown(tab)] == [77, 78, 79, 80]


def test_an_empty_seed_is_none(tab: GenerateTab, qtbot) -> None:
    seed = tab.view.panel.seed
    before = seed.text()
    seed.setFocus()
    seed.selectAll()
    qtbot.keyClick(seed, Qt.Key.Key_Backspace)
    assert seed.text() == ""
    tab.view.grid.setFocus()
    assert seed.text() == before
    seed.setFocus()
    seed.selectAll()
    qtbot.keyClicks(seed, "9" * 25)
    tab.view.grid.setFocus()
    assert seed.text() == str(2**63 - 1)


def test_sets_are_gone_back_to(tab: GenerateTab, qtbot) -> None:
    first = shown(tab)
    qtbot.keyClick(tab, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    finish(tab, qtbot)
    second = shown(tab)
    assert second != first
    assert not tab.commands.forward.isEnabled()
    tab.commands.back.trigger()
    assert shown(tab) == first
    assert tab.view.panel.seed.text() == str(first[0].seed)
    tab.commands.forward.trigger()
    assert shown(tab) == second


def test_favourites_are_kept_undone_and_there_after_a_restart(tab: GenerateTab, data: Path, qtbot) -> None:
    chosen = choose(tab, 1, 2, 5)
    qtbot.keyClick(tab.view.grid, Qt.Key.Key_F)
    path = data / "favourites.json"
    qtbot.waitUntil(lambda: path.exists() and favourites.read(path) == tuple(chosen), timeout=LONG)
    assert tab.commands.favourite.isChecked()
    tab.commands.pages[1].trigger()
    assert shown(tab) == chosen
    choose(tab, 0)
    qtbot.keyClick(tab.view.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: favourites.read(path) == tuple(chosen[1:]), timeout=LONG)
    assert tab.chosen() == [chosen[1]]  # the next one
    tab.commands.undo.trigger()
    qtbot.waitUntil(lambda: favourites.read(path) == tuple(chosen), timeout=LONG)


def test_favourites_that_were_kept_are_drawn_again(data: Path, window, qtbot) -> None:
    kept = (Recipe(model="faces", seed=3), Recipe(model="gone", seed=4))
    favourites.write(data / "favourites.json", kept)
    show(window)
    tab = window.tab(GenerateTab)
    tab.commands.pages[1].trigger()
    finish(tab, qtbot)
    tiles = tab.view.grid.tiles
    assert tiles.has_picture(key_of(kept[0])) and not tiles.has_picture(key_of(kept[1]))
    assert "“gone”" in str(tiles.data(tiles.index(1), Qt.ItemDataRole.ToolTipRole))


def test_a_damaged_list_of_favourites_is_not_written_over(data: Path, window, qtbot) -> None:
    (data / "favourites.json").write_text("[1, 2")
    show(window)
    tab = window.tab(GenerateTab)
    assert "favourites-damaged.json" in tab.view.banner.text
    assert (data / "favourites-damaged.json").read_text() == "[1, 2"
    finish(tab, qtbot)
    choose(tab, 0)
    tab.commands.favourite.trigger()
    qtbot.waitUntil(lambda: len(favourites.read(data / "favourites.json")) == 1, timeout=LONG)


def test_more_like_this(tab: GenerateTab, qtbot) -> None:
    tab.view.panel.distance.track.setValue(8)
    assert not tab.commands.more_like.isEnabled()
    (parent,) = choose(tab, 3)
    tab.commands.more_like.trigger()
    finish(tab, qtbot)
    assert all(child.seed == parent.seed and child.near[0][1] == 0.4 for child in shown(tab))
    assert tab.chosen() == []
    tab.commands.back.trigger()
    assert parent in shown(tab)


def test_a_saved_picture_dropped_brings_picture_and_settings_back(
    tab: GenerateTab, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (recipe,) = choose(tab, 6)
    target = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    tab.commands.save.trigger()
    file = tmp_path / "mine.png"
    qtbot.waitUntil(lambda: "mine.png" in tab._status.text, timeout=LONG)
    assert recipes.read(file) == recipe
    tab.view.panel.seed.setText("1")
    tab.draw()
    finish(tab, qtbot)
    drop(tab, file)
    qtbot.waitUntil(lambda: shown(tab) == [recipe], timeout=LONG)
    finish(tab, qtbot)
    assert tab.view.panel.seed.text() == str(recipe.seed)
    assert tab.chosen() == [recipe]


def test_all_are_saved_to_a_folder(tab: GenerateTab, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    tab.commands.save_all.trigger()
    qtbot.waitUntil(lambda: "all" in tab._status.text, timeout=LONG)
    found = {key_of(recipe) for path in folder.iterdir() if (recipe := recipes.read(path))}
    assert found == {key_of(recipe) for recipe in shown(tab)}


def test_a_failed_save_is_said_and_leaves_nothing(
    tab: GenerateTab, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(tab, 0)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "there.png"), ""))
    tab.commands.save.trigger()
    qtbot.waitUntil(lambda: "there.png" in tab.view.banner.text, timeout=LONG)
    assert tab.view.banner.isVisible()


def test_pictures_without_a_usable_recipe_get_one_sentence(
    tab: GenerateTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path]
) -> None:
    before, banner = shown(tab), tab.view.banner
    sent: list[object] = []
    tab.sent.disconnect()
    tab.sent.connect(lambda name, things: sent.append((name, things)))
    photo = photo_file("holiday.png")
    drop(tab, photo)
    qtbot.waitUntil(lambda: "holiday.png" in banner.text and "Sliders" in banner.text, timeout=LONG)
    banner.acted.emit()
    assert sent == [("sliders", [photo])]
    picture = fake_drawing.picture(Recipe(model="gone", seed=4))
    drop(tab, recipes.save(picture, Recipe(model="gone", seed=4), tmp_path / "lost.png"))
    qtbot.waitUntil(lambda: "lost.png" in banner.text and "“gone”" in banner.text, timeout=LONG)
    text = PngImagePlugin.PngInfo()
    text.add_text(SETTINGS, '{"model": "faces", "variety": 99}')
    Image.fromarray(picture).save(tmp_path / "forged.png", pnginfo=text)
    drop(tab, tmp_path / "forged.png")
    qtbot.waitUntil(lambda: "forged.png" in banner.text, timeout=LONG)
    (tmp_path / "empty").mkdir()
    drop(tab, tmp_path / "empty")
    qtbot.waitUntil(lambda: "“empty”" in banner.text, timeout=LONG)
    QGuiApplication.clipboard().setText("hello")
    tab.commands.paste.trigger()
    assert "no picture" in banner.text
    assert shown(tab) == before


def test_a_pasted_picture_is_no_recipe(tab: GenerateTab, qtbot) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    tab.commands.paste.trigger()
    qtbot.waitUntil(lambda: "Sliders" in tab.view.banner.text, timeout=LONG)


def test_copies_carry_files_with_recipes(tab: GenerateTab, qtbot) -> None:
    chosen = choose(tab, 0, 4)
    tab.commands.copy.trigger()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: len(clipboard.mimeData().urls()) == 2, timeout=LONG)
    assert [recipes.read(Path(url.toLocalFile())) for url in clipboard.mimeData().urls()] == chosen
    assert np.array_equal(array_of(clipboard.image()), fake_drawing.picture(chosen[0]))


def test_pictures_are_sent_on(tab: GenerateTab) -> None:
    sent: list[object] = []
    tab.sent.disconnect()
    tab.sent.connect(lambda name, things: sent.append((name, things)))
    one = choose(tab, 2)
    assert not tab.commands.to_interpolate.isEnabled()
    tab.commands.to_sliders.trigger()
    two = choose(tab, 2, 3)
    assert not tab.commands.to_sliders.isEnabled()
    tab.commands.to_interpolate.trigger()
    assert sent == [("sliders", one), ("interpolate", two)]
    tab.receive(list(two))
    assert shown(tab) == two


def test_a_picture_is_looked_at_closer_by_keyboard(tab: GenerateTab, qtbot) -> None:
    grid, large = tab.view.grid, tab.view.large
    grid.setFocus()
    choose(tab, 0)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert tab.view.is_close
    qtbot.keyClick(large, Qt.Key.Key_Right)
    assert tab.chosen() == [shown(tab)[2]]
    assert large.image is not None
    assert np.array_equal(array_of(large.image), fake_drawing.picture(shown(tab)[2]))
    qtbot.keyClick(large, Qt.Key.Key_Escape)
    assert not tab.view.is_close
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert tab.view.is_close
    tab.draw()
    assert not tab.view.is_close
    tab.commands.choose_all.trigger()
    assert len(tab.chosen()) == 16


def test_cancel_and_go_on(tab: GenerateTab, qtbot) -> None:
    model = tab.view.panel.model
    slow = model.box.findData("slow-fruit")
    model.box.setCurrentIndex(slow)
    model.box.activated.emit(slow)
    tab.draw()
    qtbot.waitUntil(lambda: 0 < tab.state.progress < 1, timeout=LONG)
    assert "Drawing" in tab._status.text
    tab._status.stop_asked.emit()
    qtbot.waitUntil(lambda: not tab.state.drawing, timeout=LONG)
    assert tab.state.missing()
    assert "Cancelled" in tab._status.text
    tab._status.resume_asked.emit()
    finish(tab, qtbot)


def test_the_engines_death_loses_nothing(tab: GenerateTab, window, qtbot) -> None:
    tab.state.edit(Settings(model="slow-fruit", count=9, seed=3))
    tab.draw()
    qtbot.waitUntil(lambda: 0 < tab.state.progress < 1, timeout=LONG)
    os.kill(window._engine.pid, signal.SIGKILL)
    finish(tab, qtbot)
    assert len(tab.state.shown) == 9


def test_a_refusal_is_said_and_can_be_tried_again(tab: GenerateTab, qtbot) -> None:
    bad = Recipe(model="faces", seed=1, sliders={"broken": 1.0})
    tab.receive([bad])
    qtbot.waitUntil(lambda: "cannot be read" in tab.view.banner.text, timeout=LONG)
    qtbot.waitUntil(lambda: tab.state.refused == {key_of(bad)}, timeout=LONG)
    tile = tab.view.grid.tiles
    assert "could not be drawn" in str(tile.data(tile.index(0), Qt.ItemDataRole.ToolTipRole))
    assert not tab.commands.save.isEnabled()
    tab.draw()
    finish(tab, qtbot)


def test_without_a_model_the_tab_says_so(window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path / "nothing"))
    monkeypatch.setattr("engine.catalog.shipped", lambda: tmp_path / "nothing")
    show(window)
    tab = window.tab(GenerateTab)
    assert "No model" in tab.view._words.text()
    assert not tab.commands.draw.isEnabled()
    assert tab.state.sets == []


def test_the_menu_of_a_picture(tab: GenerateTab, qtbot) -> None:
    choose(tab, 1)
    tab.view.grid.menu_asked.emit(QPoint(10, 10))
    (menu,) = [menu for menu in tab.findChildren(QMenu) if menu.isVisible()]
    words = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    assert words[:2] == ["More like this", "Favourite"]
    menu.close()


def test_every_control_has_a_name(tab: GenerateTab) -> None:
    controls = [
        control
        for kind in (QAbstractButton, QAbstractSlider, QAbstractItemView, QLineEdit)
        for control in tab.findChildren(kind)
        if not control.objectName().startswith("qt_") and type(control).__name__ != "QScrollBar"
    ]
    assert len(controls) > 15
    assert [type(control).__name__ for control in controls if not control.accessibleName()] == []
    texts = [action.text() for _, group in tab.menus.groups() for action in group if action is not None]
    assert all(texts) and len(set(texts)) == len(texts)

"""The Sliders tab as a user meets it: whole window, fake engine in its own process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import fake_drawing
import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QFileDialog, QLineEdit, QMenu
from sliders_scene import LONG, colour, drop, file_of, finish, move

from desktop.tabs.sliders import SlidersTab
from desktop.widgets.rgb import array_of
from desktop.widgets.slot import Slot
from engine import jobs, recipes
from engine.png import SETTINGS
from engine.recipes import Recipe

pytest_plugins = ["sliders_scene"]


@pytest.fixture
def tab(sliders_tab: SlidersTab) -> SlidersTab:
    return sliders_tab


@pytest.fixture
def asked(asked_by_sliders: list[jobs.Ask]) -> list[jobs.Ask]:
    return asked_by_sliders


def test_a_random_picture_is_there_when_the_tab_is_first_seen(models: Path, window, qtbot) -> None:
    tab = window.tab(SlidersTab)
    assert tab.desk.now is None
    window.show_tab(tab)
    qtbot.waitUntil(lambda: tab.now_drawn() is not None, timeout=LONG)
    assert tab.desk.now is not None and tab.desk.now.model == "faces"
    assert not tab.undo_stack.canUndo()
    first = tab.desk.now
    tab.commands.random.trigger()
    assert tab.desk.now != first
    tab.commands.undo.trigger()
    assert tab.desk.now == first


def test_the_sliders_of_the_model_named_ones_first_the_rest_folded(tab: SlidersTab, qtbot) -> None:
    panel = tab.view.panel
    assert list(panel.sliders) == ["glasses", "warmth", "Component 1"]
    assert panel.sliders["glasses"].isVisible()
    assert not panel.sliders["Component 1"].isVisible()
    qtbot.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert panel.sliders["Component 1"].isVisible()


def test_the_picture_follows_a_slider_and_undo_takes_the_whole_drag_back(tab: SlidersTab, qtbot) -> None:
    assert colour(tab, qtbot) == [40, 128, 0]
    for value in (0.5, 1, 1.5, 2):
        move(tab, "glasses", value)
    assert colour(tab, qtbot) == [40, 168, 0]
    move(tab, "warmth", -1)
    assert colour(tab, qtbot) == [40, 148, 0]
    assert tab.undo_stack.count() == 2
    tab.view.canvas.set_holding(True)
    assert colour(tab, qtbot) == [40, 128, 0]  # the start
    tab.view.canvas.set_holding(False)
    tab.commands.undo.trigger()
    assert tab.view.panel.sliders["warmth"].track.value() == 0
    assert colour(tab, qtbot) == [40, 168, 0]
    tab.commands.undo.trigger()
    assert colour(tab, qtbot) == [40, 128, 0]
    tab.commands.redo.trigger()
    tab.commands.reset.trigger()
    assert tab.desk.now == Recipe(model="faces", seed=40)
    tab.commands.undo.trigger()
    assert tab.desk.value("glasses") == 2


def test_the_pipe_is_not_flooded_and_the_newest_move_wins(tab: SlidersTab, asked: list[jobs.Ask], qtbot) -> None:
    tab.receive([Recipe(model="marks", seed=5)])
    finish(tab, qtbot)
    asked.clear()
    before = tab.pictures.front
    for value in range(1, 100):
        move(tab, "slowness", value / 50)
    assert len(asked) == 1
    assert tab.pictures.front is before  # the old picture stays
    finish(tab, qtbot)
    assert len(asked) == 2
    assert isinstance(asked[1], jobs.Draw) and asked[1].recipes[0].sliders == {"slowness": 1.98}


def test_states_are_kept_and_gone_back_to(tab: SlidersTab, qtbot) -> None:
    strip = tab.view.strip
    assert not strip.isVisible()
    tab.commands.keep.trigger()
    assert not tab.commands.keep.isEnabled()
    move(tab, "glasses", 2)
    tab.commands.keep.trigger()
    finish(tab, qtbot)
    assert strip.isVisible() and strip.frames.rowCount() == 2
    assert "glasses +2" in str(strip.frames.data(strip.frames.index(1), Qt.ItemDataRole.AccessibleTextRole))
    shown = strip.frames.data(strip.frames.index(1), Qt.ItemDataRole.DecorationRole)
    assert array_of(shown.toImage())[0, 0].tolist() == pytest.approx([40, 168, 0], abs=6)  # packed as a JPEG
    move(tab, "glasses", -1)
    assert strip.current_key is None
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.visualRect(strip.frames.index(0)).center())
    assert tab.desk.now == Recipe(model="faces", seed=40)
    assert strip.current_key == 1
    tab.commands.undo.trigger()
    assert tab.desk.value("glasses") == -1
    strip.go_to(2)
    tab.commands.forget.trigger()
    assert strip.frames.rowCount() == 1
    tab.commands.undo.trigger()
    assert strip.frames.rowCount() == 2


def test_start_and_now_or_the_kept_states_go_to_interpolate(tab: SlidersTab) -> None:
    sent: list[tuple[str, list]] = []
    tab.sent.disconnect()
    tab.sent.connect(lambda name, things: sent.append((name, things)))
    assert not tab.commands.send.isEnabled()
    start = tab.desk.now
    tab.commands.keep.trigger()
    move(tab, "glasses", 1)
    tab.commands.send.trigger()
    assert sent == [("interpolate", [start, tab.desk.now])]
    assert not tab.commands.send_kept.isEnabled()
    tab.commands.keep.trigger()
    tab.commands.send_kept.trigger()
    assert sent[1] == ("interpolate", [start, tab.desk.now])


# -- the user's own photo ------------------------------------------------------------------------------


def test_a_dropped_photo_is_shown_beside_what_the_model_makes_of_it(
    tab: SlidersTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    move(tab, "glasses", 1)
    drop(tab, photo_file("me.png"))
    qtbot.waitUntil(lambda: tab.desk.photo is not None, timeout=LONG)
    card = tab.view.panel.photo
    assert card.isVisible()
    assert card.seen.image is not None and card.drawn.image is not None
    assert card.verdict.text() == "This model knows such pictures roughly."
    assert "21.5 dB" in card._likeness.text()
    assert colour(tab, qtbot) == [0, 128, 200]
    assert tab.desk.value("glasses") == 0
    move(tab, "glasses", 2)
    assert colour(tab, qtbot) == [0, 168, 200]
    tab.commands.undo.trigger()
    tab.commands.undo.trigger()
    assert not card.isVisible()
    assert colour(tab, qtbot) == [40, 148, 0]


def test_refine_looks_closer_and_keeps_the_sliders(
    tab: SlidersTab, asked: list[jobs.Ask], qtbot, photo_file: Callable[..., Path]
) -> None:
    drop(tab, photo_file("slow.png"))
    qtbot.waitUntil(lambda: tab.desk.photo is not None, timeout=LONG)
    move(tab, "glasses", 1)
    tab.commands.refine.trigger()
    qtbot.waitUntil(lambda: "Refining · 33 %" in tab._shown._status.text, timeout=LONG)
    assert not tab.commands.refine.isEnabled()
    finish(tab, qtbot)
    assert tab.desk.photo is not None and tab.desk.photo.rounds == 3
    assert tab.desk.value("glasses") == 1
    tab.commands.refine.trigger()
    tab._shown._status.stop_asked.emit()
    assert tab.looking.asked is None and isinstance(asked[-1], jobs.Withdraw)
    assert tab.commands.refine.isEnabled()


def test_the_frame_is_offered_and_sets_the_part(
    tab: SlidersTab, asked: list[jobs.Ask], qtbot, photo_file: Callable[..., Path]
) -> None:
    assert not tab.commands.align.isEnabled()
    drop(tab, photo_file("me.png", 200, 100))
    qtbot.waitUntil(lambda: tab.desk.photo is not None, timeout=LONG)
    qtbot.mouseClick(tab.view.panel.photo.align, Qt.MouseButton.LeftButton)
    crop = tab.view.crop
    assert tab.view.cropping
    qtbot.waitUntil(lambda: crop.box == (50, 0, 150, 100), timeout=LONG)
    qtbot.keyClick(crop, Qt.Key.Key_Left)
    qtbot.keyClick(crop, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: tab.desk.photo is not None and tab.desk.photo.box == (46, 0, 146, 100), timeout=LONG)
    assert sum(isinstance(ask, jobs.Encode) for ask in asked) == 2
    qtbot.keyClick(crop, Qt.Key.Key_Right)
    qtbot.keyClick(crop, Qt.Key.Key_Return)  # what was moved last counts
    assert not tab.view.cropping
    qtbot.waitUntil(lambda: tab.desk.photo is not None and tab.desk.photo.box == (48, 0, 148, 100), timeout=LONG)
    tab.commands.align.trigger()
    tab.commands.undo.trigger()
    assert tab.view.cropping == (tab.desk.photo is not None)
    assert tab.desk.photo is None or crop.box == (tab.desk.photo.box or (50, 0, 150, 100))


def test_another_model_looks_at_the_same_photo_or_begins_at_random(
    tab: SlidersTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    drop(tab, photo_file("me.png"))
    qtbot.waitUntil(lambda: tab.desk.photo is not None, timeout=LONG)
    choice = tab.view.panel.model
    choice.box.setCurrentIndex(1)
    choice.box.activated.emit(1)
    assert tab.desk.photo is None  # Marks cannot take photos
    assert tab.desk.now is not None and tab.desk.now.model == "marks"
    assert list(tab.view.panel.sliders) == ["warmth", "slowness", "broken glass"]
    drop(tab, photo_file("me.png"))
    qtbot.waitUntil(lambda: "cannot take photos" in tab.view.banner.text, timeout=LONG)
    tab.commands.undo.trigger()
    assert choice.model == "faces" and list(tab.view.panel.sliders) == ["glasses", "warmth", "Component 1"]


# -- bad input -------------------------------------------------------------------------------------------


def test_what_cannot_be_used_is_said_and_nothing_is_lost(
    tab: SlidersTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path]
) -> None:
    banner, before = tab.view.banner, tab.desk
    drop(tab, photo_file("broken.png"))
    qtbot.waitUntil(lambda: banner.text == "broken.png: it cannot be read.", timeout=LONG)
    drop(tab, file_of(Recipe(model="cats"), tmp_path / "cat.png"))
    qtbot.waitUntil(lambda: "“cats”, which is not installed" in banner.text, timeout=LONG)
    tab.receive([Recipe(model="plain")])
    assert banner.text == "The model “plain” has no sliders."
    forged = PngImagePlugin.PngInfo()
    forged.add_text(SETTINGS, '{"model": "faces", "variety": 1e9}')
    Image.new("RGB", (4, 4)).save(tmp_path / "forged.png", pnginfo=forged)
    drop(tab, tmp_path / "forged.png")
    qtbot.waitUntil(lambda: banner.text.startswith("forged.png: the settings stored in it"), timeout=LONG)
    (tmp_path / "nothing").mkdir()
    drop(tab, tmp_path / "nothing")
    qtbot.waitUntil(lambda: "no picture in “nothing”" in banner.text, timeout=LONG)
    QGuiApplication.clipboard().setText("hello")
    tab.commands.paste.trigger()
    assert "no picture in what" in banner.text
    assert tab.desk == before


def test_a_recipe_brings_its_sliders_and_an_unknown_one_is_said(tab: SlidersTab, qtbot, tmp_path: Path) -> None:
    drop(tab, file_of(Recipe(model="faces", seed=9, sliders={"glasses": 1.5, "smile": 2}), tmp_path / "mine.png"))
    qtbot.waitUntil(lambda: tab.desk.now is not None and tab.desk.now.seed == 9, timeout=LONG)
    assert tab.view.panel.sliders["glasses"].track.value() == 150
    assert "no slider “smile” any more" in tab.view.banner.text
    assert colour(tab, qtbot) == [9, 158, 0]


def test_a_refused_picture_leaves_the_old_one_and_can_be_tried_again(
    tab: SlidersTab, asked: list[jobs.Ask], qtbot
) -> None:
    tab.receive([Recipe(model="marks", seed=5)])
    finish(tab, qtbot)
    move(tab, "broken glass", 1)
    banner, before = tab.view.banner, tab.pictures.front
    qtbot.waitUntil(lambda: banner.text == "broken.png: it cannot be read.", timeout=LONG)
    assert tab.pictures.front is before is not None
    assert not tab.commands.save.isEnabled()
    asked.clear()
    banner.acted.emit()
    qtbot.waitUntil(lambda: banner.isVisible() and len(asked) == 1, timeout=LONG)
    banner.dismissed.emit()
    assert not banner.isVisible()
    move(tab, "broken glass", 0)
    finish(tab, qtbot)
    assert tab.commands.save.isEnabled()


def test_the_engine_dies_and_the_picture_still_comes(tab: SlidersTab, qtbot) -> None:
    os.kill(tab._engine.pid, signal.SIGKILL)
    move(tab, "glasses", 2)
    assert colour(tab, qtbot) == [40, 168, 0]


# -- out -------------------------------------------------------------------------------------------------


def test_save_and_copy_take_the_recipe_along(
    tab: SlidersTab, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(tab, "glasses", 1)
    finish(tab, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "face"), ""))
    tab.commands.save.trigger()
    qtbot.waitUntil(lambda: "Saved as face.png" in tab._shown._status.text, timeout=LONG)
    assert recipes.read(tmp_path / "face.png") == tab.desk.now
    assert np.array_equal(np.asarray(Image.open(tmp_path / "face.png")), fake_drawing.picture(tab.desk.now))
    tab.commands.save.trigger()  # nobody was asked whether face.png may be written over
    qtbot.waitUntil(lambda: "face.png: it already exists" in tab.view.banner.text, timeout=LONG)
    QGuiApplication.clipboard().setText("something else")
    tab.commands.copy.trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasUrls(), timeout=LONG)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage()
    move(tab, "glasses", 2)
    assert "Saved" not in tab._shown._status.text
    move(tab, "glasses", 1)
    assert recipes.read(Path(mime.urls()[0].toLocalFile())) == tab.desk.now


# -- keyboard and screen readers -----------------------------------------------------------------------------


def test_every_control_has_a_name(tab: SlidersTab, qtbot, photo_file: Callable[..., Path]) -> None:
    tab.commands.learn.trigger()
    drop(tab, photo_file("me.png"))
    qtbot.waitUntil(lambda: tab.desk.photo is not None, timeout=LONG)
    kinds = (QAbstractButton, QAbstractSlider, QAbstractItemView, QLineEdit, Slot)
    controls = [widget for kind in kinds for widget in tab.findChildren(kind)]
    nameless = [
        widget
        for widget in controls
        if not widget.accessibleName()
        and not widget.inherits("QScrollBar")
        and not isinstance(widget.parentWidget(), QMenu)
    ]
    assert len(controls) > 30
    assert nameless == []
    for _, actions in tab.menus.groups():
        assert all(action.text() for action in actions if action)


def test_a_picture_without_a_file_is_pasted_as_a_photo(tab: SlidersTab, qtbot) -> None:
    image = QImage(50, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    tab.commands.paste.trigger()
    qtbot.waitUntil(lambda: tab.desk.photo is not None, timeout=LONG)
    assert tab.desk.photo is not None and tab.desk.photo.path.suffix == ".png"


def test_the_menu_of_a_kept_state(tab: SlidersTab) -> None:
    tab.commands.keep.trigger()
    move(tab, "glasses", 1)
    tab.view.strip.menu_asked.emit([1], QPoint())
    (menu,) = [menu for menu in tab.findChildren(QMenu) if menu.isVisible()]
    menu.actions()[0].trigger()
    menu.close()
    assert tab.desk.value("glasses") == 0

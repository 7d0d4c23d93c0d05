"""The Explore tab as a user meets it: whole window, fake engine and fake command in processes of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
)

from desktop import command
from desktop.tabs.explore import ExploreTab
from desktop.tabs.explore_colours import colours
from desktop.tabs.tab import ModelToUse
from desktop.widgets.drop import read as read_mime
from desktop.widgets.trouble import TroubleBox
from engine import catalog, tags
from engine.catalog import Card, write_card
from engine.recipes import Recipe

LONG = 30000
#: Red and green say where a picture lies, blue how odd it is.
COLOURS = {
    "cherry.png": (250, 10, 0),
    "tomato.png": (240, 30, 20),
    "lime.png": (20, 240, 10),
    "pear.png": (110, 190, 30),
    "plum.png": (120, 100, 250),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data and cache folders, with the cards of two models."""
    home = tmp_path / "home"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(home / "data"))
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(home / "cache"))
    monkeypatch.setattr(catalog, "shipped", lambda: tmp_path / "nothing")
    monkeypatch.setenv("FAKE_CACHE", str(home / "cache"))
    monkeypatch.setenv("FAKE_DATA", str(home / "data"))
    fake = Path(__file__).parent / "fake_explore.py"
    monkeypatch.setattr(command, "_program", lambda: [sys.executable, str(fake)])
    a_model(home, "orchard", ["sample", "encode", "decode", "directions"])
    a_model(home, "photo-restore", ["restore", "encode"], kind="restore")
    return home


def a_model(home: Path, name: str, capabilities: list[str], kind: str = "generate") -> None:
    place = home / "data" / "models" / name
    place.mkdir(parents=True)
    write_card(
        place,
        Card(
            id=name,
            name=name.title(),
            kind=kind,
            version="1",
            summary="Made for a test.",
            licence="-",
            training_data=[],
            capabilities=capabilities,
            multiple=32,
            reach=0,
            latents=[],
            config={},
            typical={"error": [0.1, 0.2, 0.3], "nats": [1.0, 2.0, 3.0]} if kind == "generate" else {},
        ),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "basket"
    for name, colour in COLOURS.items():
        write(folder / name, colour)
    return folder


def write(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (40, 30)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


@pytest.fixture
def tab(home: Path, window) -> ExploreTab:
    tab = window.tab(ExploreTab)
    window.show_tab(tab)
    return tab


@pytest.fixture
def explored(tab: ExploreTab, folder: Path, qtbot) -> ExploreTab:
    """The tab with a finished map; the models were not asked which of them knows the folder."""
    tab.visit.begin(folder, "orchard")
    finish(tab, qtbot)
    return tab


def open_folder(tab: ExploreTab, folder: Path, qtbot) -> None:
    tab.open([folder])
    finish(tab, qtbot)


def finish(tab: ExploreTab, qtbot) -> None:
    def done() -> bool:
        atlas = tab.state.atlas
        return atlas is not None and atlas.finished and not tab.visit.busy and len(tab.view.map.places) == len(atlas)

    qtbot.waitUntil(done, timeout=LONG)


def choose(tab: ExploreTab, *names: str) -> None:
    assert tab.state.atlas is not None
    tab._choose([tab.state.atlas.names.index(name) for name in names], "only")


def number(tab: ExploreTab, name: str) -> int:
    assert tab.state.atlas is not None
    return tab.state.atlas.names.index(name)


def at(tab: ExploreTab, name: str) -> QPoint:
    """Where a picture is on the map."""
    x, y = tab.view.map.on_screen(tab.view.map.places.points[[number(tab, name)]])[0]
    return QPoint(round(float(x)), round(float(y)))


def chosen(tab: ExploreTab) -> list[str]:
    return [path.name for path in tab.state.paths]


def suggested(tab: ExploreTab, qtbot) -> None:
    qtbot.waitUntil(lambda: tab.state.suggested is not None, timeout=LONG)


def kept_tags(folder: Path) -> dict[str, str]:
    return tags.load(folder).by_content


def answer(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Press the button with these words in the next question."""
    asked: list[str] = []

    def press(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.findChildren(QPushButton) if words in button.text()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return asked


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bin of our own, so that the user's stays as it is."""
    place = tmp_path / "bin" / "files"
    place.mkdir(parents=True)

    class File:
        def __init__(self, name: str) -> None:
            self._path = Path(name)

        def fileName(self) -> str:
            return str(self._path)

        def moveToTrash(self) -> bool:
            if "stuck" in self._path.name:
                return False
            self._path = self._path.rename(place / f"{len(list(place.iterdir()))}-{self._path.name}")
            return True

    monkeypatch.setattr("desktop.bin.QFile", File)
    return place


# -- a folder ----------------------------------------------------------------------------------------


def test_a_dropped_folder_becomes_a_map_and_a_list(tab: ExploreTab, folder: Path, qtbot) -> None:
    assert tab.view.page is tab.view.empty
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    tab.view.drops.dropped.emit(read_mime(mime))
    finish(tab, qtbot)
    assert tab.view.page is tab.view.map
    assert tab.state.model == "orchard"  # which knows the pictures "roughly", says the fake engine
    assert tab.view.panel.odd.list.rows[0].title == "plum.png"
    assert tab.view.panel.odd.list.rows[0].words == "very odd · 2.0"
    assert tab.view.panel.count.text() == "5 pictures"
    assert np.allclose(tab.view.map.places.points[number(tab, "lime.png")], (240 / 255, 20 / 255), atol=1e-3)


def test_a_picture_stands_for_its_folder(tab: ExploreTab, folder: Path, qtbot) -> None:
    tab.receive([folder / "lime.png"])
    finish(tab, qtbot)
    assert tab.state.folder == folder


def test_the_map_is_there_before_all_is_seen_and_the_rest_can_be_cancelled(
    tab: ExploreTab, folder: Path, qtbot
) -> None:
    write(folder / "slow.png", (9, 9, 9))
    tab.open([folder])
    qtbot.waitUntil(lambda: tab.state.atlas is not None and not tab.visit.reader.busy, timeout=LONG)
    assert len(tab.state.atlas or ()) == 4
    assert tab.view.panel.count.text() == "4 of 6 pictures"
    assert not tab.view.layouts.isVisible()  # only one of the maps is there
    choose(tab, "lime.png")
    status = tab._shown._status
    assert "Looking at the pictures" in status.text
    status.stop_asked.emit()
    qtbot.waitUntil(lambda: not tab.visit.looking.running, timeout=LONG)
    assert "Cancelled" in status.text
    assert chosen(tab) == ["lime.png"]
    assert not tab.view.banner.isVisible()
    (folder / "slow.png").unlink()
    status.resume_asked.emit()
    finish(tab, qtbot)
    assert len(tab.state.atlas or ()) == 5
    assert chosen(tab) == ["lime.png"]
    assert tab.view.layouts.isVisible()


def test_a_command_that_dies_says_so_and_goes_on(tab: ExploreTab, folder: Path, qtbot) -> None:
    write(folder / "crash.png", (9, 9, 9))
    tab.open([folder])
    qtbot.waitUntil(lambda: "ended by itself" in tab.view.banner.text, timeout=LONG)
    qtbot.waitUntil(lambda: tab.state.atlas is not None, timeout=LONG)  # what was seen so far
    tab.view.banner.acted.emit()
    finish(tab, qtbot)
    assert not tab.view.banner.isVisible()
    assert len(tab.state.atlas or ()) == 6


def test_what_cannot_be_read_is_counted_and_told(tab: ExploreTab, folder: Path, qtbot) -> None:
    (folder / "unreadable.png").write_bytes(b"?")
    open_folder(tab, folder, qtbot)
    assert tab.view.panel.left_out.text() == "1 file could not be read"
    tab.view.panel.left_out.click()
    (box,) = [box for box in tab.findChildren(TroubleBox) if box.isVisible()]
    assert "unreadable.png: it is cut short" in box.details.toPlainText()
    assert box.details.isVisible()
    box.close()


def test_an_empty_folder_gets_its_sentence(tab: ExploreTab, tmp_path: Path, qtbot) -> None:
    (tmp_path / "nothing here").mkdir()
    tab.open([tmp_path / "nothing here"])
    qtbot.waitUntil(lambda: "no pictures in this folder" in tab.view.banner.text, timeout=LONG)
    assert tab.view.page is tab.view.empty
    QGuiApplication.clipboard().setText("hello")
    tab.commands.paste.trigger()
    assert "no folder" in tab.view.banner.text


def test_without_a_model_the_tab_says_so(window, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(home / "nothing"))
    tab = window.tab(ExploreTab)
    window.show_tab(tab)
    tab.open([folder])
    assert "No model" in tab.view.banner.text


def test_the_second_visit_shows_the_old_map_at_once(explored: ExploreTab, folder: Path, tmp_path: Path, qtbot) -> None:
    tab = explored
    open_folder(tab, write(tmp_path / "other" / "a.png", (1, 2, 3)).parent, qtbot)
    assert len(tab.state.atlas or ()) == 1
    write(folder / "slow.png", (9, 9, 9))
    tab.open([folder])
    qtbot.waitUntil(lambda: len(tab.state.atlas or ()) == 5, timeout=LONG)
    assert tab.visit.looking.running


def test_another_model_draws_another_map(explored: ExploreTab, qtbot) -> None:
    tab = explored
    box = tab.view.panel.model.box
    box.setCurrentIndex(box.findData("photo-restore"))
    box.activated.emit(box.currentIndex())
    finish(tab, qtbot)
    assert tab.state.atlas is not None
    assert tab.state.atlas.model == "photo-restore"
    assert not tab.commands.draw_here.isEnabled()
    tab.receive([ModelToUse("orchard")])
    finish(tab, qtbot)
    assert tab.commands.draw_here.isEnabled()


def test_a_model_that_is_removed_leaves_its_map(explored: ExploreTab, window, home: Path, qtbot) -> None:
    tab = explored
    (home / "data" / "models" / "orchard" / "model.json").unlink()
    window._bar.setCurrentIndex(0)
    window.show_tab(tab)
    assert "not installed any more" in tab.view.banner.text
    assert len(tab.view.map.places) == 5
    assert not tab.commands.report.isEnabled()
    assert not tab.commands.draw_here.isEnabled()
    tab.visit.look_again()
    qtbot.waitUntil(lambda: "There is no model 'orchard'" in tab.view.banner.text, timeout=LONG)
    assert len(tab.view.map.places) == 5


# -- the map -----------------------------------------------------------------------------------------


def test_pictures_are_chosen_by_mouse(explored: ExploreTab, qtbot) -> None:
    tab, left = explored, Qt.MouseButton.LeftButton
    qtbot.mouseClick(tab.view.map, left, pos=at(tab, "lime.png"))
    assert chosen(tab) == ["lime.png"]
    assert "lime.png" in tab.view.panel.about.text()
    qtbot.mouseClick(tab.view.map, left, Qt.KeyboardModifier.ShiftModifier, at(tab, "plum.png"))
    assert chosen(tab) == ["lime.png", "plum.png"]
    qtbot.mouseClick(tab.view.map, left, Qt.KeyboardModifier.ShiftModifier, at(tab, "lime.png"))
    assert chosen(tab) == ["plum.png"]
    tab.commands.choose_all.trigger()
    assert len(chosen(tab)) == 5
    qtbot.keyClick(tab.view.map, Qt.Key.Key_Escape)
    assert chosen(tab) == []


def test_a_rectangle_and_a_lasso_choose(explored: ExploreTab, qtbot) -> None:
    tab, shown, left = explored, explored.view.map, Qt.MouseButton.LeftButton
    tab.commands.tools[1].trigger()
    assert tab.view.tool.index == 1
    lime, pear, plum = (at(tab, name) for name in ("lime.png", "pear.png", "plum.png"))
    room = QRect(lime, pear).normalized().adjusted(-30, -30, 30, 30)
    start, end = room.topLeft(), room.bottomRight()
    qtbot.mousePress(shown, left, pos=start)
    qtbot.mouseMove(shown, end)
    qtbot.mouseRelease(shown, left, pos=end)
    assert sorted(chosen(tab)) == ["lime.png", "pear.png"]
    tab.commands.tools[0].trigger()
    shift = Qt.KeyboardModifier.ShiftModifier
    corners = [plum + QPoint(*step) for step in ((-40, -40), (40, -40), (40, 40), (-40, 40))]
    qtbot.mousePress(shown, left, shift, corners[0])
    for corner in corners[1:]:
        drag_to(shown, corner, shift)
    qtbot.mouseRelease(shown, left, shift, corners[-1])
    assert sorted(chosen(tab)) == ["lime.png", "pear.png", "plum.png"]


def drag_to(widget, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """A move with a button and a key held, which QTest leaves out."""
    left, spot = Qt.MouseButton.LeftButton, point.toPointF()
    where = widget.mapToGlobal(spot)
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, spot, where, left, left, modifiers))


def test_the_map_is_gone_through_by_keyboard(explored: ExploreTab, qtbot) -> None:
    tab, shown = explored, explored.view.map
    tab._choose([number(tab, "plum.png")], "only")
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Right)  # the map by neighbours: right is green
    assert chosen(tab)[0] in ("pear.png", "lime.png")
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert len(chosen(tab)) == 2
    zoom = shown.view.zoom
    qtbot.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.view.zoom > zoom
    qtbot.keyClick(shown, Qt.Key.Key_0)
    assert shown.view.zoom == zoom
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    assert tab.view.page is tab.view.large
    assert chosen(tab)[-1] in tab.view.large.spoken_value()
    qtbot.keyClick(tab.view.large, Qt.Key.Key_Escape)
    assert tab.view.page is shown
    assert shown.hasFocus()


def test_neighbours_of_the_chosen(explored: ExploreTab) -> None:
    choose(explored, "cherry.png")
    explored.commands.neighbours.trigger()
    assert chosen(explored)[:2] == ["cherry.png", "tomato.png"]


def test_what_lies_between_pictures_is_drawn_and_sent_on(explored: ExploreTab, qtbot) -> None:
    tab, sent = explored, sent_by(explored)
    middle = at(tab, "cherry.png") + QPoint(0, -120)
    qtbot.mouseClick(tab.view.map, Qt.MouseButton.LeftButton, pos=middle)
    assert tab.view.map.pin is not None
    qtbot.waitUntil(lambda: tab.between.picture is not None, timeout=LONG)
    assert "between" in tab.view.panel.about.text()
    tab.commands.to_sliders.trigger()
    ((name, (recipe,)),) = sent
    assert name == "sliders"
    assert isinstance(recipe, Recipe) and recipe.model == "orchard" and recipe.latent
    choose(tab, "lime.png")
    assert tab.view.map.pin is None


def sent_by(tab: ExploreTab) -> list[tuple[str, list]]:
    sent: list[tuple[str, list]] = []
    tab.sent.disconnect()
    tab.sent.connect(lambda name, things: sent.append((name, things)))
    return sent


def test_the_map_is_painted_from_far_and_from_near(explored: ExploreTab) -> None:
    shown = explored.view.map
    for zoom in (1, 4, 50):
        shown.zoom_by(zoom)
        image = shown.grab().toImage()
        assert not image.isNull()
    shown.fit()
    assert shown.grab().toImage().pixelColor(at(explored, "lime.png")) == QColor(*COLOURS["lime.png"])


# -- the lists ---------------------------------------------------------------------------------------


def test_odd_ones_are_chosen_and_looked_at_with_the_place_of_the_error(explored: ExploreTab, qtbot) -> None:
    tab, odd = explored, explored.view.panel.odd.list
    odd.setFocus()
    qtbot.keyClick(odd, Qt.Key.Key_Down)
    qtbot.keyClick(odd, Qt.Key.Key_Up)
    assert chosen(tab) == ["plum.png"]
    qtbot.keyClick(odd, Qt.Key.Key_Return)
    large = tab.view.large
    assert tab.view.page is large
    qtbot.waitUntil(lambda: large.image is not None and large.image.width() == 40, timeout=LONG)
    plain = large.image
    assert plain is not None and plain.pixelColor(20, 25) == QColor(*COLOURS["plum.png"])
    qtbot.keyClick(large, Qt.Key.Key_H)
    top, bottom = (large.image.pixelColor(20, y) for y in (4, 25))  # type: ignore[union-attr]
    assert top.red() > 180 and top.blue() < 140  # yellow, where the fake's error is
    assert abs(bottom.red() - bottom.green()) < 40
    assert "yellow" in large.spoken_value()
    qtbot.keyClick(large, Qt.Key.Key_Right)
    assert chosen(tab) == ["pear.png"]
    tab.view.panel.odd.measured.emit("folder")
    assert odd.rows[0].title == "cherry.png"


def test_look_alikes_are_compared_and_the_best_is_kept(
    explored: ExploreTab, folder: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    tab = explored
    for copy in ("lime 2.png", "lime 3.png"):
        (folder / copy).write_bytes((folder / "lime.png").read_bytes())
    tab.visit.look_again()
    finish(tab, qtbot)
    tab.commands.modes[1].trigger()
    alike, compare = tab.view.panel.alike.list, tab.view.compare
    assert [row.title for row in alike.rows] == ["3 exact copies"]
    assert not tab.commands.keep_best.isEnabled()
    alike.setFocus()
    alike.setCurrentIndex(alike.model().index(0, 0))
    assert len(chosen(tab)) == 3
    qtbot.keyClick(alike, Qt.Key.Key_Space)
    assert tab.view.page is compare
    assert compare.kept == {number(tab, "lime.png")}  # the oldest
    qtbot.keyClick(compare, Qt.Key.Key_Right)
    qtbot.keyClick(compare, Qt.Key.Key_Space)
    stays = {tab.words.name(tab.state, picture) for picture in compare.kept}
    assert len(stays) == 2 and "lime.png" in stays
    asked = answer(monkeypatch, "Cancel")
    tab.commands.keep_best.trigger()
    assert len(asked) == 1
    assert not list(bin_folder.iterdir())
    answer(monkeypatch, "Move to the bin")
    tab.commands.keep_best.trigger()  # from the list: only the best stays
    qtbot.waitUntil(lambda: len(list(bin_folder.iterdir())) == 2, timeout=LONG)
    assert sorted(path.name for path in folder.iterdir()) == sorted(COLOURS)
    assert alike.rows == []


# -- tags --------------------------------------------------------------------------------------------


def test_tags_are_given_suggested_answered_and_undone(explored: ExploreTab, folder: Path, qtbot) -> None:
    tab, page = explored, explored.view.panel.tags
    tab.commands.modes[2].trigger()
    choose(tab, "cherry.png")
    page.name.setFocus()
    qtbot.keyClicks(page.name, "red")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    choose(tab, "lime.png")
    page.name.setText("green")
    page.give.click()
    suggested(tab, qtbot)
    assert list(tab.state.tags.names) == ["red", "green"]
    assert page.tag == "red"
    qtbot.waitUntil(lambda: "tomato.png" in [row.title for row in page.list.rows], timeout=LONG)
    choose(tab, "tomato.png")
    qtbot.keyClick(tab.view.map, Qt.Key.Key_Y)
    assert tab.state.counts() == {"red": 2, "green": 1}
    choose(tab, "plum.png")
    qtbot.keyClick(tab.view.map, Qt.Key.Key_X)
    assert tab.state.tags.refused == {tab.state.contents[number(tab, "plum.png")]: ("red",)}
    choose(tab, "pear.png")
    qtbot.keyClick(tab.view.map, Qt.Key.Key_2)
    assert tab.state.tag_of(number(tab, "pear.png")) == "green"
    qtbot.keyClick(tab.view.map, Qt.Key.Key_U)
    assert tab.state.tag_of(number(tab, "pear.png")) == ""
    tab.commands.undo.trigger()
    assert tab.state.tag_of(number(tab, "pear.png")) == "green"
    qtbot.waitUntil(lambda: len(kept_tags(folder)) == 4, timeout=LONG)
    while tab.undo_stack.canUndo():
        tab.commands.undo.trigger()
    qtbot.waitUntil(lambda: kept_tags(folder) == {}, timeout=LONG)


def test_accepting_goes_on_with_the_next_suggestion(explored: ExploreTab, folder: Path, qtbot) -> None:
    tab, page = explored, explored.view.panel.tags
    for count in range(4):
        write(folder / f"red {count}.png", (245, 20 + count, 5))
    tab.visit.look_again()
    finish(tab, qtbot)
    tab.commands.modes[2].trigger()
    tab.tagger.give("red", [number(tab, "cherry.png")])
    tab.tagger.give("green", [number(tab, "lime.png")])
    qtbot.waitUntil(lambda: len(page.list.rows) > 2, timeout=LONG)
    first, second = page.list.rows[:2]
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_Y)
    assert tab.state.tag_of(first.pictures[0]) == "red"
    assert tab.state.chosen == second.pictures
    qtbot.keyClick(page.list, Qt.Key.Key_X)
    assert tab.state.tag_of(second.pictures[0]) == ""
    assert second not in page.list.rows


def test_tags_are_renamed_and_removed(explored: ExploreTab, monkeypatch: pytest.MonkeyPatch, qtbot) -> None:
    tab, page = explored, explored.view.panel.tags
    tab.commands.modes[2].trigger()
    tab.tagger.give("red", [0])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (" ruby ", True))
    page._rename.trigger()
    assert tab.state.tags.names == ("ruby",)
    assert page.names.item(0).text().endswith("ruby · 1")
    page._drop.trigger()
    assert tab.state.tags.names == ()
    tab.commands.undo.trigger()
    assert tab.state.tags.names == ("ruby",)


def test_tags_become_folders_a_table_and_a_slider(
    explored: ExploreTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    tab, status = explored, explored._shown._status
    assert not tab.commands.to_folders.isEnabled()
    tab.tagger.give("red", [number(tab, "cherry.png"), number(tab, "tomato.png")])
    tab.tagger.give("green", [number(tab, "lime.png")])
    target = tmp_path / "sorted"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    tab.commands.to_folders.trigger()
    qtbot.waitUntil(lambda: "3 pictures" in status.text, timeout=LONG)
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*.png"))
    assert found == ["green/lime.png", "red/cherry.png", "red/tomato.png"]
    table = tmp_path / "tags.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    tab.commands.to_csv.trigger()
    qtbot.waitUntil(lambda: "tags.csv" in status.text, timeout=LONG)
    assert "cherry.png" in table.read_text(encoding="utf-8-sig")
    sent = sent_by(tab)
    tab.commands.to_slider.trigger()
    qtbot.waitUntil(lambda: "in Sliders now" in tab.view.banner.text, timeout=LONG)
    tab.view.banner.acted.emit()
    ((where, (recipe,)),) = sent
    assert where == "sliders"
    assert np.frombuffer(recipe.latent, "<f2")[:2].tolist() == pytest.approx([250 / 255, 10 / 255], abs=0.01)


def test_two_windows_on_one_folder_lose_no_tags(explored: ExploreTab, folder: Path, qtbot) -> None:
    tab = explored
    tab.tagger.give("red", [number(tab, "cherry.png")])
    qtbot.waitUntil(lambda: len(kept_tags(folder)) == 1 and not tab.tagger._pending, timeout=LONG)
    lime = tab.state.contents[number(tab, "lime.png")]
    tags.save(folder, tags.load(folder).give(lime, "green"))  # the other window
    tab.tagger.give("red", [number(tab, "tomato.png")])
    qtbot.waitUntil(lambda: len(kept_tags(folder)) == 3, timeout=LONG)
    assert tab.state.tag_of(number(tab, "lime.png")) == "green"
    tab.commands.undo.trigger()
    qtbot.waitUntil(lambda: len(kept_tags(folder)) == 2, timeout=LONG)
    assert not tab.undo_stack.canUndo()  # not to before the other window's


def test_damaged_tags_are_said_and_not_written_over(tab: ExploreTab, folder: Path, qtbot) -> None:
    path = tags.path_of(folder)
    path.parent.mkdir(parents=True)
    path.write_text("{")
    open_folder(tab, folder, qtbot)
    assert "tags of basket" in tab.view.banner.text
    tab.tagger.give("red", [0])
    assert tab.state.tags.names == ()
    assert path.read_text() == "{"


# -- pictures to elsewhere ---------------------------------------------------------------------------


def test_the_bin_asks_and_can_be_undone(
    explored: ExploreTab, folder: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    tab = explored
    before = (folder / "lime.png").read_bytes()
    choose(tab, "lime.png", "pear.png")
    asked = answer(monkeypatch, "Cancel")
    qtbot.keyClick(tab.view.map, Qt.Key.Key_Delete)
    assert asked == ["Move 2 pictures to the bin?"]
    assert (folder / "lime.png").exists()
    answer(monkeypatch, "Move to the bin")
    tab.commands.bin.trigger()
    qtbot.waitUntil(lambda: tab.undo_stack.canUndo(), timeout=LONG)
    assert not (folder / "lime.png").exists()
    assert len(list(bin_folder.iterdir())) == 2
    assert "lime.png" not in [row.title for row in tab.view.panel.odd.list.rows]
    assert tab.view.map.picture_at(at(tab, "lime.png").toPointF()) is None
    tab.commands.undo.trigger()
    qtbot.waitUntil(lambda: not tab.state.gone, timeout=LONG)
    assert (folder / "lime.png").read_bytes() == before
    tab.commands.redo.trigger()
    qtbot.waitUntil(lambda: len(list(bin_folder.iterdir())) == 2, timeout=LONG)
    qtbot.wait(50)
    tab.commands.undo.trigger()
    qtbot.waitUntil(lambda: (folder / "lime.png").exists() and not tab.state.gone, timeout=LONG)


def test_what_the_system_does_not_let_go_stays(
    tab: ExploreTab, folder: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    write(folder / "stuck.png", (5, 5, 5))
    open_folder(tab, folder, qtbot)
    choose(tab, "stuck.png", "lime.png")
    answer(monkeypatch, "Move to the bin")
    tab.commands.bin.trigger()
    qtbot.waitUntil(lambda: "stuck.png" in tab.view.banner.text, timeout=LONG)
    assert (folder / "stuck.png").exists()
    assert tab.state.gone == {"lime.png"}


def test_files_that_vanished_are_told_and_leave_the_map(explored: ExploreTab, folder: Path, qtbot) -> None:
    tab, sent = explored, sent_by(explored)
    (folder / "plum.png").unlink()
    choose(tab, "plum.png", "lime.png")
    tab.commands.to_restore.trigger()
    assert sent == [("restore", [folder / "lime.png"])]
    assert "plum.png" in tab.view.banner.text
    assert "plum.png" not in [row.title for row in tab.view.panel.odd.list.rows]
    tab.view.map.opened.emit(number(tab, "plum.png"))
    assert tab.view.page is tab.view.map


def test_pictures_are_copied_and_sent(
    explored: ExploreTab, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    tab, target, sent = explored, tmp_path / "copies", sent_by(explored)
    write(target / "lime.png", (0, 0, 0))
    choose(tab, "lime.png", "pear.png")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    tab.commands.copy_to.trigger()
    qtbot.waitUntil(lambda: "copied" in tab._shown._status.text, timeout=LONG)
    assert sorted(path.name for path in target.iterdir()) == ["lime-2.png", "lime.png", "pear.png"]
    tab.commands.copy.trigger()
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [Path(url.toLocalFile()) for url in urls] == [folder / "lime.png", folder / "pear.png"]
    tab.commands.to_interpolate.trigger()
    assert not tab.commands.to_sliders.isEnabled()
    choose(tab, "lime.png")
    tab.commands.to_sliders.trigger()
    assert not tab.commands.to_interpolate.isEnabled()
    assert sent == [("interpolate", [folder / "lime.png", folder / "pear.png"]), ("sliders", [folder / "lime.png"])]


def test_a_report_is_saved(explored: ExploreTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "basket"), ""))
    explored.commands.report.trigger()
    assert not explored.commands.report.isEnabled()
    qtbot.waitUntil(lambda: "basket.html" in explored._shown._status.text, timeout=LONG)
    assert (tmp_path / "basket.html").read_text() == "a report"


def test_the_menu_of_a_picture(explored: ExploreTab) -> None:
    explored.tagger.give("red", [0])
    choose(explored, "lime.png")
    explored.view.map.menu_asked.emit(QPoint(10, 10))
    (menu,) = [menu for menu in explored.findChildren(QMenu) if menu.isVisible()]
    assert menu.actions()[0].text() == "Look closer"
    next(action for action in menu.findChildren(QMenu)[0].actions() if action.text() == "red").trigger()
    assert explored.state.tag_of(number(explored, "lime.png")) == "red"
    menu.close()


def test_every_control_has_a_name(explored: ExploreTab) -> None:
    controls = [
        control
        for kind in (QAbstractButton, QAbstractItemView, QLineEdit, QComboBox)
        for control in explored.findChildren(kind)
        if not control.objectName().startswith("qt_") and type(control).__name__ != "QScrollBar"
    ]
    assert len(controls) > 25
    assert [type(control).__name__ for control in controls if not control.accessibleName()] == []
    assert explored.view.map.accessibleName() and explored.view.map.accessibleDescription()
    texts = [action.text() for _, group in explored.menus.groups() for action in group if action is not None]
    assert all(texts) and len(set(texts)) == len(texts)


def test_themes_change_while_a_map_is_seen(explored: ExploreTab, window) -> None:
    dark = explored.view.map.grab().toImage()
    window.appearance.choose_theme("light")
    light = explored.view.map.grab().toImage()
    assert light.pixelColor(3, 3).lightness() > dark.pixelColor(3, 3).lightness() + 100
    assert explored.view.map._colours.tolist() == colours(explored.state, False).tolist()

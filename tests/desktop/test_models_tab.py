"""The Models tab as a user meets it: whole window, fake engine and fake commands in their own processes."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import fake_imports
import platformdirs
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QInputDialog,
    QMenu,
    QMessageBox,
    QPushButton,
)

from desktop import command
from desktop.tabs.generate import GenerateTab
from desktop.tabs.interpolate import InterpolateTab
from desktop.tabs.models import ModelsTab
from desktop.tabs.restore import RestoreTab
from desktop.tabs.sliders import SlidersTab
from desktop.tabs.tab import ModelToUse
from desktop.widgets.drop import read as read_mime
from engine import catalog
from engine.recipes import Recipe

LONG = 30000


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's models with one in it, and a shipped one; commands are the fake ones."""
    data = tmp_path / "latent-darkroom"
    (data / "models").mkdir(parents=True)
    (tmp_path / "shipped").mkdir()
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(data))
    monkeypatch.setattr(catalog, "shipped", lambda: tmp_path / "shipped")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("FAKE_SHELF", str(data / "models"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr(command, "_program", lambda: [sys.executable, fake_imports.__file__])
    put(data / "models", "faces", capabilities=["sample", "encode", "decode", "directions", "interpolate"])
    put(tmp_path / "shipped", "restorer", kind="restore", capabilities=["restore", "encode"])
    return data / "models"


def put(place: Path, model: str, **more: object) -> Path:
    folder = place / model
    folder.mkdir()
    (folder / catalog.WEIGHTS).write_bytes(model.encode() * 100)
    catalog.write_card(folder, fake_imports.a_card(model, **more))
    return folder


@pytest.fixture
def tab(shelf: Path, window) -> ModelsTab:
    tab = window.tab(ModelsTab)
    window.show_tab(tab)
    return tab


@pytest.fixture
def weights(tmp_path: Path):
    def make(*names: str) -> list[Path]:
        paths = [tmp_path / name for name in names]
        for path in paths:
            path.write_bytes(b"weights")
        return paths

    return make


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(tab: ModelsTab, *paths: Path) -> None:
    tab.view.drops.dropped.emit(read_mime(mime_of(*paths)))


def finish(tab: ModelsTab, qtbot) -> None:
    qtbot.waitUntil(lambda: not tab.imports.queue.running, timeout=LONG)


def test_every_model_has_a_card_and_those_that_draw_show_it(tab: ModelsTab, qtbot) -> None:
    cards = tab.view.list.cards
    assert [cards.key(row) for row in range(cards.rowCount())] == ["faces", "restorer"]
    qtbot.waitUntil(lambda: tab.view.detail.samples.count == 4, timeout=LONG)
    assert len(cards.data(cards.index(0), cards.PicturesRole)) == 4
    assert "Draws new pictures at random" in str(cards.data(cards.index(0), Qt.ItemDataRole.AccessibleTextRole))
    tab.view.list.setFocus()
    qtbot.keyClick(tab.view.list, Qt.Key.Key_Down)
    assert tab.state.chosen == "restorer"
    assert "made for photos" in tab.view.detail.text
    assert tab.view.detail.try_it.text() == "Try it in Restore"


def test_a_dropped_file_is_imported_chosen_and_said_what_it_cannot_do(tab: ModelsTab, qtbot, weights) -> None:
    drop(tab, *weights("tiny.pth"))
    qtbot.waitUntil(lambda: "tiny.pth" in tab._status.text and "of 4" in tab._status.text, timeout=LONG)
    finish(tab, qtbot)
    assert tab.state.chosen == "tiny"
    assert tab.view.list.current_key == "tiny"
    assert "This model has no prior: it cannot draw at random." in tab.view.banner.text
    for words in ("This model has no prior", "Imported from “tiny.pth” · Toy family", "CC0", "Yours"):
        assert words in tab.view.detail.text
    assert tab._status.text == ""


def test_several_are_queued_and_each_refusal_is_said(tab: ModelsTab, qtbot, weights) -> None:
    drop(tab, *weights("a.pth", "refused.safetensors", "crash.ckpt", "silent.pt", "b.onnx"))
    qtbot.waitUntil(lambda: "(2 of 5)" in tab._status.text, timeout=LONG)
    finish(tab, qtbot)
    text = tab.view.banner.text
    assert "refused.safetensors: it holds no VAE." in text
    assert "“crash.ckpt”: the import broke off" in text
    assert "There is no room on the disk." in text
    assert {"a", "b"} <= {entry.id for entry in tab.state.entries}


def test_an_encoder_and_its_decoder_are_imported_as_one(tab: ModelsTab, qtbot, weights, shelf: Path) -> None:
    before = len(tab.state.entries)
    drop(tab, *weights("toy_decoder.pth", "toy_encoder.pth"))
    finish(tab, qtbot)
    assert len(tab.state.entries) == before + 1
    assert catalog.read_card(shelf / "toy_encoder").source == "toy_encoder.pth, toy_decoder.pth"


def test_what_is_no_model_is_not_tried(tab: ModelsTab, weights) -> None:
    drop(tab, *weights("photo.jpg"))
    assert "“photo.jpg” is no model" in tab.view.banner.text
    assert not tab.imports.queue.running
    QGuiApplication.clipboard().setText("hello")
    tab.commands.paste.trigger()
    assert "no model in what was dropped" in tab.view.banner.text


def test_only_models_are_welcome_while_they_are_held_over_the_tab(tab: ModelsTab, weights) -> None:
    model, photo = weights("x.safetensors", "photo.jpg")
    for path, welcome in ((model, True), (photo, False)):
        mime = mime_of(path)
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(QPoint(200, 200), Qt.DropAction.CopyAction, mime, buttons, keys)
        event.ignore()
        QGuiApplication.sendEvent(tab.view, event)
        assert event.isAccepted() == welcome


def test_a_pasted_file_and_one_from_the_dialog_are_imported(tab: ModelsTab, qtbot, weights, monkeypatch) -> None:
    pasted, chosen = weights("pasted.pth", "chosen.onnx")
    QGuiApplication.clipboard().setMimeData(mime_of(pasted))
    tab.commands.paste.trigger()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(chosen)], ""))
    tab.commands.open.trigger()
    finish(tab, qtbot)
    assert {"pasted", "chosen"} <= {entry.id for entry in tab.state.entries}
    assert "“pasted”" in tab.view.banner.text.lower() or "Pasted" in tab.view.banner.text


def test_cancel_stops_and_continue_goes_on(tab: ModelsTab, qtbot, weights, shelf: Path) -> None:
    slow, other = weights("slow.pth", "other.pth")
    drop(tab, slow, other)
    qtbot.waitUntil(lambda: tab.imports.queue.step is not None, timeout=LONG)
    tab._status.stop_asked.emit()
    finish(tab, qtbot)
    assert "Cancelled" in tab.view.banner.text and "other.pth" in tab.view.banner.text
    assert not (shelf / "slow").exists() and not (shelf / "other").exists()
    slow.rename(slow.with_name("gone.pth"))
    tab.imports.queue.stopped.remove((slow,))
    tab._status.resume_asked.emit()
    qtbot.waitUntil(lambda: (shelf / "other" / "model.json").exists(), timeout=LONG)


def test_closing_the_window_ends_an_import_after_a_question(
    tab: ModelsTab, window, qtbot, weights, monkeypatch
) -> None:
    drop(tab, *weights("slow.pth"))
    qtbot.waitUntil(lambda: tab.imports.queue.step is not None, timeout=LONG)
    running = tab.imports._command
    window.ask_before_closing = True
    monkeypatch.setattr(QMessageBox, "exec", answer("Cancel"))
    assert not window.close()
    assert running is not None and running.running
    monkeypatch.setattr(QMessageBox, "exec", answer("Close"))
    window.close()
    assert running is not None and not running.running


def test_verify_says_what_is_wrong(tab: ModelsTab, qtbot, shelf: Path) -> None:
    assert "Not checked" in tab.view.detail.text
    tab.commands.verify.trigger()
    qtbot.waitUntil(lambda: "as it was made" in tab.view.detail.text, timeout=LONG)
    (shelf / "faces" / catalog.WEIGHTS).write_bytes(b"x" * 500)
    tab.commands.verify.trigger()
    qtbot.waitUntil(lambda: "is not the file it was made with" in tab.view.banner.text, timeout=LONG)
    assert "damaged" in tab.view.detail.text
    card = tab.view.list.cards.data(tab.view.list.cards.index(0), tab.view.list.cards.CardRole)
    assert "damaged" in card.trouble
    assert tab.commands.verify.isEnabled()


def test_export_writes_one_file(tab: ModelsTab, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    tab.commands.export.trigger()
    qtbot.waitUntil(lambda: "mine.darkroom" in tab._status.text, timeout=LONG)
    with zipfile.ZipFile(tmp_path / "mine.darkroom") as archive:
        assert set(archive.namelist()) == {catalog.CARD, catalog.WEIGHTS}
    tab.commands.export.trigger()  # the suffix was ours: nobody agreed to replace it
    qtbot.waitUntil(lambda: "already exists" in tab.view.banner.text, timeout=LONG)


def test_a_model_is_renamed_and_the_name_comes_back(tab: ModelsTab, shelf: Path, monkeypatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" Portraits ", True))
    tab.commands.rename.trigger()
    assert catalog.read_card(shelf / "faces").name == "Portraits"
    assert "Portraits" in tab.view.detail.text
    tab.commands.undo.trigger()
    assert catalog.read_card(shelf / "faces").name == "Faces"
    tab.commands.redo.trigger()
    assert "Portraits" in tab.view.detail.text


def test_shipped_models_say_why_they_stay(tab: ModelsTab) -> None:
    tab._choose("restorer")
    tab.commands.remove.trigger()
    assert "came with the program and stays" in tab.view.banner.text
    tab.commands.rename.trigger()
    assert "keeps its name" in tab.view.banner.text


def answer(words: str):
    def press(box: QMessageBox) -> int:
        next(button for button in box.findChildren(QPushButton) if words in button.text()).click()
        return 0

    return press


def test_a_model_goes_to_the_bin_after_a_question(tab: ModelsTab, shelf: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(QMessageBox, "exec", answer("Cancel"))
    tab.commands.remove.trigger()
    assert (shelf / "faces").is_dir()
    monkeypatch.setattr(QMessageBox, "exec", answer("Move to the bin"))
    tab.commands.remove.trigger()
    assert not (shelf / "faces").exists()
    assert (tmp_path / "Trash" / "files" / "faces" / catalog.CARD).is_file()
    assert tab.state.chosen == "restorer"
    assert "in the bin" in tab._status.text


def test_a_model_in_use_that_is_removed_does_no_harm(tab: ModelsTab, window, qtbot, shelf: Path, monkeypatch) -> None:
    others = [window.tab(kind) for kind in (GenerateTab, SlidersTab, InterpolateTab)]
    for other in others:
        window.show_tab(other)
    generate, sliders, interpolate = others
    interpolate.receive([Recipe(model="faces", seed=1), Recipe(model="faces", seed=2)])
    qtbot.waitUntil(lambda: bool(generate.state.shown) and sliders.desk.now is not None, timeout=LONG)
    window.show_tab(tab)
    monkeypatch.setattr(QMessageBox, "exec", answer("Move to the bin"))
    tab.state.choose("faces")
    tab.commands.remove.trigger()
    put(shelf, "new-faces", capabilities=["sample", "encode", "decode", "directions", "interpolate"])
    for other in others:
        window.show_tab(other)
        qtbot.wait(50)
    assert generate.view.panel.model.ids == {"new-faces"}
    generate.draw()
    qtbot.waitUntil(lambda: {r.model for r in generate.state.shown.values()} == {"new-faces"}, timeout=LONG)
    qtbot.waitUntil(lambda: sliders.desk.now is not None and sliders.desk.now.model == "new-faces", timeout=LONG)
    assert "faces" not in interpolate.view.panel.model.ids


def test_a_model_is_tried_in_its_tab(tab: ModelsTab, shelf: Path) -> None:
    put(shelf, "codec", kind="codec", capabilities=["encode", "decode", "interpolate"])
    tab._refresh()
    sent: list[object] = []
    tab.sent.disconnect()
    tab.sent.connect(lambda name, things: sent.append((name, [thing.model for thing in things])))
    for model in ("faces", "restorer", "codec"):
        tab._choose(model)
        tab.commands.try_it.trigger()
    assert sent == [("generate", ["faces"] * 9), ("restore", ["restorer"]), ("interpolate", ["codec"])]


def test_an_imported_codec_walks_between_photos(tab: ModelsTab, window, qtbot, weights, photo_file) -> None:
    drop(tab, *weights("tiny.pth"))
    finish(tab, qtbot)
    interpolate = window.tab(InterpolateTab)
    interpolate.receive([ModelToUse("tiny"), photo_file("a.png"), photo_file("b.png")])
    qtbot.waitUntil(lambda: interpolate.plan.complete, timeout=LONG)
    journey = interpolate.plan.journey(interpolate.models)
    assert journey.model == "tiny"
    assert [Path(stop).name for stop in journey.stops] == ["a.png", "b.png"]
    assert not interpolate.view.panel.path.isVisible()


def test_an_imported_codec_cleans_photos(tab: ModelsTab, window, qtbot, weights, photo_file) -> None:
    restore = window.tab(RestoreTab)
    restore.open([photo_file("old.png")])
    drop(tab, *weights("tiny.pth"))
    finish(tab, qtbot)
    assert tab.view.detail.try_it.text() == "Try it in Restore"
    tab.commands.try_it.trigger()
    panel = restore.view.panel
    assert window.current is restore
    qtbot.waitUntil(lambda: restore.queue.photos[0].settings.model == "tiny", timeout=LONG)
    assert panel.model.model == "tiny"
    assert not panel.noise.isEnabled() and panel.strength.isEnabled()
    panel.model.chosen.emit("restorer")
    assert panel.noise.isEnabled()


def test_devices_say_what_runs_why_and_what_would_mend_it(tab: ModelsTab, qtbot, window) -> None:
    qtbot.waitUntil(lambda: window._engine.last_ready is not None, timeout=LONG)
    tab.commands.pages[1].trigger()
    page = tab.view.devices
    qtbot.waitUntil(lambda: page.shown, timeout=LONG)
    frames = [frame.accessibleName() for frame in page.findChildren(QFrame, "card")]
    assert frames == [
        "GPU 1 · 8 GB of memory. Cannot be used. No driver is installed. Install the driver.",
        "CPU, 2 threads. In use. A processor.",
    ]
    assert "CPU, 2 threads" in page._now.text()
    assert not tab.view.detail.isVisible()
    page.test.click()
    assert page._note.isVisible()
    qtbot.waitUntil(lambda: not page._note.isVisible(), timeout=LONG)


def test_devices_that_cannot_be_asked_are_said(tab: ModelsTab, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_program", lambda: [sys.executable, "-c", "print('[{}]')"])
    tab.commands.pages[1].trigger()
    qtbot.waitUntil(lambda: "could not be asked" in tab.view.devices._note.text(), timeout=LONG)


def test_other_tabs_choose_a_model_by_its_recipe(tab: ModelsTab) -> None:
    tab._choose("restorer")
    tab.receive([Recipe(model="faces", seed=1)])
    assert tab.state.chosen == "faces"


def test_the_menu_of_a_card(tab: ModelsTab) -> None:
    tab.view.list.customContextMenuRequested.emit(QPointF(60, 40).toPoint())
    (menu,) = [menu for menu in tab.findChildren(QMenu) if menu.isVisible()]
    assert "Try it in Generate" in [action.text() for action in menu.actions()]
    menu.close()


def test_every_control_has_a_name_and_can_be_reached(tab: ModelsTab) -> None:
    controls = [
        control
        for kind in (QAbstractButton, QAbstractItemView)
        for control in tab.findChildren(kind)
        if not control.objectName().startswith("qt_")
    ]
    assert len(controls) >= 11
    assert [type(control).__name__ for control in controls if not control.accessibleName()] == []
    texts = [action.text() for _, group in tab.menus.groups() for action in group if action is not None]
    assert all(texts) and len(set(texts)) == len(texts)
    keys = [k.toString() for _, group in tab.menus.groups() for a in group if a is not None for k in a.shortcuts()]
    assert len(set(keys)) == len(keys)

"""The Interpolate tab as a user meets it: whole window, fake engine in its own process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fake_drawing import SIDE
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QMessageBox, QSlider

from desktop.tabs import interpolate_export
from desktop.tabs.interpolate import InterpolateTab
from desktop.tabs.interpolate_export import ExportDialog, Kind
from desktop.tabs.interpolate_frames import PLACE
from desktop.tabs.interpolate_plan import Loop
from desktop.widgets.scrubber import STEPS, Scrubber
from desktop.widgets.status import StatusLine
from engine import catalog, jobs, recipes
from engine.recipes import Recipe

LONG = 30000


def card(model: str, kind: str, capabilities: list[str]) -> catalog.Card:
    return catalog.Card(
        id=model,
        name=model.title(),
        kind=kind,
        version="1",
        summary=f"Draws {model}.",
        licence="",
        training_data=[],
        capabilities=capabilities,
        multiple=1,
        reach=0,
        latents=[],
        config={},
    )


@pytest.fixture
def tab(window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InterpolateTab:
    for place in ("shipped", "own"):
        monkeypatch.setattr(catalog, place, lambda: tmp_path / "models")
    models = {"photo-restore": ("restore", ["restore", "encode"])}
    models |= dict.fromkeys(("faces", "slow-digits"), ("generate", ["sample", "encode", "interpolate"]))
    for model, (kind, capabilities) in models.items():
        (tmp_path / "models" / model).mkdir(parents=True)
        catalog.write_card(tmp_path / "models" / model, card(model, kind, capabilities))
    tab = window.tab(InterpolateTab)
    window.show_tab(tab)
    return tab


@pytest.fixture
def asked(tab: InterpolateTab, monkeypatch: pytest.MonkeyPatch) -> list[jobs.Ask]:
    """Everything that is sent to the engine from now on."""
    heard, send = [], tab._engine._send

    def listen(message: jobs.Ask) -> bool:
        heard.append(message)
        return send(message)

    monkeypatch.setattr(tab._engine, "_send", listen)
    return heard


def two_photos(tab: InterpolateTab, qtbot, photo_file: Callable[..., Path], count: int = 2) -> None:
    tab.open([photo_file(f"{letter}.png") for letter in "abcdef"[:count]])
    qtbot.waitUntil(lambda: tab.frames.prepared and tab.frames.is_fine(tab.t), timeout=LONG)


def status(tab: InterpolateTab) -> StatusLine:
    return tab.notices._line


def grey(tab: InterpolateTab) -> int:
    assert tab.shown is not None
    return tab.shown.picture[0]


def names(tab: InterpolateTab) -> list[str]:
    return [key.name if key else "" for key in tab.plan.keys]


def drop_mime(widget, mime: QMimeData) -> None:
    left, plain, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QApplication.sendEvent(widget, QDragEnterEvent(QPointF(9, 9), copy, mime, left, plain))
    QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), copy, mime, left, plain, QEvent.Type.Drop))


def urls(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def save_as(monkeypatch: pytest.MonkeyPatch, target: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))


# -- pictures ---------------------------------------------------------------------------------------


def test_two_places_invite_and_two_dropped_photos_make_a_way(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    first, second, more = (place.slot for place in tab.view.row.places)
    assert first.isVisible() and second.isVisible() and not more.isVisible()
    assert not tab.view.canvas.isVisible()
    drop_mime(second, urls(photo_file("b.png")))
    qtbot.waitUntil(lambda: second.image is not None, timeout=LONG)
    assert first.image is None and not tab.view.canvas.isVisible()
    drop_mime(first, urls(photo_file("a.png")))
    qtbot.waitUntil(lambda: tab.shown is not None, timeout=LONG)
    assert names(tab) == ["a", "b"]
    assert tab.view.canvas.isVisible() and tab.view.row.places[2].slot.isVisible()
    assert tab.frames.journey is not None and tab.frames.journey.model == "photo-restore"
    assert tab.view.panel.model.box.currentText() == "Any two photos"
    assert not tab.view.panel.path.isVisible()
    assert (tab.shown.width, tab.shown.height) == (2 * SIDE, SIDE)  # pyright: ignore[reportOptionalMemberAccess]


def test_key_frames_are_added_moved_and_removed_and_all_of_it_undone(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    two_photos(tab, qtbot, photo_file)
    drop_mime(tab.view.row.places[2].slot, urls(photo_file("c.png"), photo_file("d.png")))
    qtbot.waitUntil(lambda: names(tab) == ["a", "b", "c", "d"], timeout=LONG)
    assert tab.view.scrubber.maximum() == 3 * STEPS
    tab.view.row.places[0]._right.click()
    assert names(tab) == ["b", "a", "c", "d"]
    qtbot.keyClick(tab.view.row.places[3], Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert names(tab) == ["b", "a", "d", "c"]
    qtbot.keyClick(tab.view.row.places[1], Qt.Key.Key_Delete)
    assert names(tab) == ["b", "d", "c"]
    for expected in (["b", "a", "d", "c"], ["b", "a", "c", "d"], ["a", "b", "c", "d"], ["a", "b"]):
        tab.commands.undo.trigger()
        assert names(tab) == expected
    tab.commands.undo.trigger()
    assert not tab.view.canvas.isVisible()
    tab.commands.redo.trigger()
    assert tab.view.row.places[1].slot.image is not None


def test_a_place_dragged_onto_another_is_moved_not_added(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_photos(tab, qtbot, photo_file, 3)
    slots = [place.slot for place in tab.view.row.places]
    monkeypatch.setattr(QDropEvent, "source", lambda _: slots[0])
    drop_mime(slots[3], urls(Path("a.png")))  # the place for more: to the end
    assert names(tab) == ["b", "c", "a"]
    drop_mime(slots[1], urls(Path("b.png")))
    assert names(tab) == ["c", "b", "a"]


def test_recipes_from_other_tabs_are_drawn_and_choose_their_model(tab: InterpolateTab, qtbot) -> None:
    tab.receive([Recipe(model="faces", seed=70), Recipe(model="faces", seed=90)])
    qtbot.waitUntil(lambda: tab.shown is not None, timeout=LONG)
    slots = [place.slot for place in tab.view.row.places]
    qtbot.waitUntil(lambda: slots[1].image is not None, timeout=LONG)
    assert slots[0].image is not None and slots[0].image.pixelColor(1, 1).red() == 70
    assert tab.view.panel.model.model == "faces"
    assert tab.view.panel.path.isVisible()
    qtbot.waitUntil(lambda: slots[0].file_for_drag() is not None, timeout=LONG)  # pyright: ignore
    path = slots[0].file_for_drag()  # pyright: ignore[reportOptionalCall]
    assert path is not None and recipes.read(path) == Recipe(model="faces", seed=70)


def test_a_png_with_a_recipe_is_a_recipe_and_one_of_a_model_that_is_gone_a_photo(
    tab: InterpolateTab, qtbot, tmp_path: Path
) -> None:
    pixels = np.zeros((8, 8, 3), np.uint8)
    for name, model in (("known", "faces"), ("lost", "fruit")):
        recipes.save(pixels, Recipe(model=model, seed=3), tmp_path / f"{name}.png")
    tab.open([tmp_path / "known.png", tmp_path / "lost.png"])
    qtbot.waitUntil(lambda: tab.plan.complete, timeout=LONG)
    known, lost = tab.plan.pictures
    assert known.recipe == Recipe(model="faces", seed=3)
    assert lost.recipe is None
    assert "“lost.png”" in tab.view.banner.text and "“fruit”" in tab.view.banner.text
    assert tab.view.panel.model.model == "photo-restore"


def test_a_chosen_model_keeps_its_own_recipes_and_tells_others_off(tab: InterpolateTab, qtbot) -> None:
    tab.receive([Recipe(model="faces", seed=1), Recipe(model="slow-digits", seed=2)])
    assert tab.view.panel.model.model == "photo-restore"
    box = tab.view.panel.model.box
    box.setCurrentIndex(box.findData("faces"))
    box.activated.emit(box.currentIndex())
    assert tab.frames.journey is None
    assert tab.view.banner.text == "“slow-digits-2” was drawn by “Slow-Digits”: “Faces” cannot start from it."
    tab.view.banner.acted.emit()
    assert tab.view.panel.model.model == "photo-restore"
    assert tab.frames.journey is not None and not tab.view.banner.isVisible()
    tab.receive([Recipe(model="fruit")])
    assert tab.view.banner.text == "The model “fruit” is not installed."


def test_garbage_is_refused_in_a_sentence_and_nothing_is_lost(
    tab: InterpolateTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path]
) -> None:
    two_photos(tab, qtbot, photo_file)
    lie = tmp_path / "lie.png"
    lie.write_bytes(b"certainly no PNG")
    drop_mime(tab.view, urls(lie))
    qtbot.waitUntil(lambda: "lie.png" in tab.view.banner.text, timeout=LONG)
    QGuiApplication.clipboard().setText("hello")
    tab.commands.paste.trigger()
    assert "no picture" in tab.view.banner.text
    forged = tmp_path / "forged.png"
    Image.new("RGB", (4, 4)).save(forged, pnginfo=_text('{"model": "faces", "seed": -1}'))
    drop_mime(tab.view, urls(forged))
    qtbot.waitUntil(lambda: "forged.png" in tab.view.banner.text, timeout=LONG)
    (tmp_path / "nothing").mkdir()
    drop_mime(tab.view, urls(tmp_path / "nothing"))
    qtbot.waitUntil(lambda: "“nothing”" in tab.view.banner.text, timeout=LONG)
    assert names(tab) == ["a", "b"] and tab.shown is not None


def _text(settings: str):
    from PIL.PngImagePlugin import PngInfo

    from engine import png

    info = PngInfo()
    info.add_itxt(png.SETTINGS, settings)
    return info


def test_a_pasted_picture_is_taken(tab: InterpolateTab, qtbot) -> None:
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    tab.commands.paste.trigger()
    qtbot.waitUntil(lambda: len(tab.plan.pictures) == 1, timeout=LONG)
    assert tab.view.row.places[0].slot.image is not None


# -- the way ----------------------------------------------------------------------------------------


def test_scrubbing_asks_for_drafts_one_at_a_time_and_a_better_frame_at_rest(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path], asked: list[jobs.Ask]
) -> None:
    two_photos(tab, qtbot, photo_file)
    asked.clear()
    for value in range(10, 110, 10):
        tab.view.scrubber.setValue(value)
    assert len(asked) == 1  # the others wait for it, the newest wins
    qtbot.waitUntil(lambda: tab.frames.is_fine(100 / STEPS), timeout=LONG)
    visits = [ask for ask in asked if isinstance(ask, jobs.Visit)]
    assert [(ask.t, ask.draft) for ask in visits[-2:]] == [(0.4167, True), (0.4167, False)]
    assert len(visits) == 3
    assert grey(tab) == int(255 * 0.4167 / 2)
    assert tab.view.place.text() == "1 → 2 · 42 %"
    tab.commands.next.trigger()
    assert (tab.t, tab.view.place.text()) == (1.0, "Picture 2")
    tab.commands.previous.trigger()
    assert tab.t == 0.0


def test_playing_goes_to_the_end_and_a_second_round_needs_no_engine(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path], asked: list[jobs.Ask]
) -> None:
    two_photos(tab, qtbot, photo_file)
    tab.view.panel.seconds.track.setValue(0)  # one second
    qtbot.keyClick(tab.view.scrubber, Qt.Key.Key_Space)
    assert tab.player.playing and tab.commands.play.text() == "Pause"
    qtbot.waitUntil(lambda: not tab.player.playing, timeout=LONG)
    assert tab.t == 1.0 and len(tab.player.times) == 25
    for _ in range(20):  # until gaps and drafts are filled
        if all(map(tab.frames.is_fine, tab.player.times)):
            break
        tab.play()
        qtbot.waitUntil(lambda: not tab.player.playing, timeout=LONG)
    qtbot.waitUntil(lambda: tab.frames.is_fine(tab.t) and not tab._rest.isActive(), timeout=LONG)
    asked.clear()
    tab.play()
    qtbot.waitUntil(lambda: not tab.player.playing and not tab._rest.isActive(), timeout=LONG)
    assert asked == []


def test_the_settings_change_the_journey_or_only_the_pace(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    two_photos(tab, qtbot, photo_file)
    journey = tab.frames.journey
    tab.play()
    tab.view.panel.pace.buttons()[1].click()
    assert tab.frames.journey is journey and tab.player.playing and not tab.plan.smooth
    tab.view.panel.loop.buttons()[2].click()
    assert tab.frames.journey is not None and tab.frames.journey.closed and not tab.player.playing
    assert tab.view.scrubber.maximum() == 2 * STEPS
    tab.view.scrubber.setValue(2 * STEPS)
    assert tab.view.place.text() == "Picture 1"
    tab.commands.undo.trigger()
    assert tab.plan.loop is Loop.ONCE and tab.t == 1.0


def test_preparing_is_shown_and_can_be_cancelled_and_continued(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    tab.open([photo_file("slow a.png"), photo_file("slow b.png")])
    qtbot.waitUntil(lambda: "Preparing" in status(tab).text, timeout=LONG)
    status(tab).stop_asked.emit()
    assert status(tab).text == "Cancelled"
    qtbot.wait(400)
    assert tab.shown is None
    status(tab).resume_asked.emit()
    qtbot.waitUntil(lambda: tab.shown is not None, timeout=LONG)
    assert status(tab).text == ""


def test_a_refusal_is_a_sentence_and_can_be_tried_again(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    tab.open([photo_file("broken.png"), photo_file("b.png")])
    qtbot.waitUntil(lambda: tab.view.banner.text == "broken.png: it cannot be read.", timeout=LONG)
    tab.view.banner.dismissed.emit()
    tab._show()
    assert not tab.view.banner.isVisible()
    tab.open([photo_file("a.png")], at=0)
    qtbot.waitUntil(lambda: tab.shown is not None, timeout=LONG)


# -- what comes of it -------------------------------------------------------------------------------


def test_the_frame_is_copied_saved_and_sent_on(
    tab: InterpolateTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_photos(tab, qtbot, photo_file)
    tab.view.scrubber.setValue(STEPS)
    qtbot.waitUntil(lambda: tab.frames.is_fine(1.0), timeout=LONG)
    tab.commands.copy.trigger()
    assert QGuiApplication.clipboard().image().pixelColor(0, 0).red() == 127
    save_as(monkeypatch, tmp_path / "middle")
    tab.commands.save.trigger()
    qtbot.waitUntil(lambda: status(tab).text == "Saved as middle.png", timeout=LONG)
    assert np.asarray(Image.open(tmp_path / "middle.png"))[0, 0].tolist() == [127] * 3
    tab.commands.save.trigger()  # the dialog asked about another name
    qtbot.waitUntil(lambda: "already exists" in tab.view.banner.text, timeout=LONG)
    with qtbot.waitSignal(tab.sent, timeout=LONG) as sent:
        tab.commands.to_restore.trigger()
    name, (path,) = sent.args
    assert name == "restore" and path.name == "a-b-100.png" and path.exists()


def export(tab: InterpolateTab, kind: Kind, frames: int | None = None) -> None:
    tab.commands.export.trigger()
    (dialog,) = [d for d in tab.findChildren(ExportDialog) if d.isVisible()]
    dialog.kind.buttons()[list(Kind).index(kind)].click()
    if frames:
        dialog.frames.setValue(frames)
    dialog.go_on.click()


def test_a_film_is_written_while_scrubbing_goes_on(
    tab: InterpolateTab,
    qtbot,
    tmp_path: Path,
    photo_file: Callable[..., Path],
    asked: list[jobs.Ask],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two_photos(tab, qtbot, photo_file)
    asked.clear()
    save_as(monkeypatch, tmp_path / "walk.webp")
    export(tab, Kind.WEBP, frames=30)
    assert "Writing walk.webp" in status(tab).text
    assert not tab.commands.export.isEnabled()
    tab.view.scrubber.setValue(30)
    qtbot.waitUntil(lambda: tab.films.written == tmp_path / "walk.webp", timeout=LONG)
    (film,) = [ask for ask in asked if isinstance(ask, jobs.Export)]
    assert film.film == jobs.Film(frames=30, fps=25.0) and not film.overwrite
    qtbot.waitUntil(lambda: tab.frames.at(30 / STEPS) is not None, timeout=LONG)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    assert tab.view.panel.show_folder.isVisible()
    tab.view.panel.show_folder.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_closing_while_a_film_is_written_asks(
    tab: InterpolateTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_photos(tab, qtbot, photo_file)
    assert tab.may_close()
    save_as(monkeypatch, tmp_path / "slow.gif")
    export(tab, Kind.GIF)
    questions: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: questions.append(box.text()))
    assert not tab.may_close()
    assert questions == ["A film is still being written."]


def test_a_film_can_be_cancelled_and_a_refused_one_is_said(
    tab: InterpolateTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_photos(tab, qtbot, photo_file)
    save_as(monkeypatch, tmp_path / "slow.gif")
    export(tab, Kind.GIF)
    qtbot.waitUntil(lambda: "left" in status(tab).text, timeout=LONG)
    status(tab).stop_asked.emit()
    assert status(tab).text == "Cancelled"
    qtbot.wait(800)
    assert not (tmp_path / "slow.gif").exists() and tab.films.written is None
    save_as(monkeypatch, tmp_path / "broken.gif")
    export(tab, Kind.GIF)
    qtbot.waitUntil(lambda: tab.view.banner.text == "broken.png: it cannot be read.", timeout=LONG)
    assert tab.commands.export.isEnabled()


def test_kinds_of_films(tab: InterpolateTab, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpolate_export, "can_write_mp4", lambda: False)
    dialog = ExportDialog(4, tab)
    assert dialog.wish == interpolate_export.Wish(Kind.GIF, 100, 25)
    dialog.kind.buttons()[2].click()
    assert not dialog.go_on.isEnabled() and "PyAV" in dialog._about.text()
    dialog.kind.buttons()[4].click()
    assert dialog.wish == interpolate_export.Wish(Kind.SHEET, 20, 25) and not dialog.fps.isEnabled()
    dialog.kind.buttons()[3].click()
    assert dialog.wish == interpolate_export.Wish(Kind.FOLDER, 100, 25) and dialog.go_on.isEnabled()


def test_a_folder_of_pictures_is_a_new_one(
    tab: InterpolateTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_photos(tab, qtbot, photo_file)
    (tmp_path / "a-b").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    assert tab.dialogs.place_for(Kind.FOLDER, tab.plan.title) == (tmp_path / "a-b-2", False)
    save_as(monkeypatch, "")
    assert tab.dialogs.place_for(Kind.MP4, tab.plan.title) is None


# -- manners ----------------------------------------------------------------------------------------


def test_every_control_has_a_name(tab: InterpolateTab, qtbot, photo_file: Callable[..., Path]) -> None:
    two_photos(tab, qtbot, photo_file, 3)
    for kind in (QAbstractButton, QSlider, QComboBox):
        for control in tab.findChildren(kind):
            if control.isVisible():
                assert control.accessibleName() or getattr(control, "text", str)(), control


def test_the_ticks_attract_the_handle(qtbot) -> None:
    scrubber = Scrubber("Place")
    qtbot.addWidget(scrubber)
    scrubber.resize(600, 34)
    scrubber.show_way(2)
    moved: list[float] = []
    scrubber.moved.connect(moved.append)
    middle = round(scrubber._x(STEPS))
    for x in (middle + 3, middle + 40):
        qtbot.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(x, 17))
    assert moved[0] == 1.0 and 1.05 < moved[1] < 1.3
    scrubber.show_place(0.5)
    assert (scrubber.place, len(moved)) == (0.5, 2)


def test_withdraws_what_is_on_its_way_when_the_pictures_go(
    tab: InterpolateTab, qtbot, photo_file: Callable[..., Path], asked: list[jobs.Ask]
) -> None:
    tab.open([photo_file("slow a.png"), photo_file("slow b.png")])
    qtbot.waitUntil(lambda: tab.frames.busy, timeout=LONG)
    tab.commands.clear.trigger()
    assert jobs.Withdraw(place=PLACE) in asked
    assert not tab.view.canvas.isVisible()

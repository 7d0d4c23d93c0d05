"""The Restore tab as a user meets it: whole window, fake engine in its own process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from desktop.tabs import restore_queue
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_photo import State
from desktop.widgets.canvas import Mode

LONG = 30000


@pytest.fixture
def tab(window) -> RestoreTab:
    return window.tab(RestoreTab)


def states(tab: RestoreTab) -> list[State]:
    return [photo.state for photo in tab.queue.photos]


def finish(tab: RestoreTab, qtbot, count: int = 1) -> None:
    def finished() -> bool:
        ended = (State.DONE, State.SAVED, State.FAILED)
        return len(tab.queue.photos) == count and all(state in ended for state in states(tab))

    qtbot.waitUntil(finished, timeout=LONG)


def drop_on(tab: RestoreTab, mime: QMimeData) -> None:
    left, plain, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QApplication.sendEvent(tab.view, QDragEnterEvent(QPointF(50, 50), copy, mime, left, plain))
    QApplication.sendEvent(tab.view, QDropEvent(QPointF(50, 50), copy, mime, left, plain, QEvent.Type.Drop))


def urls(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def shown(tab: RestoreTab, x: int, y: int) -> list[int]:
    """What the canvas shows for a pixel of the photo, all of it result."""
    canvas = tab.view.canvas
    canvas.set_mode(Mode.HOLD)
    canvas.zoom_to(1.0)
    left, top = canvas.view.origin
    colour = canvas.grab().toImage().pixelColor(round(left) + x, round(top) + y)
    return [colour.red(), colour.green(), colour.blue()]


def test_a_dropped_photo_is_shown_restored_and_compared(
    tab: RestoreTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    path = photo_file()
    drop_on(tab, urls(path))
    finish(tab, qtbot)
    before = np.asarray(Image.open(path))[70, 90].tolist()
    qtbot.waitUntil(lambda: shown(tab, 90, 70) == [value + 40 for value in before], timeout=LONG)
    assert tab.view.panel.noise.track.value() == 12  # as estimated
    assert tab.view.panel.automatic.isChecked()
    tab.view.canvas.set_holding(True)
    assert shown(tab, 90, 70) == before


def test_folders_files_and_garbage_in_one_drop(
    tab: RestoreTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path]
) -> None:
    photo_file("album/one.png")
    photo_file("album/deep/two.png")
    (tmp_path / "album" / "list.txt").write_text("not a photo")
    lie = tmp_path / "lie.png"
    lie.write_bytes(b"certainly no PNG")
    drop_on(tab, urls(tmp_path / "album", lie))
    finish(tab, qtbot, 3)
    by_name = {photo.path.name: photo for photo in tab.queue.photos}
    assert {name: photo.state for name, photo in by_name.items()} == {
        "one.png": State.DONE,
        "two.png": State.DONE,
        "lie.png": State.FAILED,
    }
    tab.view.strip.go_to(by_name["lie.png"].number)
    assert tab.view.banner.isVisible()
    assert tab.view.banner.text == "lie.png: not a photo."
    tab.view.strip.go_to(by_name["one.png"].number)
    assert not tab.view.banner.isVisible()


def test_what_is_no_photo_is_said_calmly(tab: RestoreTab, qtbot, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setText("hello")
    tab.commands.paste.trigger()
    assert "no photo" in tab.view.banner.text
    address = QMimeData()
    address.setUrls([QUrl("https://example.org/photo.jpg")])
    drop_on(tab, address)
    assert "save this one first" in tab.view.banner.text
    (tmp_path / "nothing").mkdir()
    drop_on(tab, urls(tmp_path / "nothing"))
    qtbot.waitUntil(lambda: "“nothing”" in tab.view.banner.text, timeout=LONG)
    assert tab.queue.photos == []


def test_a_pasted_picture_is_kept_as_a_file(tab: RestoreTab, qtbot) -> None:
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    tab.commands.paste.trigger()
    finish(tab, qtbot)
    (photo,) = tab.queue.photos
    assert photo.path.suffix == ".png"
    assert (photo.width, photo.height) == (90, 60)


def test_a_moved_slider_asks_once_and_undo_brings_the_old_result_back_at_once(
    tab: RestoreTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    tab.open([photo_file()])
    finish(tab, qtbot)
    (photo,) = tab.queue.photos
    first = photo.last
    for value in (20, 21, 22):
        tab.view.panel.noise.track.setValue(value)
    assert photo.last is first  # the old picture stays
    finish(tab, qtbot)
    assert photo.ask == 2
    assert photo.settings.noise == 22
    assert tab.undo_stack.count() == 1
    tab.commands.undo.trigger()
    assert photo.settings.noise is None
    assert photo.state is State.DONE
    assert photo.last is first
    tab.commands.redo.trigger()
    assert photo.settings.noise == 22


def test_new_parts_take_their_places_in_the_old_picture(
    tab: RestoreTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    path = photo_file("slow.png", 192, 60)  # three parts
    tab.open([path])
    finish(tab, qtbot)
    canvas, before = tab.view.canvas, np.asarray(Image.open(path)).astype(int)

    def more(x: int) -> int:
        """How much brighter than the photo the result on the canvas is."""
        assert canvas._result is not None
        return int(canvas._result.levels[0][30, x, 2]) - int(before[30, x, 2])

    qtbot.waitUntil(lambda: canvas._result is not None and more(180) == 40, timeout=LONG)
    tab.view.panel.noise.track.setValue(50)
    seen = []
    while not seen or seen[-1] != (90, 90, 90):
        qtbot.wait(20)
        now = (more(10), more(100), more(180))
        seen += [now] if not seen or seen[-1] != now else []
    assert seen == [(40, 40, 40), (90, 40, 40), (90, 90, 40), (90, 90, 90)]


def test_strength_changes_the_picture_without_the_engine(
    tab: RestoreTab, qtbot, photo_file: Callable[..., Path]
) -> None:
    path = photo_file()
    tab.open([path])
    finish(tab, qtbot)
    tab.view.panel.strength.track.setValue(50)
    before = np.asarray(Image.open(path))[70, 90]
    qtbot.waitUntil(lambda: np.abs(np.array(shown(tab, 90, 70)) - before - 20).max() <= 1, timeout=LONG)
    assert tab.queue.photos[0].ask == 1


def test_settings_for_all_photos(tab: RestoreTab, qtbot, photo_file: Callable[..., Path]) -> None:
    tab.open([photo_file("a.png"), photo_file("b.png"), photo_file("c.png")])
    finish(tab, qtbot, 3)
    tab.view.panel.variant.buttons()[2].click()
    tab.view.panel.apply_to_all.click()
    finish(tab, qtbot, 3)
    assert {photo.settings.variant for photo in tab.queue.photos} == {2}
    tab.commands.undo.trigger()
    assert [photo.settings.variant for photo in tab.queue.photos] == [2, 0, 0]


def test_save_suggests_a_name_and_never_the_original(
    tab: RestoreTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo_file("Oma 1932.png")
    original = path.read_bytes()
    tab.open([path])
    finish(tab, qtbot)
    suggested: list[str] = []

    def answer(name: Path) -> None:
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *arguments: (suggested.append(arguments[2]), (str(name), ""))[1]
        )

    answer(tmp_path / "out.png")
    tab.commands.save.trigger()
    qtbot.waitUntil(lambda: states(tab) == [State.SAVED], timeout=LONG)
    assert suggested == [str(tmp_path / "Oma 1932-restored.png")]
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "out.png")), np.asarray(Image.open(path)) + 40)
    answer(path)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)  # closed without an answer
    tab.commands.save.trigger()
    qtbot.wait(100)
    assert path.read_bytes() == original

    def replace(box: QMessageBox) -> int:
        next(button for button in box.findChildren(QPushButton) if "Replace" in button.text()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", replace)
    tab.commands.save.trigger()
    qtbot.waitUntil(lambda: path.read_bytes() != original, timeout=LONG)


def test_a_save_that_fails_is_said_beside_the_photo(
    tab: RestoreTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.open([photo_file()])
    finish(tab, qtbot)
    target = tmp_path / "gone" / "x.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(target), ""))
    tab.commands.save.trigger()
    qtbot.waitUntil(lambda: "x.png" in tab.view.banner.text, timeout=LONG)
    assert states(tab) == [State.DONE]


def test_save_all_takes_what_is_done_and_what_is_still_to_come(
    tab: RestoreTab, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a-restored.png").write_bytes(b"mine")
    tab.open([photo_file("a.png"), photo_file("x/a.png"), photo_file("slow.png", 130, 60)])
    qtbot.waitUntil(lambda: states(tab)[:2] == [State.DONE, State.DONE], timeout=LONG)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(out))
    tab.commands.save_all.trigger()
    qtbot.waitUntil(lambda: states(tab) == [State.SAVED] * 3, timeout=LONG)
    assert sorted(file.name for file in out.iterdir()) == [
        "a-restored-2.png",
        "a-restored-3.png",
        "a-restored.png",
        "slow-restored.png",
    ]
    assert (out / "a-restored.png").read_bytes() == b"mine"


def test_copy_gives_a_picture_and_a_file(tab: RestoreTab, qtbot, photo_file: Callable[..., Path]) -> None:
    tab.open([photo_file("old.png")])
    finish(tab, qtbot)
    QGuiApplication.clipboard().setText("nothing yet")
    tab.commands.copy.trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasImage(), timeout=LONG)
    mime = QGuiApplication.clipboard().mimeData()
    assert (mime.imageData().width(), mime.imageData().height()) == (200, 150)
    (url,) = mime.urls()
    assert Path(url.toLocalFile()).name == "old-restored.png"
    assert Path(url.toLocalFile()).exists()
    assert states(tab) == [State.DONE]  # a passing copy is not a save


def test_a_result_is_dragged_out_as_a_file(
    tab: RestoreTab, qtbot, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.open([photo_file("old.png")])
    finish(tab, qtbot)
    dragged: list[Path] = []

    def drop_elsewhere(drag: QDrag, *actions: Qt.DropAction) -> Qt.DropAction:
        dragged.extend(Path(url.toLocalFile()) for url in drag.mimeData().urls())
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop_elsewhere)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    qtbot.mousePress(tab.view.grip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dragged) == 1, timeout=LONG)
    tab.view.strip.drag_asked.emit(tab.queue.photos[0].number)  # the same file, at once
    assert dragged == [dragged[0]] * 2
    assert dragged[0].name == "old-restored.png"
    assert dragged[0].exists()


def test_cancel_and_continue(tab: RestoreTab, window, qtbot, photo_file: Callable[..., Path]) -> None:
    tab.open([photo_file("slow-1.png"), photo_file("b.png")])
    qtbot.waitUntil(lambda: any(photo.done_fraction for photo in tab.queue.photos), timeout=LONG)
    assert "Photo 1 of 2" in window.status.line.text
    window.status.line.stop_asked.emit()
    qtbot.waitUntil(lambda: states(tab) == [State.STOPPED, State.STOPPED], timeout=LONG)
    assert window.status.line.text == "Cancelled"
    tab.view.strip.go_to(tab.queue.photos[1].number)
    window.status.line.resume_asked.emit()
    finish(tab, qtbot, 2)


def test_killing_the_engine_loses_nothing_but_time(
    tab: RestoreTab, window, qtbot, photo_file: Callable[..., Path]
) -> None:
    tab.open([photo_file("a.png"), photo_file("slow.png")])
    qtbot.waitUntil(lambda: len(states(tab)) == 2 and tab.queue.photos[1].done_fraction > 0, timeout=LONG)
    done = tab.queue.photos[0].last
    os.kill(window._engine.pid, signal.SIGKILL)
    finish(tab, qtbot, 2)
    assert states(tab) == [State.DONE, State.DONE]
    assert tab.queue.photos[0].last is done
    tab.view.panel.noise.track.setValue(5)  # a photo that the new engine never opened
    finish(tab, qtbot, 2)
    assert states(tab) == [State.DONE, State.DONE]


def test_removed_photos_come_back_and_their_files_are_given_up_one_day(
    tab: RestoreTab, qtbot, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.open([photo_file("a.png"), photo_file("b.png")])
    finish(tab, qtbot, 2)
    files = tab.queue.photos[0].files()
    tab.view.strip.go_to(tab.queue.photos[0].number)
    tab.commands.remove.trigger()
    assert [photo.path.name for photo in tab.queue.photos] == ["b.png"]
    assert tab.queue.selected is tab.queue.photos[0]
    assert all(Path(file).exists() for file in files)
    assert tab.undo_stack.undoText() == "Remove from the queue"
    tab.undo_stack.undo()
    assert [(photo.path.name, photo.state) for photo in tab.queue.photos] == [
        ("a.png", State.DONE),
        ("b.png", State.DONE),
    ]
    assert tab.queue.selected is tab.queue.photos[0]
    monkeypatch.setattr(restore_queue, "KEPT_MEGAPIXELS", 0.0)
    tab.undo_stack.redo()
    assert not any(Path(file).exists() for file in files)
    tab.undo_stack.undo()  # what is gone is made again
    finish(tab, qtbot, 2)
    tab.commands.clear.trigger()
    assert tab.queue.photos == []
    assert tab.view.empty.isVisible()


def test_a_failed_photo_is_tried_again(tab: RestoreTab, qtbot, photo_file: Callable[..., Path]) -> None:
    tab.open([photo_file("broken.png")])
    qtbot.waitUntil(lambda: states(tab) == [State.FAILED], timeout=LONG)
    assert tab.view.banner.text == "broken.png: the model gave no result."
    button = next(button for button in tab.view.banner.findChildren(QPushButton) if button.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert states(tab) != [State.FAILED]
    qtbot.waitUntil(lambda: states(tab) == [State.FAILED], timeout=LONG)

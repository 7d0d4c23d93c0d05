"""Things dragged over the window, as the screen's own events: they go to the window and from there to its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.tabs.doors import DOORS, place_of
from desktop.tabs.explore import ExploreTab
from desktop.tabs.models import ModelsTab
from desktop.tabs.restore import RestoreTab
from desktop.tabs.welcome import Welcome
from desktop.widgets.drop import Dropped

COPY, LEFT, PLAIN = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def held(paths: Sequence[Path]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def place(window, widget: QWidget, at: QPoint | None = None) -> QPointF:
    return QPointF(widget.mapTo(window, at or widget.rect().center()))


def enter(window, mime: QMimeData, at: QPointF) -> None:
    QApplication.sendEvent(window.windowHandle(), QDragEnterEvent(at, COPY, mime, LEFT, PLAIN))
    move(window, mime, at)


def move(window, mime: QMimeData, at: QPointF) -> bool:
    event = QDragMoveEvent(at.toPoint(), COPY, mime, LEFT, PLAIN)
    QApplication.sendEvent(window.windowHandle(), event)
    return event.isAccepted()


def drop(window, mime: QMimeData, at: QPointF) -> None:
    QApplication.sendEvent(window.windowHandle(), QDropEvent(at, COPY, mime, LEFT, PLAIN))


def said(tab) -> str:
    """What the frame over a tab says, if it is seen."""
    frame = tab.drops._frame
    return frame._words if frame.isVisible() else ""


def test_what_is_held_over_a_tab_is_told_what_becomes_of_it(window, photo_file: Callable[..., Path]) -> None:
    tab, mime = window.tab(RestoreTab), held([photo_file("a.png"), photo_file("b.png")])
    enter(window, mime, place(window, tab))
    assert "2" in said(tab)
    lit = {DOORS[number].name for number in window._bar.lit}
    assert lit == {"generate", "sliders", "interpolate", "finetune", "explore"}
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())
    assert said(tab) == ""
    assert not window._bar.lit


def test_a_tab_says_that_it_does_not_take_something(window, tmp_path: Path) -> None:
    tab, mime = window.tab(RestoreTab), held([tmp_path / "vae.safetensors"])
    enter(window, mime, place(window, tab))
    assert "“Restore”" in said(tab)
    assert not move(window, mime, place(window, tab))
    assert {DOORS[number].name for number in window._bar.lit} == {"models"}


def test_the_name_of_a_tab_opens_it_after_a_moment(window, qtbot, tmp_path: Path) -> None:
    number, mime = place_of("models"), held([tmp_path / "vae.safetensors"])
    head = place(window, window._bar, window._bar.tabRect(number).center())
    enter(window, mime, head)
    assert not isinstance(window.current, ModelsTab)
    qtbot.waitUntil(lambda: isinstance(window.current, ModelsTab))
    enter(window, mime, place(window, window.current))
    assert said(window.current)


def test_what_only_passes_over_a_name_opens_nothing(window, qtbot, tmp_path: Path) -> None:
    bar, mime = window._bar, held([tmp_path])
    enter(window, mime, place(window, bar, bar.tabRect(3).center()))
    move(window, mime, place(window, bar, bar.tabRect(0).center()))
    assert not bar._waiting.isActive()
    enter(window, mime, place(window, bar, bar.tabRect(3).center()))
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())
    assert not bar._waiting.isActive()


def test_what_is_dropped_on_a_name_goes_to_that_tab(window, qtbot, photo_file: Callable[..., Path]) -> None:
    photo, bar = photo_file("many/a.png"), window._bar
    mime, head = held([photo]), place(window, bar, bar.tabRect(place_of("explore")).center())
    enter(window, mime, head)
    drop(window, mime, head)
    assert isinstance(window.current, ExploreTab)
    assert window.current.state.folder == photo.parent
    assert not bar.lit


def test_beside_everything_else_it_goes_to_the_tab_that_is_seen(window, qtbot, photo_file: Callable[..., Path]) -> None:
    photo = photo_file()
    mime, foot = held([photo]), place(window, window.status)
    enter(window, mime, foot)
    assert said(window.tab(RestoreTab))
    drop(window, mime, foot)
    qtbot.waitUntil(lambda: [one.path for one in window.tab(RestoreTab).queue.photos] == [photo])
    assert said(window.tab(RestoreTab)) == ""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_tab_has_words_for_whatever_is_held_over_it(qapp, tmp_path: Path, door) -> None:
    welcome = Welcome(qapp)
    things = [
        Dropped([tmp_path / "a.jpg"]),
        Dropped([tmp_path]),
        Dropped([tmp_path / "m.onnx"]),
        Dropped(image=QImage(4, 4, QImage.Format.Format_RGB32)),
        Dropped(elsewhere=True),
    ]
    sentences = [welcome.sentence(door, thing) for thing in things]
    assert all(sentences)
    taken = [welcome.takes(door, thing) for thing in things]
    assert taken[3] == taken[0]
    assert taken[4] is False
    assert any(taken)

"""What every tab lets go: by the clipboard and by dragging. Tabs that have tests of their own for it are not here."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QDrag, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.tabs.doors import DOORS
from desktop.tabs.models import ModelsTab
from desktop.widgets.pairs import Pane, Panes


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list:
    """What goes out, in place of a real drag, which would wait for the mouse."""
    found: list = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: found.append(drag.mimeData()) or Qt.DropAction.CopyAction)
    return found


def image(colour: str) -> QImage:
    made = QImage(32, 32, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def test_every_tab_takes_drops_and_the_clipboard(window) -> None:
    for number, _door in enumerate(DOORS):
        tab = window.at(number)
        assert tab.drops is not None
        assert not tab.menus.paste.shortcut().isEmpty(), tab.name


def test_held_out_pictures_are_copied_together_and_dragged_one_by_one(qtbot, dragged: list) -> None:
    panes = Panes("Held out")
    qtbot.addWidget(panes)
    panes.resize(600, 300)
    panes.show_panes([Pane("Photo", image("red")), Pane("Now", image("blue"))], "A photo")
    panes.show()
    panes.setFocus()
    QTest.keyClick(panes, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().image()
    assert copied.width() >= 600
    cell = panes._cells()[1].center().toPoint()
    QTest.mousePress(panes, Qt.MouseButton.LeftButton, pos=cell)
    QTest.mouseMove(panes, cell + QPoint(QApplication.startDragDistance() + 5, 0))
    (mime,) = dragged
    assert mime.imageData().pixelColor(3, 3) == QColor("blue")


def test_a_model_goes_out_as_its_folder(window, qtbot, dragged: list) -> None:
    tab = window.tab(ModelsTab)
    window.show_tab(tab)
    qtbot.waitUntil(lambda: tab.state.entry is not None)
    assert tab.state.entry is not None
    tab.commands.copy.trigger()
    (url,) = QGuiApplication.clipboard().mimeData().urls()
    assert Path(url.toLocalFile()) == Path(tab.state.entry.folder)
    tab.view.list.startDrag(Qt.DropAction.CopyAction)
    assert [Path(url.toLocalFile()) for url in dragged[0].urls()] == [Path(tab.state.entry.folder)]

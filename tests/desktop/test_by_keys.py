"""The main thing of every tab, done with the keyboard alone: whole window, fake engine and commands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import fake_explore
import fake_imports
import fake_lessons
import numpy as np
import platformdirs
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop import command
from desktop.tabs.doors import DOORS, place_of
from desktop.tabs.explore import ExploreTab
from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.generate import GenerateTab
from desktop.tabs.interpolate import InterpolateTab
from desktop.tabs.models import ModelsTab
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_photo import State
from desktop.tabs.sliders import SlidersTab
from desktop.window import MainWindow
from engine import catalog, directions

LONG = 30000
#: More Tabs than any page needs.
ROUND = 120


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders, with the cards of two models."""
    home = tmp_path / "home"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(home / "data"))
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(home / "cache"))
    monkeypatch.setattr(catalog, "shipped", lambda: tmp_path / "nothing")
    monkeypatch.setenv("FAKE_CACHE", str(home / "cache"))
    monkeypatch.setenv("FAKE_DATA", str(home / "data"))
    monkeypatch.setenv("FAKE_SHELF", str(home / "data" / "models"))
    monkeypatch.setenv("LESSONS", str(home))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    kinds = {
        "faces": ("generate", ["sample", "encode", "decode", "directions", "interpolate", "finetune"]),
        "photo-restore": ("restore", ["restore", "encode", "finetune"]),
    }
    for name, (kind, capabilities) in kinds.items():
        folder = home / "data" / "models" / name
        folder.mkdir(parents=True)
        (folder / catalog.WEIGHTS).write_bytes(b"weights")
        card = fake_imports.a_card(name, kind=kind, capabilities=capabilities)
        card.typical = {"error": [0.1, 0.2, 0.3], "nats": [1.0, 2.0, 3.0]}
        catalog.write_card(folder, card)
    glasses = directions.Direction.along(np.ones(4), name="glasses", source="label")
    directions.save(home / "data" / "models" / "faces", [glasses])
    return home


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Which fake the window's commands are."""

    def use(fake: object) -> None:
        monkeypatch.setattr(command, "_program", lambda: [sys.executable, str(fake.__file__)])

    return use


class Keyboard:
    """Ten fingers and no mouse. What they type goes to whatever has the focus."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window, self._bot = window, qtbot
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._bot.keyClick(QApplication.focusWidget() or self.window, key, with_)

    def command(self, key: Qt.Key) -> None:
        """With Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def go_to(self, kind: type) -> object:
        """To a tab, by its number."""
        digit = Qt.Key(Qt.Key.Key_1 + place_of(kind.name))
        self.press(digit, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        assert isinstance(self.window.current, kind)
        return self.window.current

    def around(self) -> Iterator[QWidget]:
        """Everything that Tab leads to, once round."""
        first = None
        for _ in range(ROUND):
            self.press(Qt.Key.Key_Tab)
            here = QApplication.focusWidget()
            assert here is not None
            if here is first:
                return
            first = first or here
            yield here
        raise AssertionError("Tab does not come round.")

    def to(self, name: str) -> QWidget:
        """On to the control of a name."""
        passed = []
        for here in self.around():
            passed.append(here.accessibleName())
            if here.accessibleName() == name:
                return here
        raise AssertionError(f"Tab does not lead to {name!r}, but to {passed}.")

    def paste(self, *paths: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        QGuiApplication.clipboard().setMimeData(mime)
        self.command(Qt.Key.Key_V)


@pytest.fixture
def keys(window, qtbot) -> Keyboard:
    return Keyboard(window, qtbot)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "basket"
    folder.mkdir()
    colours = [(250, 10, 0), (240, 30, 20), (20, 240, 10), (110, 190, 30), (120, 100, 250), (9, 9, 9), (80, 80, 80)]
    for number, colour in enumerate(colours):
        Image.new("RGB", (40, 30), colour).save(folder / f"{number}.png")
    return folder


def test_restore_a_photo_change_it_and_save_it(
    keys: Keyboard, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = keys.go_to(RestoreTab)
    keys.paste(photo_file())
    qtbot.waitUntil(lambda: [photo.state for photo in tab.queue.photos] == [State.DONE], timeout=LONG)
    before = tab.view.panel.noise.track.value()
    keys.to("Noise")
    keys.press(Qt.Key.Key_Right)
    assert tab.queue.photos[0].settings.noise == before + 1
    keys.to("Scratches: Auto")
    keys.press(Qt.Key.Key_Right)
    assert tab.queue.photos[0].settings.scratches is True
    qtbot.waitUntil(lambda: [photo.state for photo in tab.queue.photos] == [State.DONE], timeout=LONG)
    target = tmp_path / "mended.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    keys.to("Save")
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(target.exists, timeout=LONG)


def test_draw_pictures_and_look_at_one(keys: Keyboard, qtbot) -> None:
    tab = keys.go_to(GenerateTab)

    def drawn() -> bool:
        return bool(tab.state.shown) and not tab.state.missing() and not tab.state.drawing

    qtbot.waitUntil(drawn, timeout=LONG)
    before = list(tab.state.shown)
    keys.to("Draw")
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: drawn() and list(tab.state.shown) != before, timeout=LONG)
    keys.to(tab.view.grid.accessibleName())
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Right)
    assert len(tab.chosen()) == 1
    keys.press(Qt.Key.Key_Return)
    assert tab.view.is_close
    keys.press(Qt.Key.Key_Escape)
    assert not tab.view.is_close


def test_move_a_slider(keys: Keyboard, qtbot) -> None:
    tab = keys.go_to(SlidersTab)
    qtbot.waitUntil(lambda: tab.looking.asked is None and tab.now_drawn() is not None, timeout=LONG)
    keys.to("Glasses")
    for _ in range(3):
        keys.press(Qt.Key.Key_Right)
    assert tab.desk.now.sliders == {"glasses": pytest.approx(0.3)}
    keys.command(Qt.Key.Key_Z)
    assert not tab.desk.now.sliders


def test_walk_from_picture_to_picture(keys: Keyboard, qtbot, photo_file: Callable[..., Path]) -> None:
    tab = keys.go_to(InterpolateTab)
    keys.paste(photo_file("a.png"), photo_file("b.png"))
    qtbot.waitUntil(lambda: tab.frames.prepared and tab.frames.is_fine(tab.t), timeout=LONG)
    keys.to("Place on the way")
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Right)
    assert 0 < tab.t < 0.2
    keys.press(Qt.Key.Key_End)
    assert tab.t == 1


def test_go_through_the_wizard(keys: Keyboard, qtbot, pictures: Path, program: Callable[[object], None]) -> None:
    program(fake_lessons)
    tab = keys.go_to(FinetuneTab)
    qtbot.waitUntil(lambda: not tab.runs.running("list"), timeout=LONG)
    keys.paste(pictures)
    qtbot.waitUntil(lambda: tab.state.folder.checked is not None and not tab.runs.running("check"), timeout=LONG)
    keys.to(tab.commands.next.text())
    keys.press(Qt.Key.Key_Space)
    assert tab.state.page == "goal"
    keys.to(tab.commands.next.text())
    keys.press(Qt.Key.Key_Space)
    assert tab.state.page == "time"
    keys.to(tab.commands.back.text())
    keys.press(Qt.Key.Key_Space)
    assert tab.state.page == "goal"


def test_go_over_the_map(keys: Keyboard, qtbot, pictures: Path, program: Callable[[object], None]) -> None:
    program(fake_explore)
    tab = keys.go_to(ExploreTab)
    keys.paste(pictures)

    def done() -> bool:
        atlas = tab.state.atlas
        return atlas is not None and atlas.finished and not tab.visit.busy and len(tab.view.map.places) == len(atlas)

    qtbot.waitUntil(done, timeout=LONG)
    keys.to("Map of the pictures")
    keys.press(Qt.Key.Key_Right)
    (first,) = tab.state.chosen
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert first in tab.state.chosen
    keys.press(Qt.Key.Key_Space)
    assert tab.view.page is tab.view.large
    keys.press(Qt.Key.Key_Escape)
    assert tab.view.page is tab.view.map


def test_choose_a_model_and_read_about_it(keys: Keyboard, qtbot, program: Callable[[object], None]) -> None:
    program(fake_imports)
    tab = keys.go_to(ModelsTab)
    cards = tab.view.list
    qtbot.waitUntil(lambda: cards.cards.rowCount() == 2)
    keys.to(cards.accessibleName())
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Down)
    assert cards.currentIndex().row() == 1
    keys.to("All about the chosen model")


def wants_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_tab_leads_to_every_control_that_is_seen(
    keys: Keyboard, qtbot, door, program: Callable[[object], None]
) -> None:
    program(fake_imports)
    keys.window.show_tab(keys.window.at(place_of(door.name)))
    qtbot.wait(300)
    passed = list(keys.around())
    inside = [widget for widget in passed if widget.isAncestorOf(widget) or keys.window.isAncestorOf(widget)]
    assert inside == passed
    proxies = {widget.focusProxy() for widget in keys.window.findChildren(QWidget)}
    missed = [
        f"{type(widget).__name__} {widget.accessibleName()!r}"
        for widget in keys.window.findChildren(QWidget)
        if wants_keys(widget) and widget not in passed and widget not in proxies and not widget.focusProxy()
    ]
    assert missed == []


def test_the_menu_opens_by_a_key(keys: Keyboard, qtbot) -> None:
    from PySide6.QtCore import QTimer

    opened: list[bool] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        opened.append(menu is not None)
        if menu is not None:
            qtbot.keyClick(menu, Qt.Key.Key_Escape)

    QTimer.singleShot(300, look)
    keys.press(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == [True]

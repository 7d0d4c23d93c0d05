"""Presets in the real window, with the fake engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog, QInputDialog

from desktop.tabs.restore import RestoreTab
from desktop.widgets.drop import read
from engine import presets
from engine.jobs import RestoreSettings
from engine.presets import SHIPPED, Preset

#: Milliseconds that a busy computer may take.
LONG = 30000


@pytest.fixture
def tab(window, qtbot, photo_file: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RestoreTab:
    """With one photo in the queue."""
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    tab = window.tab(RestoreTab)
    tab.open([photo_file("a.png")])
    qtbot.waitUntil(lambda: tab.queue.selected is not None, timeout=LONG)
    return tab


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``called("name")``: what the user answers when asked for a name."""
    return lambda name: monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (name, True))


def settings(tab: RestoreTab) -> RestoreSettings:
    return tab.queue.photos[0].settings


def names(tab: RestoreTab) -> list[str]:
    box = tab.view.panel.presets.box
    return [box.itemText(row) for row in range(box.count()) if box.itemText(row)]


def choose(tab: RestoreTab, name: str) -> None:
    box = tab.view.panel.presets.box
    box.setCurrentIndex(box.findText(name))
    box.activated.emit(box.currentIndex())


def test_a_preset_is_chosen_and_undone(tab: RestoreTab) -> None:
    row = tab.view.panel.presets
    assert names(tab) == [preset.name for preset in SHIPPED]
    assert row.box.currentText() == "Automatic"
    choose(tab, "Old scan")
    assert settings(tab) == SHIPPED[1].over(RestoreSettings())
    assert tab.undo_stack.undoText() == "Use a preset"
    tab._edited(RestoreSettings(noise=33.0), "noise")
    assert row.box.currentIndex() == -1
    assert row.box.placeholderText() == "Own settings"
    tab.undo_stack.undo()
    assert row.box.currentText() == "Old scan"


def test_presets_are_saved_renamed_deleted_and_all_is_undone(tab: RestoreTab, called: Callable, qtbot) -> None:
    row = tab.view.panel.presets
    assert not row.delete.isEnabled()
    tab._edited(RestoreSettings(noise=33.0, strength=0.5), "noise")
    called(" Mine ")
    row.save.trigger()
    assert names(tab)[-1] == "Mine"
    assert row.box.currentText() == "Mine"
    qtbot.waitUntil(lambda: presets.default_path().exists(), timeout=LONG)
    called("Yours")
    row.rename.trigger()
    assert names(tab)[-1] == "Yours"
    row.delete.trigger()
    assert names(tab) == [preset.name for preset in SHIPPED]
    assert settings(tab).noise == 33.0
    tab.undo_stack.undo()
    tab.undo_stack.undo()
    assert names(tab)[-1] == "Mine"
    tab.presets._background.finish()
    assert presets.load() == (Preset(name="Mine", noise=33.0, strength=0.5),)
    called("x" * 100)
    tab._edited(RestoreSettings(noise=34.0), "noise")
    row.save.trigger()
    assert "1 to 60" in tab.view.banner.text
    assert names(tab)[-1] == "Mine"


def test_presets_are_shared_as_files(tab: RestoreTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "Green album.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "Green album"), ""))
    tab._edited(RestoreSettings(noise=33.0), "noise")
    tab.view.panel.presets.export.trigger()
    tab.presets._background.finish()
    assert presets.read_shared(target) == Preset(name="Green album", noise=33.0)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(target))])
    tab._take_dropped(read(mime))
    assert names(tab)[-1] == "Green album"
    assert len(tab.queue.photos) == 1
    (tmp_path / "bad.json").write_bytes(b"{}")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(tmp_path / "bad.json")], ""))
    tab.view.panel.presets.take.trigger()
    assert tab.view.banner.text == "bad.json: this is no preset of Latent Darkroom."


def test_a_preset_that_cannot_be_shared_is_told(
    tab: RestoreTab, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "gone" / "mine.json"), ""))
    tab.view.panel.presets.export.trigger()
    qtbot.waitUntil(lambda: "mine.json" in tab.view.banner.text, timeout=LONG)


def test_a_damaged_list_is_told_and_a_new_one_begun(
    window, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: Callable, photo_file: Callable
) -> None:
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    presets.save([])
    presets.default_path().write_bytes(b"[3")
    tab = window.tab(RestoreTab)
    tab.presets._loaded = False
    tab.presets.load()
    tab.open([photo_file()])
    qtbot.waitUntil(lambda: "presets-damaged.json" in tab.view.banner.text, timeout=LONG)
    tab._edited(RestoreSettings(noise=33.0), "noise")
    called("Mine")
    tab.view.panel.presets.save.trigger()
    tab.presets._background.finish()
    assert len(presets.load()) == 1

"""The choice of quality in the Restore tab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.tabs.plain import back, plain
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_kept import KeptQueue, kept, take_up
from desktop.tabs.restore_panel import RestorePanel
from desktop.tabs.restore_queue import RestoreQueue
from desktop.tabs.tab import ModelToUse
from engine import catalog
from engine.jobs import RestoreSettings

FAST, NORMAL, BEST = range(3)


def a_model(model: str, weights: str, fast_of: str = "", kind: str = "restore") -> catalog.Card:
    return catalog.Card(
        id=model,
        name=model,
        kind=kind,
        version="",
        summary="",
        licence="",
        training_data=[],
        capabilities=["restore"] if kind == "restore" else ["clean"],
        multiple=8,
        reach=0,
        latents=[],
        config={},
        fast_of=fast_of,
        sha256={catalog.WEIGHTS: weights},
    )


@pytest.fixture
def panel(qtbot, monkeypatch: pytest.MonkeyPatch) -> RestorePanel:
    cards = [a_model("photo-restore", "a"), a_model("photo-restore-fast", "b", "a"), a_model("mine", "c")]
    cards.append(a_model("codec", "d", kind="codec"))
    monkeypatch.setattr(catalog, "cards", lambda able: [card for card in cards if able in card.capabilities])
    made = RestorePanel()
    qtbot.addWidget(made)
    made.show()
    made.show_settings(RestoreSettings(), None)
    return made


@pytest.fixture
def told(panel: RestorePanel) -> list[RestoreSettings]:
    told: list[RestoreSettings] = []
    panel.edited.connect(lambda settings, field: told.append(settings))
    return told


def test_a_fast_edition_is_a_quality_and_no_model_of_its_own(panel: RestorePanel) -> None:
    assert panel.model.ids == {"photo-restore", "mine", "codec"}
    assert panel.quality.index == NORMAL
    assert panel.quality.buttons()[FAST].isEnabled()


def test_fast_draws_no_variants(panel: RestorePanel, told: list[RestoreSettings]) -> None:
    panel.variant.buttons()[2].click()
    panel.quality.buttons()[BEST].click()
    assert told[-1] == RestoreSettings(variant=2, quality="best")
    assert panel.variant.isEnabled()
    panel.quality.buttons()[FAST].click()
    assert told[-1] == RestoreSettings(quality="fast")
    assert not panel.variant.isEnabled()
    assert panel.variant.index == 0
    panel.quality.buttons()[NORMAL].click()
    assert told[-1] == RestoreSettings()
    assert panel.variant.isEnabled()


def test_a_model_without_a_fast_edition_works_at_normal_quality(
    panel: RestorePanel, told: list[RestoreSettings], qtbot
) -> None:
    panel.show_settings(RestoreSettings(model="mine", quality="fast"), None)
    assert panel.quality.index == NORMAL
    assert panel.variant.isEnabled()
    fast = panel.quality.buttons()[FAST]
    assert not fast.isEnabled()
    assert "no fast edition" in fast.toolTip()
    qtbot.keyClick(panel.quality.buttons()[BEST], Qt.Key.Key_Right)  # from Normal: to the next that can be had
    qtbot.keyClick(panel.quality.buttons()[BEST], Qt.Key.Key_Right)
    assert [settings.quality for settings in told] == ["best", "normal"]


def test_a_model_that_draws_the_photo_again_has_one_quality(panel: RestorePanel) -> None:
    panel.show_settings(RestoreSettings(model="codec"), None)
    assert not panel.quality.isEnabled()
    panel.show_settings(RestoreSettings(), None)
    assert panel.quality.isEnabled()


def test_it_outlives_the_window_and_what_was_kept_before_it_was_there_is_normal(
    photo_file: Callable[..., Path], tmp_path: Path
) -> None:
    queue, again, old = RestoreQueue(), RestoreQueue(), RestoreQueue()
    queue.add([photo_file()])
    queue.change(1, RestoreSettings(quality="best"))
    queue.fresh = RestoreSettings(quality="fast")
    told = kept(queue, tmp_path, closing=False)
    assert told is not None
    take_up(again, told)
    assert again.photos[0].settings.quality == "best"
    assert again.add([tmp_path / "another.png"])[0].settings.quality == "fast"
    before = plain(back(told, KeptQueue))
    del before["quality"], before["photos"][0]["settings"]["quality"]
    take_up(old, before)
    assert old.photos[0].settings == RestoreSettings() == old.fresh


def test_the_fast_edition_can_be_tried_and_that_undone(
    window, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = window.tab(RestoreTab)
    monkeypatch.setattr(catalog, "full_edition", lambda model: {"photo-restore-fast": "photo-restore"}.get(model))
    tab.queue.add([photo_file()])
    tab.receive([ModelToUse("photo-restore-fast")])
    assert tab.queue.photos[0].settings == RestoreSettings(quality="fast") == tab.queue.fresh
    tab.undo_stack.undo()
    assert tab.queue.photos[0].settings == RestoreSettings()

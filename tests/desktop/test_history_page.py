"""The history in the real window, with the fake engine: results come, are found, go and come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.historian import Historian
from desktop.history import Made
from desktop.history_page import HistoryPage
from desktop.tabs.generate import GenerateTab
from desktop.tabs.interpolate import InterpolateTab
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_photo import State
from desktop.tabs.sliders import SlidersTab
from engine.jobs import Film, RestoreSettings

#: Milliseconds that a busy computer may take.
LONG = 30000


@pytest.fixture
def historian(tmp_path: Path) -> Iterator[Historian]:
    made = Historian(tmp_path / "history.db")
    yield made
    made.close()


@pytest.fixture
def window(make_window: Callable, historian: Historian, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import fake_engine

    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    window = make_window(fake_engine.main)
    window.history.keep(historian)
    return window


def shown(window, qtbot, count: int) -> HistoryPage:
    """The page with so many results."""
    window.history.open()
    page = window.history.page
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == count, timeout=LONG)
    return page


def restored(window, qtbot, photo: Path, done: State = State.DONE) -> None:
    window.tab(RestoreTab).open([photo])
    qtbot.waitUntil(
        lambda: [p.state for p in window.tab(RestoreTab).queue.photos if p.path == photo] == [done], timeout=LONG
    )


def test_a_restored_photo_is_found_and_made_again(window, qtbot, photo_file: Callable, tmp_path: Path) -> None:
    photo = photo_file("old.png")
    restored(window, qtbot, photo)
    page = shown(window, qtbot, 1)
    (entry,) = page.chosen()
    assert (entry.title, entry.tab, entry.source, entry.file) == ("old.png", "restore", str(photo), "")
    assert QImage.fromData(entry.thumbnail).width() > 50
    tab = window.tab(RestoreTab)
    queued = tab.queue.photos[0]
    tab.queue.save(queued.number, tmp_path / "saved.png")
    tab._pump()
    qtbot.waitUntil(lambda: page.chosen()[0].file == str(tmp_path / "saved.png"), timeout=LONG)
    assert page.commands.open.isEnabled()
    # With other settings meanwhile: those of the result come back, and can be undone.
    tab._edited(replace_settings(queued.settings, noise=50.0), "noise")
    page.commands.again.trigger()
    assert window.current is tab
    assert window._pages.currentWidget() is tab
    assert queued.settings == RestoreSettings()
    tab.undo_stack.undo()
    assert queued.settings.noise == 50.0


def replace_settings(settings: RestoreSettings, **changes: object) -> RestoreSettings:
    import msgspec

    return msgspec.structs.replace(settings, **changes)


def test_a_result_whose_photo_is_gone_says_so(window, qtbot, photo_file: Callable) -> None:
    restored(window, qtbot, photo := photo_file("old.png"))
    window.tab(RestoreTab)._remove([1])
    photo.unlink()
    page = shown(window, qtbot, 1)
    page.commands.again.trigger()
    assert "old.png" in window.banner.text


def test_drawn_pictures_and_kept_states_are_found(window, qtbot) -> None:
    window.show_tab(generate := window.tab(GenerateTab))
    qtbot.waitUntil(lambda: len(generate.state.pictures) == 16, timeout=LONG)
    first = generate.state.sets[0]
    window.show_tab(sliders := window.tab(SlidersTab))
    qtbot.waitUntil(lambda: sliders.now_drawn() is not None, timeout=LONG)
    sliders.commands.keep.trigger()
    page = shown(window, qtbot, 2)
    page.view.kind.choose(2)
    page.view.asked.emit()
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 1, timeout=LONG)
    generate.draw()
    page.view.grid.selectAll()
    page.commands.again.trigger()
    assert window.current is generate
    assert generate.state.sets[-1].recipes.keys() == first.recipes.keys()
    page = shown(window, qtbot, 1)
    page.view.grid.selectAll()
    page.commands.to_interpolate.trigger()
    assert window.current is window.tab(InterpolateTab)
    qtbot.waitUntil(lambda: len(window.tab(InterpolateTab).plan.pictures) == 16, timeout=LONG)


def test_an_exported_journey_is_made_again(window, qtbot, photo_file: Callable, tmp_path: Path) -> None:
    window.show_tab(tab := window.tab(InterpolateTab))
    tab.open([photo_file("a.png"), photo_file("b.png")])
    qtbot.waitUntil(lambda: tab.frames.prepared, timeout=LONG)
    tab._edit("", replace(tab.plan, seconds=7))
    tab.films.write(tab.frames.journey, Film(frames=4), tmp_path / "walk.gif", False)
    qtbot.waitUntil(lambda: tab.films.written is not None, timeout=LONG)
    plan = tab.plan
    tab.commands.clear.trigger()
    page = shown(window, qtbot, 1)
    page.commands.again.trigger()
    assert [key.path for key in tab.plan.pictures] == [key.path for key in plan.pictures]
    assert tab.plan.seconds == 7
    tab.undo_stack.undo()
    assert tab.plan.pictures == ()


def test_search_favourites_and_undo(window, qtbot, historian: Historian) -> None:
    for title in ("Anna", "Berta", "Clara"):
        historian.add(Made(tab="restore", title=title, how={"t": title}), QImage())
    page = shown(window, qtbot, 3)
    qtbot.keyClicks(page.view.search, "bert")
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 1, timeout=LONG)
    page.view.grid.selectAll()
    page.commands.favourite.trigger()
    qtbot.waitUntil(lambda: page.chosen()[0].favourite, timeout=LONG)
    page.view.search.clear()
    page.view.loved.setChecked(True)
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 1, timeout=LONG)
    page.undo_stack.undo()
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 0, timeout=LONG)
    assert page.view._nothing.isVisible()
    page.view.loved.setChecked(False)
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 3, timeout=LONG)
    page.view.grid.selectAll()
    page.commands.forget.trigger()
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 0, timeout=LONG)
    assert page.undo_stack.undoText() == "Remove from the history"
    page.undo_stack.undo()
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 3, timeout=LONG)
    qtbot.keyClick(page.view.grid, Qt.Key.Key_Escape)
    assert window._pages.currentWidget() is window.current


def test_a_file_goes_to_the_bin_and_comes_back(
    window, qtbot, historian: Historian, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop import history_page
    from desktop.bin import Binned

    file, bin = tmp_path / "result.png", tmp_path / "bin.png"
    file.write_bytes(b"picture")

    def to_bin(paths: list[Path]) -> Binned:
        paths[0].rename(bin)
        return Binned(moved=[(paths[0], bin)])

    monkeypatch.setattr(history_page, "to_bin", to_bin)
    monkeypatch.setattr(history_page, "agreed", lambda *_, **__: True)
    historian.add(Made(tab="restore", title="result", how={}, file=str(file)), QImage())
    page = shown(window, qtbot, 1)
    page.view.grid.selectAll()
    page.commands.bin.trigger()
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 0, timeout=LONG)
    assert not file.exists()
    page.undo_stack.undo()
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() == 1, timeout=LONG)
    assert file.read_bytes() == b"picture"


def test_a_damaged_history_is_told_and_a_new_one_begun(window, qtbot, tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"this is no database" * 500)
    shown(window, qtbot, 0)
    qtbot.waitUntil(lambda: "history-damaged.db" in window.banner.text, timeout=LONG)


def test_every_control_of_the_page_has_a_name(window, qtbot) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

    page = shown(window, qtbot, 0)
    for kind in (QAbstractButton, QAbstractItemView, QLineEdit):
        for widget in page.findChildren(kind):
            if widget.objectName() != "qt_toolbar_ext_button" and not isinstance(widget.parent(), QLineEdit):
                assert widget.accessibleName(), (kind, widget.parent())

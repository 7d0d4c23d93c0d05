"""What a window holds outlives it: the real window, the fake engine."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from desktop import session, work_folder
from desktop.autosave import Autosave
from desktop.tabs.explore import ExploreTab
from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.generate import GenerateTab
from desktop.tabs.interpolate import InterpolateTab
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_photo import State
from desktop.tabs.sliders import SlidersTab
from engine.jobs import RestoreSettings

#: Milliseconds that a busy computer may take.
LONG = 30000


@pytest.fixture
def begin(make_window: Callable, tmp_path: Path) -> Iterator[Callable]:
    """Starts a window as the app does: ``begin()`` after ``kill()`` or ``close()`` starts the next one."""
    import fake_engine

    followers = []

    def start() -> tuple:
        folder = tmp_path / "work"
        if folder.exists():
            folder.rename(tmp_path / "ended")
        window = make_window(fake_engine.main)
        if (tmp_path / "ended").exists():
            if (tmp_path / "ended" / work_folder.SESSION).exists():
                (tmp_path / "ended").rename(folder / "before-1")
            else:
                shutil.rmtree(tmp_path / "ended")
        autosave = Autosave(folder, tmp_path / "tomorrow")
        autosave.follow(window)
        autosave.begin()
        followers.append(autosave)
        return window, autosave

    yield start
    for autosave in followers:
        autosave._timer.stop()


def kill(window, autosave: Autosave) -> None:
    """As if the process had ended without a word."""
    autosave._timer.stop()
    autosave._securing.finish()
    autosave._window = None
    window._engine.stop()
    window.hide()


def queue_of(window):
    return window.tab(RestoreTab).queue


def states(window) -> dict[str, State]:
    return {photo.path.name: photo.state for photo in queue_of(window).photos}


def press(window, words: str) -> None:
    (button,) = [b for b in (window.offer._yes, window.offer._no) if b.text() == words]
    button.click()


def test_after_a_kill_the_queue_is_offered_with_what_was_done(begin: Callable, qtbot, photo_file: Callable) -> None:
    window, autosave = begin()
    assert not window.offer.isVisible()
    photos = [photo_file("done.png"), photo_file("slow.png"), photo_file("later.png")]
    window.tab(RestoreTab).open(photos)
    qtbot.waitUntil(lambda: states(window).get("done.png") is State.DONE, timeout=LONG)
    done = queue_of(window).photos[0]
    settings = RestoreSettings(noise=7.0)
    queue_of(window).change(queue_of(window).photos[2].number, settings)
    autosave._look()
    autosave._background.finish()
    kill(window, autosave)

    window, autosave = begin()
    assert window.offer.isVisible()
    assert "3" in window.offer.text
    assert states(window) == {}
    press(window, "Go on")
    assert not window.offer.isVisible()
    assert states(window)["done.png"] is State.DONE
    again = queue_of(window).photos[0]
    assert again.result is not None
    assert Path(again.result.pixels).read_bytes()
    assert again.estimate == done.estimate
    assert queue_of(window).photos[2].settings == settings
    qtbot.waitUntil(lambda: set(states(window).values()) == {State.DONE}, timeout=LONG)
    # What was gone on with is this window's own now.
    autosave._look()
    autosave._background.finish()
    kill(window, autosave)
    window, autosave = begin()
    press(window, "Discard")
    assert states(window) == {}
    kill(window, autosave)
    window, autosave = begin()
    assert not window.offer.isVisible()


def test_a_photo_is_kept_before_it_is_shown_as_done(begin: Callable, qtbot, photo_file: Callable) -> None:
    window, _ = begin()
    tab, seen = window.tab(RestoreTab), []
    show = tab._shown._show_queue

    def look() -> None:
        for photo in queue_of(window).photos:
            if photo.state is State.DONE:
                kept = session.read(window._folder)
                assert kept is not None
                pixels = {r["pixels"] for p in kept["tabs"]["restore"]["photos"] for r in p.get("results", ())}
                seen.append(photo.result.pixels in pixels)
        show()

    tab._shown._show_queue = look
    tab.open([photo_file("a.png"), photo_file("b.png")])
    qtbot.waitUntil(lambda: list(states(window).values()) == [State.DONE] * 2, timeout=LONG)
    assert len(seen) > 2
    assert all(seen)


def test_the_disk_is_waited_for_in_the_background_only(
    begin: Callable, qtbot, photo_file: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, autosave = begin()
    threads, fsync = set(), os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (threads.add(threading.current_thread()), fsync(file)))
    window.tab(RestoreTab).open([photo_file("a.png")])
    qtbot.waitUntil(lambda: list(states(window).values()) == [State.DONE], timeout=LONG)
    autosave._look()
    autosave._background.finish()
    autosave._securing.finish()
    newest = session.read(window._folder)
    assert newest is not None
    (window._folder / work_folder.SESSION).write_bytes(b"")
    assert session.read(window._folder) == newest
    assert threading.main_thread() not in threads


def test_a_closed_window_opens_again_as_it_was_left(begin: Callable, qtbot, photo_file: Callable) -> None:
    window, _ = begin()
    tab = window.tab(RestoreTab)
    tab.open([photo_file("done.png"), photo_file("slow.png"), photo_file("later.png")])
    qtbot.waitUntil(lambda: states(window).get("done.png") is State.DONE, timeout=LONG)
    window._bar.setCurrentIndex(4)
    window.close()
    window, _ = begin()
    assert not window.offer.isVisible()
    assert window.current.name == "finetune"
    assert states(window) == {"slow.png": State.STOPPED, "later.png": State.STOPPED}
    assert session.read(window._folder) is not None


def test_a_result_that_is_damaged_is_made_again(begin: Callable, qtbot, photo_file: Callable) -> None:
    window, autosave = begin()
    window.tab(RestoreTab).open([photo_file("a.png"), photo_file("b.png")])
    qtbot.waitUntil(lambda: list(states(window).values()) == [State.DONE] * 2, timeout=LONG)
    damaged = Path(queue_of(window).photos[1].result.pixels)
    kill(window, autosave)
    damaged.write_bytes(damaged.read_bytes()[:-100])
    window, autosave = begin()
    press(window, "Go on")
    assert [photo.result is not None for photo in queue_of(window).photos] == [True, False]
    qtbot.waitUntil(lambda: list(states(window).values()) == [State.DONE] * 2, timeout=LONG)


def test_a_damaged_session_is_told_in_one_sentence(begin: Callable, tmp_path: Path) -> None:
    (tmp_path / "tomorrow").mkdir()
    (tmp_path / "tomorrow" / work_folder.SESSION).write_bytes(b"{}")
    window, _ = begin()
    assert "could not be read" in window.banner.text
    assert [path.name for path in (tmp_path / "tomorrow").iterdir()] == ["session-damaged.json"]


def test_nonsense_in_a_session_does_no_harm(begin: Callable, tmp_path: Path) -> None:
    tabs = {name: {"photos": 3, "desk": "x"} for name in ("restore", "generate", "sliders", "interpolate", "explore")}
    session.keep_for_tomorrow({"tab": 7, "tabs": {**tabs, "models": 4, "unknown": {}}}, tmp_path / "tomorrow")
    window, _ = begin()
    assert states(window) == {}
    for number in range(7):
        window._bar.setCurrentIndex(number)


@pytest.fixture
def other_window(make_window: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """``other_window(kept)``: another window of the same process, which goes on with what a first one held."""
    import fake_engine

    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "cache"))

    def make(kept: dict | None = None):
        window = make_window(fake_engine.main)
        if kept is not None:
            window.take_up(msgspec.json.decode(msgspec.json.encode(kept)))
        return window

    return make


def show(window, kind: type):
    window.show_tab(window.tab(kind))
    return window.tab(kind)


def test_generate_goes_on_with_its_sets(other_window: Callable, qtbot) -> None:
    window = other_window()
    tab = show(window, GenerateTab)
    qtbot.waitUntil(lambda: len(tab.state.pictures) == 16, timeout=LONG)
    tab._edited(replace(tab.state.settings, count=4, variety=0.5), "count")
    tab.draw()
    kept = window.kept()
    tab = show(again := other_window(kept), GenerateTab)
    assert again.current is tab
    assert tab.state.settings == window.tab(GenerateTab).state.settings
    assert [list(drawn.recipes) for drawn in tab.state.sets] == [
        list(drawn.recipes) for drawn in window.tab(GenerateTab).state.sets
    ]
    qtbot.waitUntil(lambda: len(tab.state.pictures) == 4, timeout=LONG)
    assert again.kept() == kept


def test_sliders_go_on_with_picture_photo_and_states(other_window: Callable, qtbot, photo_file: Callable) -> None:
    window = other_window()
    tab = show(window, SlidersTab)
    qtbot.waitUntil(lambda: tab.now_drawn() is not None, timeout=LONG)
    tab.commands.keep.trigger()
    tab.open([photo_file("me.png")])
    qtbot.waitUntil(lambda: tab.desk.photo is not None, timeout=LONG)
    tab._slide(tab.known[0].name, 1.5, False)
    tab.commands.keep.trigger()
    kept = window.kept()
    again = show(other_window(kept), SlidersTab)
    assert again.desk == tab.desk
    assert len(again.desk.kept) == 2
    assert not again.undo_stack.canUndo()
    qtbot.waitUntil(lambda: again.now_drawn() is not None, timeout=LONG)


def test_interpolate_goes_on_with_its_journey(other_window: Callable, qtbot, photo_file: Callable) -> None:
    window = other_window()
    tab = show(window, InterpolateTab)
    tab.open([photo_file("a.png"), photo_file("b.png"), gone := photo_file("c.png")])
    qtbot.waitUntil(lambda: len(tab.plan.pictures) == 3, timeout=LONG)
    tab._edit("", replace(tab.plan, seconds=9, smooth=False))
    qtbot.waitUntil(lambda: tab.frames.prepared, timeout=LONG)
    tab._go_to(1.25)
    kept = window.kept()
    again = show(other_window(kept), InterpolateTab)
    assert (again.plan, again.t) == (tab.plan, 1.25)
    qtbot.waitUntil(lambda: all(again.pictures.image(key) is not None for key in again.plan.pictures), timeout=LONG)
    qtbot.waitUntil(lambda: again.frames.prepared, timeout=LONG)
    again.open([photo_file("d.png")])
    qtbot.waitUntil(lambda: len(again.plan.pictures) == 4, timeout=LONG)
    assert len({key.number for key in again.plan.pictures}) == 4
    gone.unlink()
    less = show(other_window(kept), InterpolateTab)
    assert [key.name for key in less.plan.pictures] == ["a", "b"]


def test_finetune_and_explore_go_on_with_their_folders(other_window: Callable, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    window = other_window()
    finetune, explore = window.tab(FinetuneTab), window.tab(ExploreTab)
    finetune.state.begin(folder)
    finetune.state.choose_goal("draw")
    finetune.state.folder.left_out, finetune.state.name = frozenset({"a.png"}), "Mine"
    explore.state.begin(folder, "photo-restore")
    explore.state.mode = "tags"
    kept = window.kept()
    assert kept["tabs"].keys() == {"finetune", "explore"}
    again = other_window(kept)
    assert again.kept()["tabs"] == kept["tabs"]  # before the tabs are built, and after
    assert (again.tab(FinetuneTab).state.folder.folder, again.tab(ExploreTab).state.folder) == (folder, folder)
    assert again.kept()["tabs"] == kept["tabs"]
    folder.rmdir()
    nothing = other_window(kept)
    assert (nothing.tab(FinetuneTab).state.folder.folder, nothing.tab(ExploreTab).state.folder) == (None, None)

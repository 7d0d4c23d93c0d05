from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop import samples
from desktop.preferences import Preferences
from desktop.recent import MOST, Recent
from desktop.tabs.explore import ExploreTab
from desktop.tabs.models import ModelsTab
from desktop.tabs.restore import RestoreTab


def words(menu) -> dict[str, bool]:
    """What the menu offers, and whether it can be chosen."""
    menu.aboutToShow.emit()
    return {action.text().strip(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}


def test_the_newest_come_first_each_once_and_the_next_day_too(tmp_path: Path) -> None:
    recent = Recent(Preferences(tmp_path / "settings.json"))
    for name in ("a.jpg", "b.jpg", "a.jpg", "m.safetensors"):
        recent.note([tmp_path / name])
    recent.note([tmp_path])
    again = Recent(Preferences(tmp_path / "settings.json"))
    assert again.of("photos") == [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    assert again.of("folders") == [tmp_path]
    assert again.of("models") == [tmp_path / "m.safetensors"]
    for number in range(20):
        again.note([tmp_path / f"{number}.png"])
    assert len(again.of("photos")) == MOST
    again.clear()
    assert again.of("photos") == again.of("folders") == again.of("models") == []


def test_many_photos_of_a_folder_are_remembered_as_the_folder(tmp_path: Path) -> None:
    recent = Recent(Preferences(tmp_path / "settings.json"))
    recent.note([tmp_path / f"{number}.png" for number in range(30)])
    assert recent.of("photos") == []
    assert recent.of("folders") == [tmp_path]


def test_settings_that_make_no_sense_are_no_files(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "settings.json")
    preferences.set_value("recent", {"photos": "a.jpg", "folders": [1, "/there"]})
    assert Recent(preferences).of("photos") == []
    assert Recent(preferences).of("folders") == [Path("/there")]


def test_the_menu_opens_what_is_there_and_greys_what_has_vanished(
    window, qtbot, photo_file: Callable[..., Path]
) -> None:
    menu = window._recent_menu
    assert not any(words(menu).values())
    here, gone = photo_file("here & now.png"), photo_file("gone.png")
    window.open([here, gone])
    qtbot.waitUntil(lambda: len(window.tab(RestoreTab).queue.photos) == 2)
    window.tab(RestoreTab).commands.clear.trigger()
    gone.unlink()
    offered = words(menu)
    assert offered["here && now.png"]
    assert not offered["gone.png"]
    next(action for action in menu.actions() if "here" in action.text()).trigger()
    qtbot.waitUntil(lambda: [photo.path for photo in window.tab(RestoreTab).queue.photos] == [here])
    next(action for action in menu.actions() if action.text() == "Clear").trigger()
    assert "here && now.png" not in words(menu)


def test_a_recent_file_opens_where_it_is_taken(window, qtbot, tmp_path: Path, photo_file: Callable[..., Path]) -> None:
    photo, weights = photo_file(), tmp_path / "vae.safetensors"
    weights.write_bytes(b"nothing")
    window.show_tab(window.tab(ModelsTab))
    window._open_again(photo)
    assert isinstance(window.current, RestoreTab)
    window.show_tab(window.tab(ExploreTab))
    window._open_again(weights)
    assert isinstance(window.current, ModelsTab)


def test_what_is_the_programs_own_is_not_remembered(window, qtbot) -> None:
    photo = samples.old_photos()[0].paths[0]
    window.tab(RestoreTab).open([photo])
    qtbot.waitUntil(lambda: bool(window.tab(RestoreTab).queue.photos))
    assert window.recent.of("photos") == []

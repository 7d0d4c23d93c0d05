from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from PySide6.QtCore import QByteArray

from desktop import appearance, preferences
from desktop.preferences import Preferences


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def test_settings_come_back(path: Path, tmp_path: Path) -> None:
    before = Preferences(path)
    before.theme, before.geometry = "light", QByteArray(b"\0\1\xff")
    before.set_folder("save", tmp_path)
    before.set_value("some", {"list": [1, "two"]})
    after = Preferences(path)
    assert (after.theme, after.geometry, after.folder("save")) == ("light", QByteArray(b"\0\1\xff"), tmp_path)
    assert after.value("some", {}) == {"list": [1, "two"]}
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_the_window_does_not_wait_for_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replacing, disk, threads = preferences.replacing, threading.Event(), set()

    @contextlib.contextmanager
    def slow(target: Path, **how: bool) -> Iterator[BinaryIO]:
        threads.add(threading.current_thread())
        assert how == {"overwrite": True}  # and so on the disk before it takes the old one's place
        disk.wait(30)
        with replacing(target, **how) as file:
            yield file

    monkeypatch.setattr(preferences, "replacing", slow)
    settings, chosen = Preferences(path), ["a"]
    settings.set_value("chosen", chosen)
    settings.theme = "light"
    settings.theme = "dark"
    chosen.append("b")  # after it was kept
    assert not path.exists()
    disk.set()
    settings.finish()
    assert json.loads(path.read_bytes())["settings"] == {"chosen": ["a"], "theme": "dark"}
    assert threading.main_thread() not in threads


def test_a_program_that_ends_has_written_its_settings(path: Path) -> None:
    script = (
        "import sys, pathlib; from desktop.preferences import Preferences\n"
        "Preferences(pathlib.Path(sys.argv[1])).set_value('last', [1] * 100000)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, cwd=Path(__file__).parents[2])
    assert len(Preferences(path).value("last", [])) == 100000


def test_what_makes_no_sense_is_left_out(path: Path) -> None:
    Preferences(path)
    path.parent.mkdir()
    path.write_text(
        '{"version": 1, "settings": {"theme": "pink", "geometry": "***", "folder/save": 7, "less motion": 1}}'
    )
    odd = Preferences(path)
    assert (odd.theme, odd.geometry, odd.folder("save"), odd.less_motion) == ("system", QByteArray(), None, False)
    assert odd.damaged is None


def test_two_windows_keep_what_the_other_wrote(path: Path) -> None:
    first, second = Preferences(path), Preferences(path)
    first.set_value("mine", 1)
    second.set_value("theirs", 2)
    assert (Preferences(path).value("mine", 0), Preferences(path).value("theirs", 0)) == (1, 2)


def test_a_damaged_file_is_put_aside(path: Path, mutants: Callable) -> None:
    before = Preferences(path)
    before.theme = "light"
    before.finish()
    damaged = 0
    for bad in mutants(path.read_bytes(), 40):
        path.write_bytes(bad)
        after = Preferences(path)
        if after.damaged is not None:
            damaged += 1
            assert after.damaged.read_bytes() == bad
            assert after.theme == "system"
        after.theme = "dark"
        assert Preferences(path).theme == "dark"
    assert damaged > 10


def test_older_settings_are_made_those_of_today(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Preferences(path)
    before.set_value("colour", "grey")
    before.finish()
    steps = (lambda values: {"theme": values["colour"]}, lambda values: {"theme": values["theme"] + "!"})
    monkeypatch.setattr(preferences, "MIGRATIONS", steps)
    assert Preferences(path).value("theme", "") == "grey!"
    Preferences(path).set_value("theme", "light")
    assert Preferences(path).value("theme", "") == "light"


def test_a_file_that_cannot_be_written_is_no_calamity(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    odd = Preferences(tmp_path / "file" / "settings.json")
    odd.theme = "light"
    assert odd.theme == "light"


def test_all_settings_are_reset_after_a_question(window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.appearance.choose_theme("light")
    window._preferences.set_value("folder/open", "/somewhere")
    answers = [False, True]
    monkeypatch.setattr(appearance, "agreed", lambda *_, **__: answers.pop(0))
    told = []
    window.languages.chosen.connect(lambda: told.append(1))
    window.appearance.ask_to_reset()
    assert window._preferences.theme == "light"
    window.appearance.ask_to_reset()
    assert window._preferences.theme == "system"
    assert window._preferences.value("folder/open", "") == ""
    assert told == [1]


def test_a_window_says_that_its_settings_were_damaged(make_window, tmp_path: Path) -> None:
    import fake_engine

    (tmp_path / "settings.json").write_bytes(b"{")
    assert "settings-damaged.json" in make_window(fake_engine.main).banner.text

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import history
from desktop.history import Entry, History, Made

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def base(tmp_path: Path) -> History:
    return History(tmp_path / "data" / "history.db")


def made(title: str = "Grandmother", tab: str = "restore", **more: object) -> Made:
    return Made(tab=tab, title=title, how={"title": title}, **more)


def titles(entries: list[Entry]) -> list[str]:
    return [entry.title for entry in entries]


def test_results_come_back_newest_first(base: History) -> None:
    base.add(made("a", model="faces", file="/out/a.png", source="/in/a.jpg"), b"jpeg", when=1.0)
    base.add(made("b", tab="generate"), b"", when=2.0)
    b, a = base.find()
    assert (a.title, a.model, a.file, a.source, a.thumbnail, a.made) == (
        "a",
        "faces",
        "/out/a.png",
        "/in/a.jpg",
        b"jpeg",
        1.0,
    )
    assert (a.how, b.tab, b.favourite) == ({"title": "a"}, "generate", False)


def test_the_same_made_again_is_one_entry(base: History) -> None:
    first = base.add(made("a"), b"old", when=1.0)
    base.add(made("b"), b"", when=2.0)
    assert base.add(made("a", file="/out/a.png"), b"", when=3.0) == first
    a = base.find()[0]
    assert (a.title, a.file, a.thumbnail, a.made) == ("a", "/out/a.png", b"old", 3.0)
    base.add(made("a"), b"new", when=4.0)
    assert (base.find()[0].file, base.find()[0].thumbnail) == ("/out/a.png", b"new")
    assert titles(base.find("a.PNG")) == ["a"]


def test_search_takes_every_word_and_no_sign_for_more_than_it_is(base: History) -> None:
    for title in ("Müller 100% old", "Müller_new", "Großmutter"):
        base.add(made(title, source=f"/photos/{title}.tif"), b"")
    assert titles(base.find("MÜLLER")) == ["Müller_new", "Müller 100% old"]
    assert titles(base.find("müller old")) == ["Müller 100% old"]
    assert titles(base.find("0%")) == ["Müller 100% old"]
    assert titles(base.find("r_n")) == ["Müller_new"]
    assert titles(base.find("GROSSMUTTER .tif")) == ["Großmutter"]
    assert titles(base.find("'; DROP TABLE results; --")) == []
    assert len(base.find(tab="restore")) == 3
    assert base.find(tab="sliders") == []


def test_favourites_and_removal_can_be_undone(base: History) -> None:
    ids = [base.add(made(title), b"x", when=number) for number, title in enumerate("abc")]
    base.love(ids[:2], True)
    assert titles(base.find(favourites=True)) == ["b", "a"]
    before = base.find()
    base.remove(ids[1:])
    assert titles(base.find()) == ["a"]
    base.put_back([entry for entry in before if entry.id in ids[1:]])
    assert base.find() == before


def test_it_forgets_the_oldest_but_no_favourite(base: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST", 3)
    loved = base.add(made("0"), b"", when=0.0)
    base.love([loved], True)
    for number in range(1, 8):
        base.add(made(str(number)), b"", when=float(number))
    assert titles(base.find()) == ["7", "6", "5", "0"]


def test_two_windows_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    script = (
        "import sys; from pathlib import Path; from desktop.history import History, Made\n"
        "base = History(Path(sys.argv[1]))\n"
        "for number in range(60):\n"
        "    how = {'n': [sys.argv[2], number]}\n"
        "    base.add(Made(tab='restore', title=sys.argv[2], how=how), b'x' * 4000)\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, str(path), name], cwd=ROOT) for name in "ab"]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len(History(path).find()) == 120


def test_what_was_written_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    script = (
        "import sys; from pathlib import Path; from desktop.history import History, Made\n"
        "base = History(Path(sys.argv[1]))\n"
        "for number in range(100000):\n"
        "    base.add(Made(tab='restore', title=str(number), how={'n': number}), b'x' * 4000)\n"
        "    print(number, flush=True)\n"
    )
    said = 0
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(20)]
            time.sleep(0.05)
            os.kill(process.pid, signal.SIGKILL)
            lines += process.stdout.read().splitlines()
        said = max(said, *(int(line) for line in lines if line.strip()))
        base = History(path)
        assert base.damaged is None
        assert len(base.find()) >= said + 1
        base.close()


def test_a_damaged_database_is_put_aside(tmp_path: Path, mutants: Callable) -> None:
    path = tmp_path / "history.db"
    base = History(path)
    for number in range(40):
        base.add(made(str(number)), b"x" * 3000)
    base.close()
    whole = path.read_bytes()
    cases = [b"no database at all", whole[:5000], whole[:4096] + os.urandom(4096) + whole[8192:]]
    for number, bad in enumerate([*cases, *mutants(whole, 12)]):
        path.write_bytes(bad)
        base = History(path)
        if number < len(cases):
            assert base.damaged is not None
            assert base.damaged.read_bytes() == bad
            assert base.find() == []
        base.add(made("after"), b"")
        assert "after" in titles(base.find())
        base.close()


def test_a_history_of_another_version_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    assert History(path).damaged == tmp_path / "history-damaged.db"

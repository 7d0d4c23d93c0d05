from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import session, work_folder

KEPT = {
    "tab": "restore",
    "tabs": {"restore": {"photos": [{"path": "/else/a.png", "bits": 8}, {"path": "/else/b.png"}]}},
}


@pytest.fixture
def gone() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_session_comes_back_as_it_was(tmp_path: Path) -> None:
    assert session.read(tmp_path) is None
    session.write(session.encoded(KEPT, tmp_path), tmp_path)
    assert session.read(tmp_path) == KEPT
    session.forget(tmp_path)
    session.forget(tmp_path)
    assert session.read(tmp_path) is None


def test_paths_in_the_work_folder_move_with_it(tmp_path: Path) -> None:
    before, after = tmp_path / "1", tmp_path / "2"
    before.mkdir()
    kept = {"tab": "x", "tabs": {"x": {"a": [str(before / "out" / "photo-1.npy"), str(tmp_path / "11" / "b")]}}}
    session.write(session.encoded(kept, before), before)
    before.rename(after)
    assert session.read(after) == {
        "tab": "x",
        "tabs": {"x": {"a": [str(after / "out" / "photo-1.npy"), str(tmp_path / "11" / "b")]}},
    }


def test_a_damaged_session_is_put_aside(tmp_path: Path, mutants: Callable) -> None:
    whole = session.encoded(KEPT, tmp_path)
    damaged = 0
    for bad in mutants(whole, 60):
        (tmp_path / work_folder.SESSION).write_bytes(bad)
        try:
            session.read(tmp_path)
        except session.DamagedSession as trouble:
            damaged += 1
            assert trouble.aside is not None
            assert trouble.aside.read_bytes() == bad
            assert not (tmp_path / work_folder.SESSION).exists()
    assert damaged > 20


def test_a_power_cut_leaves_the_copy_that_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append("synced"), fsync(file)))
    session.secure(session.encoded(KEPT, tmp_path), tmp_path)
    assert synced == ["synced"]
    session.write(session.encoded({"tab": "newer", "tabs": {}}, tmp_path), tmp_path)
    assert synced == ["synced"]
    assert session.read(tmp_path) == {"tab": "newer", "tabs": {}}
    (tmp_path / work_folder.SESSION).write_bytes(b"")
    assert session.read(tmp_path) == KEPT
    session.forget(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_session_of_another_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / work_folder.SESSION).write_bytes(b'{"version": 99, "kept": {"tab": 1}}')
    assert session.read(tmp_path) is None


def test_work_of_killed_windows_moves_into_the_next(tmp_path: Path, gone: int) -> None:
    ended = tmp_path / str(gone)
    (ended / "before-1").mkdir(parents=True)
    (ended / "photo.npy").write_bytes(b"second")
    (ended / "before-1" / "photo.npy").write_bytes(b"first")
    for place in (ended / "before-1", ended):
        session.write(session.encoded(KEPT, place), place)
    os.utime(ended / "before-1" / work_folder.SESSION, (1, 1))
    mine = work_folder.create(tmp_path)
    found = session.left_behind(mine)
    assert [(place / "photo.npy").read_bytes() for place in found] == [b"first", b"second"]
    assert [path.name for path in tmp_path.iterdir()] == [mine.name]
    # The user closes the window without an answer: what is his own goes, what was offered waits.
    (mine / "photo-1.npy").write_bytes(b"mine")
    work_folder.remove(mine)
    assert sorted(path.name for path in mine.iterdir()) == ["before-1", "before-2"]
    for place in found:
        session.forget(place)
    work_folder.remove(mine)
    assert list(tmp_path.iterdir()) == []


def test_work_of_windows_that_run_stays_theirs(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        theirs = tmp_path / str(other.pid)
        theirs.mkdir()
        (theirs / "made").touch()
        session.write(session.encoded(KEPT, theirs), theirs)
        mine = work_folder.create(tmp_path)
        work_folder.remove_stale(tmp_path)
        assert session.left_behind(mine) == []
        assert session.read(theirs) == KEPT
        # The number went to a process that is younger than the folder: the window is gone.
        os.utime(theirs / "made", (1, 1))
        assert len(session.left_behind(work_folder.create(tmp_path))) == 1
        other.communicate(b"\n")


def test_leftovers_without_a_session_are_removed(tmp_path: Path, gone: int) -> None:
    (tmp_path / str(gone)).mkdir()
    (tmp_path / str(gone) / "photo.npy").write_bytes(b"x")
    mine = work_folder.create(tmp_path)
    work_folder.remove_stale(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [mine.name]

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from engine import catalog, runs
from engine.errors import DarkroomError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalog, "own", lambda: tmp_path / "models")
    return tmp_path


def plan(run: str = "my-cats", **changed) -> runs.Plan:
    return runs.Plan(
        run=run, name="My cats", folder="/cats", goal="draw", base="digits", files=["a", "b"], labels=["", ""],
        held_out=1, steps=10, batch=4, **changed,
    )  # fmt: skip


def test_names_become_ids() -> None:
    assert runs.id_of("My Cats, 2024!") == "my-cats-2024"
    assert runs.id_of("Élan") == "elan"
    for name in ("", "  ", "日本", "cats-so-far", "../.."):
        with pytest.raises(DarkroomError, match="cannot be a model's name"):
            runs.id_of(name)


def test_plans_are_kept_and_listed_newest_first() -> None:
    runs.write(plan(saved=1.0))
    runs.write(plan("other", saved=2.0, finished=True))
    assert runs.read("my-cats") == plan(saved=1.0)
    assert [(lesson.run, lesson.finished) for lesson in runs.unfinished()] == [("other", True), ("my-cats", False)]
    runs.forget("other")
    assert [lesson.run for lesson in runs.unfinished()] == ["my-cats"]


def test_a_plan_that_is_not_there_or_cut_short_is_said() -> None:
    with pytest.raises(DarkroomError, match="no lesson called 'cats'"):
        runs.read("cats")
    runs.write(plan())
    path = runs.folder_of("my-cats") / runs.PLAN
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(DarkroomError, match="cannot be read"):
        runs.read("my-cats")
    assert runs.unfinished() == []


def test_a_second_lesson_waits_and_the_same_is_refused(home: Path) -> None:
    class Enough(Exception):
        pass

    def wait(text: str) -> None:
        assert "'first'" in text
        raise Enough

    with runs.alone("first", wait):
        with pytest.raises(Enough), runs.alone("second", wait):
            pass
        with pytest.raises(DarkroomError, match="already going on"), runs.alone("first", wait):
            pass
    with runs.alone("second", wait):
        pass
    assert not list((home / "lessons").iterdir())


def test_one_that_died_is_not_waited_for() -> None:
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    runs.place().mkdir(parents=True)
    (runs.place() / ".busy").write_bytes(msgspec.json.encode({"pid": dead.pid, "started": 1.0, "run": "dead"}))
    with runs.alone("alive", lambda text: pytest.fail(text)):
        pass

"""Errors reach the user in words, once; and neither logs nor reports tell who they are."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from desktop import anonymous, crash_log
from desktop.anonymous import scrub
from desktop.report import report
from engine import jobs


@pytest.fixture
def alice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A user with a name and a home."""
    monkeypatch.setattr(getpass, "getuser", lambda: "alice")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/alice"))
    for cache in (anonymous._folders, anonymous._user):
        cache.cache_clear()
    yield
    for cache in (anonymous._folders, anonymous._user):
        cache.cache_clear()


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (
            "[Errno 2] No such file: '/home/alice/Pictures/Aunt Mary/1950 a.jpg'",
            "[Errno 2] No such file: '…/1950 a.jpg'",
        ),
        ("/home/alice/x/old.jpg: cannot be read", "…/old.jpg: cannot be read"),
        ("saved to /media/alice/USB/a/b.png, 3 of 4", "saved to …/b.png, 3 of 4"),
        (r"C:\Users\Alice\Scans\b.tif is gone", "…/b.tif is gone"),
        ("Alice's computer", "<user>'s computer"),
        ("malice, and/or 3/4 of https://example.org/a/b", "malice, and/or 3/4 of https://example.org/a/b"),
        ("24 KB/s at 11/23", "24 KB/s at 11/23"),
    ],
)
def test_names_and_folders_of_the_user_are_taken_out(alice: None, told: str, left: str) -> None:
    assert scrub(told) == left


def test_paths_of_the_program_stay_readable() -> None:
    line = f'File "{crash_log.__file__}", line 7, in install'
    assert scrub(line) == 'File "<program>/desktop/crash_log.py", line 7, in install'.replace("/", "/")
    assert "<python>" in scrub(f'File "{sys.prefix}/lib/x.py", line 7')


def test_a_report_says_what_helps_and_nothing_private(
    alice: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp
) -> None:
    monkeypatch.setattr(crash_log, "folder", lambda: tmp_path)
    (tmp_path / "window.log").write_text("WARNING /home/alice/Pictures/her.jpg: not a photo\n" * 2000)
    text = report(jobs.Ready(device="CPU, 2 threads", reason="No GPU."), "ValueError in /home/alice/work/a.py")
    for wanted in ("Latent Darkroom", "Python 3", "Qt 6", "CPU, 2 threads", "No GPU.", "ValueError", "her.jpg"):
        assert wanted in text
    assert "alice" not in text
    assert "Pictures" not in text
    assert len(text) < 30_000


def unexpected(words: str) -> None:
    try:
        raise ValueError(words)
    except ValueError as error:
        crash_log._exception(type(error), error, error.__traceback__)


def test_an_unexpected_exception_is_told_once_and_the_window_goes_on(window, qtbot) -> None:
    window.troubles.listen()
    try:
        unexpected("first")
        qtbot.waitUntil(lambda: window.troubles.box is not None)
        box = window.troubles.box
        assert box.what.text()
        assert box.remedy.text()
        assert "ValueError: first" in box.details.toPlainText()
        assert not box.details.isVisible()
        box.more.click()
        assert box.details.isVisible()
        box.copy.click()
        assert "ValueError: first" in QGuiApplication.clipboard().text()
        unexpected("while it is open")
        box.close()
        qtbot.waitUntil(lambda: window.troubles.box is None)
        unexpected("the same again")
        done: list[bool] = []
        QTimer.singleShot(50, lambda: done.append(True))
        qtbot.waitUntil(lambda: bool(done))
        assert window.troubles.box is None
        assert window.isVisible()
    finally:
        crash_log.on_unexpected(None)


def test_an_exception_of_another_thread_is_told_too(window, qtbot) -> None:
    from desktop.background import Background

    window.troubles.listen()
    hook, sys.excepthook = sys.excepthook, crash_log._exception
    background = Background()
    try:
        background.run(lambda: 1 / 0)
        qtbot.waitUntil(lambda: window.troubles.box is not None)
        assert "ZeroDivisionError" in window.troubles.box.details.toPlainText()
        window.troubles.box.close()
    finally:
        sys.excepthook = hook
        background.close()
        crash_log.on_unexpected(None)


def test_an_engine_that_does_not_run_is_told_with_what_can_be_done(make_window, qtbot) -> None:
    import fake_engine

    window = make_window(fake_engine.dies_at_once)
    qtbot.waitUntil(lambda: window.troubles.box is not None, timeout=60000)
    box = window.troubles.box
    assert "does not run" in box.what.text()
    assert "Try again" in box.remedy.text()
    assert box.details.toPlainText()
    box.close()


def test_the_report_is_copied_from_the_menu(window) -> None:
    window.help.copy_report()
    assert "Latent Darkroom" in QGuiApplication.clipboard().text()
    assert window.banner.isVisible()


def test_logs_bear_no_private_paths(alice: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_log, "folder", lambda: tmp_path)
    (tmp_path / "crash.log").write_text('File "/home/alice/bin/x.py", line 3 in main\n')
    crash_log.clean_up()
    assert "alice" not in (tmp_path / "crash.log").read_text()
    assert "x.py" in crash_log.tail(1000)

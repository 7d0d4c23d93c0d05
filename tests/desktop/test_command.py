"""A command beside the window: what it says, how it ends, how it is ended."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, qInstallMessageHandler
from pytestqt.qtbot import QtBot

from desktop import command
from desktop.command import Command


class Said(msgspec.Struct, tag=True):
    number: int


class Over(msgspec.Struct, tag=True):
    words: str


def a_command(monkeypatch, program: str) -> tuple[Command, list[object]]:
    """A command whose program is a line of Python."""
    python = command._program()[0]
    monkeypatch.setattr(command, "_program", lambda: [python, "-c", program])
    run, heard = Command([], Said | Over), []
    run.said.connect(heard.append)
    return run, heard


def test_lines_arrive_as_structs_and_chatter_does_not(qtbot: QtBot, monkeypatch) -> None:
    program = (
        """print('{"type":"Said","number":1}'); print("a library says hello"); print('{"type":"Over","words":"é"}')"""
    )
    run, heard = a_command(monkeypatch, program)
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        run.start()
    assert heard == [Said(1), Over("é")]
    assert ended.args == [0, ""]


def test_the_last_complaint_comes_with_the_exit_code(qtbot: QtBot, monkeypatch) -> None:
    run, _ = a_command(monkeypatch, "import sys; sys.exit('a.zip is not a model.')")
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        run.start()
    assert ended.args == [1, "a.zip is not a model."]


def test_a_command_that_dies_is_told_from_one_that_fails(qtbot: QtBot, monkeypatch) -> None:
    run, _ = a_command(monkeypatch, "import os; os.abort()")
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        run.start()
    assert ended.args[0] == -1


def test_a_program_that_is_not_there_ends_too(qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(command, "_program", lambda: ["no-such-program"])
    run = Command([], Said)
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        run.start()
    assert ended.args[0] == -1
    assert ended.args[1]


def test_it_hears_what_it_is_told_and_ends_when_its_ear_closes(qtbot: QtBot, monkeypatch) -> None:
    run, heard = a_command(monkeypatch, "import sys\nfor line in sys.stdin: print(line, end='', flush=True)")
    run.start()
    with qtbot.waitSignal(run.said, timeout=20_000):
        run.tell(Said(7))
    assert heard == [Said(7)]
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        run.end()
    assert ended.args == [0, ""]
    assert not run.running


def test_closing_the_window_ends_a_deaf_command(qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(command, "GRACE", 300)
    run, _ = a_command(monkeypatch, 'import time; print(\'{"type":"Said","number":1}\', flush=True); time.sleep(600)')
    with qtbot.waitSignal(run.said, timeout=20_000):
        run.start()
    run.close_down()
    assert not run.running


def test_a_dropped_command_dies_by_itself_after_the_tab_that_wanted_it(qtbot: QtBot, monkeypatch) -> None:
    run, _ = a_command(monkeypatch, "import time; time.sleep(60)")
    tab, gone, warned = QObject(), [], []
    run.setParent(tab)
    run.start()
    qtbot.waitUntil(lambda: run.pid > 0, timeout=20_000)
    run.destroyed.connect(lambda: gone.append(True))
    before = qInstallMessageHandler(lambda _kind, _context, message: warned.append(message))
    try:
        run.drop()
        tab.deleteLater()
        qtbot.waitUntil(lambda: bool(gone), timeout=20_000)
    finally:
        qInstallMessageHandler(before)
    assert not warned

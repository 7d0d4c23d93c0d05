from __future__ import annotations

import sys

import pytest

from engine import slack


def test_memory_is_given_back_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    given = []
    monkeypatch.setattr(slack, "_trim", lambda: given.append)
    monkeypatch.setattr(slack, "_last", -slack.PAUSE)
    slack.give_back()
    slack.give_back()
    assert given == [0]


def test_where_there_is_no_such_thing_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: object) -> None:
        raise OSError

    monkeypatch.setattr(slack.ctypes, "CDLL", missing)
    assert slack._trim.__wrapped__()(0) is None


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_glibc_has_it() -> None:
    assert slack._trim.__wrapped__()(0) in (0, 1)

from __future__ import annotations

import re

import msgspec
import pytest

from engine import lessons


def test_what_is_said_is_one_line_that_can_be_heard_again() -> None:
    pair = lessons.Pair(file="a.jpg", original=b"\x89PNG\n", given=b"", base=b"1", now=b"2")
    for said in (lessons.Shown(step=3, pairs=(pair,)), lessons.Waiting(text="Another lesson\nis going on.")):
        text = lessons.line(said)
        assert "\n" not in text
        assert msgspec.json.decode(text, type=lessons.Lesson) == said


def test_orders_are_understood_and_nothing_else() -> None:
    assert lessons.order('{"type":"GoOn","steps":40}') == lessons.GoOn(steps=40)
    assert lessons.order(b'{"type":"Keep"}') == lessons.Keep()
    with pytest.raises(msgspec.DecodeError):
        lessons.order("Pause")


def test_the_example_names_messages_there_are() -> None:
    assert lessons.__doc__ is not None
    for name in re.findall(r'"type":"([A-Za-z]+)"', lessons.__doc__):
        assert issubclass(getattr(lessons, name), msgspec.Struct)

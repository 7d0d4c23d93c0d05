from __future__ import annotations

import msgspec
import pytest

from engine import jobs


def test_asks_and_answers_survive_the_pipe() -> None:
    settings = jobs.RestoreSettings(noise=12.5, jpeg=0, scratches=True, variant=2)
    ask = jobs.Restore(3, 7, "a/ü.png", settings, (1, 2, 3, 4))
    assert jobs.decode_ask(jobs.encode(ask)) == ask
    answer = jobs.Progress(3, 7, 1, 4, None)
    assert jobs.decode_answer(jobs.encode(answer)) == answer


def test_an_answer_is_no_ask() -> None:
    with pytest.raises(msgspec.DecodeError):
        jobs.decode_ask(jobs.encode(jobs.Stopped(1)))


@pytest.mark.parametrize("garbage", [b"", b"\xff", b"{}"])
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        jobs.decode_ask(garbage)

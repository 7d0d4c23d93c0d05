"""Work ahead of whoever takes the results."""

from __future__ import annotations

import threading

import pytest

from engine.ahead import done_ahead


def test_results_come_in_order_whatever_takes_long() -> None:
    first = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            assert first.wait(20)
        elif number == 1:
            first.set()
        return number * number

    assert list(done_ahead(work, range(50))) == [(n, n * n) for n in range(50)]


def test_no_more_is_begun_than_may_wait() -> None:
    begun: list[int] = []

    def things():
        for number in range(1000):
            begun.append(number)
            yield number

    results = done_ahead(lambda number: number, things(), ahead=4)
    assert next(results) == (0, 0)
    assert len(begun) == 5
    results.close()
    assert len(begun) == 5


def test_an_error_comes_where_its_result_would() -> None:
    def work(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return number

    results = done_ahead(work, range(10))
    assert [next(results) for _ in range(3)] == [(0, 0), (1, 1), (2, 2)]
    with pytest.raises(ValueError, match="three"):
        next(results)

from __future__ import annotations

import threading
import time
from functools import partial

from engine.worker import Rest, Worker


def test_rests_follow_each_other_while_no_job_comes_and_begin_anew_after_one() -> None:
    done: list[str] = []
    rests = [Rest(0.01, partial(done.append, name)) for name in ("pause", "sleep")]
    worker = Worker("tested", lambda job: done.append(str(job)), *rests)
    for job in ("first", "second"):
        worker.put(job)
        end = time.monotonic() + 30
        while done[-3:] != [job, "pause", "sleep"]:
            assert time.monotonic() < end, done
            time.sleep(0.01)
    worker.close()
    assert done[-6:] == ["first", "pause", "sleep", "second", "pause", "sleep"]  # no rest comes twice


def test_jobs_come_while_a_rest_is_taken() -> None:
    resting, handled, go_on = threading.Event(), threading.Event(), threading.Event()

    def rest() -> None:
        resting.set()
        go_on.wait(30)

    worker = Worker("tested", lambda _: handled.set(), Rest(0.0, rest))
    assert resting.wait(30)
    worker.put("job")  # does not wait for the rest
    go_on.set()
    assert handled.wait(30)
    worker.close()


def test_a_job_that_waits_can_be_dropped() -> None:
    begun, go_on, handled = threading.Event(), threading.Event(), []

    def handle(job: object) -> None:
        begun.set()
        go_on.wait(30)
        handled.append(job)

    worker = Worker("tested", handle)
    worker.put(1)
    assert begun.wait(30)
    worker.put(2)
    worker.put(3)
    assert worker.drop(lambda job: job == 2)
    assert not worker.drop(lambda job: job == 2)
    go_on.set()
    end = time.monotonic() + 30
    while len(handled) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    worker.close()
    assert handled == [1, 3]

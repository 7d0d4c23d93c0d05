"""The engine process as the window sees it, against a fake engine in a process of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import fake_engine
import psutil
import pytest

from desktop.engine_client import EngineClient
from engine import jobs


class Heard(list):
    """The answers so far."""

    def of(self, kind: type) -> list:
        return [answer for answer in self if isinstance(answer, kind)]


@pytest.fixture
def client(qtbot, tmp_path: Path) -> Iterator[EngineClient]:
    made = EngineClient(tmp_path, fake_engine.main)
    yield made
    made.stop()


@pytest.fixture
def heard(client: EngineClient) -> Heard:
    answers = Heard()
    client.answered.connect(answers.append)
    return answers


def restore(path: Path, photo: int = 1, ask: int = 1, **settings: object) -> jobs.Restore:
    return jobs.Restore(photo=photo, ask=ask, path=str(path), settings=jobs.RestoreSettings(**settings))


def test_asks_before_the_start_are_kept_and_answered(
    client: EngineClient, heard: Heard, qtbot, photo_file: Callable[..., Path]
) -> None:
    path = photo_file()
    client.ask(jobs.Open(photo=1, path=str(path)))
    with qtbot.waitSignal(client.ready, timeout=20000) as ready:
        client.start()
    assert ready.args[0].device == "CPU, 2 threads"
    client.ask(restore(path))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Restored)), timeout=20000)
    assert [type(answer).__name__ for answer in heard][:2] == ["Opened", "Estimated"]
    assert len(heard.of(jobs.Part)) == 12
    assert heard.of(jobs.Progress)[-1].done == 12


def test_the_newest_ask_wins(client: EngineClient, heard: Heard, qtbot, photo_file: Callable[..., Path]) -> None:
    path = photo_file("slow.png")
    client.start()
    client.ask(restore(path, ask=1))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Part)), timeout=20000)
    for ask in (2, 3, 4):
        client.ask(restore(path, ask=ask))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Restored)), timeout=20000)
    assert [answer.ask for answer in heard.of(jobs.Restored)] == [4]


def test_cancel_is_answered_whether_the_job_was_sent_or_not(
    client: EngineClient, heard: Heard, qtbot, photo_file: Callable[..., Path]
) -> None:
    path = photo_file("slow.png")
    client.ask(restore(path))
    client.ask(jobs.Cancel(photo=1))
    qtbot.waitUntil(lambda: len(heard.of(jobs.Stopped)) == 1, timeout=20000)
    client.start()
    client.ask(restore(path))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Part)), timeout=20000)
    client.ask(jobs.Cancel(photo=1))
    qtbot.waitUntil(lambda: len(heard.of(jobs.Stopped)) == 2, timeout=20000)
    assert not heard.of(jobs.Restored)


def test_a_killed_engine_is_started_again_and_its_job_asked_once_more(
    client: EngineClient, heard: Heard, qtbot, photo_file: Callable[..., Path]
) -> None:
    path = photo_file("slow.png")
    client.start()
    client.ask(restore(path))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Part)), timeout=20000)
    first = client.pid
    assert first is not None
    with qtbot.waitSignal(client.restarted, timeout=20000):
        os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Restored)), timeout=20000)
    assert client.pid != first
    assert not heard.of(jobs.Failed)


def test_a_job_that_kills_the_engine_twice_is_reported_and_the_others_go_on(
    client: EngineClient, heard: Heard, qtbot, photo_file: Callable[..., Path]
) -> None:
    client.start()
    client.ask(restore(photo_file("crash.png"), photo=1, ask=1))
    client.ask(restore(photo_file("fine.png"), photo=2, ask=2))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Restored)), timeout=30000)
    assert [answer.photo for answer in heard.of(jobs.Restored)] == [2]
    (failed,) = heard.of(jobs.Failed)
    assert (failed.photo, failed.job) == (1, "restore")
    assert failed.message.endswith(".")


def test_a_cancelled_job_is_not_asked_again_after_a_death(
    client: EngineClient, heard: Heard, qtbot, photo_file: Callable[..., Path]
) -> None:
    client.start()
    client.ask(restore(photo_file("slow.png")))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Part)), timeout=20000)
    assert client.pid is not None
    os.kill(client.pid, signal.SIGSTOP)  # so that it cannot answer the Cancel
    client.ask(jobs.Cancel(photo=1))
    with qtbot.waitSignal(client.restarted, timeout=20000):
        os.kill(client.pid, signal.SIGKILL)
    assert len(heard.of(jobs.Stopped)) == 1
    assert client._jobs == []


def test_an_engine_that_does_not_start_is_given_up(qtbot, tmp_path: Path, photo_file: Callable[..., Path]) -> None:
    client, heard = EngineClient(tmp_path, fake_engine.dies_at_once), Heard()
    client.answered.connect(heard.append)
    client.ask(jobs.Open(photo=1, path=str(photo_file())))
    with qtbot.waitSignal(client.broken, timeout=30000) as broken:
        client.start()
    assert heard == [jobs.Failed(photo=1, job="open", message=broken.args[0])]
    with qtbot.waitSignal(client.broken, timeout=30000):  # whoever asks again tries again
        client.ask(jobs.Open(photo=1, path="x.png"))
    client.stop()


def test_stop_leaves_no_process(client: EngineClient, qtbot, photo_file: Callable[..., Path]) -> None:
    with qtbot.waitSignal(client.ready, timeout=20000):
        client.start()
    pid = client.pid
    client.ask(restore(photo_file("slow.png")))
    client.stop()
    assert pid is not None
    assert not psutil.pid_exists(pid)
    assert client.pid is None


def test_a_paused_engine_ends_meanwhile_and_has_its_jobs_again(
    client: EngineClient, heard: Heard, qtbot, photo_file: Callable[..., Path]
) -> None:
    with qtbot.waitSignal(client.ready, timeout=20000):
        client.start()
    pid, ended = client.pid, []
    assert pid is not None
    client.ask(restore(photo_file("slow.png")))
    qtbot.waitUntil(lambda: bool(heard.of(jobs.Part)), timeout=20000)
    os.kill(pid, signal.SIGSTOP)  # one that cannot end
    client.pause(lambda: ended.append(psutil.pid_exists(pid)))
    client.ask(restore(photo_file("fine.png"), photo=2, ask=2))
    assert (ended, client.pid, psutil.pid_exists(pid)) == ([], None, True)  # nobody waited for it
    qtbot.waitUntil(lambda: ended == [False], timeout=20000)
    assert heard.of(jobs.Restored) == []
    client.start()
    qtbot.waitUntil(lambda: len(heard.of(jobs.Restored)) == 2, timeout=30000)


def test_stop_waits_for_an_engine_that_was_paused(client: EngineClient, qtbot) -> None:
    with qtbot.waitSignal(client.ready, timeout=20000):
        client.start()
    pid = client.pid
    assert pid is not None
    client.pause(lambda: None)
    client.stop()
    assert not psutil.pid_exists(pid)

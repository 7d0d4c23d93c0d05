"""The engine process, for real: spawned, asked over its pipe, with the shipped model."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import jobs, service
from engine.photo import read_settings

PATIENCE = 120.0


class Engine:
    """The window's side of the pipe, as simple as it can be."""

    def __init__(self, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=service.main, args=(theirs, str(folder), "cpu"), daemon=True)
        self.process.start()
        theirs.close()
        self.seen: list[jobs.Answer] = []

    def ask(self, ask: jobs.Ask) -> None:
        self.pipe.send_bytes(jobs.encode(ask))

    def until(self, wanted: type | Callable[[jobs.Answer], bool]) -> jobs.Answer:
        is_it = (lambda a: isinstance(a, wanted)) if isinstance(wanted, type) else wanted
        while True:
            assert self.pipe.poll(PATIENCE), f"no answer; so far {self.seen}"
            answer = jobs.decode_answer(self.pipe.recv_bytes())
            self.seen.append(answer)
            if is_it(answer):
                return answer


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    folder = tmp_path / "work"
    folder.mkdir()
    engine = Engine(folder)
    yield engine
    if engine.process.is_alive():
        engine.process.kill()
    engine.process.join()


@pytest.fixture
def photo(tmp_path: Path, picture: np.ndarray) -> Path:
    noise = np.random.default_rng(0).normal(0, 20, picture.shape)
    path = tmp_path / "größe.jpg"
    Image.fromarray((picture + noise).clip(0, 255).astype(np.uint8)).save(path, quality=95)
    return path


def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.png"
    noise = np.random.default_rng(1).integers(0, 255, (1500, 2600, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path, compress_level=0)
    return path


def test_open_restore_save_close(engine: Engine, photo: Path, tmp_path: Path) -> None:
    ready = engine.until(jobs.Ready)
    assert isinstance(ready, jobs.Ready)
    assert ready.device.startswith("CPU")

    engine.ask(jobs.Open(1, str(photo)))
    opened = engine.until(jobs.Opened)
    assert isinstance(opened, jobs.Opened)
    assert (opened.width, opened.height, opened.bits) == (136, 96, 8)
    estimated = engine.until(jobs.Estimated)
    assert isinstance(estimated, jobs.Estimated)
    assert estimated.estimate.noise > 5

    settings = jobs.RestoreSettings(strength=0.5)
    engine.ask(jobs.Restore(1, 1, str(photo), settings))
    restored = engine.until(jobs.Restored)
    assert isinstance(restored, jobs.Restored)
    kinds = [type(a) for a in engine.seen]
    assert kinds.index(jobs.Part) < kinds.index(jobs.Progress) < kinds.index(jobs.Restored)
    original, result = (np.load(p, mmap_mode="r") for p in (opened.pixels, restored.pixels))
    assert result.shape == original.shape == (96, 136, 3)
    assert not np.array_equal(original, result)
    assert np.load(restored.doubt).shape == (96, 136)

    engine.ask(jobs.Save(1, str(photo), restored.pixels, settings, str(tmp_path / "saved.png")))
    saved = engine.until(jobs.Saved)
    assert isinstance(saved, jobs.Saved)
    with Image.open(saved.target) as picture:
        half = (original.astype(int) + result) / 2
        assert np.abs(np.asarray(picture) - half).max() <= 1
    text = read_settings(saved.target)
    assert text is not None
    assert '"strength":0.5' in text

    engine.ask(jobs.Close())
    engine.process.join(PATIENCE)
    assert engine.process.exitcode == 0


def test_a_newer_ask_takes_the_place_of_an_older_one(engine: Engine, tmp_path: Path) -> None:
    path = str(large(tmp_path))
    engine.ask(jobs.Restore(5, 1, path, jobs.RestoreSettings()))
    engine.until(jobs.Part)
    engine.ask(jobs.Restore(5, 2, path, jobs.RestoreSettings(noise=5.0)))
    engine.until(lambda a: isinstance(a, jobs.Part) and a.ask == 2)
    engine.ask(jobs.Cancel(5))
    engine.until(lambda a: isinstance(a, jobs.Stopped))
    assert not [a for a in engine.seen if isinstance(a, jobs.Restored)]


def test_a_cancelled_photo_leaves_no_result_and_the_next_goes_on(engine: Engine, tmp_path: Path, photo: Path) -> None:
    engine.ask(jobs.Restore(1, 1, str(large(tmp_path)), jobs.RestoreSettings()))
    engine.ask(jobs.Restore(2, 2, str(photo), jobs.RestoreSettings()))
    engine.until(jobs.Part)
    engine.ask(jobs.Cancel(1))
    stopped = engine.until(jobs.Stopped)
    assert isinstance(stopped, jobs.Stopped)
    assert stopped.photo == 1
    restored = engine.until(jobs.Restored)
    assert isinstance(restored, jobs.Restored)
    assert restored.photo == 2
    assert [p.name for p in (tmp_path / "work").glob("result-1-*")] == []  # half a result is none


def test_a_bad_file_is_one_sentence_and_the_next_goes_on(engine: Engine, tmp_path: Path, photo: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    engine.ask(jobs.Open(1, str(broken)))
    engine.ask(jobs.Open(2, str(tmp_path / "gone.png")))
    engine.ask(jobs.Open(3, str(photo)))
    engine.until(jobs.Opened)
    failed = {a.photo: a for a in engine.seen if isinstance(a, jobs.Failed)}
    assert set(failed) == {1, 2}
    for number, name in ((1, "broken.png"), (2, "gone.png")):
        assert failed[number].job == "open"
        assert failed[number].message.startswith(name)
        assert "\n" not in failed[number].message


def test_saving_never_replaces_a_file_unasked(engine: Engine, photo: Path) -> None:
    before = photo.read_bytes()
    engine.ask(jobs.Restore(1, 1, str(photo), jobs.RestoreSettings()))
    restored = engine.until(jobs.Restored)
    assert isinstance(restored, jobs.Restored)
    engine.ask(jobs.Save(1, str(photo), restored.pixels, jobs.RestoreSettings(), str(photo)))
    failed = engine.until(jobs.Failed)
    assert isinstance(failed, jobs.Failed)
    assert failed.job == "save"
    assert "exists" in failed.message
    assert photo.read_bytes() == before


def test_the_engine_ends_with_the_window(engine: Engine) -> None:
    engine.until(jobs.Ready)
    connection: Connection = engine.pipe
    connection.close()
    engine.process.join(PATIENCE)
    assert engine.process.exitcode == 0

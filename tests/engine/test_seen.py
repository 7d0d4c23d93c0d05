from __future__ import annotations

from pathlib import Path

import numpy as np

from engine import seen


def records(count: int, length: int = 5, first: int = 0) -> np.ndarray:
    made = np.zeros(count, seen.record(length))
    made["content"][:, 0] = np.arange(first, first + count)
    made["latent"] = np.arange(first, first + count)[:, None]
    return made


def test_records_of_several_runs_are_one_store(tmp_path: Path) -> None:
    for first in (0, 10):
        with seen.Writer(tmp_path, 5) as writer:
            writer.add(records(4, first=first))
            writer.add(records(2, first=first + 4))
    store = seen.Store(tmp_path)
    assert len(store) == 12 and not store.outdated and store.whole().all()
    contents = store.rows(np.array([11, 0, 5]), "content")[:, 0]
    np.testing.assert_array_equal(store.latents(np.array([11, 0, 5]))[:, 0], contents)
    assert set(store.rows(np.arange(12), "content")[:, 0]) == {*range(6), *range(10, 16)}


def test_what_is_torn_or_harmed_is_known(tmp_path: Path) -> None:
    with seen.Writer(tmp_path, 5) as writer:
        writer.add(records(4))
    data = bytearray(writer.path.read_bytes())
    data[64 + seen.record(5).itemsize + 40] ^= 1
    writer.path.write_bytes(data[:-1])
    store = seen.Store(tmp_path)
    assert len(store) == 3
    assert store.whole().tolist() == [True, False, True]


def test_another_version_is_not_read_and_can_be_removed(tmp_path: Path) -> None:
    with seen.Writer(tmp_path, 5) as writer:
        writer.add(records(1))
    data = bytearray(writer.path.read_bytes())
    data[32] += 1
    writer.path.write_bytes(data)
    (tmp_path / "seen-nothing.bin").write_bytes(b"")
    store = seen.Store(tmp_path)
    assert len(store) == 0 and store.outdated
    seen.remove_outdated(tmp_path)
    assert not list(tmp_path.glob("seen-*"))


def test_a_run_that_saw_nothing_leaves_nothing(tmp_path: Path) -> None:
    with seen.Writer(tmp_path, 5):
        pass
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_just_begun_is_no_outdated_one(tmp_path: Path) -> None:
    with seen.Writer(tmp_path, 4) as writer:
        assert not seen.Store(tmp_path).outdated
        seen.remove_outdated(tmp_path)
        assert writer.path.exists()

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine import catalog, devices, workspace
from engine.sessions import Graphs


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of a process")
def test_what_runs_worked_in_is_kept_for_the_next_and_then_given_back(toy_model: Path) -> None:
    graphs = Graphs(catalog.load(str(toy_model)), devices.devices()[-1])
    graphs.run("restore", photo=_photo(64), told=_TOLD)
    workspace.give_back()
    before = _resident()
    graphs.run("restore", photo=_photo(1024), told=_TOLD)
    kept = _resident()
    assert kept > before + 20e6
    graphs.run("restore", photo=_photo(1024), told=_TOLD)
    assert _resident() < kept + 20e6  # the same memory again
    workspace.give_back()
    assert _resident() < before + (kept - before) / 3


def test_all_sessions_work_in_the_same_memory(toy_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = []

    class Options(workspace.ort.SessionOptions):
        def add_session_config_entry(self, key: str, value: str) -> None:
            entries.append((key, value))
            super().add_session_config_entry(key, value)

    monkeypatch.setattr(workspace.ort, "SessionOptions", Options)
    graphs = Graphs(catalog.load(str(toy_model)), devices.devices()[-1])
    for graph in ("restore", "tone"):
        graphs._session(graph)
    assert entries.count(("session.use_env_allocators", "1")) == 2


def test_memory_may_be_given_back_while_a_graph_runs(toy_model: Path) -> None:
    graphs = Graphs(catalog.load(str(toy_model)), devices.devices()[-1])
    right = graphs.run("restore", photo=_photo(256), told=_TOLD)[0]
    with ThreadPoolExecutor(1) as pool:
        runs = [pool.submit(graphs.run, "restore", photo=_photo(256), told=_TOLD) for _ in range(20)]
        while not all(run.done() for run in runs):
            workspace.give_back()
    for run in runs:
        np.testing.assert_array_equal(run.result()[0], right)


def test_where_the_c_library_has_nothing_to_trim_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: object) -> None:
        raise OSError

    monkeypatch.setattr(workspace.ctypes, "CDLL", missing)
    assert workspace._trim.__wrapped__()(0) is None


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_glibc_has_something_to_trim() -> None:
    assert workspace._trim.__wrapped__()(0) in (0, 1)


_TOLD = np.zeros((1, 8), np.float32)


def _photo(side: int) -> np.ndarray:
    return np.random.default_rng(0).random((1, 3, side, side), np.float32)


def _resident() -> int:
    """Bytes of memory this process holds just now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

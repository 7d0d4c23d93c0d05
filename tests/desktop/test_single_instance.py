"""A second start hands its files to the first: real processes, real sockets."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from desktop import single_instance
from desktop.single_instance import SingleInstance
from desktop.tabs.restore import RestoreTab

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user of their own, for this process and for those it starts. The path is short, as sockets want it."""
    with tempfile.TemporaryDirectory(prefix="ld-") as name:
        for variable in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "HOME"):
            monkeypatch.setenv(variable, name)
        yield Path(name)


@pytest.fixture
def first(places: Path, qtbot) -> Iterator[SingleInstance]:
    instance = SingleInstance()
    assert instance.claim()
    assert instance.listen()
    yield instance
    instance.close()


def start(*arguments: str, folder: Path = ROOT) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "desktop", *arguments]
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def test_a_second_start_hands_its_files_to_the_window_and_ends(
    window, first: SingleInstance, qtbot, photo_file: Callable[..., Path]
) -> None:
    photo = photo_file("from outside.png")
    first.opened.connect(window.come_forward)
    window.showMinimized()
    second = start(photo.name, folder=photo.parent)  # by a name that only its own folder explains
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60000)
    assert second.returncode == 0, second.stderr.read() if second.stderr else ""
    qtbot.waitUntil(lambda: bool(window.tab(RestoreTab).queue.photos), timeout=10000)
    assert [taken.path for taken in window.tab(RestoreTab).queue.photos] == [photo]
    assert not window.isMinimized()


def test_the_second_ends_only_when_the_first_has_taken_them(first: SingleInstance, qtbot, tmp_path: Path) -> None:
    taken: list[Path] = []
    first.opened.connect(taken.extend)
    script = (
        "import sys; from pathlib import Path; from desktop.single_instance import SingleInstance\n"
        "one = SingleInstance()\n"
        "raise SystemExit(0 if not one.claim() and one.hand_over([Path(name) for name in sys.argv[1:]]) else 1)\n"
    )
    names = [str(tmp_path / f"{number} ü “x”.jpg") for number in range(2000)]
    second = subprocess.Popen([sys.executable, "-c", script, *names], cwd=ROOT)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60000)
    assert second.returncode == 0
    assert [str(path) for path in taken] == names


def test_what_a_crash_left_behind_is_replaced(places: Path, qtbot) -> None:
    script = (
        "import os, signal; from PySide6.QtCore import QCoreApplication\n"
        "app = QCoreApplication([]); from desktop.single_instance import SingleInstance\n"
        "one = SingleInstance(); assert one.claim() and one.listen(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    left = list((places / "latent-darkroom").iterdir())
    if sys.platform != "win32":
        assert any(path.is_socket() for path in left)
    assert any(path.suffix == ".lock" for path in left)
    instance = SingleInstance()
    assert instance.claim()
    assert instance.listen()
    other = SingleInstance()
    assert not other.claim()
    instance.close()


def test_a_first_that_does_not_answer_is_not_waited_for_for_ever(places: Path, qtbot) -> None:
    first = SingleInstance()
    assert first.claim()  # and does not listen
    assert not SingleInstance().hand_over([Path("a.jpg")], patience=200)
    first.close()


def test_where_no_lock_can_be_made_there_is_a_window_anyway(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert SingleInstance(tmp_path / "file" / "folder").claim()


@pytest.mark.parametrize("words", [b"hello\n", b'{"paths": 7}\n', b"[]\n", b"\xff\xfe\n", b'{"token": 3}\n'])
def test_words_that_are_not_understood_open_nothing(first: SingleInstance, qtbot, words: bytes) -> None:
    opened: list[object] = []
    first.opened.connect(opened.append)
    socket = QLocalSocket()
    socket.connectToServer(single_instance.address(single_instance.place()))
    assert socket.waitForConnected(1000)
    socket.write(words)
    socket.flush()
    qtbot.waitUntil(lambda: socket.bytesAvailable() > 0)
    assert opened == []


def test_the_address_tells_nothing_of_the_user_and_differs_from_user_to_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = set()
    for user in ("alice", "bob"):
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / user))
        monkeypatch.setenv("HOME", str(tmp_path / user))
        names.add(Path(single_instance.address(Path("/run"))).name)
    if sys.platform.startswith("linux"):
        assert len(names) == 2
    assert not any("alice" in name or "bob" in name for name in names)

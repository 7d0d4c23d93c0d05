"""What ``latent-darkroom`` does before there is a window, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    clean.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
@pytest.mark.parametrize("environment", [{}, {"QT_QPA_PLATFORM": "xcb"}, {"DISPLAY": ":4711"}])
def test_without_a_screen_one_sentence_names_the_terminal_command(environment: dict[str, str]) -> None:
    done = run(**environment)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "latent-darkroom restore" in done.stderr


def test_terminal_commands_need_no_screen() -> None:
    from engine import __version__

    version = run("--version")
    assert (version.returncode, __version__ in version.stdout) == (0, True)
    assert run("--help").returncode == 0
    assert run("restore").returncode == 2


def test_a_window_for_photos_does_not_load_what_the_terminal_commands_need(tmp_path: Path) -> None:
    script = (
        "import sys; from desktop import screen; screen.why_not = lambda: 'stop here'\n"
        "from desktop.__main__ import main; code = main([sys.argv[1]])\n"
        "loaded = [name for name in ('onnxruntime', 'torch', 'numpy') if name in sys.modules]\n"
        "raise SystemExit(f'{code} {loaded}')\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "photo.jpg")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "3 []"


def test_an_unexpected_error_ends_up_in_the_log(tmp_path: Path) -> None:
    script = (
        "import threading\n"
        "from desktop import crash_log\n"
        "crash_log.install()\n"
        "thread = threading.Thread(target=lambda: 1 / 0)\n"
        "thread.start(); thread.join()\n"
        "from PySide6.QtCore import qWarning\n"
        "qWarning('careful')\n"
        "raise ValueError('a test')\n"
    )
    places = {name: str(tmp_path) for name in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA")}
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={**os.environ, **places}, capture_output=True)
    (log,) = tmp_path.rglob("window.log")
    text = log.read_text()
    assert "division by zero" in text
    assert "careful" in text
    assert "ValueError: a test" in text


def test_the_code_of_the_tabs_is_loaded_beside_the_window() -> None:
    script = (
        "import sys, threading; from desktop import app; from desktop.background import Background\n"
        "from desktop.tabs import doors; from PySide6.QtCore import QCoreApplication\n"
        "qt, threads, load = QCoreApplication([]), set(), doors.import_module\n"
        "doors.import_module = lambda name: threads.add(threading.current_thread() is threading.main_thread()) "
        "or load(name)\n"
        "background = Background(); app.load_tabs(background); background.finish()\n"
        "left = [door.name for door in doors.DOORS if f'desktop.tabs.{door.name}' not in sys.modules]\n"
        "print(threads, left, 'torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["{False} [] False"], done.stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file dialogs are the system's there")
def test_qts_own_file_dialog_writes_nothing_and_waits_for_no_disk(tmp_path: Path) -> None:
    script = (
        "from desktop import app; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QFileDialog\n"
        "qt = app.make_application()\n"
        "QTimer.singleShot(200, lambda: qt.activeModalWidget().reject())\n"
        "QFileDialog.getOpenFileNames(None, 'Open')\n"
    )
    alone = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=alone, check=True, capture_output=True)
    assert not list(tmp_path.rglob("*.conf"))

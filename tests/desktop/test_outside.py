"""Long work as the world outside of the window sees it. The systems are played by doubles, except for real buses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop import awake, notify, taskbar
from desktop.awake import Awake
from desktop.long_work import LONG, SOON, LongWork
from desktop.notify import Notifier
from desktop.preferences import Preferences
from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.restore import RestoreTab
from desktop.widgets.status import StatusLine
from engine import lessons

ROOT = Path(__file__).resolve().parents[2]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def followed(qapp) -> tuple[LongWork, StatusLine, Clock, list, list]:
    clock, line, shown, ended = Clock(), StatusLine(), [], []
    work = LongWork(clock=clock)
    work.follow("restore", line)
    work.changed.connect(shown.append)
    work.ended.connect(lambda *said: ended.append(said))
    return work, line, clock, shown, ended


# -- how far it is --------------------------------------------------------------------------------


def test_short_work_stays_inside(followed) -> None:
    _, line, clock, shown, ended = followed
    for step in range(10):
        clock.now += SOON / 20
        line.show_work("Drawing", step / 10, None)
    line.rest("")
    assert shown == []
    assert ended == []


def test_long_work_is_shown_in_whole_percents_and_its_end_is_told(followed) -> None:
    _, line, clock, shown, ended = followed
    for step in range(1000):
        clock.now += 2 * LONG / 1000
        line.show_work("Restoring", step / 1000, None)
    line.rest("3 not saved yet")
    line.rest("3 not saved yet")
    assert len(shown) <= 101
    assert shown[-2:] == [1.0, None]
    assert ended == [("restore", "3 not saved yet")]


def test_who_cancels_knows_that_it_has_ended(followed) -> None:
    _, line, clock, shown, ended = followed
    line.show_work("Restoring", 0.1, None)
    clock.now += 2 * LONG
    line.show_work("Restoring", 0.2, None)
    line.rest("Cancelled", can_resume=True)
    assert shown == [0.2, None]
    assert ended == []


def test_of_two_works_the_older_is_shown(followed) -> None:
    work, line, clock, shown, _ = followed
    other = StatusLine()
    work.follow("models", other)
    line.show_work("Restoring", 0.1, None)
    clock.now += 5
    other.show_work("Importing", 0.9, None)
    line.show_work("Restoring", 0.3, None)
    clock.now += 5
    line.rest("")
    assert shown[-2:] == [0.3, 0.9]
    other.rest("")
    assert shown[-1] is None


def test_a_lesson_counts_while_its_own_pages_show_it(window, monkeypatch: pytest.MonkeyPatch) -> None:
    tab, clock, told = window.tab(FinetuneTab), Clock(), []
    window.outside.work._clock = clock
    window.outside.awake._holders = ()
    window.outside.work.ended.connect(lambda *said: told.append(said))
    lesson = tab.state.lesson = LessonState("Our fruit", "draw")
    for step in (0, 50, 100):
        times = {"seconds": 1.0, "left": 9.0, "left_low": 8.0, "left_high": 10.0}
        lesson.hear(lessons.Learning(step=step, steps=100, phase="all", loss=1.0, speed=3.0, **times))
        tab._tell_how_far()
        clock.now += LONG
        tab._show()  # what its line says meanwhile is no end
    assert window.windowTitle().startswith("100")
    assert told == []
    lesson.ended(-1, "")
    tab._lesson_changed()
    assert [name for name, _ in told] == ["finetune"]
    assert "Our fruit" in told[0][1]
    assert window.windowTitle() == "Latent Darkroom"


def test_the_title_and_the_taskbar_follow_a_batch(
    window, qtbot, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[float | None] = []
    titles: list[str] = []
    held: list[str] = []
    outside, clock = window.outside, Clock()
    outside._taskbar = shown.append
    outside.awake._holders = (lambda reason: held.append("hold") or (lambda: held.append("let go")),)
    monkeypatch.setattr(outside.work, "_clock", lambda: clock.now)
    window.windowTitleChanged.connect(titles.append)
    tab = window.tab(RestoreTab)
    tab._status.worked.connect(lambda _fraction: setattr(clock, "now", clock.now + 3))
    tab.open([photo_file(f"{number}.png") for number in range(3)])
    qtbot.waitUntil(lambda: None in shown, timeout=30000)
    assert any(isinstance(fraction, float) for fraction in shown)
    assert any("%" in title for title in titles)
    assert window.windowTitle() == "Latent Darkroom"
    assert held == ["hold", "let go"]


# -- staying awake --------------------------------------------------------------------------------


def test_awake_holds_once_and_lets_go_of_everything() -> None:
    said: list[str] = []

    def holder(name: str) -> awake.Holder:
        return lambda reason: said.append(f"{name} holds: {reason}") or (lambda: said.append(f"{name} lets go"))

    def refuses(reason: str) -> Callable[[], object]:
        raise OSError("not here")

    def clings(reason: str) -> Callable[[], object]:
        def let_go() -> None:
            raise OSError("gone")

        return let_go

    held = Awake([holder("a"), refuses, clings, holder("b")])
    held.hold("learning")
    held.hold("learning")
    assert waited(lambda: said == ["a holds: learning", "b holds: learning"])
    held.let_go()
    held.let_go()
    held.hold("once more")  # begins when what was held before is let go
    assert waited(lambda: len(said) == 6)
    assert said[2:] == ["b lets go", "a lets go", "a holds: once more", "b holds: once more"]
    held.let_go()


def test_nobody_waits_for_a_system_that_is_slow_to_stay_awake() -> None:
    answer, said = threading.Event(), []

    def slow(reason: str) -> Callable[[], object]:
        answer.wait()
        said.append("holds")
        return lambda: said.append("lets go")

    held = Awake([slow])
    held.hold("learning")
    held.let_go()
    assert said == []  # and yet both are done
    answer.set()
    assert waited(lambda: said == ["holds", "lets go"])


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().split(")")[1].split()[0] != "Z"  # one that nobody has buried yet


def waited(condition: Callable[[], object]) -> bool:
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for the system's programs")
def test_the_child_that_holds_on_linux_goes_even_if_this_process_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "systemd-inhibit", f'echo "$@" > {tmp_path}/said; echo $$ > {tmp_path}/pid; exec cat')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    let_go = awake.systemd("learning")
    assert waited(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
    assert "--what=idle" in (tmp_path / "said").read_text()
    assert "learning" in (tmp_path / "said").read_text()
    first = int((tmp_path / "pid").read_text())
    assert alive(first)
    let_go()
    assert waited(lambda: not alive(first))
    (tmp_path / "pid").unlink()
    script = (
        "import os, signal, time; from pathlib import Path; from desktop import awake\n"
        f"awake.systemd('x'); pid = Path({str(tmp_path / 'pid')!r})\n"
        "while not (pid.exists() and pid.read_text().strip()): time.sleep(0.05)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    second = int((tmp_path / "pid").read_text())
    assert waited(lambda: not alive(second))


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for the system's programs")
def test_caffeinate_is_told_whom_to_wait_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "caffeinate", f'echo "$@" > {tmp_path}/said; sleep 60')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    let_go = awake.caffeinate("learning")
    assert waited(lambda: (tmp_path / "said").exists() and (tmp_path / "said").read_text().strip())
    assert (tmp_path / "said").read_text().split() == ["-i", "-w", str(os.getpid())]
    let_go()


def test_windows_is_asked_and_released(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    asked: list[int] = []

    class Kernel:
        @staticmethod
        def SetThreadExecutionState(flags: int) -> int:
            asked.append(flags)
            return 1

    monkeypatch.setattr(ctypes, "windll", type("Windll", (), {"kernel32": Kernel}), raising=False)
    awake.windows("learning")()
    assert asked == [0x80000001, 0x80000000]


def test_what_is_not_there_is_said_and_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    held = Awake([awake.systemd, awake.caffeinate, awake.screen_saver])
    noted: list[str] = []
    monkeypatch.setattr(awake.log, "info", lambda words, *more: noted.append(words % more))
    held.hold("learning")
    assert waited(lambda: len(noted) == 3)
    held.let_go()


# -- the bus --------------------------------------------------------------------------------------

needs_a_bus = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("dbus-monitor")), reason="no D-Bus tools here"
)


def heard_on_a_bus(script: str, rule: str) -> str:
    """What goes over a bus of its own while ``script`` runs."""
    code = (
        "import subprocess, sys, time\n"
        f"monitor = subprocess.Popen(['dbus-monitor', '--session', {rule!r}], stdout=subprocess.PIPE, text=True)\n"
        "monitor.stdout.readline()\n"
        "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([])\n"
        f"{script}\n"
        "app.processEvents(); time.sleep(0.5); monitor.terminate(); print(monitor.stdout.read())\n"
    )
    command = ["dbus-run-session", "--", sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout


@needs_a_bus
def test_the_launcher_hears_how_far_it_is() -> None:
    script = "from desktop import taskbar; taskbar._launcher(0.61); taskbar._launcher(None)"
    said = heard_on_a_bus(script, "interface='com.canonical.Unity.LauncherEntry'")
    assert "application://latent-darkroom.desktop" in said
    assert "0.61" in said
    assert said.count("member=Update") == 2
    assert "boolean false" in said


@needs_a_bus
def test_the_screen_saver_is_asked_to_wait() -> None:
    script = "from desktop import awake; let_go = awake.screen_saver('learning'); app.processEvents(); let_go()"
    said = heard_on_a_bus(script, "interface='org.freedesktop.ScreenSaver'")
    assert "member=Inhibit" in said
    assert "learning" in said


def test_a_taskbar_that_fails_does_not_end_the_work(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(fraction: float | None) -> None:
        raise OSError("no bus")

    monkeypatch.setattr(taskbar, "_launcher", fails)
    monkeypatch.setattr(sys, "platform", "linux")
    show = taskbar.of(QWidget())
    show(0.5)
    show(None)
    monkeypatch.setattr(sys, "platform", "plan9")
    taskbar.of(QWidget())(0.5)


# -- messages -------------------------------------------------------------------------------------


class Tray(QSystemTrayIcon):
    said: ClassVar[list[tuple[str, str]]] = []

    def showMessage(self, title: str, message: str, *_more: object) -> None:
        Tray.said.append((title, message))

    def show(self) -> None:
        pass


def test_a_message_comes_only_to_who_looks_elsewhere_and_wants_it(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Tray.said = []
    monkeypatch.setattr(notify, "QSystemTrayIcon", Tray)
    monkeypatch.setattr(Tray, "isSystemTrayAvailable", staticmethod(lambda: True))
    window, active = QWidget(), [True]
    qtbot.addWidget(window)
    monkeypatch.setattr(window, "isActiveWindow", lambda: active[0])
    notifier = Notifier(window, Preferences(tmp_path / "settings.json"))
    notifier.tell("Restore", "3 not saved yet")
    assert Tray.said == []
    active[0] = False
    notifier.tell("Restore", "3 not saved yet")
    assert Tray.said == [("Restore", "3 not saved yet")]
    notifier.wanted = False
    assert not Notifier(window, Preferences(tmp_path / "settings.json")).wanted
    notifier.tell("Restore", "again")
    assert len(Tray.said) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has notify-send")
def test_without_a_tray_notify_send_says_it(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "notify-send", f'printf "%s|" "$@" > {tmp_path}/said')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    window = QWidget()
    qtbot.addWidget(window)
    Notifier(window, Preferences(tmp_path / "settings.json")).tell("Restore", "--it is done")
    qtbot.waitUntil(lambda: (tmp_path / "said").exists() and "|" in (tmp_path / "said").read_text())
    assert (tmp_path / "said").read_text().split("|")[-3:-1] == ["Restore", "--it is done"]

"""The program in a real window, used as a person would: a virtual screen, and a mouse and keys that come through it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

HERE = Path(__file__).parent
#: Seconds that anything may take; the photos of the batch.
PATIENCE, MANY = 200, 30

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


class Person:
    """Sees what `observed.py` writes down, and acts by xdotool."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder, self._display = folder, display
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        self.environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(folder), "LANG": "en_US.UTF-8"}
        self.environment |= {"XDG_RUNTIME_DIR": str(folder), "QT_QPA_PLATFORMTHEME": "", "QT_ACCESSIBILITY": "0"}
        self.started: list[subprocess.Popen] = []

    def start(self, program: str, *arguments: object) -> subprocess.Popen:
        run = [sys.executable, str(HERE / program), *map(str, arguments)]
        with (self.folder / f"{program}.err").open("w") as log:
            process = subprocess.Popen(run, env=self.environment, stdout=subprocess.PIPE, stderr=log)
        self.started.append(process)
        return process

    def xdotool(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True, timeout=60, capture_output=True)

    def look(self) -> dict:
        try:
            return json.loads((self.folder / "seen.json").read_text(encoding="utf-8"))
        except OSError:
            return {"controls": [], "dialog": "", "photos": [], "tabs": {}}

    def wait(self, until: Callable[[dict], object], what: str) -> dict:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            seen = self.look()
            if until(seen):
                return seen
            time.sleep(0.1)
        self.screenshot("failed")
        raise AssertionError(f"waited for {what}; there is {self.look()['photos']} {self.look()['dialog']}")

    def find(self, words: str) -> tuple[int, int]:
        """The middle of an enabled control that says exactly this."""

        def there(seen: dict) -> list:
            return [c for c in seen["controls"] if c[1] == words and c[4]]

        _, _, x, y, _ = there(self.wait(there, f"a control “{words}”"))[-1]
        return x, y

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.xdotool("mousemove", x, y, "click", button)

    def press(self, *keys: str) -> None:
        self.take_the_keyboard()
        for key in keys:
            self.xdotool("key", "--clearmodifiers", key)

    def take_the_keyboard(self) -> None:
        """What a window manager does: the window on top gets the keys."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "."],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        ).stdout.split()
        for window in found[-1:]:
            self.xdotool("windowfocus", "--sync", window)

    def type(self, words: str) -> None:
        self.take_the_keyboard()
        self.xdotool("type", "--delay", 5, words)

    def choose(self, *path: str) -> None:
        """Through the menu of the window."""
        self.click(*self.find("Menu"))
        for words in path:
            self.click(*self.find(words))

    def screenshot(self, name: str) -> np.ndarray:
        from PIL import ImageGrab

        image = ImageGrab.grab(xdisplay=self._display)
        if keep := os.environ.get("SCREENSHOTS"):
            image.save(Path(keep) / f"{name}.png")
        return np.asarray(image.convert("RGB")).astype(int)

    def states(self, wanted: str) -> Callable[[dict], bool]:
        return lambda seen: bool(seen["photos"]) and all(state == wanted for _, state in seen["photos"])

    def log(self) -> str:
        return "".join(path.read_text(errors="replace") for path in self.folder.rglob("window.log*"))


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    read, write = os.pipe()
    screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(screen, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        display = ":" + number.readline().strip()
    somebody = Person(tmp_path, display)
    yield somebody
    for process in somebody.started:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
    server.terminate()
    server.wait(20)


def photo(path: Path, width: int = 240, height: int = 180, seed: int = 0) -> Path:
    y, x = np.mgrid[0:height, 0:width]
    smooth = np.stack([x * 200 / width, y * 200 / height, np.full_like(x, 90)], axis=2)
    noisy = smooth + np.random.default_rng(seed).normal(0, 20, smooth.shape)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(path)
    return path


def test_a_photo_is_opened_compared_and_saved_and_others_come_by_drop_and_paste(person: Person, tmp_path: Path) -> None:
    first, second = photo(tmp_path / "in" / "first.png"), photo(tmp_path / "in" / "second.png", seed=1)
    person.start("observed.py", tmp_path / "seen.json", first)
    person.wait(person.states("done"), "the restored photo")
    split = person.screenshot("split")
    person.press("alt+2")
    time.sleep(1)
    assert np.abs(person.screenshot("side by side") - split).mean() > 1
    person.press("alt+1")

    person.press("ctrl+s")
    person.wait(lambda seen: seen["dialog"] == "QFileDialog", "the dialog to save")
    person.press("ctrl+a")
    person.type(str(tmp_path / "out.png"))
    person.screenshot("saving")
    person.press("Return")
    person.wait(person.states("saved"), "the photo to be saved")
    saved = np.asarray(Image.open(tmp_path / "out.png")).astype(float)
    noisy = np.asarray(Image.open(first)).astype(float)
    assert saved.shape == noisy.shape
    assert np.abs(np.diff(saved, axis=0)).mean() < 0.6 * np.abs(np.diff(noisy, axis=0)).mean()

    other = person.start("other_program.py", second)
    assert other.stdout and other.stdout.readline().strip() == b"ready"
    person.xdotool("mousemove", 1350, 30, "mousedown", 1)
    for x, y in ((1340, 40), (1200, 120), (900, 300), (700, 400), (640, 420), (636, 424), (634, 424)):
        person.xdotool("mousemove", x, y)
        time.sleep(0.15)
    person.screenshot("dragging")
    person.xdotool("mouseup", 1)
    person.wait(lambda seen: [name for name, _ in seen["photos"]] == ["first.png", "second.png"], "what was dropped")
    person.wait(lambda seen: all(state in ("done", "saved") for _, state in seen["photos"]), "the second photo")

    person.press("Delete")
    person.wait(lambda seen: [name for name, _ in seen["photos"]] == ["first.png"], "the second photo to go")
    person.press("ctrl+v")
    person.wait(lambda seen: [name for name, _ in seen["photos"]] == ["first.png", "second.png"], "what was pasted")
    person.screenshot("pasted")
    assert not re.search(r"Traceback| ERROR ", person.log())


def test_a_batch_is_cancelled_and_goes_on(person: Person, tmp_path: Path) -> None:
    for number in range(MANY):
        photo(tmp_path / "in" / f"{number:02}.png", 96, 72, number)
    person.start("observed.py", tmp_path / "seen.json", tmp_path / "in")
    person.wait(lambda seen: sum(state == "done" for _, state in seen["photos"]) >= 3, "the first photos")
    person.click(*person.find("Cancel"))
    seen = person.wait(lambda seen: any(state == "stopped" for _, state in seen["photos"]), "the batch to stop")
    finished = [name for name, state in seen["photos"] if state == "done"]
    assert len(seen["photos"]) == MANY and 3 <= len(finished) < MANY
    person.screenshot("cancelled")
    person.click(*person.find("Continue"))
    seen = person.wait(person.states("done"), "the whole batch")
    person.screenshot("batch")

    (tmp_path / "out").mkdir()
    person.press("ctrl+shift+s")
    person.wait(lambda seen: seen["dialog"] == "QFileDialog", "the dialog for a folder")
    person.press("ctrl+a")
    person.type(str(tmp_path / "out"))
    person.press("Return")
    person.wait(person.states("saved"), "all to be saved")
    assert len(list((tmp_path / "out").iterdir())) == MANY
    assert not re.search(r"Traceback| ERROR ", person.log())


def test_theme_and_language_are_switched_while_it_runs(person: Person, tmp_path: Path) -> None:
    person.start("observed.py", tmp_path / "seen.json", photo(tmp_path / "in" / "first.png"))
    person.wait(person.states("done"), "the restored photo")
    for words, dark in (("Light theme", False), ("Dark theme", True)):
        person.choose("View", "Appearance", words)
        person.wait(lambda seen, dark=dark: seen.get("dark") is dark, words)
        time.sleep(0.5)
        assert bool(person.screenshot(words).mean() < 128) == dark
    person.choose("View", "Language", "简体中文")
    seen = person.wait(lambda seen: "修复" in "".join(seen["tabs"]), "Chinese tabs")
    person.wait(person.states("done"), "the photo in the window of the other language")
    time.sleep(0.5)
    person.screenshot("Chinese")
    assert "Restore" not in seen["tabs"]
    assert not re.search(r"Traceback| ERROR ", person.log())

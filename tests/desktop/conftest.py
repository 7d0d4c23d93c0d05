from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))  # so that the fake engine's process finds fake_engine.py


@pytest.fixture(scope="session", autouse=True)
def english(qapp: object) -> None:
    """The window speaks English, whatever the machine's language is; with its plurals."""
    from desktop import language

    language.apply("en")


@pytest.fixture
def photo_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a picture of smooth colours: a file's name and its size in, its path out."""

    def write(name: str = "old.png", width: int = 200, height: int = 150) -> Path:
        y, x = np.mgrid[0:height, 0:width]
        pixels = np.stack([x * 150 / width, y * 150 / height, np.full_like(x, 60)], axis=2)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels.astype(np.uint8)).save(path)
        return path

    return write


@pytest.fixture
def make_window(qtbot, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Makes the whole window with an engine in its own process: ``target`` is what that process runs."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.engine_client import EngineClient
    from desktop.preferences import Preferences
    from desktop.window import MainWindow

    windows = []

    def make(target: Callable) -> MainWindow:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyle("Fusion")
        theme.apply("dark")
        folder = tmp_path / "work"
        folder.mkdir(exist_ok=True)
        window = MainWindow(EngineClient(folder, target), Preferences(tmp_path / "settings.json"), folder)
        window.ask_before_closing = False
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)  # or each test's theme costs more


@pytest.fixture
def window(make_window: Callable[..., object]) -> object:
    """The whole window with the fake engine."""
    import fake_engine

    return make_window(fake_engine.main)

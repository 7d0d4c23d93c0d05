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
def window(qtbot, tmp_path: Path) -> Iterator[object]:
    """The whole window with a fake engine in its own process."""
    import fake_engine
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.engine_client import EngineClient
    from desktop.preferences import Preferences
    from desktop.window import MainWindow

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    theme.apply("dark")
    folder = tmp_path / "work"
    folder.mkdir()
    made = MainWindow(EngineClient(folder, fake_engine.main), Preferences(tmp_path / "window.ini"), folder)
    made.ask_before_closing = False
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()

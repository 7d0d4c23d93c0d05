"""Run by `test_look` with QT_SCALE_FACTOR set: every tab on a screen of that fineness. Prints what is wrong as JSON."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QTabBar, QWidget

sys.path.insert(0, str(Path(__file__).parent))

import fake_engine

from desktop import theme
from desktop.app import make_application
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs.doors import DOORS
from desktop.widgets.canvas import Canvas, Mode
from desktop.widgets.picture import Picture
from desktop.window import MainWindow


def clipped(window: QWidget) -> list[str]:
    """What is seen with less room than its words or its drawing need, or sticks out of what it lies in."""
    wrong = []
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or parent is None or widget.isWindow():
            continue
        words = isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and not widget.wordWrap())
        name = f"{type(widget).__name__} {widget.accessibleName() or (words and widget.text())!r}"
        if words and not isinstance(parent, QTabBar):
            need, have = widget.minimumSizeHint(), widget.size()
            if have.width() < need.width() or have.height() < need.height():
                wrong.append(f"{name} has {have.width()} x {have.height()}, needs {need.width()} x {need.height()}")
        scrolls = isinstance(parent.parentWidget(), QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea)
        if not scrolls and not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            wrong.append(f"{name} sticks out of {type(parent).__name__}")
    return wrong


def blurred(window: QWidget, ratio: float) -> list[str]:
    """Buttons whose drawing is coarser than the screen."""
    coarse = []
    for button in window.findChildren(QAbstractButton):
        if not button.icon().isNull():
            pixmap = button.icon().pixmap(button.iconSize(), ratio)
            if pixmap.devicePixelRatio() < ratio:
                coarse.append(f"{button.accessibleName()}: {pixmap.devicePixelRatio()} pixels to a point")
    return coarse


def real_pixels(ratio: float) -> bool:
    """Whether the canvas paints one pixel of a photo on one of the screen at 100 %: a chessboard of single pixels."""
    size = 64
    board = (np.indices((size, size)).sum(0) % 2 * 255).astype(np.uint8)
    canvas = Canvas()
    canvas.resize(240, 180)
    canvas.captions = False
    canvas.set_mode(Mode.HOLD)
    canvas.show_pictures(Picture(np.repeat(board[..., None], 3, axis=2)), None, None)
    canvas.zoom_to(1.0)
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    seen = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    left, top = (round(value) for value in canvas.view.origin)
    return image.devicePixelRatio() == ratio and np.array_equal(seen[top : top + size, left : left + size], board)


def main() -> None:
    app = make_application()
    theme.apply("dark")
    ratio, wrong = float(os.environ["QT_SCALE_FACTOR"]), {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        engine = EngineClient(folder, fake_engine.main)
        window = MainWindow(engine, Preferences(folder / "settings.json"), folder)
        window.ask_before_closing = False
        window.show()
        window.resize(1100, 720)
        for door in DOORS:
            window.show_tab(window.at(DOORS.index(door)))
            # What a tab shows comes little by little: it has five seconds for all of it to be laid out.
            for _ in range(25):
                QTest.qWait(200)
                wrong[door.name] = clipped(window) + blurred(window, ratio)
                if not wrong[door.name]:
                    break
        wrong["canvas"] = [] if real_pixels(ratio) else ["A photo's pixel is not one of the screen at 100 %."]
        wrong["screen"] = [] if window.devicePixelRatioF() == ratio else ["The screen has another fineness."]
        window.close()
    print(json.dumps(wrong))
    sys.stdout.flush()
    assert app
    os._exit(0)  # Qt is not taken down in good order


if __name__ == "__main__":
    main()

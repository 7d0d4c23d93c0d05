"""``python -m benchmarks.monkey_hands HOME SEED ACTIONS``: the program that is played with, and who plays with it.

Called by `benchmarks.monkey`, which gives it an empty home. Prints what was done as one line of JSON.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from benchmarks.watchdog import Watchdog
from desktop import app
from desktop.window import MainWindow

#: Milliseconds between two actions, before the first, and after the last.
PACE, BEFORE, AFTER = 60, 2500, 2000
#: Steps that one dialog may take before it is sent away.
BORED = 6

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_KEY = Qt.Key
KEYS = [
    *(_KEY.Key_Left, _KEY.Key_Right, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Space, _KEY.Key_Return, _KEY.Key_Escape),
    *(_KEY.Key_Tab, _KEY.Key_Backtab, _KEY.Key_Home, _KEY.Key_End, _KEY.Key_PageDown, _KEY.Key_Delete),
    *(_KEY.Key_Plus, _KEY.Key_Minus, _KEY.Key_0, _KEY.Key_1, _KEY.Key_A, _KEY.Key_R, _KEY.Key_F1, _KEY.Key_F5),
]
WITH_CONTROL = [
    *(_KEY.Key_Z, _KEY.Key_Y, _KEY.Key_C, _KEY.Key_V, _KEY.Key_A, _KEY.Key_S, _KEY.Key_D, _KEY.Key_Return, _KEY.Key_G)
]


def play(home: Path, seed: int, actions: int) -> int:
    """Run the program; returns its exit status."""
    QDesktopServices.openUrl = staticmethod(lambda _url: True)  # no other program is opened
    report: dict[str, object] = {"seed": seed}

    def begin() -> int:
        monkey = Monkey(home, seed, actions, report.update)
        QTimer.singleShot(BEFORE, monkey.begin)
        return QApplication.exec()

    app.Application.exec = staticmethod(begin)
    status = app.run([])
    print(json.dumps(report), flush=True)
    return status


class Monkey:
    """Acts until it has done enough, then closes the window and tells."""

    def __init__(self, home: Path, seed: int, actions: int, tell: Callable[[dict], None]) -> None:
        self._home, self._left, self._tell = home, actions, tell
        self._chance = random.Random(seed)
        self._files = make_files(home / "pictures", seed)
        self._done: Counter[str] = Counter()
        self._dialog, self._steps = "", 0
        self._watchdog: Watchdog | None = None
        acts = {self._click: 40, self._key: 20, self._action: 14, self._drop: 10, self._tab: 8, self._drag: 6}
        acts |= {self._wheel: 4, self._size: 4, self._clipboard: 3}
        self._acts = [act for act, weight in acts.items() for _ in range(weight)]

    def begin(self) -> None:
        self._watchdog = Watchdog()
        self._step()

    def _step(self) -> None:
        if self._left <= 0:
            QTimer.singleShot(AFTER, self._end)
            return
        QTimer.singleShot(PACE, self._step)  # first: what follows may open a dialog and stay there
        window = shown()
        if window is None:
            return  # it is built anew, for another language
        self._left -= 1
        dialog = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if dialog is not None:
            self._done["dialog"] += 1
            self._answer(dialog)
            return
        self._dialog, self._steps = "", 0
        act = self._chance.choice(self._acts)
        self._done[act.__name__.lstrip("_")] += 1
        act(window)

    def _answer(self, dialog: QWidget) -> None:
        name = f"{type(dialog).__name__} {dialog.windowTitle()}"
        self._steps = self._steps + 1 if name == self._dialog else 0
        self._dialog = name
        if self._steps > BORED or self._chance.random() < 0.2:
            send_away(dialog)
        elif isinstance(dialog, QMenu):
            for _ in range(self._chance.randrange(1, 6)):
                QTest.keyClick(dialog, _KEY.Key_Down)
            if not leads_out(dialog.activeAction()):
                QTest.keyClick(dialog, _KEY.Key_Return)
        elif isinstance(dialog, QFileDialog):
            saves = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
            target = self._home / f"out {self._chance.randrange(4)}.png" if saves else self._chance.choice(self._files)
            typed = dialog.findChild(QLineEdit)  # `selectFile` leaves it alone while it has the keyboard
            assert typed is not None
            typed.setText(str(target))
            dialog.accept()
        elif isinstance(dialog, QInputDialog):
            dialog.setTextValue(self._chance.choice(["", "name", "名字", "x" * 200]))
            dialog.accept()
        elif buttons := [control for control in controls(dialog) if isinstance(control, QAbstractButton)]:
            self._chance.choice(buttons).click()
        else:
            dialog.close()

    # -- actions --------------------------------------------------------------------------------

    def _place(self, widget: QWidget) -> QPoint:
        return QPoint(self._chance.randrange(max(widget.width(), 1)), self._chance.randrange(max(widget.height(), 1)))

    def _click(self, window: MainWindow) -> None:
        if there := controls(window):
            control = self._chance.choice(there)
            click = QTest.mouseDClick if self._chance.random() < 0.1 else QTest.mouseClick
            click(control, LEFT, PLAIN, self._place(control))

    def _key(self, window: MainWindow) -> None:
        keys = [(key, PLAIN) for key in KEYS] + [(key, CONTROL) for key in WITH_CONTROL]
        key, modifier = self._chance.choice([*keys, (_KEY.Key_Z, CONTROL | SHIFT)])
        QTest.keyClick(window.focusWidget() or window, key, modifier)

    def _action(self, window: MainWindow) -> None:
        actions = [a for a in window.findChildren(QAction) if a.isEnabled() and not a.menu() and not leads_out(a)]
        if actions:
            self._chance.choice(actions).trigger()

    def _mime(self) -> QMimeData:
        mime, what = QMimeData(), self._chance.random()
        if what < 0.7:
            files = self._chance.sample(self._files, self._chance.randrange(1, 4))
            mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        elif what < 0.8:
            picture = QImage(64, 48, QImage.Format.Format_RGB32)
            picture.fill(self._chance.randrange(1 << 24))
            mime.setImageData(picture)
        elif what < 0.9:
            mime.setUrls([QUrl("https://example.org/a.png")])
        else:
            mime.setText("some words")
        return mime

    def _drop(self, window: MainWindow) -> None:
        place, mime, copy = self._place(window), self._mime(), Qt.DropAction.CopyAction
        target: QWidget = window.childAt(place) or window
        while not target.acceptDrops() and target is not window:
            target = target.parentWidget() or window
        at = target.mapFrom(window, place)
        enter = QDragEnterEvent(at, copy, mime, LEFT, PLAIN)
        QApplication.sendEvent(target, enter)
        if enter.isAccepted():
            QApplication.sendEvent(target, QDropEvent(QPointF(at), copy, mime, LEFT, PLAIN))

    def _tab(self, window: MainWindow) -> None:
        bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.isEnabled()]
        if bars:
            place = bars[0].tabRect(self._chance.randrange(bars[0].count())).center()
            QTest.mouseClick(bars[0], LEFT, PLAIN, place)

    def _drag(self, window: MainWindow) -> None:
        if there := controls(window):
            control = self._chance.choice(there)
            QTest.mousePress(control, LEFT, PLAIN, self._place(control))
            for _ in range(4):
                QTest.mouseMove(control, self._place(control))
            QTest.mouseRelease(control, LEFT, PLAIN, self._place(control))

    def _wheel(self, window: MainWindow) -> None:
        place = self._place(window)
        target: QWidget = window.childAt(place) or window
        at, turn = QPointF(target.mapFrom(window, place)), QPoint(0, self._chance.choice((120, -120, 480)))
        phase, buttons = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        everywhere = QPointF(window.mapToGlobal(place))
        QApplication.sendEvent(target, QWheelEvent(at, everywhere, QPoint(), turn, buttons, PLAIN, phase, False))

    def _size(self, window: MainWindow) -> None:
        window.resize(self._chance.randrange(820, 1700), self._chance.randrange(540, 1000))

    def _clipboard(self, _window: MainWindow) -> None:
        QGuiApplication.clipboard().setMimeData(self._mime())

    # -- the end --------------------------------------------------------------------------------

    def _end(self) -> None:
        assert self._watchdog is not None
        self._watchdog.stop()
        dialog = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if dialog is not None:  # its own loop ends first, and what called it
            send_away(dialog)
            QTimer.singleShot(PACE, self._end)
            return
        blocks = [{"seconds": b.seconds, "busy": b.busy, "stack": b.stack[6:]} for b in self._watchdog.blocks]
        self._tell({"done": dict(self._done), "longest": round(self._watchdog.longest, 3), "blocks": blocks})
        window = shown()
        if window is not None:
            window.ask_before_closing = False
            window.close()
        QGuiApplication.clipboard().clear()  # off screen it outlives Python, and what it holds is Python's
        QApplication.quit()


def make_files(folder: Path, seed: int) -> list[Path]:
    """Pictures, broken ones, files of other kinds, folders, and one path where nothing is."""
    (folder / "album").mkdir(parents=True)
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[0:160, 0:220]
    for number, name in enumerate(("a.jpg", "b.png", "c.tif", "d.webp", "album/e.jpg", "album/f.png", "ä 图.jpg")):
        smooth = np.stack([x + 5 * number, y, 255 - x], axis=2)
        noisy = np.clip(smooth + chance.normal(0, 15, smooth.shape), 0, 255).astype(np.uint8)
        Image.fromarray(noisy).save(folder / name)
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "cut.jpg").write_bytes((folder / "a.jpg").read_bytes()[:900])
    (folder / "note.txt").write_text("no picture")
    (folder / "broken.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}{}{}{}")
    (folder / "broken.darkroom").write_bytes(b"PK\x03\x04nothing")
    (folder / "nothing").mkdir()
    return [*sorted(folder.rglob("*")), folder / "gone.png"]


def shown() -> MainWindow | None:
    """The window, unless it is being built anew."""
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()), None)


def controls(root: QWidget) -> list[QWidget]:
    """What can be clicked on, below a window."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if (isinstance(widget, QAbstractButton) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.visibleRegion().isEmpty()
    ]


def send_away(dialog: QWidget) -> None:
    """As Escape does."""
    if isinstance(dialog, QDialog):
        dialog.reject()
    else:
        dialog.close()


def leads_out(action: QAction | None) -> bool:
    """Whether an action would end the program."""
    if action is None:
        return False
    words = action.text().replace("&", "").lower()
    return action.menuRole() == QAction.MenuRole.QuitRole or words.startswith(("quit", "close", "退出"))


if __name__ == "__main__":
    sys.exit(play(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QFileDialog,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QTabBar,
)

from desktop import theme, work_folder
from desktop.tabs.restore import RestoreTab
from desktop.tabs.restore_photo import State
from desktop.widgets.canvas import Canvas

ROOT = Path(__file__).resolve().parents[2]


def test_every_control_has_a_name_for_screen_readers(window, qtbot, photo_file: Callable[..., Path]) -> None:
    window.tab(RestoreTab).open([photo_file()])
    qtbot.waitUntil(lambda: bool(window.tab(RestoreTab).queue.photos))
    kinds = (QAbstractButton, QAbstractSlider, QAbstractItemView, QProgressBar, QTabBar, Canvas)
    controls = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if not isinstance(widget, QScrollBar) and not widget.objectName().startswith("Scroll")
    ]
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in controls
        if not widget.accessibleName() and not isinstance(widget.parentWidget(), QTabBar)
    ]
    assert len(controls) > 35
    assert nameless == []


def test_every_action_says_what_it_does(window) -> None:
    for _, actions in window.tab(RestoreTab).commands.groups():
        for action in filter(None, actions):
            assert action.text()
            if not action.shortcut().isEmpty() and action.toolTip() != action.text():
                assert "(" in action.toolTip()


def test_the_theme_changes_while_the_window_is_open(window) -> None:
    app = QApplication.instance()
    for name, colours in (("light", theme.LIGHT), ("dark", theme.DARK)):
        window.appearance.choose_theme(name)
        assert app.palette().color(QPalette.ColorRole.Window) == QColor(colours.window)
        assert window.palette().color(QPalette.ColorRole.WindowText) == QColor(colours.text)
        assert window._preferences.theme == name


@pytest.mark.parametrize("name", sorted(path.stem for path in theme.ICONS.glob("*.svg")))
def test_every_drawing_draws(qtbot, name: str) -> None:
    image = theme.pixmap(name, QColor("#ff0000"), 20, 2).toImage()
    assert image.width() == 40
    assert any(image.pixelColor(x, y).alpha() > 100 for x in range(40) for y in range(40))


def test_closing_asks_once_when_results_are_not_saved(
    window, qtbot, tmp_path: Path, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = window.tab(RestoreTab)
    tab.open([photo_file()])
    qtbot.waitUntil(lambda: [photo.state for photo in tab.queue.photos] == [State.DONE], timeout=30000)
    window.ask_before_closing = True
    asked: list[str] = []

    def press(words: str) -> Callable[[QMessageBox], int]:
        def answer(box: QMessageBox) -> int:
            asked.append(box.text())
            next(button for button in box.findChildren(QPushButton) if words in button.text()).click()
            return 0

        return answer

    monkeypatch.setattr(QMessageBox, "exec", press("Cancel"))
    assert not window.close()
    monkeypatch.setattr(QMessageBox, "exec", press("Save all"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(tmp_path))
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30000)
    assert len(asked) == 2
    assert (tmp_path / "old-restored.png").exists()
    assert window._engine.pid is None


def test_the_window_remembers_its_place(window) -> None:
    window.resize(1000, 700)
    window.close()
    assert not window._preferences.geometry.isEmpty()


def test_the_window_process_never_loads_a_runtime_of_models() -> None:
    script = (
        "import sys, desktop.app; print([m for m in ('torch', 'onnxruntime', 'PIL', 'psutil') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_work_folders_of_windows_that_are_gone_are_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (str(gone.pid), "1", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "photo.npy").write_bytes(b"x")
    mine = work_folder.create(tmp_path)
    work_folder.remove_stale(tmp_path)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == sorted(["1", "notes", mine.name])
    assert [path.name for path in mine.iterdir()] == ["made"]

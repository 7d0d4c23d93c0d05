from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QFileSystemModel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import file_dialogs

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file dialogs are the system's there")


def watchers() -> int:
    """How many watchers of folders the kernel has given this process."""
    links = Path("/proc/self/fd").iterdir()
    return sum("inotify" in str(link.readlink()) for link in links if link.is_symlink())


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def answer(text: str) -> list[tuple[bool, int]]:
    """Type ``text`` into the dialog that opens, then press its button; what was seen before: whether the model does
    without watching, and the watchers."""
    seen = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        model, name = dialog.findChild(QFileSystemModel), dialog.findChild(QLineEdit)
        assert model is not None
        assert name is not None
        quiet = model.testOption(QFileSystemModel.Option.DontWatchForChanges)
        seen.append((quiet, watchers() if sys.platform == "linux" else 0))
        name.setText(text)
        dialog.accept() if text else dialog.reject()

    QTimer.singleShot(200, act)
    return seen


def test_no_dialog_watches_the_folders_it_shows(parent: QWidget, tmp_path: Path) -> None:
    photo, inner = tmp_path / "ä 1.jpg", tmp_path / "inner"
    photo.write_bytes(b"")
    inner.mkdir()
    before = watchers() if sys.platform == "linux" else 0
    asked = {
        lambda: file_dialogs.file_to_open(parent, "Open", tmp_path, "All (*)"): (photo, photo),
        lambda: file_dialogs.files_to_open(parent, "Open", tmp_path, "All (*)"): (photo, [photo]),
        lambda: file_dialogs.folder(parent, "Folder", tmp_path): (inner, inner),
        lambda: file_dialogs.place_to_save(parent, "Save", photo, "JPEG (*.jpg);;PNG (*.png)", "PNG (*.png)"): (
            tmp_path / "new.png",
            tmp_path / "new.png",
        ),
    }
    for ask, (typed, expected) in asked.items():
        seen = answer(str(typed))
        assert ask() == expected
        assert seen == [(True, before)]


def test_a_dialog_that_is_sent_away_gives_nothing(parent: QWidget, tmp_path: Path) -> None:
    for ask, nothing in (
        (lambda: file_dialogs.files_to_open(parent, "Open", tmp_path, "All (*)"), []),
        (lambda: file_dialogs.folder(parent, "Folder", tmp_path), None),
    ):
        answer("")
        assert ask() == nothing


def test_a_dialog_of_the_system_is_not_looked_into(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    left = []
    leave = file_dialogs._Builder.leave
    monkeypatch.setattr(file_dialogs._Builder, "leave", lambda self: (left.append(1), leave(self)))

    def system(*_: object) -> str:
        qtbot.waitUntil(lambda: bool(left))  # while it is open
        return str(tmp_path)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", system)
    assert file_dialogs.folder(parent, "Folder", tmp_path) == tmp_path

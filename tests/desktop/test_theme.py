from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import restyle, theme
from desktop.restyle import Restyle
from desktop.window import MainWindow


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def by_hand(qtbot, done: list[str], monkeypatch: pytest.MonkeyPatch) -> Restyle:
    """Restyles our widgets by noting their names; a turn of it is enough for one of them."""
    monkeypatch.setattr(restyle, "SLICE", 0)
    return Restyle(lambda widget: done.append(widget.objectName()))


def named(qtbot, name: str, inner: str, shown: bool) -> QWidget:
    widget = QWidget()
    widget.setObjectName(name)
    QLabel(widget).setObjectName(inner)
    qtbot.addWidget(widget)
    if shown:
        widget.show()
    return widget


def test_what_is_seen_comes_at_once_and_the_hidden_in_turns_of_their_own(qtbot, by_hand, done) -> None:
    hidden = named(qtbot, "hidden", "inside hidden", shown=False)
    seen = named(qtbot, "seen", "inside seen", shown=True)
    by_hand.begin()
    assert {"seen", "inside seen"} <= set(done)
    assert not {"hidden", "inside hidden"} & set(done)
    counts = []
    while by_hand._waiting:
        counts.append(len(done))
        by_hand._turn()
    assert {"hidden", "inside hidden"} <= set(done)
    assert all(later - earlier <= 1 for earlier, later in pairwise(counts))
    assert [done.count(widget.objectName()) for widget in (hidden, seen)] == [1, 1]


def test_a_page_that_is_shown_before_its_turn_has_it_then(qtbot, by_hand, done) -> None:
    page = named(qtbot, "page", "inside", shown=False)
    another = named(qtbot, "another", "inside another", shown=False)
    by_hand.begin()
    by_hand.catch_up(page)
    assert {"page", "inside"} <= set(done)
    assert another.objectName() not in done


def test_a_widget_that_goes_before_its_turn_is_no_trouble(qtbot, by_hand, done) -> None:
    gone = QWidget()
    gone.setObjectName("gone")
    by_hand.begin()
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not by_hand._waiting)
    assert "gone" not in done


def picture(qtbot, window: MainWindow) -> QImage:
    """As soon as nothing changes any more."""
    pictures = [window.grab().toImage()]

    def still() -> bool:
        pictures.append(window.grab().toImage())
        return pictures[-1] == pictures[-2]

    qtbot.wait(50)
    qtbot.waitUntil(still)
    return pictures[-1]


def test_a_window_that_changed_its_theme_looks_as_one_that_began_with_it(qtbot, window: MainWindow) -> None:
    names = ["restore", "sliders", "finetune", "models"]
    qtbot.waitUntil(lambda: window._engine.last_ready is not None, timeout=20000)
    for name in names:
        window.go_to(name)
        qtbot.wait(200)  # pictures and lists come from threads
        picture(qtbot, window)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.dress(Qt.ColorScheme.Light)
    changed = {}
    for name in reversed(names):  # the first of them are shown before their turn
        window.go_to(name)
        changed[name] = picture(qtbot, window)
    sheet = app.styleSheet()
    app.setStyleSheet("")  # Qt's own way: all begins anew
    app.setStyleSheet(sheet)
    for name in names:
        window.go_to(name)
        assert picture(qtbot, window) == changed[name], name


def test_what_was_closed_when_the_theme_changed_opens_in_the_new_one(qtbot) -> None:
    def dialog() -> QWidget:
        box = QDialog()
        column = QVBoxLayout(box)
        for inner in (QPushButton("Yes"), QLineEdit("words"), QComboBox(), QCheckBox("on"), QProgressBar(), QMenu(box)):
            inner.setEnabled(not isinstance(inner, QPushButton))
            inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            column.addWidget(inner)
            if isinstance(inner, QMenu):
                inner.addAction("Copy")
        qtbot.addWidget(box)
        return box

    def pictures(box: QWidget) -> list[QImage]:
        box.show()
        menu = box.findChild(QMenu)
        assert isinstance(menu, QMenu)
        return [box.grab().toImage(), menu.grab().toImage()]

    theme.dress(Qt.ColorScheme.Dark)
    before = dialog()
    dark = pictures(before)
    before.hide()
    theme.dress(Qt.ColorScheme.Light)
    qtbot.wait(200)
    after = dialog()
    assert pictures(before) == pictures(after)
    assert dark != pictures(before)


def test_the_stylesheet_stays_as_it_is(window: MainWindow) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.styleSheet()
    theme.apply("light")
    assert app.styleSheet() == before
    assert "#" not in before.replace("QFrame#", "").replace("QScrollArea#", "")  # it names no colour of a theme

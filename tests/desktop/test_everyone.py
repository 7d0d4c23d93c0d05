"""The window for those who see it with a screen reader, work it by keys, or want it still."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QScrollBar,
    QTabBar,
    QWidget,
)
from seen_words import whole

import desktop.tabs
import desktop.widgets
from desktop import motion, theme
from desktop.tabs.doors import DOORS
from desktop.tabs.interpolate_export import ExportDialog
from desktop.tabs.sliders_learn import LearnDialog
from desktop.widgets import spoken
from desktop.widgets.banner import Banner
from desktop.widgets.canvas import Canvas
from desktop.widgets.centred_slider import CentredSlider
from desktop.widgets.choice import Switch
from desktop.widgets.note import Note
from desktop.widgets.offer import Offer
from desktop.widgets.shortcut_sheet import ShortcutSheet
from desktop.widgets.slider import LabelledSlider
from desktop.widgets.slot import Slot
from desktop.widgets.trouble import TroubleBox

#: They paint a ground or a frame, and nothing that is not said by what lies on it.
GROUNDS = {"EmptyState", "_Frame"}


@pytest.fixture(autouse=True)
def screen_reader(qapp) -> Iterator[None]:
    """Somebody listens."""
    spoken.install()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def said(widget: QWidget, what: QAccessible.Text = QAccessible.Text.Name) -> str:
    """What a screen reader is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(what) if interface else ""


def is_control(widget: QWidget) -> bool:
    """Whether the user can do something with it; parts that Qt puts into its own controls are theirs."""
    if isinstance(widget, QScrollBar | QLabel) or widget.objectName().startswith(("qt_", "Scroll")):
        return False
    if isinstance(widget.parentWidget(), QTabBar | QComboBox | QLineEdit) or "QComboBox" in type(widget).__name__:
        return False
    pressed = type(widget).__module__.startswith("desktop") and "mousePressEvent" in vars(type(widget))
    kinds = (QAbstractButton, QAbstractSlider, QComboBox)
    return pressed or isinstance(widget, kinds) or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def nameless(top: QWidget) -> list[str]:
    controls = [widget for widget in [top, *top.findChildren(QWidget)] if is_control(widget) and not widget.isWindow()]
    waiting = {
        id(part)
        for kind in (Banner, Note, Offer)
        for one in top.findChildren(kind)
        if one.isHidden()
        for part in one.findChildren(QWidget)
    }  # named by what they will say
    return [
        f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"
        for widget in controls
        if type(widget) is not QWidget and id(widget) not in waiting and not said(widget).strip()
    ]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_control_of_a_tab_has_a_name(window, door) -> None:
    number = DOORS.index(door)
    window._bar.setCurrentIndex(number)
    tab = whole(window.at(number))
    assert len([widget for widget in tab.findChildren(QWidget) if is_control(widget)]) >= 5
    assert nameless(tab) == []
    assert nameless(window) == []


def test_every_control_of_a_dialog_has_a_name_and_escape_closes_it(window, qtbot, tmp_path) -> None:
    dialogs = [
        ExportDialog(4, window),
        LearnDialog("faces", "Faces", [], tmp_path, window),
        ShortcutSheet(window.shortcuts, "restore", window),
        TroubleBox("It broke.", "Try it again.", "line 1", lambda: "report", window),
    ]
    window.help.show_about()
    boxes = window.findChildren(QMessageBox)
    assert len(boxes) == 1
    for dialog in [*dialogs, *boxes]:
        dialog.open()
        assert [widget for widget in dialog.findChildren(QWidget) if is_control(widget)]
        assert nameless(dialog) == [], type(dialog).__name__
        assert dialog.windowTitle()
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), type(dialog).__name__


class Shown(QObject):
    """Hears of every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_no_part_of_a_tab_is_a_window_of_its_own_for_a_moment(window, qapp) -> None:
    """Such a one flashes on the screen and takes the keyboard with it."""
    shown = Shown()
    qapp.installEventFilter(shown)
    for door in DOORS:
        tab = window.at(DOORS.index(door))
        window.show_tab(tab)
        whole(tab)
    qapp.removeEventFilter(shown)
    assert shown.windows == []
    assert window.isActiveWindow()


def test_every_line_of_every_menu_says_something(window) -> None:
    for number in range(len(DOORS)):
        window._bar.setCurrentIndex(number)
        menus = window._menu.findChildren(QMenu) + window._shown
        for menu in menus:
            assert menu.title()
            assert all(action.text() for action in menu.actions() if not action.isSeparator())


def painted_by_hand() -> list[type[QWidget]]:
    """Our widgets that paint themselves where Qt has no control that it could tell about."""
    found = set()
    for package in (desktop.tabs, desktop.widgets):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                ours = kind.__module__.startswith("desktop.") and issubclass(kind, QWidget)
                if ours and any("paintEvent" in vars(base) for base in kind.__mro__ if "desktop" in base.__module__):
                    found.add(kind)
    return sorted(found, key=lambda kind: kind.__name__)


def test_what_is_painted_by_hand_has_a_role_and_a_value() -> None:
    kinds = painted_by_hand()
    assert len(kinds) > 12
    known = ("QAbstractButton", "QComboBox", "QAbstractItemView", "QLabel", "QProgressBar", "QScrollArea", "QTabBar")
    silent = [
        kind.__name__
        for kind in kinds
        if not any(base.__name__ in known for base in kind.__mro__)
        and not (hasattr(kind, "spoken_role") and hasattr(kind, "spoken_value"))
        and kind.__name__ not in GROUNDS
    ]
    assert silent == []


def test_a_slider_says_its_value_as_it_is_moved(qtbot) -> None:
    slider = LabelledSlider("Noise", 75, str)
    qtbot.addWidget(slider)
    slider.show()
    assert said(slider.track) == "Noise"
    assert said(slider.track, QAccessible.Text.Value) == "Auto"
    slider.show_value(None, 24)
    assert said(slider.track, QAccessible.Text.Value) == "Auto, 24 of 75"
    slider.track.setFocus()
    qtbot.keyClick(slider.track, Qt.Key.Key_Right)
    assert said(slider.track, QAccessible.Text.Value) == "25 of 75"
    interface = QAccessible.queryAccessibleInterface(slider.track)
    assert interface.role() is QAccessible.Role.Slider
    assert (interface.valueInterface().currentValue(), interface.valueInterface().maximumValue()) == (25, 75)
    interface.valueInterface().setCurrentValue(30)
    assert slider.track.value() == 30


def test_a_slider_with_a_middle_says_more_or_less(qtbot) -> None:
    slider = CentredSlider("hair", 3.0)
    qtbot.addWidget(slider)
    assert said(slider.track, QAccessible.Text.Value) == "in the middle"
    qtbot.keyClick(slider.track, Qt.Key.Key_Left)
    assert said(slider.track, QAccessible.Text.Value) == "0.1 less"
    qtbot.keyClick(slider.track, Qt.Key.Key_PageUp)
    assert said(slider.track, QAccessible.Text.Value) == "0.4 more"


def test_a_place_for_a_picture_is_a_button_until_there_is_one(qtbot) -> None:
    slot = Slot("Picture 1", "Drop a picture here")
    qtbot.addWidget(slot)
    assert QAccessible.queryAccessibleInterface(slot).role() is QAccessible.Role.Button
    assert said(slot, QAccessible.Text.Value) == "empty"
    slot.show_image(QImage(32, 24, QImage.Format.Format_RGB32))
    assert QAccessible.queryAccessibleInterface(slot).role() is QAccessible.Role.Graphic
    assert said(slot, QAccessible.Text.Value) == "32 by 24 pixels"


def test_the_ring_is_seen_by_those_who_use_keys_only(qtbot) -> None:
    canvas, accent = Canvas(), theme.DARK.accent
    theme.apply("dark")
    qtbot.addWidget(canvas)
    canvas.resize(300, 200)
    canvas.show()
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)

    def ring() -> bool:
        return canvas.grab().toImage().pixelColor(150, 0).name() == accent

    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring()
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert ring()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton)
    assert not ring()
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring()
    canvas.clearFocus()
    assert not ring()


def test_a_switch_turns_by_space(qtbot) -> None:
    switch = Switch("Automatic")
    qtbot.addWidget(switch)
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert said(switch) == "Automatic"


def test_nothing_turns_where_less_motion_is_wanted(window, qtbot) -> None:
    slot = Slot("Picture 1", "Drop a picture here")
    qtbot.addWidget(slot)
    slot.show_busy(True)
    assert slot._turning.isActive()
    slot.show_busy(False)
    window.appearance.choose_motion(True)
    try:
        assert motion.reduced() and window._preferences.less_motion
        slot.show_busy(True)
        assert not slot._turning.isActive()
        assert said(slot, QAccessible.Text.Value) == "a picture is on its way"
    finally:
        window.appearance.choose_motion(False)
    assert not motion.reduced()


def test_the_theme_follows_the_system_unless_one_was_chosen(window) -> None:
    from desktop import appearance

    preferences, hints = window._preferences, QGuiApplication.styleHints()
    appearance.begin(preferences)

    def ground() -> str:
        return QGuiApplication.palette().window().color().name()

    assert preferences.theme == "system"
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert ground() == theme.LIGHT.window
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert ground() == theme.DARK.window
    window.appearance.choose_theme("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert ground() == theme.DARK.window

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit

from desktop.preferences import Preferences
from desktop.shortcuts import EVERYWHERE, Entry, Shortcuts, named_actions, portable
from desktop.tabs.doors import DOORS
from desktop.tabs.generate import GenerateTab
from desktop.tabs.restore import RestoreTab
from desktop.widgets.shortcut_sheet import KEYS, WHAT, ShortcutSheet


def entry_of(shortcuts: Shortcuts, id: str) -> Entry:
    return next(entry for group in shortcuts.groups() for entry in group.entries if entry.id == id)


@pytest.fixture
def sheet(window, qtbot) -> ShortcutSheet:
    window.help.show_keys("restore")
    sheet = window.findChild(ShortcutSheet)
    qtbot.waitExposed(sheet)
    return sheet


def line_of(sheet: ShortcutSheet, id: str):
    return next(line for line in sheet.lines() if (entry := sheet.entry(line)) and entry.id == id)


def test_every_action_of_the_window_and_of_the_tabs_is_known(window) -> None:
    known = {entry.id for group in window.shortcuts.groups() for entry in group.entries}
    for number, door in enumerate(DOORS):
        tab = window.at(number)
        assert {f"{door.name}.{name}" for name in named_actions(tab.menus)} <= known
        nameless = [a.text() for a in tab.actions() if a not in named_actions(tab.menus).values()]
        assert nameless == []
    assert {"history.again", "history.search"} <= known
    nameless = [a.text() for a in window.actions() if not a.shortcut().isEmpty() and not a.objectName()]
    assert nameless == []
    assert {f"{EVERYWHERE}.quit", f"{EVERYWHERE}.keys", f"{EVERYWHERE}.go-to-models"} <= known


def test_no_two_have_the_same_keys_by_default(window) -> None:
    shortcuts = window.shortcuts
    for group in shortcuts.groups():
        for entry in group.entries:
            for keys in entry.defaults:
                assert shortcuts.conflict(entry, keys) == "", (entry.id, keys)


def test_the_keys_of_a_tab_work_only_while_it_is_seen(window, qtbot) -> None:
    restore, generate = window.tab(RestoreTab), window.tab(GenerateTab)
    heard: list[str] = []
    for tab in (restore, generate):
        tab.menus.again.setEnabled(True)
        tab.menus.again.triggered.disconnect()
        tab.menus.again.triggered.connect(lambda _checked=False, tab=tab: heard.append(tab.name))
    window.activateWindow()
    for tab in (restore, generate, restore):
        window.show_tab(tab)
        tab.menus.again.setEnabled(True)
        qtbot.keyClick(window, Qt.Key.Key_F5)
    assert heard == ["restore", "generate", "restore"]


def test_changed_keys_work_at_once_and_the_next_day(window, qtbot, tmp_path: Path) -> None:
    shortcuts, restore = window.shortcuts, window.tab(RestoreTab)
    opened: list[bool] = []
    restore.menus.open.triggered.disconnect()
    restore.menus.open.triggered.connect(lambda: opened.append(True))
    assert shortcuts.change(entry_of(shortcuts, "restore.open"), "Ctrl+Shift+P") == ""
    assert shortcuts.change(entry_of(shortcuts, "generate.draw"), "F9") == ""  # of a tab that is not built yet
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert opened == []
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_P, modifiers)
    assert opened == [True]
    assert "Ctrl+Shift+P" in restore.menus.open.toolTip()
    assert "Ctrl+O" not in restore.menus.open.toolTip()
    assert portable(window.tab(GenerateTab).menus.draw) == ("F9",)
    assert Preferences(tmp_path / "settings.json").value("shortcuts", {}) == {
        "restore.open": ["Ctrl+Shift+P"],
        "generate.draw": ["F9"],
    }


def test_keys_that_are_taken_are_not_given_away(window) -> None:
    shortcuts = window.shortcuts
    save = entry_of(shortcuts, "restore.save")
    sentence = shortcuts.change(save, "Ctrl+O")
    assert sentence == "Ctrl+O is taken: it means “Open photos” (Restore)."
    assert shortcuts.keys(save) == ("Ctrl+S",)
    assert "Quit" in shortcuts.change(save, "Ctrl+Q")
    assert "original" in shortcuts.change(save, "B")  # no action's, but the picture's
    assert shortcuts.change(save, "Ctrl+L") == ""  # of other tabs only
    assert shortcuts.change(entry_of(shortcuts, f"{EVERYWHERE}.keys"), "Ctrl+L") != ""


def test_reset_one_and_all(window) -> None:
    shortcuts, restore = window.shortcuts, window.tab(RestoreTab)
    save, keep = entry_of(shortcuts, "restore.save"), portable(restore.menus.save)
    shortcuts.change(save, "Ctrl+J")
    shortcuts.change(entry_of(shortcuts, "restore.again"), "Ctrl+S")
    assert "Try again" in shortcuts.reset(save)  # its default went to another meanwhile
    shortcuts.change(entry_of(shortcuts, "restore.again"), "")
    assert restore.menus.again.shortcut().isEmpty()
    assert shortcuts.reset(save) == ""
    assert portable(restore.menus.save) == keep
    assert restore.menus.save.toolTip().endswith("(Ctrl+S)")
    shortcuts.reset_all()
    assert portable(restore.menus.again) == ("F5",)
    assert not any(shortcuts.is_changed(entry) for group in shortcuts.groups() for entry in group.entries)


def test_what_lies_in_the_settings_is_believed_only_if_it_is_keys(tmp_path: Path, qapp) -> None:
    preferences = Preferences(tmp_path / "settings.json")
    preferences.set_value("shortcuts", {"restore.save": "Ctrl+J", "restore.open": [7], "restore.copy": ["no such key"]})
    shortcuts = Shortcuts(preferences)
    assert shortcuts.keys(entry_of(shortcuts, "restore.save")) == ("Ctrl+S",)
    assert shortcuts.keys(entry_of(shortcuts, "restore.open")) == ("Ctrl+O",)


def test_the_sheet_is_searched_by_words_and_by_keys(sheet: ShortcutSheet) -> None:
    def found() -> set[str]:
        return {line.text(WHAT) for line in sheet.lines() if not line.isHidden()}

    assert {"Save all", "Draw", "Verify", "Quit"} <= found()
    sheet.search.setText("ctrl+shift+s")
    assert found() == {"Save all"}
    sheet.search.setText("folder open")
    assert "Open a folder" in found()
    assert "Draw" not in found()
    sheet.search.setText("no such thing")
    assert found() == set()


def test_keys_are_changed_in_their_place(window, sheet: ShortcutSheet, qtbot) -> None:
    line = line_of(sheet, "restore.save")
    sheet.tree.setFocus()
    sheet.tree.setCurrentItem(line)
    qtbot.keyClick(sheet.tree, Qt.Key.Key_Return)
    editor = sheet.tree.findChild(QKeySequenceEdit)
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert line.text(KEYS) == "Alt+Return"
    assert window.tab(RestoreTab).menus.save.shortcut() == QKeySequence("Alt+Return")
    assert sheet.reset_one.isEnabled()
    sheet.reset_one.click()
    assert line.text(KEYS) == "Ctrl+S"


def test_the_sheet_says_who_has_the_keys(window, sheet: ShortcutSheet, qtbot) -> None:
    line = line_of(sheet, "restore.save")
    sheet.tree.setCurrentItem(line)
    sheet.tree.editItem(line, KEYS)
    qtbot.keyClick(sheet.tree.findChild(QKeySequenceEdit), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert "“Open photos”" in sheet.note.text
    assert line.text(KEYS) == "Ctrl+S"
    sheet.tree.setCurrentItem(line)
    sheet.tree.setFocus()
    qtbot.keyClick(sheet.tree, Qt.Key.Key_Delete)
    assert line.text(KEYS) == ""
    sheet.reset_all.click()
    assert line.text(KEYS) == "Ctrl+S"

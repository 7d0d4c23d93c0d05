"""The keys of everything that can be done: what they are by default, what the user made of them, who has which.

An action's id is ``SCOPE.NAME``: the scope is "window" or the name of a tab, the name that of the attribute which
holds the action (``restore.save``; ``restore.modes-2`` for the second of several). Keys are kept in the preferences
by these ids, only those that were changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.preferences import Preferences
from desktop.tabs.actions import TabActions
from desktop.tabs.doors import DOORS

#: The scope of what can be done whichever tab is seen.
EVERYWHERE = "window"
_KEPT = "shortcuts"


@dataclass(frozen=True)
class Entry:
    """One thing that can be done, for the sheet of keys. Keys are portable text, as ``QKeySequence`` reads it."""

    id: str
    text: str
    defaults: tuple[str, ...]

    @property
    def scope(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Group:
    """What can be done in one scope, and keys of it that no action has: as they are shown, and what they do."""

    scope: str
    title: str
    entries: tuple[Entry, ...]
    fixed: tuple[tuple[str, str], ...] = ()


def named_actions(holder: TabActions) -> dict[str, QAction]:
    """Every action of a tab by the name of its attribute."""
    found = {}
    for name, value in vars(holder).items():
        if isinstance(value, QAction):
            found[name] = value
        elif isinstance(value, list):
            numbered = enumerate(value, 1)
            found |= {f"{name}-{number}": one for number, one in numbered if isinstance(one, QAction)}
    return found


def portable(action: QAction) -> tuple[str, ...]:
    return tuple(keys.toString(QKeySequence.SequenceFormat.PortableText) for keys in action.shortcuts())


def shown(keys: tuple[str, ...]) -> str:
    """Keys as this system writes them."""
    return ", ".join(QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys)


class Shortcuts(QObject):
    """Gives actions their keys, and remembers what the user changed."""

    changed = Signal()  #: some keys are others now

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._live: dict[str, QAction] = {}
        self._window: dict[str, Entry] = {}
        self._groups: list[Group] = []

    # -- actions come ---------------------------------------------------------------------------

    def add(self, scope: str, actions: Mapping[str, QAction]) -> None:
        """Take in actions with their default keys, and give them those that the user chose."""
        kept = self._changes
        for name, action in actions.items():
            entry = Entry(f"{scope}.{name}", action.text(), portable(action))
            if scope == EVERYWHERE:
                self._window[entry.id] = entry
            self._live[entry.id] = action
            if entry.id in kept:
                _give(action, kept[entry.id])

    def groups(self) -> list[Group]:
        """All that can be done, in the window and in every tab, whether the tab was built already or not."""
        if not self._groups:
            from desktop.history_actions import HistoryActions

            self._groups = [_group_of(door.name, door.words, door.open_actions()) for door in DOORS]
            self._groups.append(_group_of("history", self.tr("History"), HistoryActions))
        return [Group(EVERYWHERE, self.tr("Everywhere"), tuple(self._window.values())), *self._groups]

    # -- keys -----------------------------------------------------------------------------------

    @property
    def _changes(self) -> dict[str, tuple[str, ...]]:
        kept = self._preferences.value(_KEPT, {})
        return {
            id: tuple(keys)
            for id, keys in kept.items()
            if isinstance(keys, list) and all(isinstance(one, str) and QKeySequence(one).count() for one in keys)
        }

    def keys(self, entry: Entry) -> tuple[str, ...]:
        """The keys of an action as they are now."""
        return self._changes.get(entry.id, entry.defaults)

    def is_changed(self, entry: Entry) -> bool:
        return self.keys(entry) != entry.defaults

    def conflict(self, entry: Entry, keys: str) -> str:
        """A sentence about who has these keys already; empty where nobody does that could be asked at the same time."""
        wanted = QKeySequence(keys)
        for group in self.groups():
            if wanted.isEmpty() or not (group.scope in (entry.scope, EVERYWHERE) or entry.scope == EVERYWHERE):
                continue
            has = next((e.text for e in group.entries if e.id != entry.id and _meets(wanted, self.keys(e))), "")
            has = has or next((what for fixed, what in group.fixed if _meets(wanted, _apart(fixed))), "")
            if has:
                sentence = self.tr("{keys} is taken: it means “{action}” ({where}).")
                return sentence.format(keys=shown((keys,)), action=has.rstrip("…"), where=group.title)
        return ""

    def change(self, entry: Entry, keys: str) -> str:
        """Give an action other keys, or none (""). The sentence of `conflict` where they are taken: nothing is done."""
        sentence = self.conflict(entry, keys)
        if not sentence:
            self._set(entry, (keys,) if keys else ())
        return sentence

    def reset(self, entry: Entry) -> str:
        """The default keys again. A sentence where another action has them now."""
        for keys in entry.defaults:
            if sentence := self.conflict(entry, keys):
                return sentence
        self._set(entry, entry.defaults)
        return ""

    def reset_all(self) -> None:
        self._preferences.set_value(_KEPT, {})
        for group in self.groups():
            for entry in group.entries:
                if entry.id in self._live:
                    _give(self._live[entry.id], entry.defaults)
        self.changed.emit()

    def _set(self, entry: Entry, keys: tuple[str, ...]) -> None:
        changes = {id: list(kept) for id, kept in self._changes.items() if id != entry.id}
        if keys != entry.defaults:
            changes[entry.id] = list(keys)
        self._preferences.set_value(_KEPT, changes)
        if entry.id in self._live:
            _give(self._live[entry.id], keys)
        self.changed.emit()


def _group_of(scope: str, title: str, kind: Callable[[QWidget, QUndoStack], TabActions]) -> Group:
    """What can be done in a tab, from actions made for this and dropped again: the tab itself need not be there."""
    tab = QWidget()
    actions = kind(tab, QUndoStack(tab))
    entries = tuple(Entry(f"{scope}.{n}", a.text(), portable(a)) for n, a in named_actions(actions).items())
    group = Group(scope, title, entries, tuple(actions.more_keys()))
    tab.deleteLater()  # here and now: Python might find the circle of the two in another thread
    return group


def _give(action: QAction, keys: tuple[str, ...]) -> None:
    """Set an action's keys, in its tip, too."""
    before, after = shown(portable(action)[:1]), shown(keys[:1])
    action.setShortcuts([QKeySequence(one) for one in keys])
    words = action.toolTip().removesuffix(f" ({before})") if before else action.toolTip()
    if words != action.toolTip() or not before:
        action.setToolTip(f"{words} ({after})" if after else words)


def _meets(wanted: QKeySequence, keys: tuple[str, ...] | Iterator[str]) -> bool:
    return any(QKeySequence(one) == wanted for one in keys)


def _apart(fixed: str) -> Iterator[str]:
    """The single keys of words such as "+  −  0  1" or "Space, Enter"."""
    return (one.replace("−", "-") for one in re.split(r"[\s,…]+", fixed) if one)

"""The page of the history: it hands events to the historian, and results back to the tabs that made them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from desktop import theme
from desktop.background import Background
from desktop.bin import Binned, from_bin, to_bin
from desktop.historian import Historian
from desktop.history import Entry
from desktop.history_actions import HistoryActions
from desktop.history_view import TABS, HistoryView
from desktop.tabs.plain import back
from desktop.tabs.tab import Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.question import agreed
from engine.recipes import Recipe

#: Results shown at a time; older ones are found by searching.
SHOWN = 1000
#: Milliseconds after the last key before it is searched.
REST = 150


class HistoryPage(Tab):
    """Results of earlier days: see, search, open and make them again."""

    left = Signal()  #: the user goes back to the tabs
    again_asked = Signal(str, object)  #: the `Tab.name` of a tab, and what it shall make again
    failed = Signal(str)  #: one sentence

    name = "history"

    def __init__(self, historian: Historian) -> None:
        super().__init__()
        self._historian = historian
        self.undo_stack = QUndoStack(self)
        self.commands = HistoryActions(self, self.undo_stack)
        self.view = HistoryView(self.commands, self)
        self._background = Background(parent=self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self.fill_with(self.view)
        self._connect()
        self._show_chosen()

    @property
    def menus(self) -> HistoryActions:
        return self.commands

    def receive(self, things: list[Sent]) -> None:
        """Nothing is sent here."""

    def _connect(self) -> None:
        do, view = self.commands, self.view
        do.connect_all(
            {
                do.back: self.left.emit,
                do.open: self._open,
                do.again: self._again,
                do.show_file: self._show_file,
                do.to_restore: lambda: self._send("restore"),
                do.to_sliders: lambda: self._send("sliders"),
                do.to_interpolate: lambda: self._send("interpolate"),
                do.favourite: self._love,
                do.forget: lambda: self._forget(self.chosen()),
                do.bin: self._bin,
                do.search: view.search.setFocus,
                do.choose_all: view.grid.selectAll,
            }
        )
        view.asked.connect(self._rest.start)
        view.grid.selection_changed.connect(self._show_chosen)
        view.grid.opened.connect(lambda _key: self._again())
        view.grid.menu_asked.connect(self._menu)
        self._rest.timeout.connect(self._look)
        self._historian.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _changed(self) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        view = self.view
        words, tab, loved = view.search.text(), TABS[view.kind.index], view.loved.isChecked()

        def found(entries: list[Entry]) -> None:
            if not isValid(view):  # the window was closed, or built anew in another language
                return
            view.show_entries(entries, SHOWN)
            if entries and not view.grid.chosen_keys() and not view.search.hasFocus():
                view.grid.choose([str(entries[0].id)])
            self._show_chosen()

        self._historian.find(words, tab, loved, SHOWN, found)

    # -- what is chosen -------------------------------------------------------------------------

    def chosen(self) -> list[Entry]:
        return [entry for key in self.view.grid.chosen_keys() if (entry := self.view.entry(key))]

    def _file(self) -> Path | None:
        """The file of the only chosen result, if it is still there."""
        chosen = self.chosen()
        path = Path(chosen[0].file) if len(chosen) == 1 and chosen[0].file else None
        return path if path is not None and path.exists() else None

    def _show_chosen(self) -> None:
        do, chosen, file = self.commands, self.chosen(), self._file()
        self.view.show_chosen(chosen, file is not None)
        one = len(chosen) == 1
        for action in (do.open, do.show_file):
            action.setEnabled(file is not None)
        do.again.setEnabled(one)
        do.forget.setEnabled(bool(chosen))
        do.bin.setEnabled(any(entry.file for entry in chosen))
        picture = file is not None and file.is_file()
        drawn = one and "recipes" in chosen[0].how
        do.to_restore.setEnabled(picture)
        for action in (do.to_sliders, do.to_interpolate):
            action.setEnabled(picture or drawn)
        loved = bool(chosen) and all(entry.favourite for entry in chosen)
        do.favourite.setEnabled(bool(chosen))
        do.favourite.setChecked(loved)
        if loved != do.favourite.property("full"):
            do.favourite.setProperty("full", loved)
            theme.set_icon(do.favourite, "heart-full" if loved else "heart")

    def _menu(self, at: QPoint) -> None:
        do, menu = self.commands, QMenu(self)
        menu.addActions([do.open, do.again, do.favourite, do.show_file])
        menu.addSeparator()
        menu.addActions([do.to_restore, do.to_sliders, do.to_interpolate])
        menu.addSeparator()
        menu.addActions([do.forget, do.bin])
        menu.exec(at)

    # -- open, again, elsewhere -----------------------------------------------------------------

    def _open(self) -> None:
        if file := self._file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _show_file(self) -> None:
        if file := self._file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

    def _again(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1:
            self.again_asked.emit(chosen[0].tab, chosen[0].how)

    def _send(self, name: str) -> None:
        chosen, file = self.chosen(), self._file()
        if len(chosen) == 1 and name != "restore" and "recipes" in chosen[0].how:
            try:
                recipes = back(chosen[0].how["recipes"], list[Recipe])
            except ValueError:
                recipes = []
            if recipes:
                self.sent.emit(name, recipes)
                return
        if file is not None:
            self.sent.emit(name, [file])

    # -- favourites, removal --------------------------------------------------------------------

    def _love(self) -> None:
        ids = [entry.id for entry in self.chosen()]
        loved = not all(entry.favourite for entry in self.chosen())
        words = self.tr("Add to the favourites") if loved else self.tr("Remove from the favourites")
        before = {entry.id: entry.favourite for entry in self.chosen()}
        self.undo_stack.push(Change(words, before, dict.fromkeys(ids, loved), self._set_loved))

    def _set_loved(self, loved: dict[int, bool]) -> None:
        for value in (True, False):
            ids = [number for number, wanted in loved.items() if wanted is value]
            if ids:
                self._historian.love(ids, value)

    def _forget(self, entries: list[Entry]) -> None:
        if entries:
            words = self.tr("Remove from the history")
            self.undo_stack.push(Change(words, (entries, True), (entries, False), self._set_there))

    def _set_there(self, wanted: tuple[list[Entry], bool]) -> None:
        entries, there = wanted
        if there:
            self._historian.put_back(entries)
        else:
            self._historian.remove([entry.id for entry in entries])

    def _bin(self) -> None:
        """Ask, then move the files of the chosen results to the bin; the results are forgotten, too."""
        entries = [entry for entry in self.chosen() if entry.file]
        if not entries:
            return
        if len(entries) == 1:
            question = self.tr("Move “{file}” to the bin?").format(file=Path(entries[0].file).name)
        else:
            question = self.tr("Move %Ln file(s) to the bin?", "", len(entries))
        more = self.tr("They can be brought back from there.")
        if agreed(self, question, more, self.tr("Move to the bin"), destructive=True):
            self.undo_stack.push(_Binning(self.tr("Move to the bin"), entries, self))

    def bin(self, entries: list[Entry], then: Callable[[list[tuple[Path, Path]]], None]) -> None:
        """``then`` is told which files lie where now, as far as that is known."""

        def done(binned: Binned) -> None:
            if binned.refused:
                sentence = self.tr("“{file}” stays: the system has no bin for it, or does not let it go there.")
                self.failed.emit(sentence.format(file=binned.refused[0].name))
            stay = set(binned.refused)
            self._historian.remove([entry.id for entry in entries if Path(entry.file) not in stay])
            then([(path, now) for path, now in binned.moved if now is not None])

        self._background.run(lambda: to_bin([Path(entry.file) for entry in entries]), done)

    def bring_back(self, entries: list[Entry], moved: list[tuple[Path, Path]]) -> None:
        """Undo of `bin`."""

        def done(stuck: list[Path]) -> None:
            if stuck:
                sentence = self.tr("“{file}” could not be brought back from the bin.")
                self.failed.emit(sentence.format(file=stuck[0].name))
            self._historian.put_back(entries)

        self._background.run(lambda: from_bin(moved), done)

    def close_down(self) -> None:
        self._background.close()


class _Binning(QUndoCommand):
    """Results whose files go to the bin, and come back."""

    def __init__(self, words: str, entries: list[Entry], page: HistoryPage) -> None:
        super().__init__(words)
        self._entries, self._page = entries, page
        self._moved: list[tuple[Path, Path]] = []

    def redo(self) -> None:
        self._page.bin(self._entries, self._remember)

    def _remember(self, moved: list[tuple[Path, Path]]) -> None:
        self._moved = moved

    def undo(self) -> None:
        self._page.bring_back(self._entries, self._moved)

"""Chosen pictures on their way: to the bin and back, to a folder, to other apps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPixmap, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop import samples
from desktop.background import Background
from desktop.bin import Binned, from_bin, to_bin
from desktop.sentences import local
from desktop.tabs import explore_files as files
from desktop.tabs.explore_files import ExploreDialogs
from desktop.tabs.explore_state import ExploreState
from desktop.tabs.explore_words import ExploreWords
from desktop.widgets.drop import drag_out, mime_of
from engine.errors import DarkroomError


class Mover(QObject):
    """No picture is ever removed otherwise than to the bin, and none is altered."""

    changed = Signal()  #: which pictures are there
    said = Signal(str)  #: one sentence that all is well
    failed = Signal(object)  #: an exception

    def __init__(
        self, state: ExploreState, undo: QUndoStack, dialogs: ExploreDialogs, words: ExploreWords, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._state, self._undo, self._dialogs, self._words = state, undo, dialogs, words
        self._background = Background(parent=self)

    def there(self, paths: Sequence[Path]) -> list[Path]:
        """Those of the files that are still there; the others leave the map, and it is said that they did."""
        missing = [path for path in paths if not path.exists()]
        self._lose(missing)
        return [path for path in paths if path not in set(missing)]

    def _lose(self, missing: Sequence[Path]) -> None:
        if missing:
            self._state.lose(self._names(missing))
            self.failed.emit(DarkroomError(self._words.missing(missing)))
            self.changed.emit()

    def _names(self, paths: Sequence[Path]) -> list[str]:
        folder = self._state.folder
        return [path.relative_to(folder).as_posix() for path in paths if folder and path.is_relative_to(folder)]

    # -- the bin ------------------------------------------------------------------------------------

    def to_bin(self, paths: Sequence[Path], kept: int = 0) -> None:
        """Ask, then move pictures to the bin; ``kept``: how many others of their groups stay."""
        paths = self.there(paths)
        if any(path.resolve().is_relative_to(samples.FOLDER) for path in paths):
            sentence = self.tr("Pictures that came with the program are not moved to the bin: they stay to be tried.")
            self.failed.emit(DarkroomError(sentence))
            return
        if paths and self._dialogs.may_bin(paths, kept):
            self.bin(paths)

    def bin(self, paths: Sequence[Path], again: _Binning | None = None) -> None:
        """Move pictures to the bin, in undo; ``again``: what was undone and is to be done once more."""
        folder = self._state.folder
        self._state.lose(self._names(paths))
        self.changed.emit()

        def then(done: Binned) -> None:
            if folder != self._state.folder:
                return
            if done.refused:
                self._state.regain(self._names(done.refused))
                name = done.refused[0].name
                sentence = self.tr("“%1” stays: the system has no bin for it, or does not let it go there.")
                self.failed.emit(DarkroomError(sentence.replace("%1", name)))
                self.changed.emit()
            self._lose(done.missing)
            moved = [(path, now) for path, now in done.moved if now is not None]
            if again is not None:
                again.moved = moved
            elif moved:
                self._undo.push(_Binning(self.tr("Move to the bin"), moved, self))
            if done.moved and not done.refused and not done.missing:
                self.said.emit(self.tr("%1 in the bin").replace("%1", str(len(done.moved))))

        self._background.run(lambda: to_bin(paths), then, self.failed.emit)

    def bring_back(self, moved: Sequence[tuple[Path, Path]]) -> None:
        """Undo: pictures come back from the bin."""
        folder = self._state.folder

        def then(stuck: list[Path]) -> None:
            if folder != self._state.folder:
                return
            self._state.regain(self._names([path for path, _ in moved if path not in set(stuck)]))
            if stuck:
                sentence = self.tr("“%1” could not be brought back from the bin.")
                self.failed.emit(DarkroomError(sentence.replace("%1", stuck[0].name)))
            self.changed.emit()

        self._background.run(lambda: from_bin(moved), then, self.failed.emit)

    # -- elsewhere ----------------------------------------------------------------------------------

    def copy_to(self, paths: Sequence[Path]) -> None:
        """Ask for a folder and copy pictures there."""
        paths = self.there(paths)
        folder = self._dialogs.folder_for_copies(self.tr("Copy the pictures to a folder")) if paths else None
        if folder is None:
            return

        def then(failures: list[tuple[Path, str]]) -> None:
            if failures:
                name, cause = failures[0][0].name, failures[0][1]
                sentence = self.tr("“%1” could not be copied: %2.").replace("%2", local(cause)).replace("%1", name)
                self.failed.emit(DarkroomError(sentence))
            else:
                sentence = self.tr("%1 copied to “%2”").replace("%1", str(len(paths))).replace("%2", folder.name)
                self.said.emit(sentence)

        self._background.run(lambda: files.copy_files(paths, folder), then, self.failed.emit)

    def copy(self, paths: Sequence[Path]) -> None:
        """Put pictures on the clipboard, as files."""
        paths = self.there(paths)
        if paths:
            QGuiApplication.clipboard().setMimeData(mime_of(paths))

    def drag(self, paths: Sequence[Path], picture: QPixmap, source: QWidget) -> None:
        """Drag pictures out, as files."""
        paths = self.there(paths)
        if paths:
            drag_out(source, mime_of(paths), picture)

    def show_file(self, paths: Sequence[Path]) -> None:
        """Open the folder of the first picture."""
        paths = self.there(paths[:1])
        if paths:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths[0].parent)))

    def close(self) -> None:
        self._background.close()


class _Binning(QUndoCommand):
    """Pictures that were moved to the bin. Each time they are, they lie in another place there."""

    def __init__(self, words: str, moved: list[tuple[Path, Path]], mover: Mover) -> None:
        super().__init__(words)
        self.moved, self._mover, self._made = moved, mover, True

    def redo(self) -> None:
        if not self._made:
            self._mover.bin([path for path, _ in self.moved], self)
        self._made = False

    def undo(self) -> None:
        self._mover.bring_back(self.moved)

"""Tags of the folder at hand: loaded, changed in undo, kept, suggested, and made into something else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.sentences import local
from desktop.tabs.explore_state import SURE, ExploreState
from desktop.tabs.sliders_asks import Errand
from desktop.tabs.undo import Change
from engine import jobs, tags
from engine.errors import DarkroomError
from engine.recipes import Recipe
from engine.tags import Suggested, Tags

#: Where the slider of a tag is asked for.
PLACE = "explore-slider"


class Tagger(QObject):
    """The tags of the state on their way to the disk and back. Another window may change them, too: what it wrote
    is taken over before anything is added."""

    changed = Signal()  #: the tags, or what is suggested
    failed = Signal(object)  #: an exception
    said = Signal(str)  #: one sentence that all is well
    slider_made = Signal(str)  #: the name of a new slider

    def __init__(self, state: ExploreState, undo: QUndoStack, engine: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._undo, self._engine = state, undo, engine
        self._writing, self._thinking = Background(parent=self), Background(parent=self)
        self._errand = Errand(PLACE)
        self._stamp: int | None = None  # of the file as it was read or written last
        self._pending = 0  # writes that are not done
        self._thoughts = 0  # the newest suggestion that was asked for
        self.usable = False  #: the file could be read: it may be written over

    # -- the file -----------------------------------------------------------------------------------

    def load(self) -> None:
        """The tags of the state's folder, as they are on the disk."""
        folder = self._state.folder
        self.usable = False
        if folder is None:
            return
        try:
            stamp, loaded = _stamp(folder), tags.load(folder)
        except DarkroomError as error:
            self.failed.emit(error)
            return
        self._stamp, self.usable = stamp, True
        self._state.retag(loaded)
        self.suggest()

    def _take_over(self, folder: Path) -> None:
        """What another window wrote since; moments before it cannot be gone back to."""
        if not self._pending and _stamp(folder) != self._stamp:
            self._stamp = _stamp(folder)
            loaded = tags.load(folder)
            if loaded != self._state.tags:
                self._undo.clear()
                self._state.retag(loaded)
                self.said.emit(self.tr("Tags that were given in another window are taken over."))

    def change(self, words: str, change: Callable[[Tags], Tags]) -> None:
        """Change the tags, in undo."""
        folder = self._state.folder
        if folder is None or not self.usable:
            return
        try:
            self._take_over(folder)
        except DarkroomError as error:
            self.failed.emit(error)
            return
        before = self._state.tags
        after = change(before)
        if after != before:
            self._undo.push(Change(words, before, after, lambda now: self._apply(folder, now)))

    def _apply(self, folder: Path, now: Tags) -> None:
        if folder != self._state.folder:
            return
        self._state.retag(now)
        self._pending += 1

        def write() -> int | None:
            tags.save(folder, now)
            return _stamp(folder)

        def failed(error: Exception) -> None:
            self._written(self._stamp)
            self.failed.emit(error)

        self._writing.run(write, self._written, failed)
        self.changed.emit()
        self.suggest()

    def _written(self, stamp: int | None) -> None:
        self._pending -= 1
        self._stamp = stamp

    # -- changes ------------------------------------------------------------------------------------

    def give(self, name: str, pictures: Sequence[int]) -> None:
        """Give pictures a tag; one that is new is made."""
        contents = self._contents(pictures)

        def given(now: Tags) -> Tags:
            for content in contents:
                now = now.give(content, name)
            return now

        if contents and name:
            self.change(self.tr("Tag “%1”").replace("%1", name), given)

    def refuse(self, name: str, pictures: Sequence[int]) -> None:
        """Say that pictures do not have a tag."""
        contents = self._contents(pictures)

        def refused(now: Tags) -> Tags:
            for content in contents:
                now = now.refuse(content, name)
            return now

        if contents and name:
            self.change(self.tr("Refuse “%1”").replace("%1", name), refused)

    def take(self, pictures: Sequence[int]) -> None:
        """Take the tags of pictures away."""
        contents = self._contents(pictures)

        def taken(now: Tags) -> Tags:
            for content in contents:
                now = now.take(content)
            return now

        self.change(self.tr("Take tags away"), taken)

    def rename(self, name: str, new: str) -> None:
        self.change(self.tr("Rename “%1”").replace("%1", name), lambda now: now.rename(name, new))

    def drop(self, name: str) -> None:
        self.change(self.tr("Remove the tag “%1”").replace("%1", name), lambda now: now.drop(name))

    def _contents(self, pictures: Sequence[int]) -> list[str]:
        return [self._state.contents[picture] for picture in pictures]

    # -- suggestions --------------------------------------------------------------------------------

    def suggest(self) -> None:
        """Work out what the other pictures are probably called; of several wishes only the newest is worked out."""
        atlas, given = self._state.atlas, self._state.tags
        self._thoughts += 1
        mine = self._thoughts
        if atlas is None or given.by_content.keys().isdisjoint(self._state.contents):
            self._state.suggested = None
            self.changed.emit()
            return

        def think() -> Suggested | None:
            return tags.suggest(atlas, given) if mine == self._thoughts else None

        def then(suggested: Suggested | None) -> None:
            if suggested is not None and mine == self._thoughts and self._state.atlas is atlas:
                self._state.suggested = suggested
                self.changed.emit()

        self._thinking.run(think, then, self.failed.emit)

    # -- what tags become ---------------------------------------------------------------------------

    def named(self, suggestions_too: bool) -> dict[int, str]:
        """The tag of each picture that is still there: given, and where wished also surely suggested."""
        state = self._state
        if state.atlas is None:
            return {}
        there = state.there
        suggested = state.suggested if suggestions_too else None
        return {n: name for n, name in tags.tagged(state.atlas, state.tags, suggested, SURE).items() if there[n]}

    def to_folders(self, target: Path, suggestions_too: bool) -> None:
        """Copy the tagged pictures to a sub-folder for each tag."""
        atlas, named = self._state.atlas, self.named(suggestions_too)
        if atlas is None:
            return

        def then(failures: list[tuple[Path, str]]) -> None:
            if failures:
                sentence = self.tr("%1 of %2 pictures could not be copied. “%3”: %4.")
                for mark, words in (
                    ("%1", str(len(failures))),
                    ("%2", str(len(named))),
                    ("%4", local(failures[0][1].rstrip("."))),
                    ("%3", failures[0][0].name),
                ):
                    sentence = sentence.replace(mark, words)
                self.failed.emit(DarkroomError(sentence))
            else:
                sentence = self.tr("%Ln picture(s) were copied to sub-folders of “%2”.", "", len(named))
                self.said.emit(sentence.replace("%2", target.name))

        self._writing.run(lambda: tags.copy_to_folders(atlas, named, target), then, self.failed.emit)

    def to_csv(self, target: Path, overwrite: bool, suggestions_too: bool) -> None:
        """Write a table of all pictures and their tags."""
        atlas, given, suggested = self._state.atlas, self._state.tags, self._state.suggested
        if atlas is not None:
            self._writing.run(
                lambda: tags.write_csv(atlas, given, suggested if suggestions_too else None, target, overwrite),
                lambda _none: self.said.emit(self.tr("Saved as %1").replace("%1", target.name)),
                self.failed.emit,
            )

    def to_slider(self) -> None:
        """Make a slider of the model that leads towards the tag at hand."""
        state = self._state
        if state.atlas is None or not state.tag:
            return
        try:
            these, those = tags.sides(state.atlas, state.tags, state.tag)
        except DarkroomError as error:
            self.failed.emit(error)
            return
        self._engine.ask(
            self._errand.send(jobs.Learn(place="", ask=0, model=state.model, name=state.tag, these=these, those=those))
        )
        self.said.emit(self.tr("Making the slider “%1”…").replace("%1", state.tag))

    def example(self, name: str) -> Recipe | None:
        """How the model draws the first picture that has a tag."""
        atlas, state = self._state.atlas, self._state
        if atlas is None or name not in state.tags.names:
            return None
        having = np.flatnonzero((state.tag_numbers() == state.tags.names.index(name)) & state.there)
        if not len(having):
            return None
        return Recipe(model=state.model, latent=atlas.latents(having[:1]).astype("<f2").tobytes())

    def hear(self, answer: jobs.PlaceAnswer) -> None:
        """Hear the engine."""
        done = self._errand.take(answer)
        if done is not None and isinstance(done[1], jobs.Learnt):
            self.slider_made.emit(done[1].name)
        elif done is not None and isinstance(done[1], jobs.Refused):
            self.failed.emit(DarkroomError(done[1].message))

    def close(self) -> None:
        """All tags are on the disk when this returns."""
        self._thoughts += 1
        self._thinking.close()
        self._writing.close()
        if self._pending and self._state.folder is not None:
            with contextlib.suppress(DarkroomError):  # nobody is there any more to be told
                tags.save(self._state.folder, self._state.tags)


def _stamp(folder: Path) -> int | None:
    """When the tags of a folder were last written, None: never."""
    try:
        return tags.path_of(folder).stat().st_mtime_ns
    except OSError:
        return None

"""One picture large, with the place where it is odd, or look-alikes side by side: what is seen instead of the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.background import Background
from desktop.tabs import explore_close
from desktop.tabs.explore_sheet import Sheet
from desktop.tabs.explore_state import MODES, ExploreState
from desktop.tabs.explore_view import ExploreView
from desktop.tabs.explore_words import ExploreWords

#: Side of the picture that stands for a large one until that is read.
FIRST = 132


class Closer(QObject):
    """``there`` says which of some files are still there."""

    stepped = Signal(int)  #: another picture is seen large
    failed = Signal(object)  #: an exception

    def __init__(
        self,
        state: ExploreState,
        view: ExploreView,
        words: ExploreWords,
        sheet: Sheet,
        there: Callable[[list[Path]], list[Path]],
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._state, self._view, self._words, self._sheet = state, view, words, sheet
        self._there, self._background = there, background
        self._seen: tuple[int, QImage] | None = None  # the picture that is seen large
        self.heat = False

    # -- one picture --------------------------------------------------------------------------------

    def look(self, picture: int) -> None:
        """See a picture large."""
        atlas = self._state.atlas
        if atlas is None or not self._there([atlas.path(picture)]):
            return
        (small,) = self._sheet.pixmaps([picture], FIRST)
        image = small.toImage()
        image.setDevicePixelRatio(1.0)
        self._seen = picture, image
        self._view.turn_to(self._view.large)
        self.show()
        path = atlas.path(picture)

        def then(large: QImage) -> None:
            if self._seen is not None and self._seen[0] == picture and self._state.atlas is atlas:
                self._seen = picture, large
                self.show()

        self._background.run(lambda: explore_close.read(path), then, self.failed.emit)

    def show(self) -> None:
        """The picture that is seen large, under its veil where that is wanted."""
        atlas = self._state.atlas
        if self._seen is None or atlas is None or self._view.page is not self._view.large:
            return
        picture, image = self._seen
        words = self._words.of_picture(self._state, picture)
        if self.heat:
            image = explore_close.with_heat(image, atlas.heats(np.array([picture]))[0], atlas.whole)
            words += " · " + self.tr("yellow: where the model draws it most wrong")
        self._view.large.show_image(image, words)

    def step(self, by: int) -> None:
        """The next picture of the list, or of the map where the list does not have this one."""
        atlas = self._state.atlas
        if atlas is None or self._seen is None:
            return
        rows = self._view.panel.lists[MODES.index(self._state.mode)].rows
        order = [picture for row in rows for picture in row.pictures]
        if self._seen[0] not in order:
            order = np.flatnonzero(self._state.there).tolist()
        if self._seen[0] in order:
            place = order.index(self._seen[0]) + by
            if 0 <= place < len(order):
                self.stepped.emit(order[place])
                self.look(order[place])

    # -- look-alikes --------------------------------------------------------------------------------

    def compare(self, picture: int) -> None:
        """See the group of a picture side by side."""
        atlas = self._state.atlas
        look = next((look for look in self._state.looks() if picture in look.pictures), None)
        if atlas is None or look is None:
            return
        self._view.turn_to(self._view.compare)
        self._view.compare.show_pictures(
            {p: atlas.path(p) for p in look.pictures},
            lambda p: (self._words.name(self._state, p), self._words.of_member(self._state, p)),
        )

    def spare(self) -> tuple[list[int], int]:
        """What could go to the bin because a better one looks like it, and how many stay: of the group that is
        compared, or of the chosen groups."""
        compare = self._view.compare
        if self._view.page is compare:
            return [p for p in compare.pictures if p not in compare.kept], len(compare.kept)
        if self._state.mode != "alike":
            return [], 0
        chosen = set(self._state.chosen)
        groups = [look.pictures for look in self._state.looks() if chosen >= set(look.pictures)]
        return [p for group in groups for p in group[1:]], len(groups)

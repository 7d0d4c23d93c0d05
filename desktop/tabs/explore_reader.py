"""The newest map of the state's folder, read off the window's thread, and where its pictures lie."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.tabs.explore_places import Places
from desktop.tabs.explore_state import ExploreState
from engine.atlas import Atlas, Missing, open_atlas


class MapReader(QObject):
    """A map and its places come together, so that numbers of pictures always mean the same ones."""

    read = Signal(object, object)  #: an `Atlas` and its `Places`
    placed = Signal(object)  #: other `Places` of the state's map
    failed = Signal(object)  #: an exception

    def __init__(self, state: ExploreState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._background = Background(parent=self)
        self._stale = False
        self.busy = False

    def load(self) -> None:
        """Read the map as it is on the disk now; of several wishes the newest is done."""
        state = self._state
        folder, model, layout, gone = state.folder, state.model, state.layout, set(state.gone)
        if self.busy or folder is None:
            self._stale = True
            return
        self.busy, self._stale = True, False

        def work() -> tuple[Atlas, Places]:
            atlas = open_atlas(folder, model)
            positions = atlas.components if layout == "components" else atlas.positions
            return atlas, Places(positions, np.array([name not in gone for name in atlas.names], bool))

        def then(found: tuple[Atlas, Places] | Exception) -> None:
            self.busy = False
            if (folder, model) != (state.folder, state.model):
                self._stale = True
            elif isinstance(found, tuple):
                self.read.emit(*found)
                if layout != state.layout or gone != state.gone:
                    self.place()
            elif not isinstance(found, Missing):  # which the command mends
                self.failed.emit(found)
            if self._stale:
                self.load()

        self._background.run(work, then, then)

    def place(self) -> None:
        """Lay out the same pictures anew, or fewer of them."""
        state = self._state
        atlas, positions, there, layout = state.atlas, state.positions, state.there, state.layout

        def then(places: Places) -> None:
            if state.atlas is atlas and state.layout == layout:
                self.placed.emit(places)

        if atlas is not None:
            self._background.run(lambda: Places(positions, there), then, self.failed.emit)

    def close(self) -> None:
        self._background.close()

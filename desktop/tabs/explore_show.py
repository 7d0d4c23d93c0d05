"""How things stand in the Explore tab, brought to its widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.tabs.explore_colours import colours, is_dark
from desktop.tabs.explore_places import Places
from desktop.widgets.rgb import image_of
from desktop.widgets.status import StatusLine

if TYPE_CHECKING:
    from desktop.tabs.explore import ExploreTab


class ExploreShow(QObject):
    """Reads the tab, writes its view, its actions and its line of the window's last one."""

    def __init__(self, tab: ExploreTab, status: StatusLine) -> None:
        super().__init__(tab)
        self._tab, self._status = tab, status
        self.said = ""  #: in the last line, while nothing is done

    def all(self) -> None:
        """Everything but the places of the map."""
        tab = self._tab
        state, view = tab.state, tab.view
        view.panel.show_state(state)
        if not tab.visit.model_there:
            view.panel.model.box.setCurrentIndex(-1)
        view.show_ways(state.colouring, state.layout, state.has_neighbours)
        self.map()
        self.progress()

    def progress(self) -> None:
        """How far the visit is."""
        tab, state, visit = self._tab, self._tab.state, self._tab.visit
        tab.view.show_work(state.folder is not None and (state.atlas is not None or visit.busy))
        if state.folder is not None:
            left_out = len(visit.left_out)
            unread = tab.words.left_out(left_out) if left_out else ""
            count = tab.words.of_folder(state, visit.looking)
            tab.view.panel.show_folder(state.folder.name or str(state.folder), str(state.folder), count, unread)
        self.enable()
        self.status()

    def places(self, places: Places) -> None:
        """The pictures of the map are elsewhere, or others."""
        self._tab.view.map.show_places(places)
        self.map()

    def map(self) -> None:
        """The colours of the map, and what is chosen."""
        tab = self._tab
        state, shown = tab.state, tab.view.map
        if state.atlas is not None and len(shown.places) == len(state.atlas):
            shown.show_colours(colours(state, is_dark()))
        self.chosen()

    def chosen(self) -> None:
        """What depends on which pictures are chosen."""
        tab = self._tab
        state, view = tab.state, tab.view
        if state.atlas is not None and len(view.map.places) == len(state.atlas):
            view.map.show_chosen(state.chosen, state.current)
        between = tab.between
        picture = between.picture
        image = image_of(picture.pixels, picture.side, picture.side) if picture else None
        view.map.show_drawn(between.point, image)
        words = tab.words.of_drawn() if between.point is not None else tab.words.of_chosen(state)
        view.panel.show_chosen(state, words)
        view.panel.tags.show_possible(bool(state.chosen))
        self.enable()

    def enable(self) -> None:
        """What can be done at the moment."""
        tab = self._tab
        state, view, do, between = tab.state, tab.view, tab.commands, tab.between
        some, one = bool(state.chosen), len(state.chosen) == 1
        drawn = between.recipe is not None and not some
        for action in (do.copy, do.neighbours, do.bin, do.copy_to, do.show_file, do.to_restore, do.untag):
            action.setEnabled(some)
        do.to_sliders.setEnabled(one or drawn)
        do.to_interpolate.setEnabled(len(state.chosen) > 1)
        do.larger.setEnabled(state.current is not None)
        tagging = some and bool(state.tag)
        do.accept.setEnabled(tagging)
        do.refuse.setEnabled(tagging)
        do.keep_best.setEnabled(bool(tab.closer.spare()[0]))
        there = state.atlas is not None
        tagged = there and bool(state.tags.by_content)
        card = view.panel.model.card
        do.to_folders.setEnabled(tagged)
        do.to_csv.setEnabled(tagged)
        learns = card is not None and card.id == state.model and "directions" in card.capabilities
        do.to_slider.setEnabled(tagged and learns and bool(state.tag))
        do.draw_here.setEnabled(there and tab.can_draw)
        do.choose_all.setEnabled(there)
        do.report.setEnabled(there and tab.visit.model_there and not tab.visit.looking.running)
        do.again.setEnabled(state.folder is not None and not tab.visit.looking.running)

    def status(self) -> None:
        """The last line."""
        visit, status = self._tab.visit, self._status
        looking = visit.looking
        if visit.acquaintance.busy:
            status.show_work(self.tr("Finding the model that knows these pictures"), 0.0, None)
        elif looking.running:
            step = looking.step
            if step is None:
                status.show_work(self.tr("Searching the folder"), 0.0, None)
            else:
                words = self.tr("Looking at the pictures") if step.doing == "look" else self.tr("Arranging the map")
                status.show_work(words, step.done / max(step.total, 1), step.seconds_left)
        elif looking.stopped:
            status.rest(self.tr("Cancelled. What was seen is kept."), can_resume=True)
        else:
            status.rest(self.said)

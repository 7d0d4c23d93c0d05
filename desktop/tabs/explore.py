"""The Explore tab: it hands events to the state, the folder to the command that looks at it, and what is known to the
widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent, QUndoStack
from PySide6.QtWidgets import QMenu

from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.sentences import local
from desktop.tabs.explore_actions import ExploreActions
from desktop.tabs.explore_between import Between
from desktop.tabs.explore_closer import Closer
from desktop.tabs.explore_files import ExploreDialogs
from desktop.tabs.explore_mover import Mover
from desktop.tabs.explore_places import Places
from desktop.tabs.explore_sheet import Sheet
from desktop.tabs.explore_show import ExploreShow
from desktop.tabs.explore_state import COLOURINGS, MODES, ExploreState, How, KeptFolder, Mode
from desktop.tabs.explore_tagger import Tagger
from desktop.tabs.explore_view import ExploreView
from desktop.tabs.explore_visit import Visit
from desktop.tabs.explore_words import ExploreWords
from desktop.tabs.plain import back, plain
from desktop.tabs.tab import Kept, ModelToUse, Sent, Tab
from desktop.widgets.drop import DRAGGED, Dropped, read
from desktop.widgets.status import StatusLine
from desktop.widgets.trouble import TroubleBox
from engine import jobs
from engine.atlas import Atlas
from engine.errors import DarkroomError


class ExploreTab(Tab):
    """The map of a folder, its odd ones, its look-alikes, its tags."""

    name = "explore"

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path, status: StatusLine) -> None:
        super().__init__()
        self._engine = engine
        self.state, self.words = ExploreState(), ExploreWords(self)
        self.undo_stack = QUndoStack(self)
        self.commands = ExploreActions(self, self.undo_stack)
        self.dialogs = ExploreDialogs(self, preferences)
        self._reading = Background(parent=self)
        self.sheet = Sheet(self._reading, self)
        self.view = ExploreView(self.commands, self.words, self.sheet, self._reading, self)
        self.visit = Visit(self.state, engine, self.view.panel.model, self)
        self.tagger = Tagger(self.state, self.undo_stack, engine, self)
        self.mover = Mover(self.state, self.undo_stack, self.dialogs, self.words, self)
        self.between = Between(self.state, engine, self)
        self.closer = Closer(self.state, self.view, self.words, self.sheet, self.mover.there, self._reading, self)
        self._shown = ExploreShow(self, status)
        self._remedy: Callable[[], object] = self.visit.look_again  # what the banner's button does
        self.fill_with(self.view)
        self._connect(status)
        self._shown.all()

    @property
    def menus(self) -> ExploreActions:
        return self.commands

    @property
    def can_draw(self) -> bool:
        """Whether the model can draw what lies between the pictures."""
        return self.state.atlas is not None and self.state.atlas.drawable and self.visit.model_there

    def _connect(self, status: StatusLine) -> None:
        do, view, state, visit = self.commands, self.view, self.state, self.visit
        tagger, mover = self.tagger, self.mover
        do.connect_all(
            {
                do.open: lambda: self.open(self.dialogs.folder_to_explore()),
                do.paste: lambda: self._take_dropped(read(QGuiApplication.clipboard().mimeData())),
                do.again: self._look_again,
                do.report: self._report,
                do.copy: lambda: mover.copy(state.paths),
                do.choose_all: lambda: self._choose(np.flatnonzero(state.there), "only"),
                do.neighbours: lambda: (state.choose_neighbours(), self._shown.chosen()),
                do.bin: lambda: mover.to_bin(state.paths),
                do.copy_to: lambda: mover.copy_to(state.paths),
                do.show_file: lambda: mover.show_file(state.paths),
                do.to_restore: lambda: self._send("restore"),
                do.to_sliders: lambda: self._send("sliders"),
                do.to_interpolate: lambda: self._send("interpolate"),
                do.draw_here: lambda: self._draw_between(*view.map.middle),
                do.accept: lambda: self._answer(tagger.give),
                do.refuse: lambda: self._answer(tagger.refuse),
                do.untag: lambda: tagger.take(state.chosen),
                do.to_folders: self._tags_to_folders,
                do.to_csv: self._tags_to_csv,
                do.to_slider: tagger.to_slider,
                do.keep_best: self._keep_best,
                do.larger: self._close_or_open,
                do.heat: self._show_heat,
                do.fit: view.map.fit,
                **{action: lambda index=index: view.set_tool(index) for index, action in enumerate(do.tools)},
                **{action: lambda mode=mode: self._turn_to(mode) for mode, action in zip(MODES, do.modes, strict=True)},
            }
        )
        view.empty.open_asked.connect(do.open.trigger)
        view.empty.tried.connect(self.open)
        view.map.words = lambda picture: self.words.of_picture(state, picture)
        view.map.picked.connect(self._choose)
        view.map.opened.connect(self.closer.look)
        view.map.between.connect(self._draw_between)
        view.map.menu_asked.connect(self._menu)
        view.map.drag_asked.connect(self._drag)
        view.large.closed.connect(lambda: view.turn_to(view.map))
        view.large.stepped.connect(self.closer.step)
        view.large.drag_asked.connect(self._drag)
        view.large.menu_asked.connect(self._menu)
        view.compare.closed.connect(lambda: view.turn_to(view.map))
        view.compare.marked.connect(self._shown.chosen)
        view.coloured.connect(lambda colouring: (setattr(state, "colouring", colouring), self._shown.map()))
        view.laid_out.connect(lambda layout: (setattr(state, "layout", layout), self.visit.reader.place()))
        view.banner.acted.connect(lambda: (view.banner.hide(), self._remedy()))
        view.drops.dropped.connect(self._take_dropped)
        panel = view.panel
        panel.left_out_asked.connect(self._show_left_out)
        panel.model.chosen.connect(lambda model: state.folder and self.visit.begin(state.folder, model))
        panel.mode.chosen.connect(lambda index: self._turn_to(MODES[index]))
        panel.odd.measured.connect(lambda measure: (setattr(state, "measure", measure), self._shown.all()))
        panel.tags.given.connect(lambda name: tagger.give(name, state.chosen))
        panel.tags.turned_to.connect(lambda name: (setattr(state, "tag", name), self._shown.all()))
        panel.tags.renamed.connect(tagger.rename)
        panel.tags.dropped.connect(tagger.drop)
        for each in panel.lists:
            each.chosen.connect(lambda pictures: self._choose(pictures, "only", look=True))
            each.menu_asked.connect(self._menu)
            each.opened.connect(self.closer.compare if each is panel.alike.list else self.closer.look)
        visit.changed.connect(self._shown.progress)
        visit.begun.connect(self._begin)
        visit.said.connect(self._tell)
        visit.troubled.connect(self.say)
        visit.reader.read.connect(self._take)
        visit.reader.placed.connect(self._shown.places)
        tagger.changed.connect(self._shown.all)
        tagger.slider_made.connect(self._slider_made)
        mover.changed.connect(self._moved)
        for part in (tagger, mover):
            part.said.connect(self._tell)
            part.failed.connect(self._failed)
        self.between.changed.connect(self._shown.chosen)
        self.closer.stepped.connect(lambda picture: self._choose([picture], "only", look=True))
        for part in (self.between, visit.reader, self.closer):
            part.failed.connect(self._failed)
        status.stop_asked.connect(visit.stop)
        status.resume_asked.connect(self._look_again)
        self._engine.answered_place.connect(self._hear)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.panel.model.refresh()
        if self.state.atlas is not None and not self.visit.model_there:
            sentence = self.tr("The model “%1” is not installed any more. The map stays as it is.")
            self.say(sentence.replace("%1", self.state.atlas.model_name))
        self._shown.all()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours for the dots and the tags."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._shown.all()

    # -- a folder -----------------------------------------------------------------------------------

    def receive(self, things: list[Sent]) -> None:
        for thing in things:
            if isinstance(thing, ModelToUse) and self.state.folder is not None:
                self.visit.begin(self.state.folder, thing.model)
        self.open([thing for thing in things if isinstance(thing, Path)])

    def open(self, paths: list[Path]) -> None:
        """Explore the first folder, or the folder of the first picture."""
        folders = [path if path.is_dir() else path.parent for path in paths]
        if folders:
            self.opened.emit(folders[:1])
            self.visit.explore(folders[0].absolute())

    def _begin(self, another: bool) -> None:
        """The map before is of no interest any more."""
        self.between.clear()
        self.view.banner.hide()
        self.view.turn_to(self.view.map)
        if another:
            self.undo_stack.clear()
        self.sheet.show(None)
        self._shown.said = ""
        self._shown.places(Places(np.zeros((0, 2))))
        self.tagger.load()
        self._shown.all()

    def _look_again(self) -> None:
        self.view.banner.hide()
        self.visit.look_again()

    def _take(self, atlas: Atlas, places: Places) -> None:
        self.state.take(atlas)
        self.sheet.ratio = self.devicePixelRatioF()
        self.sheet.show(atlas)
        self._shown.places(places)
        self.tagger.suggest()
        self._shown.all()

    def _moved(self) -> None:
        """Pictures went, or came back: at once, and then the map closes the gaps."""
        if len(self.view.map.places) == len(self.state.there):
            self.view.map.places.there = self.state.there
        self._shown.all()
        self.visit.reader.place()

    def _take_dropped(self, dropped: Dropped) -> None:
        if dropped.paths:
            self.open(dropped.paths)
        elif dropped.elsewhere:
            self.say(self.tr("Only folders of this computer can be explored."))
        else:
            self.say(self.tr("There is no folder in what was dropped or pasted."))

    # -- what is chosen and seen --------------------------------------------------------------------

    def _choose(self, pictures: Sequence[int] | np.ndarray, how: How, look: bool = False) -> None:
        """``look``: bring the last one into view."""
        self.state.choose(pictures, how)
        if self.state.chosen:
            self.between.clear()
        self._shown.chosen()
        if look and len(pictures):
            self.view.map.look_at(int(pictures[-1]))

    def _turn_to(self, mode: Mode) -> None:
        """Another list, and the colours that go with it."""
        self.state.mode, self.state.colouring = mode, COLOURINGS[MODES.index(mode)]
        self._shown.all()

    def _close_or_open(self) -> None:
        if self.view.page is not self.view.map:
            self.view.turn_to(self.view.map)
        elif self.state.current is not None:
            self.closer.look(self.state.current)

    def _show_heat(self) -> None:
        self.closer.heat = self.view.panel.odd.list.heat = self.commands.heat.isChecked()
        self.view.panel.odd.list.viewport().update()
        self.closer.show()

    def _draw_between(self, x: float, y: float) -> None:
        """What the model sees at a place of the map, where it can draw."""
        if self.can_draw:
            self.between.draw((x, y))
        else:
            self.between.clear()

    # -- tags ---------------------------------------------------------------------------------------

    def _answer(self, answer: Callable[[str, Sequence[int]], None]) -> None:
        """Accept or refuse the tag at hand for the chosen pictures, and go on with the next suggestion."""
        state, suggestions = self.state, self.view.panel.tags.list
        listed = {row.pictures[0] for row in suggestions.rows}
        from_list = bool(state.chosen) and listed >= set(state.chosen)
        answer(state.tag, state.chosen)
        current = suggestions.current
        if from_list and current is not None:
            self._choose(current.pictures, "only", look=True)

    def _tags_to_folders(self) -> None:
        target = self.dialogs.folder_for_copies(self.tr("Copy the tagged pictures to sub-folders of"))
        if target is not None:
            self.tagger.to_folders(target, self.view.panel.tags.sure_too)

    def _tags_to_csv(self) -> None:
        name = f"{self.state.folder.name or 'tags'}.csv" if self.state.folder else "tags.csv"
        place = self.dialogs.place_for(self.tr("Save the tags as a table"), name, "CSV (*.csv)")
        if place is not None:
            self.tagger.to_csv(*place, self.view.panel.tags.sure_too)

    def _slider_made(self, name: str) -> None:
        """The slider waits in the other tab; a picture to try it on is the first that has the tag."""
        self._tell("")
        self.say(self.tr("The slider “%1” is in Sliders now.").replace("%1", name), self.tr("Try it"), "check")
        recipe = self.tagger.example(name)
        if recipe is not None:
            self._remedy = lambda: self.sent.emit("sliders", [recipe])

    # -- pictures to elsewhere ----------------------------------------------------------------------

    def _send(self, name: str) -> None:
        recipe = self.between.recipe
        if self.state.chosen:
            paths = self.mover.there(self.state.paths)
            if paths:
                self.sent.emit(name, paths)
        elif recipe is not None:
            self.sent.emit(name, [recipe])

    def _keep_best(self) -> None:
        """The others of the groups go to the bin."""
        pictures, kept = self.closer.spare()
        if self.state.atlas is not None and pictures:
            self.view.turn_to(self.view.map)
            self.mover.to_bin([self.state.atlas.path(p) for p in pictures], kept)

    def _drag(self) -> None:
        if self.state.chosen:
            (picture,) = self.sheet.pixmaps(self.state.chosen[-1:], DRAGGED)
            self.mover.drag(self.state.paths, picture, self.view.map)

    def _report(self) -> None:
        folder = self.state.folder
        if folder is not None:
            page, table = self.tr("Page with pictures"), self.tr("Table")
            kinds = f"{page} (*.html);;{table} (*.csv);;JSON (*.json)"
            place = self.dialogs.place_for(self.tr("Save a report"), f"{folder.name or 'report'}.html", kinds)
            if place is not None:
                self.visit.report(*place)

    # -- the engine and the rest --------------------------------------------------------------------

    def _hear(self, answer: jobs.PlaceAnswer) -> None:
        for part in (self.visit, self.between, self.tagger):
            part.hear(answer)
        self._shown.status()

    def say(self, sentence: str, action: str = "", sign: str = "warning") -> None:
        """Something that the user should know, with a button that looks again, unless it is told otherwise."""
        self._remedy = self.visit.look_again
        self.view.banner.say(sentence, action, sign)

    def _tell(self, sentence: str) -> None:
        self._shown.said = sentence
        self._shown.status()

    def _failed(self, error: Exception | str) -> None:
        known = isinstance(error, DarkroomError | OSError | str)
        self.say(str(error) if known else self.tr("This did not work (%1).").replace("%1", type(error).__name__))

    def _show_left_out(self) -> None:
        told = self.visit.left_out
        causes = "\n".join(f"{name}: {local(cause)}" for name, cause in told.items())
        remedy = self.tr("The others are on the map. These stay where they are.")
        box = TroubleBox(self.words.left_out(len(told)), remedy, causes, parent=self)
        box.show_details()
        box.open()

    def _menu(self, at: QPoint) -> None:
        do, menu = self.commands, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([do.larger, do.neighbours])
        tags = menu.addMenu(self.tr("Tag"))
        for name in self.state.tags.names:
            tags.addAction(name, lambda name=name: self.tagger.give(name, self.state.chosen))
        tags.addAction(do.untag)
        menu.addSeparator()
        menu.addActions([do.to_restore, do.to_sliders, do.to_interpolate])
        menu.addSeparator()
        menu.addActions([do.show_file, do.copy, do.copy_to, do.bin])
        menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits that the focused control leaves are tags."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < min(len(self.state.tags.names), 9) and not event.modifiers() and self.state.chosen:
            self.tagger.give(self.state.tags.names[number], self.state.chosen)
        else:
            super().keyPressEvent(event)

    def kept(self, closing: bool = False) -> Kept | None:
        told = self.state.kept()
        return plain(told) if told else None

    def take_up(self, kept: Kept) -> None:
        told = back(kept, KeptFolder)
        if told.folder.is_dir():
            self.state.take_up(told)
            self.open([told.folder])

    def close_down(self) -> None:
        self.tagger.close()
        for part in (self.visit, self.mover, self.between, self._reading):
            part.close()

"""The Generate tab: it hands events to the state, the state's asks to the engine, and what came back to the widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent, QUndoStack
from PySide6.QtWidgets import QMenu

from desktop import theme
from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs import generate_kept
from desktop.tabs.generate_actions import GenerateActions
from desktop.tabs.generate_export import GenerateExports
from desktop.tabs.generate_favourites import FavouritesFile
from desktop.tabs.generate_files import Drawn, Found, GenerateDialogs, look_into
from desktop.tabs.generate_state import (
    PLACE,
    GenerateState,
    Keyed,
    Moment,
    Settings,
    has_neighbours,
    key_of,
    keyed,
)
from desktop.tabs.generate_view import PAGES, GenerateView
from desktop.tabs.generate_words import GenerateWords
from desktop.tabs.tab import Kept, Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.drop import Dropped, read, store
from desktop.widgets.grid import Tile
from desktop.widgets.rgb import image_of
from desktop.widgets.status import StatusLine
from engine import jobs
from engine.errors import DarkroomError
from engine.recipes import Recipe


class GenerateTab(Tab):
    """Pictures by chance, and those near one that pleases."""

    name = "generate"

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path, status: StatusLine) -> None:
        super().__init__()
        self._engine, self._status, self._folder = engine, status, folder
        self.state = GenerateState()
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(200)
        self.commands = GenerateActions(self, self.undo_stack)
        self.dialogs = GenerateDialogs(self, preferences)
        self.view = GenerateView(self.commands, self)
        self._words = GenerateWords(self)
        self._background, self._reading = Background(parent=self), Background(parent=self)
        self.favourites = FavouritesFile(self._background, self)
        self.exports = GenerateExports(folder, self.dialogs, self._background, self)
        self._seen = False
        self._remedy: Callable[[], object] = self._try_again  # what the banner's button does
        self._said = ""  # in the last line, while nothing is drawn
        self.fill_with(self.view)
        self._connect()
        self._show()

    @property
    def menus(self) -> GenerateActions:
        return self.commands

    def _connect(self) -> None:
        do, view, out = self.commands, self.view, self.exports
        do.connect_all(
            {
                do.open: lambda: self.open(self.dialogs.pictures_to_open()),
                do.paste: lambda: self._take_dropped(read(QGuiApplication.clipboard().mimeData())),
                do.save: lambda: out.save(self._drawn(self._chosen())),
                do.save_all: lambda: out.save_all(self._drawn(self.state.shown)),
                do.draw: self.draw,
                do.new_seed: self._roll,
                do.more_like: self.more_like,
                do.favourite: self.toggle_favourite,
                do.remove: lambda: self._love(self._chosen(), False),
                do.copy: lambda: out.copy(self._drawn(self._chosen())),
                do.choose_all: lambda: view.grid.choose(list(self.state.shown), view.grid.current_key),
                do.to_sliders: lambda: self.sent.emit("sliders", self.chosen()),
                do.to_interpolate: lambda: self.sent.emit("interpolate", self.chosen()),
                do.again: self._try_again,
                do.back: lambda: self._go(-1),
                do.forward: lambda: self._go(1),
                do.larger: lambda: view.look_closer(not view.is_close),
                **{action: lambda index=index: self._turn_to(index) for index, action in enumerate(do.pages)},
            }
        )
        view.panel.edited.connect(self._edited)
        view.page.chosen.connect(self._turn_to)
        for pictures in (view.grid, view.large):
            pictures.drag_asked.connect(lambda: out.drag(self._drawn(self._chosen()), view))
            pictures.menu_asked.connect(self._menu)
        view.grid.selection_changed.connect(self._show_chosen)
        view.grid.opened.connect(lambda _key: view.look_closer(True))
        view.large.closed.connect(lambda: view.look_closer(False))
        view.large.stepped.connect(view.grid.step)
        view.banner.acted.connect(lambda: (view.banner.hide(), self._remedy()))
        view.drops.dropped.connect(self._take_dropped)
        self.favourites.failed.connect(self._say)
        out.saved.connect(self._saved)
        out.written.connect(
            lambda drawn, path: self.made.emit(*generate_kept.made(self.name, [drawn[0]], drawn[1], path))
        )
        out.failed.connect(self._failed)
        self._status.stop_asked.connect(self._stop)
        self._status.resume_asked.connect(self._try_again)
        self._engine.answered_place.connect(self._take)
        self._engine.broken.connect(lambda sentence: self._seen and self._say(sentence, self.tr("Try again")))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        state, model = self.state, self.view.panel.model
        model.refresh()
        state.models = model.ids
        if state.settings.model not in state.models:
            state.edit(replace(state.settings, model=model.model))
        if not self._seen:
            self._seen = True
            state.favourites = keyed(self.favourites.load())
            if model.available and not state.sets:
                state.draw()
        self._pump()

    # -- new pictures ---------------------------------------------------------------------------

    def chosen(self) -> list[Recipe]:
        """The recipes of the chosen pictures, in the order in which they stand."""
        return list(self._chosen().values())

    def _chosen(self) -> Keyed:
        shown = self.state.shown
        return {key: shown[key] for key in self.view.grid.chosen_keys() if key in shown}

    def draw(self) -> None:
        """A new set of pictures by the settings of the panel."""
        if self.state.settings.model in self.state.models:
            self._change(self.tr("Draw"), self.state.draw)

    def more_like(self) -> None:
        """A new set near the chosen picture."""
        chosen, distance = self.chosen(), self.view.panel.chosen_distance
        if len(chosen) == 1 and has_neighbours(chosen[0]):
            self._change(self.tr("More like this"), lambda: self.state.more_like(chosen[0], distance))

    def _edited(self, settings: Settings, control: str) -> None:
        self._change(self.tr("Change settings"), lambda: self.state.edit(settings), control)

    def _roll(self) -> None:
        self._edited(replace(self.state.settings, seed=self.state.new_seed()), "dice")

    def toggle_favourite(self) -> None:
        """Make the chosen pictures favourites; where all are, none of them."""
        chosen = self._chosen()
        self._love(chosen, not chosen.keys() <= self.state.favourites.keys())

    def _love(self, recipes: Keyed, loved: bool) -> None:
        row = self.view.grid.currentIndex().row()
        words = self.tr("Add to the favourites") if loved else self.tr("Remove from the favourites")
        self._change(words, lambda: self.state.love(recipes, loved))
        if not self.view.grid.chosen_keys() and self.state.shown:  # they left the page: go on with the next
            keys = list(self.state.shown)
            self.view.grid.choose([keys[min(max(row, 0), len(keys) - 1)]])
        self._show_chosen()  # also the heart of the button that was pressed

    def _change(self, words: str, change: Callable[[], object], control: str = "") -> None:
        """Do something that can be undone."""
        before = self.state.moment
        change()
        if self.state.moment != before:
            self.undo_stack.push(Change(words, before, self.state.moment, self._restore, control, made=True))
            self._changed(before)

    def _restore(self, moment: Moment) -> None:
        before = self.state.moment
        self.state.restore(moment)
        self._changed(before)

    def _changed(self, before: Moment) -> None:
        if self.state.favourites != before.favourites:
            self.favourites.keep(list(self.state.favourites.values()))
        if self.state.position != before.position:  # what was said was of other pictures
            self._said = ""
            self.view.banner.hide()
        self._pump()

    def _go(self, by: int) -> None:
        self.state.go(by)
        self._pump()

    def _turn_to(self, index: int) -> None:
        self.state.page = PAGES[index]
        self._pump()

    def kept(self, closing: bool = False) -> Kept | None:
        return generate_kept.kept(self.state)

    def take_up(self, kept: Kept) -> None:
        generate_kept.take_up(self.state, kept)
        self.undo_stack.clear()
        self._pump()

    def make_again(self, how: Kept) -> None:
        self.receive(list(generate_kept.recipes_of(how)))

    # -- pictures from elsewhere ------------------------------------------------------------------

    def receive(self, things: list[Sent]) -> None:
        recipes = [thing for thing in things if isinstance(thing, Recipe)]
        self._open_found(Found(recipes, names=[self._words.of_recipe(recipe) for recipe in recipes]))
        self.open([thing for thing in things if isinstance(thing, Path)])

    def open(self, paths: list[Path]) -> None:
        """Bring back the pictures whose recipes lie in files, or in the files of folders."""
        if paths:
            self.opened.emit(paths)
            self._reading.run(lambda: look_into(paths), self._open_found, self._failed)

    def _open_found(self, found: Found) -> None:
        sentences = list(found.failures)
        known = [recipe for recipe in found.recipes if recipe.model in self.state.models]
        for recipe, name in zip(found.recipes, found.names, strict=True):
            if recipe.model not in self.state.models:
                sentences.append(self._words.gone(name, recipe.model))
        if known:
            self._change(self.tr("Open pictures"), lambda: self.state.open(known))
            self.view.grid.choose([key_of(known[0])])
        if sentences:
            self._say(sentences[0])
        elif found.plain:
            self._say(self._words.plain(found.plain[0].name), self.tr("Open in Sliders"))
            self._remedy = lambda: self.sent.emit("sliders", found.plain[:1])
        elif not found.recipes and found.searched:
            self._say(self.tr("There is no picture in “%1”.").replace("%1", found.searched))

    def _take_dropped(self, dropped: Dropped) -> None:
        if dropped.image is not None:
            image = dropped.image
            self._reading.run(
                lambda: look_into([store(image, self._folder / "pasted")]), self._open_found, self._failed
            )
        elif dropped.paths:
            self.open(dropped.paths)
        elif dropped.elsewhere:
            self._say(self.tr("Only pictures of this computer can be taken: save this one first."))
        else:
            self._say(self.tr("There is no picture in what was dropped or pasted."))

    # -- pictures to elsewhere --------------------------------------------------------------------

    def _drawn(self, recipes: Keyed) -> list[Drawn]:
        pictures = self.state.pictures
        return [(recipe, pictures[key]) for key, recipe in recipes.items() if key in pictures]

    def _saved(self, name: str) -> None:
        self._said = self.tr("Saved as %1").replace("%1", name)
        self._show_status()

    # -- the engine -------------------------------------------------------------------------------

    def _pump(self) -> None:
        """Send the engine what is due and show how things are."""
        ask = self.state.due() if self._seen else None
        if ask is not None:
            self._engine.ask(ask)
        self._show()

    def _take(self, answer: jobs.PlaceAnswer) -> None:
        if answer.place != PLACE:
            return
        if self.state.take(answer) and (complete := self.state.complete_set):
            look = self.state.pictures[next(iter(complete))]
            self.made.emit(*generate_kept.made(self.name, list(complete.values()), look))
        if isinstance(answer, jobs.Refused):
            self._say(answer.message, self.tr("Try again"))
        self._pump()

    def _stop(self) -> None:
        self.state.stop()
        self._engine.ask(jobs.Withdraw(place=PLACE))

    def _try_again(self) -> None:
        self.view.banner.hide()
        self.state.resume()
        self._pump()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        state, view = self.state, self.view
        view.panel.show_settings(state.settings)
        view.page.choose(PAGES.index(state.page))
        tiles = [self._tile(key, recipe) for key, recipe in state.shown.items()]
        view.grid.show_tiles(tiles)
        for key in state.shown:
            if key in state.pictures and not view.grid.tiles.has_picture(key):
                picture = state.pictures[key]
                view.grid.tiles.set_picture(key, image_of(picture.pixels, picture.side, picture.side))
        if tiles:
            view.show_pictures()
        elif not view.panel.model.available:
            view.show_words(self.tr("No model that can draw pictures is installed."))
        else:
            view.show_words(self.tr("No favourites yet: press F on a picture and it is kept here."))
        sets = self.tr("%1 of %2").replace("%1", str(state.position + 1)).replace("%2", str(len(state.sets)))
        view.show_place(sets if state.sets and state.page == "sets" else "")
        self._show_status()
        self._show_chosen()

    def _tile(self, key: str, recipe: Recipe) -> Tile:
        state = self.state
        trouble = self._words.trouble(recipe, recipe.model in state.models, key in state.refused)
        loved = key in state.favourites
        return Tile(key, self._words.of_tile(recipe, loved), loved, trouble)

    def _show_status(self) -> None:
        state = self.state
        if state.stopped and state.missing():
            self._status.rest(self.tr("Cancelled"), can_resume=True)
        elif state.drawing:
            self._status.show_work(self.tr("Drawing"), state.progress, None)
        else:
            self._status.rest(self._said)

    def _show_chosen(self) -> None:
        """What depends on which pictures are chosen."""
        do, view, state = self.commands, self.view, self.state
        keys, chosen = self._chosen().keys(), self.chosen()
        drawn = keys & state.pictures.keys()
        view.panel.show_about(self._words.of_chosen(chosen))
        all_loved = bool(keys) and keys <= state.favourites.keys()
        if all_loved != do.favourite.property("full"):
            do.favourite.setProperty("full", all_loved)
            theme.set_icon(do.favourite, "heart-full" if all_loved else "heart")
        do.favourite.setChecked(all_loved)
        do.favourite.setEnabled(bool(chosen))
        do.remove.setEnabled(bool(keys & state.favourites.keys()))
        one, known = len(chosen) == 1, all(recipe.model in state.models for recipe in chosen)
        do.more_like.setEnabled(one and known and has_neighbours(chosen[0]))
        do.to_sliders.setEnabled(one and known)
        do.to_interpolate.setEnabled(len(chosen) >= 2 and known)
        do.save.setEnabled(bool(drawn))
        do.copy.setEnabled(bool(drawn))
        do.save_all.setEnabled(bool(state.shown.keys() & state.pictures.keys()))
        do.larger.setEnabled(view.grid.current_key is not None)
        do.draw.setEnabled(bool(state.models))
        do.again.setEnabled(bool(state.refused) or state.stopped)
        do.back.setEnabled(state.can_go(-1))
        do.forward.setEnabled(state.can_go(1))
        self._show_large()

    def _show_large(self) -> None:
        view, key = self.view, self.view.grid.current_key
        if key is None:
            if view.is_close:
                view.look_closer(False)
        else:
            picture, words = self.state.pictures.get(key), self._words.of_recipe(self.state.shown[key])
            image = image_of(picture.pixels, picture.side, picture.side) if picture else None
            view.large.show_image(image, words)

    def _say(self, sentence: str, action: str = "") -> None:
        self._remedy = self._try_again
        self.view.banner.say(sentence, action)

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, DarkroomError | OSError)
        self._say(str(error) if known else self.tr("This did not work (%1).").replace("%1", type(error).__name__))

    def _menu(self, at: QPoint) -> None:
        do, menu = self.commands, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([do.more_like, do.favourite])
        menu.addSeparator()
        menu.addActions([do.to_sliders, do.to_interpolate])
        menu.addSeparator()
        menu.addActions([do.copy, do.save])
        menu.popup(at)

    def close_down(self) -> None:
        self._reading.close()
        self._background.close()

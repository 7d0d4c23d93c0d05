"""The Sliders tab: a picture that changes as named sliders move, begun at random or with the user's own photo."""

from __future__ import annotations

import secrets
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent, QUndoStack
from PySide6.QtWidgets import QMenu

from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.sentences import local
from desktop.tabs import generate_kept, sliders_kept
from desktop.tabs.generate_state import SEEDS, Picture
from desktop.tabs.sliders_actions import SlidersActions
from desktop.tabs.sliders_asks import PHOTO, Errand, Pictures
from desktop.tabs.sliders_desk import Desk, Photo
from desktop.tabs.sliders_export import Exports
from desktop.tabs.sliders_files import Found, SlidersDialogs, look_into
from desktop.tabs.sliders_framing import Framing
from desktop.tabs.sliders_own import OwnSliders
from desktop.tabs.sliders_show import SlidersShow
from desktop.tabs.sliders_view import SlidersView
from desktop.tabs.tab import Kept, ModelToUse, Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.drop import Dropped, read, store
from desktop.widgets.status import StatusLine
from engine import catalog, directions, jobs
from engine.errors import ModelError
from engine.jobs import Box
from engine.recipes import Recipe

#: Rounds of looking closer at a photo, each a second or less.
ROUNDS = 3


class SlidersTab(Tab):
    """Hands events on: the desk holds what is what, `SlidersShow` shows it."""

    name = "sliders"

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path, status: StatusLine) -> None:
        super().__init__()
        self._engine, self._folder = engine, folder
        self.desk = Desk()
        self.pictures, self.looking = Pictures(), Errand(PHOTO)
        self.known: list[directions.Direction] = []  #: the sliders of the model
        self.notice = ""  #: what the user should know
        self._background = Background(threads=2, parent=self)
        self.undo_stack = QUndoStack(self)
        self.commands = SlidersActions(self, self.undo_stack)
        self.dialogs = SlidersDialogs(self, preferences)
        self.view = SlidersView(self.commands, self)
        self.exports = Exports(folder, self)
        self.own = OwnSliders(self, engine, folder, self._background)
        self.framing = Framing(self.view, self.commands.align, self._background, self)
        self._shown = SlidersShow(self, status)
        self.fill_with(self.view)
        self._connect(status)
        self._shown.show()

    @property
    def menus(self) -> SlidersActions:
        return self.commands

    def _connect(self, status: StatusLine) -> None:
        do, view = self.commands, self.view
        do.connect_all(
            {
                do.open: lambda: self.open(self.dialogs.photo_to_open()),
                do.paste: lambda: self._take_dropped(read(QGuiApplication.clipboard().mimeData())),
                do.save: self.save,
                do.copy: lambda: self.exports.copy(*now) if (now := self.now_drawn()) else None,
                do.random: self._random,
                do.refine: self._refine,
                do.reset: lambda: self.push(self.tr("Reset all sliders"), self.desk.reset()),
                do.keep: self._keep,
                do.forget: lambda: self.push(
                    self.tr("Remove the kept state"), self.desk.forget(view.strip.chosen_keys())
                ),
                do.send: lambda: self.desk.now and self.sent.emit("interpolate", [self.desk.start, self.desk.now]),
                do.send_kept: lambda: self.sent.emit("interpolate", [state.recipe for state in self.desk.kept]),
                do.learn: self.own.open,
                do.again: self._try_again,
                do.fit: view.canvas.fit,
                do.real_pixels: lambda: view.canvas.zoom_to(1.0),
                **{action: lambda index=index: view.set_mode(index) for index, action in enumerate(do.modes)},
            }
        )
        view.panel.model.chosen.connect(self._choose_model)
        view.panel.slid.connect(self._slide)
        view.panel.remove_asked.connect(self.own.remove)
        for slot in (view.panel.photo.seen, view.panel.photo.drawn):
            slot.dropped.connect(self._take_dropped)
        view.drops.dropped.connect(self._take_dropped)
        view.strip.clicked.connect(lambda _: self._go_back(view.strip.current_key))
        view.strip.activated.connect(lambda _: self._go_back(view.strip.current_key))
        view.strip.drag_asked.connect(self._drag_kept)
        view.strip.menu_asked.connect(self._menu)
        view.grip.pressed.connect(self._drag)
        view.banner.acted.connect(self._try_again)
        view.banner.dismissed.connect(self._dismiss)
        self.framing.moved.connect(lambda box: self._look(self.desk.photo.path, box) if self.desk.photo else None)
        self.framing.failed.connect(self.say)
        self.exports.failed.connect(self.say)
        self.exports.saved.connect(self._shown.show_saved)
        self.exports.written.connect(lambda *made: self.made.emit(*sliders_kept.made(self.desk, *made)))
        status.stop_asked.connect(self._stop_looking)
        self._engine.answered_place.connect(self._take)

    # -- pictures come --------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.panel.model.refresh()
        QTimer.singleShot(0, self, self._begin)  # unless another tab has sent something

    def _begin(self) -> None:
        now, models = self.desk.now, self.view.panel.model
        if now is None and self.looking.asked is None:
            self._random()
        elif now is not None and models.available and now.model not in models.ids:  # it was removed meanwhile
            self._begin_with(self.tr("Another model"), Recipe(model=models.model, seed=secrets.randbelow(SEEDS)))
            self.say(self.tr("The model “%1” is not there any more.").replace("%1", now.model))

    def _random(self) -> None:
        model = self.desk.now.model if self.desk.now else self.view.panel.model.model
        if model:
            recipe = Recipe(model=model, seed=secrets.randbelow(SEEDS))
            self._begin_with(self.tr("Random picture"), recipe)
        else:
            self._pump()

    def _begin_with(self, words: str, recipe: Recipe) -> None:
        self._stop_looking()
        self.notice = ""
        self._load(recipe.model)
        desk = self.desk.begin(recipe)
        known = desk.only([direction.name for direction in self.known])
        gone = recipe.sliders.keys() - (known.now.sliders.keys() if known.now else set())
        if gone:
            sentence = self.tr("There is no slider “%1” any more: the picture is shown without it.")
            self.notice = sentence.replace("%1", min(gone))
        self.push(words, known)

    def receive(self, things: list[Sent]) -> None:
        """The first picture, for the model that comes with it; or a model alone."""
        model = next((thing.model for thing in things if isinstance(thing, ModelToUse)), "")
        picture = next((thing for thing in things if not isinstance(thing, ModelToUse)), None)
        if isinstance(picture, Recipe):
            self._take_recipe(picture)
        elif picture is not None:
            self.open([picture], model)
        elif model in self.view.panel.model.ids:
            self._choose_model(model)

    def open(self, paths: list[Path], model: str = "") -> None:
        """The first picture in files and folders: a recipe, or a photo for a model to look at."""
        if paths:
            self.opened.emit(paths)
            self._background.run(lambda: look_into(paths), lambda found: self._found(found, paths[0].name, model))

    def _found(self, found: Found, name: str, model: str) -> None:
        if found.path is None:
            self.say(self.tr("There is no picture in “%1”.").replace("%1", name))
            return
        if found.failure:
            self.say(found.failure)
        elif found.recipe is not None:
            self._take_recipe(found.recipe)
        else:
            self._look(found.path.absolute(), model=model)
        if found.more and not self.notice:
            sentence = self.tr("One picture at a time: “%1” was taken.")
            self.say(sentence.replace("%1", found.path.name))

    def _take_recipe(self, recipe: Recipe) -> None:
        models = self.view.panel.model
        if recipe.model not in models.ids:
            models.refresh()
        if recipe.model in models.ids:
            self._begin_with(self.tr("Another picture"), recipe)
        elif recipe.model in catalog.folders():
            self.say(self.tr("The model “%1” has no sliders.").replace("%1", recipe.model))
        else:
            sentence = self.tr("This picture was drawn by the model “%1”, which is not installed.")
            self.say(sentence.replace("%1", recipe.model))

    def _take_dropped(self, dropped: Dropped) -> None:
        if dropped.image is not None:
            image = dropped.image
            self._background.run(
                lambda: store(image, self._folder / "pasted"), self._look, lambda error: self.say(str(error))
            )
        elif dropped.paths:
            self.open(dropped.paths)
        elif dropped.elsewhere:
            self.say(self.tr("Only pictures of this computer can be taken: save this one first."))
        else:
            self.say(self.tr("There is no picture in what was dropped or pasted."))

    # -- the user's photo -----------------------------------------------------------------------

    def _look(self, path: Path, box: Box | None = None, rounds: int = 0, model: str = "") -> None:
        """Ask the model what it makes of a photo."""
        models = self.view.panel.model
        if not models.available:
            models.refresh()
        model = model or (self.desk.now.model if self.desk.now else models.model)
        if not model:
            self.say(self.tr("There is no model yet that could look at a photo."))
            return
        if not catalog.can(model, "encode"):
            self.say(self.tr("The model “%1” cannot take photos.").replace("%1", model))
            return
        self.notice = ""
        ask = jobs.Encode(place="", ask=0, model=model, path=str(path), box=box, rounds=rounds)
        self._engine.ask(self.looking.send(ask))
        self._shown.show()

    def _refine(self) -> None:
        photo = self.desk.photo
        if photo is not None:
            self._look(photo.path, photo.box, ROUNDS)

    def _looked(self, ask: jobs.Encode, answer: jobs.PlaceAnswer) -> None:
        if isinstance(answer, jobs.Refused):
            self.say(answer.message)
        elif isinstance(answer, jobs.Encoded):
            seen, drawn = Picture(answer.side, answer.seen), Picture(answer.side, answer.drawn)
            photo = Photo(Path(ask.path), ask.box, ask.rounds, seen, drawn, answer.verdict)
            before = self.desk.photo
            if before and before.path == photo.path and self.desk.now and self.desk.now.model == ask.model:
                words, control = (self.tr("Refine"), "") if ask.rounds else (self.tr("Align the photo"), "frame")
                self.push(words, self.desk.see(answer.recipe, photo), control)
            else:
                self.push(self.tr("Another picture"), self.desk.begin(answer.recipe, photo))

    def _stop_looking(self) -> None:
        stop = self.looking.stop()
        if stop is not None:
            self._engine.ask(stop)
            self._shown.show()

    # -- changes --------------------------------------------------------------------------------

    def push(self, words: str, desk: Desk, control: str = "", held: bool = False) -> None:
        """Another desk, which can be undone; the first picture is there from the beginning."""
        if desk == self.desk:
            self._pump()
        elif self.desk.now is None:
            self._apply(desk)
        else:
            self.undo_stack.push(Change(words, self.desk, desk, self._apply, control, held=held))

    def _apply(self, desk: Desk) -> None:
        self.desk = desk
        self._shown.saved = ""
        if desk.now is not None:
            self._load(desk.now.model)
        self.framing.follow(desk.photo, waits=self.looking.asked is not None)
        self._pump()

    def _slide(self, name: str, value: float, held: bool) -> None:
        if self.desk.now is not None:
            self.push(self.tr("Move %1").replace("%1", local(name)), self.desk.slide(name, value), name, held)

    def _choose_model(self, model: str) -> None:
        now, photo = self.desk.now, self.desk.photo
        if photo is not None and catalog.can(model, "encode"):
            self._look(photo.path, photo.box, model=model)
        else:
            seed = now.seed if now and not now.latent else secrets.randbelow(SEEDS)
            self._begin_with(self.tr("Another model"), Recipe(model=model, seed=seed))

    def _go_back(self, number: int | None) -> None:
        if number is not None:
            desk = self.desk.go_back(number)
            if desk.now is not None:
                self._load(desk.now.model)
            self.push(self.tr("Back to a kept state"), desk.only([direction.name for direction in self.known]))

    def _keep(self) -> None:
        self.push(self.tr("Keep this state"), self.desk.keep())
        if drawn := self.now_drawn():
            self.made.emit(*sliders_kept.made(self.desk, *drawn[:2]))

    def _load(self, model: str) -> None:
        """Bring the panel to the sliders of a model."""
        if self.view.panel.shown_model != model:
            self.reload(model)

    def reload(self, model: str) -> None:
        """The sliders of a model as they are now."""
        try:
            self.known = directions.of(model)
        except ModelError as error:
            self.known, self.notice = [], str(error)
        self.view.panel.show_sliders(self.known, model)

    # -- out ------------------------------------------------------------------------------------

    def now_drawn(self) -> tuple[Recipe, Picture, Path | None] | None:
        """The picture as the sliders stand, once it is drawn."""
        now, photo = self.desk.now, self.desk.photo
        picture = self.pictures.of(now) if now else None
        return (now, picture, photo.path if photo else None) if now and picture else None

    def save(self) -> None:
        """Ask for a place and save the picture there."""
        drawn = self.now_drawn()
        if drawn is None:
            return
        place = self.dialogs.place_to_save(drawn[0], drawn[2])
        if place is not None:
            self.exports.save(drawn[0], drawn[1], *place)

    def _drag(self) -> None:
        self.view.grip.setDown(False)
        drawn = self.now_drawn()
        if drawn is not None:
            self.exports.drag(*drawn, self.view.grip)

    def _drag_kept(self, number: int) -> None:
        state = self.desk.state(number)
        picture = self.pictures.of(state.recipe) if state else None
        if state and picture:
            self.exports.drag(state.recipe, picture, state.photo.path if state.photo else None, self.view.strip)

    # -- the engine and the rest ----------------------------------------------------------------

    def _pump(self) -> None:
        """Ask the engine for what is due and show how things are."""
        desk = self.desk
        self.pictures.want([r for r in (desk.now, desk.start, *(state.recipe for state in desk.kept)) if r])
        ask = self.pictures.due()
        if ask is not None:
            self._engine.ask(ask)
        self._shown.show()

    def _take(self, answer: jobs.PlaceAnswer) -> None:
        if self.pictures.take(answer):
            self._pump()
        elif isinstance(answer, jobs.Working):
            self.looking.take(answer)
            self._shown.show()
        elif (done := self.looking.take(answer)) is not None and isinstance(done[0], jobs.Encode):
            self._looked(done[0], done[1])
        else:
            self.own.take(answer)

    def _try_again(self) -> None:
        self.notice = ""
        self.pictures.try_again()
        self._pump()

    def say(self, sentence: str) -> None:
        """Something that the user should know."""
        self.notice = sentence
        self._shown.show()

    def _dismiss(self) -> None:
        self.notice = ""
        self._shown.dismiss()

    def _menu(self, numbers: list[int], at: QPoint) -> None:
        if numbers:
            menu = QMenu(self)
            menu.addAction(self.tr("Back to this state"), lambda: self._go_back(numbers[0]))
            menu.addAction(self.commands.forget)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused control leaves go to the picture."""
        if not self.view.canvas.hasFocus() and not self.view.cropping:
            self.view.canvas.keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.view.canvas.hasFocus() and not self.view.cropping:
            self.view.canvas.keyReleaseEvent(event)

    def kept(self, closing: bool = False) -> Kept | None:
        return sliders_kept.kept(self.desk)

    def take_up(self, kept: Kept) -> None:
        self._apply(sliders_kept.desk_of(kept))
        self.undo_stack.clear()

    def make_again(self, how: Kept) -> None:
        self._take_recipe(generate_kept.recipes_of(how)[0])

    def close_down(self) -> None:
        self.own.close()
        self.exports.close()
        self._background.close()

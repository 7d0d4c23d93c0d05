"""Sliders that the user makes from pictures, and does away with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.sentences import local
from desktop.tabs.generate_state import Picture
from desktop.tabs.sliders_asks import LEARNING, Errand
from desktop.tabs.sliders_files import Example
from desktop.tabs.sliders_history import ForgetSlider
from desktop.tabs.sliders_learn import LearnDialog, Pile
from desktop.widgets.drop import Dropped
from desktop.widgets.rgb import image_of
from engine import directions, jobs
from engine.files import explain
from engine.recipes import Recipe

if TYPE_CHECKING:
    from desktop.tabs.sliders import SlidersTab


class OwnSliders(QObject):
    """One dialog at a time."""

    def __init__(self, tab: SlidersTab, engine: EngineClient, folder: Path, background: Background) -> None:
        super().__init__(tab)
        self._tab, self._engine, self._folder, self._background = tab, engine, folder, background
        self.errand = Errand(LEARNING)
        self.dialog: LearnDialog | None = None
        self._model = ""  # that the dialog is for

    # -- making one -------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the dialog for the model at work."""
        tab = self._tab
        if self.dialog is None and tab.desk.now is not None:
            self._model = tab.desk.now.model
            card = tab.view.panel.model.card
            taken = [direction.name for direction in tab.known]
            self.dialog = LearnDialog(self._model, local(card.name) if card else self._model, taken, self._folder, tab)
            self.dialog.asked.connect(lambda ask: self._engine.ask(self.errand.send(ask)))
            self.dialog.open_asked.connect(self._choose)
            self.dialog.finished.connect(self._closed)
            self.show_now(tab.now_drawn())
        if self.dialog is not None:
            self.dialog.show()
            self.dialog.raise_()

    def show_now(self, drawn: tuple[Recipe, Picture, Path | None] | None) -> None:
        """The picture of the tab, for the dialog's button."""
        if self.dialog is None:
            return
        now = None
        if drawn is not None and drawn[0].model == self._model:
            recipe, picture, photo = drawn
            image = image_of(picture.pixels, picture.side, picture.side)
            name = photo.stem if photo else self.tr("Picture %1").replace("%1", str(recipe.seed))
            now = Example(recipe, name, image)
        self.dialog.show_now(now)

    def take(self, answer: jobs.PlaceAnswer) -> None:
        """Hear the engine."""
        done = self.errand.take(answer)
        if done is None:
            if isinstance(answer, jobs.Learnt):  # another tab has made a slider
                self._reload(answer.model)
            return
        if isinstance(done[1], jobs.Refused):
            (self.dialog.say if self.dialog else self._tab.say)(done[1].message)
        elif isinstance(done[1], jobs.Learnt):
            if self.dialog is not None:
                self.dialog.accept()
            self._reload(done[1].model)

    def _choose(self, pile: Pile) -> None:
        paths = self._tab.dialogs.pictures_to_add()
        if paths and self.dialog is not None:
            self.dialog.take(pile, Dropped(paths))

    def _closed(self) -> None:
        self.dialog = None
        stop = self.errand.stop()
        if stop is not None:
            self._engine.ask(stop)

    # -- doing away with one ------------------------------------------------------------------------

    def remove(self, name: str) -> None:
        """Remove a slider of the user, in undo."""
        tab = self._tab
        slider = next((d for d in tab.known if d.name == name and d.source == "user"), None)
        if slider is None or tab.desk.now is None:
            return
        model = tab.desk.now.model
        words = self.tr("Remove the slider %1").replace("%1", name)
        tab.undo_stack.beginMacro(words)
        tab.push(words, tab.desk.slide(name, 0.0))
        tab.undo_stack.push(
            ForgetSlider(words, slider, lambda gone: self._forget(model, gone), lambda back: self._keep(model, back))
        )
        tab.undo_stack.endMacro()

    def _forget(self, model: str, name: str) -> None:
        try:
            directions.forget(model, name)
        except OSError as error:
            self._tab.say(self._cannot_write(name, error))
        self._reload(model)

    def _keep(self, model: str, slider: directions.Direction) -> None:
        try:
            directions.keep(model, slider)
        except OSError as error:
            self._tab.say(self._cannot_write(slider.name, error))
        self._reload(model)

    def _cannot_write(self, name: str, error: OSError) -> str:
        cause = local(explain(error, writing=True))
        return self.tr("The slider “%1” stays as it is: %2.").replace("%2", cause).replace("%1", name)

    def _reload(self, model: str) -> None:
        if self._tab.view.panel.shown_model == model:
            self._tab.reload(model)
            self._tab.say(self._tab.notice)

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

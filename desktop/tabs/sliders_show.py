"""Brings what lies on the desk of the Sliders tab to its widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, QObject

from desktop.sentences import local
from desktop.tabs.generate_state import Picture
from desktop.tabs.sliders_desk import Kept
from desktop.widgets import picture as pixels
from desktop.widgets.centred_slider import words
from desktop.widgets.filmstrip import Frame, Mark
from desktop.widgets.rgb import image_of
from desktop.widgets.status import StatusLine
from engine import jobs

if TYPE_CHECKING:
    from desktop.tabs.sliders import SlidersTab


class SlidersShow(QObject):
    """Call `show` whenever something has changed: what is the same is left as it is."""

    def __init__(self, tab: SlidersTab, status: StatusLine) -> None:
        super().__init__(tab)
        self._tab, self._status = tab, status
        self._on_canvas: tuple[Picture | None, Picture | None] | None = None
        self._thumbnails: dict[int, Picture] = {}
        self._current: int | None = None  # the kept state that is shown
        self._dismissed = ""  # a failure that was read
        self.saved = ""  #: what the picture was saved as

    def show(self) -> None:
        tab = self._tab
        self._show_panel()
        self._show_canvas()
        self._show_strip()
        self._show_banner()
        self._show_status()
        self._enable()
        tab.own.show_now(tab.now_drawn())

    def show_saved(self, name: str) -> None:
        self.saved = name
        self.show()

    def dismiss(self) -> None:
        """The user has read what was said."""
        self._dismissed = self._tab.pictures.failure
        self.show()

    # -- parts ------------------------------------------------------------------------------------

    def _show_panel(self) -> None:
        tab, desk = self._tab, self._tab.desk
        asked = tab.looking.asked
        model = asked.model if asked else desk.now.model if desk.now else ""
        tab.view.panel.model.choose(model)
        origin = ""
        if desk.photo is not None:
            origin = desk.photo.path.name
        elif desk.now is not None and desk.now.latent:
            origin = self.tr("A picture that was made from a photo")
        elif desk.now is not None:
            origin = self.tr("Random picture %1").replace("%1", str(desk.now.seed))
        tab.view.panel.show_desk(desk, origin, asked is not None)

    def _show_canvas(self) -> None:
        tab, canvas = self._tab, self._tab.view.canvas
        desk, now = tab.desk, tab.pictures.front
        changed = desk.now is not None and bool(desk.now.sliders)
        start = tab.pictures.of(desk.start) if changed and desk.start else None
        if start is not None and (now is None or start.side != now.side):
            start = None
        if now is None:
            self._on_canvas = None
            canvas.show_message(self._message())
        elif self._on_canvas != (start, now):
            self._on_canvas = (start, now)
            canvas.captions = start is not None
            result = _on_canvas(now)
            canvas.show_pictures(_on_canvas(start) if start else result, result if start else None, None)

    def _message(self) -> str:
        tab = self._tab
        if tab.desk.now is None and not tab.view.panel.model.available:
            return self.tr("Sliders need a model that draws pictures; none is installed.")
        return "" if tab.pictures.failure else self.tr("Drawing…")

    def _show_strip(self) -> None:
        tab, strip = self._tab, self._tab.view.strip
        kept = tab.desk.kept
        strip.frames.show_frames([self._frame(state) for state in kept])
        tab.view.show_strip(bool(kept))
        self._thumbnails = {n: p for n, p in self._thumbnails.items() if tab.desk.state(n)}
        for state in kept:
            drawn = tab.pictures.of(state.recipe)
            if drawn is not None and self._thumbnails.get(state.number) is not drawn:
                self._thumbnails[state.number] = drawn
                strip.frames.set_thumbnail(state.number, image_of(drawn.pixels, drawn.side, drawn.side))
        current = next((state.number for state in kept if state.recipe == tab.desk.now), None)
        if current != self._current:
            self._current = current
            if current is None:
                strip.clearSelection()
                strip.setCurrentIndex(QModelIndex())
            else:
                strip.go_to(current)

    def _frame(self, state: Kept) -> Frame:
        ways = [f"{local(name)} {words(value)}" for name, value in state.recipe.sliders.items()]
        said = ", ".join(ways) or self.tr("every slider in the middle")
        return Frame(state.number, self.tr("State %1").replace("%1", str(state.number)), Mark.DONE, said)

    def _show_banner(self) -> None:
        tab, banner = self._tab, self._tab.view.banner
        failure = tab.pictures.failure
        if tab.notice:
            banner.say(tab.notice)
        elif failure and failure != self._dismissed:
            banner.say(failure, self.tr("Try again"))
        else:
            banner.hide()
        if not failure:
            self._dismissed = ""

    def _show_status(self) -> None:
        asked, steps = self._tab.looking.asked, self._tab.looking.steps
        if isinstance(asked, jobs.Encode) and asked.rounds:
            fraction = steps.done / max(steps.total, 1) if steps else 0.0
            self._status.show_work(self.tr("Refining"), fraction, steps.seconds_left if steps else None)
        elif asked is not None:
            self._status.rest(self.tr("Looking at the photo…"))
        else:
            self._status.rest(self.tr("Saved as %1").replace("%1", self.saved) if self.saved else "")

    def _enable(self) -> None:
        tab, do, desk = self._tab, self._tab.commands, self._tab.desk
        there, drawn = desk.now is not None, tab.now_drawn() is not None
        changed = desk.now is not None and bool(desk.now.sliders)
        photo = desk.photo is not None
        possible = {
            do.save: drawn,
            do.copy: drawn,
            do.random: tab.view.panel.model.available,
            do.refine: photo and tab.looking.asked is None,
            do.align: photo,
            do.reset: changed,
            do.keep: there and self._current is None,
            do.forget: bool(desk.kept),
            do.send: changed,
            do.send_kept: len(desk.kept) > 1,
            do.learn: there,
            do.again: bool(tab.pictures.failure),
            do.fit: there,
            do.real_pixels: there,
            **dict.fromkeys(do.modes, there),
        }
        for action, yes in possible.items():
            action.setEnabled(yes)
        tab.view.grip.setEnabled(drawn)
        tab.view.compare.setEnabled(there)
        tab.view.send.setEnabled(changed or len(desk.kept) > 1)


def _on_canvas(drawn: Picture) -> pixels.Picture:
    return pixels.Picture(np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.side, drawn.side, 3))

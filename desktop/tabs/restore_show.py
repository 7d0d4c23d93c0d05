"""Brings the queue of the Restore tab to its widgets: the strip, the pictures, the banner, the last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.sentences import local
from desktop.tabs.restore_photo import QueuedPhoto, State
from desktop.widgets.filmstrip import Frame, Mark, keep_selection
from desktop.widgets.status import StatusLine

if TYPE_CHECKING:
    from desktop.tabs.restore import RestoreTab


class RestoreShow(QObject):
    """Call `show` whenever something has changed: what is the same is left as it is."""

    def __init__(self, tab: RestoreTab, status: StatusLine) -> None:
        super().__init__(tab)
        self._tab, self._status = tab, status
        self.showing = False  #: what the widgets tell meanwhile was not the user's doing
        self.notice, self._action = "", ""  #: a sentence for the banner, and what its button says
        self._dismissed: tuple[int, str] | None = None  # a photo's failure that was read

    def show(self) -> None:
        if self.showing:
            return
        self.showing = True
        try:
            self._show_queue()
            photo = self._tab.queue.selected
            if photo is not None:
                if photo.failure and photo.pixels is None:
                    self._tab.view.panel.show_unusable()
                else:
                    self._tab.view.panel.show_settings(photo.settings, photo.estimate)
                self._tab.view.canvas.set_strength(photo.settings.strength)
            self._show_canvas(photo)
            self._show_banner(photo)
            self._show_status()
            self._enable(photo)
        finally:
            self.showing = False

    def _show_queue(self) -> None:
        strip, queue = self._tab.view.strip, self._tab.queue
        wanted = queue.selected
        self._tab.view.show_work(bool(queue.photos))
        keep_selection(strip, lambda: strip.frames.show_frames([self._frame(photo) for photo in queue.photos]))
        if wanted is None:
            queue.select(strip.current_key)
        elif strip.current_key != wanted.number:
            strip.go_to(wanted.number)
            queue.select(wanted.number)

    def _show_canvas(self, photo: QueuedPhoto | None) -> None:
        if photo is None or photo.pixels is None:
            self._tab.pictures.follow(None)
            opening = photo is not None and photo.state is not State.FAILED
            self._tab.view.canvas.show_message(self.tr("Opening…") if opening else "")
        else:
            self._tab.pictures.follow(photo)

    def _show_banner(self, photo: QueuedPhoto | None) -> None:
        banner = self._tab.view.banner
        failure = (photo.failure or photo.save_failure) if photo else ""
        if self.notice:
            banner.say(self.notice, self._action)
        elif photo and failure and self._dismissed != (photo.number, failure):
            banner.say(failure, self.tr("Try again") if photo.failure else "")
        else:
            banner.hide()

    def _show_status(self) -> None:
        run = self._tab.queue.run()
        if run is not None:
            self._status.show_run(run.position, run.total, run.fraction, run.seconds_left)
        elif self._tab.queue.saving:
            self._status.rest(self.tr("Saving…"))
        elif any(photo.state is State.STOPPED for photo in self._tab.queue.photos):
            self._status.rest(self.tr("Cancelled"), can_resume=True)
        else:
            unsaved, selected = len(self._tab.queue.unsaved()), self._tab.queue.selected
            saved = selected and selected.saved_as
            if unsaved:
                self._status.rest(self.tr("%1 not saved yet").replace("%1", str(unsaved)))
            else:
                self._status.rest(self.tr("Saved as %1").replace("%1", saved.name) if saved else "")

    def _enable(self, photo: QueuedPhoto | None) -> None:
        do, view = self._tab.commands, self._tab.view
        finished = photo is not None and photo.state in (State.DONE, State.SAVED)
        unsaved, photos = bool(self._tab.queue.unsaved()), self._tab.queue.photos
        for thing in (do.save, do.copy, view.panel.save, view.grip):
            thing.setEnabled(finished)
        for thing in (do.save_all, view.panel.save_all):
            thing.setEnabled(unsaved)
        for thing in (do.apply_to_all, view.panel.apply_to_all):
            thing.setEnabled(len(photos) > 1)
        for thing in (do.remove, do.clear, do.fit, do.real_pixels, do.previous, do.next, *do.modes):
            thing.setEnabled(bool(photos))
        do.again.setEnabled(photo is not None and photo.state in (State.FAILED, State.STOPPED))

    def _frame(self, photo: QueuedPhoto) -> Frame:
        words = {
            State.WAITING: self.tr("waiting"),
            State.WORKING: self.tr("restoring, %1 %").replace("%1", str(round(100 * photo.done_fraction))),
            State.DONE: self.tr("done, not saved"),
            State.SAVED: self.tr("saved as %1").replace("%1", str(photo.saved_as or "")),
            State.STOPPED: self.tr("cancelled"),
            State.FAILED: local(photo.failure),
        }[photo.state]
        return Frame(photo.number, photo.path.name, Mark(photo.state.value), words, photo.done_fraction)

    def say(self, sentence: str, action: str = "") -> None:
        """Something that the user should know."""
        self.notice, self._action = sentence, action
        self.show()

    def dismiss(self) -> None:
        """The user has read the banner."""
        self.notice = ""
        photo = self._tab.queue.selected
        if photo is not None:
            self._dismissed = (photo.number, photo.failure or photo.save_failure)
        self.show()

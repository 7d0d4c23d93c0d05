"""The Restore tab: it hands events to the queue, the queue's asks to the engine, and what came back to the widgets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QUndoStack
from PySide6.QtWidgets import QMenu

from desktop import work_folder
from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs.restore_actions import RestoreActions
from desktop.tabs.restore_export import Exports
from desktop.tabs.restore_files import FileDialogs, free_target, suggested_name
from desktop.tabs.restore_photo import QueuedPhoto, State
from desktop.tabs.restore_pictures import RestorePictures
from desktop.tabs.restore_queue import RestoreQueue
from desktop.tabs.restore_thumbnails import Thumbnails
from desktop.tabs.restore_view import RestoreView
from desktop.tabs.tab import ModelToUse, Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.drop import Dropped, read, store
from desktop.widgets.filmstrip import Frame, Mark, keep_selection
from desktop.widgets.status import StatusLine
from engine import jobs
from engine.formats import find_photos

#: Milliseconds a control must rest before its photo is asked for again.
REST = 250


class RestoreTab(Tab):
    """Old photos in, clean photos out."""

    name = "restore"

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path, status: StatusLine) -> None:
        super().__init__()
        self._engine, self._status, self._folder = engine, status, folder
        self.queue = RestoreQueue()
        self._background = Background(threads=2, parent=self)
        self.undo_stack = QUndoStack(self)
        self.commands = RestoreActions(self, self.undo_stack)
        self.dialogs = FileDialogs(self, preferences, folder)
        self.view = RestoreView(self.commands, self)
        self.pictures = RestorePictures(self.view.canvas)
        self.exports = Exports(self.queue, folder, self._pump, self)
        self.thumbnails = Thumbnails(self.view.strip, self._background)
        self._save_rest_to: Path | None = None  # a folder for the results that are still to come
        self._taken: set[Path] = set()  # names in that folder that will be used
        self._notice, self._notice_action = "", ""
        self._dismissed: tuple[int, str] | None = None  # a photo's failure that was read
        self._showing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self.fill_with(self.view)
        self._connect()
        self._show()

    @property
    def menus(self) -> RestoreActions:
        return self.commands

    def _connect(self) -> None:
        do, view = self.commands, self.view
        do.connect_all(
            {
                do.open: lambda: self.open(self.dialogs.photos_to_open()),
                do.open_folder: lambda: self.open(self.dialogs.folder_to_open()),
                do.paste: lambda: self._take_dropped(read(QGuiApplication.clipboard().mimeData())),
                do.save: self.save,
                do.save_all: self.save_all,
                do.copy: lambda: self.exports.copy(self.queue.selected),
                do.apply_to_all: self._apply_to_all,
                do.again: self._try_again,
                do.remove: lambda: self._remove(view.strip.chosen_keys()),
                do.clear: lambda: self._remove([photo.number for photo in self.queue.photos]),
                do.previous: lambda: view.strip.step(-1),
                do.next: lambda: view.strip.step(1),
                do.fit: view.canvas.fit,
                do.real_pixels: lambda: view.canvas.zoom_to(1.0),
                **{action: lambda index=index: view.set_mode(index) for index, action in enumerate(do.modes)},
            }
        )
        view.empty.open_asked.connect(do.open.trigger)
        view.panel.edited.connect(self._edited)
        view.panel.apply_to_all_asked.connect(self._apply_to_all)
        view.panel.save_asked.connect(self.save)
        view.panel.save_all_asked.connect(self.save_all)
        view.strip.current_changed.connect(self._select)
        view.strip.drag_asked.connect(lambda key: self.exports.drag(self.queue.photo(key), view.strip))
        view.strip.menu_asked.connect(self._menu)
        view.grip.pressed.connect(self._drag_from_grip)
        view.banner.acted.connect(self._try_again)
        view.banner.dismissed.connect(self._dismiss)
        view.drops.dropped.connect(self._take_dropped)
        self._rest.timeout.connect(self._settle)
        self._status.stop_asked.connect(lambda: (self.queue.stop(), self._pump()))
        self._status.resume_asked.connect(lambda: (self.queue.resume(), self._pump()))
        self.exports.failed.connect(self._say)
        self._engine.answered.connect(self._take)
        self._engine.broken.connect(self._broken)

    # -- photos come and go ---------------------------------------------------------------------

    def receive(self, things: list[Sent]) -> None:
        for thing in things:
            if isinstance(thing, ModelToUse) and (wanted := self.queue.with_model(thing.model)):
                self._push(self.tr("Use another model"), "model", wanted)
        self.open([thing for thing in things if isinstance(thing, Path)])

    def open(self, paths: list[Path]) -> None:
        """Queue photos, and those in folders. Folders are searched off the window's thread."""

        def found(photos: list[Path]) -> None:
            if photos:
                self._add(photos)
            else:
                self._say(self.tr("There is no photo in “%1”.").replace("%1", paths[0].name))

        if paths:
            self._background.run(lambda: find_photos(paths), found)

    def _add(self, paths: list[Path]) -> None:
        paths = [path.absolute() for path in paths]
        added = self.queue.add(paths)
        selected = self.queue.selected
        if selected is None or selected.state not in (State.WAITING, State.WORKING):
            first = next((photo for photo in self.queue.photos if photo.path == paths[0]), None)
            self.queue.select(first.number if first else None)
        self._notice = ""
        for photo in added:
            self.thumbnails.make(photo)
        self._pump()

    def _take_dropped(self, dropped: Dropped) -> None:
        if dropped.image is not None:
            image = dropped.image
            self._background.run(
                lambda: store(image, self._folder / "pasted"),
                lambda path: self._add([path]),
                lambda error: self._say(str(error)),
            )
        elif dropped.paths:
            self.open(dropped.paths)
        elif dropped.elsewhere:
            self._say(self.tr("Only pictures of this computer can be taken: save this one first."))
        else:
            self._say(self.tr("There is no photo in what was dropped or pasted."))

    def _remove(self, numbers: list[int]) -> None:
        for number in numbers:
            self.pictures.forget(number)
            self.thumbnails.forget(number)
        self.queue.remove(numbers)
        self._pump()

    def _select(self, number: int | None) -> None:
        # Who walks along the strip does not stop the photo at work at every step.
        self.queue.select(number, resting=False)
        self._rest.start()
        if not self._showing:
            self._notice = ""
            self._pump()

    # -- settings -------------------------------------------------------------------------------

    def _edited(self, settings: jobs.RestoreSettings, field: str) -> None:
        photo = self.queue.selected
        self.queue.model = settings.model
        if photo is not None and settings != photo.settings:
            self._push(self.tr("Change settings"), field, {photo.number: settings})

    def _apply_to_all(self) -> None:
        photo = self.queue.selected
        if photo is not None:
            wanted = {other.number: photo.settings for other in self.queue.photos}
            self._push(self.tr("Use settings for all photos"), "all", wanted)

    def _push(self, words: str, field: str, after: dict[int, jobs.RestoreSettings]) -> None:
        before = {number: photo.settings for number in after if (photo := self.queue.photo(number))}
        self.undo_stack.push(Change(words, before, after, self._apply, (field, frozenset(after))))

    def _apply(self, settings: dict[int, jobs.RestoreSettings]) -> None:
        for number, wanted in settings.items():
            self.queue.change(number, wanted)
        if len(settings) == 1:
            self.view.strip.go_to(next(iter(settings)))  # undo shows what it undoes
        self._rest.start()
        self._pump()

    def _settle(self) -> None:
        self.queue.settle()
        self._pump()

    def _try_again(self) -> None:
        if self._notice:
            self._notice = ""
            self.queue.resume()
        if self.queue.selected is not None:
            self.queue.resume(self.queue.selected.number)
        self._pump()

    # -- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask for a place and save the selected photo's result there."""
        photo = self.queue.selected
        if photo is None or photo.state not in (State.DONE, State.SAVED):
            return
        target = self.dialogs.place_to_save(photo.path)
        if target is not None:
            self.queue.save(photo.number, target, overwrite=target.exists())
            self._pump()

    def save_all(self) -> bool:
        """As in every tab; also those still to come."""
        folder = self.dialogs.folder_to_save()
        if folder is None:
            return False
        self._save_rest_to, self._taken = folder, set()
        for photo in self.queue.unsaved():
            self._save_to_folder(photo, folder)
        self._pump()
        return True

    def _save_to_folder(self, photo: QueuedPhoto, folder: Path) -> None:
        target = free_target(folder, suggested_name(photo.path), self._taken)
        self._taken.add(target)
        self.queue.save(photo.number, target)

    def _drag_from_grip(self) -> None:
        self.view.grip.setDown(False)
        self.exports.drag(self.queue.selected, self.view.grip)

    # -- the engine -----------------------------------------------------------------------------

    def _pump(self) -> None:
        """Send the engine what is due and show how things are."""
        for ask in self.queue.due(self.view.canvas.visible_box()):
            self._engine.ask(ask)
        work_folder.discard(self.queue.take_discarded())
        if self.queue.run() is None and not self.queue.saving:
            self._save_rest_to = None
        self._show()

    def _take(self, answer: jobs.PhotoAnswer) -> None:
        photo = self.queue.take(answer)
        if photo is not None and isinstance(answer, jobs.Opened | jobs.Restored):
            self.thumbnails.make(photo)
            if self._save_rest_to and photo.state is State.DONE:
                self._save_to_folder(photo, self._save_rest_to)
        written = isinstance(answer, jobs.Saved | jobs.Failed)
        if written:
            self.exports.take(answer)
        self._pump()
        if written and not self.queue.saving:
            self.saves_done.emit()

    def _broken(self, sentence: str) -> None:
        self.queue.stop()
        self._say(sentence, self.tr("Try again"))

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._showing:
            return
        self._showing = True
        try:
            self._show_queue()
            photo = self.queue.selected
            if photo is not None:
                if photo.failure and photo.pixels is None:
                    self.view.panel.show_unusable()
                else:
                    self.view.panel.show_settings(photo.settings, photo.estimate)
                self.view.canvas.set_strength(photo.settings.strength)
            self._show_canvas(photo)
            self._show_banner(photo)
            self._show_status()
            self._enable(photo)
        finally:
            self._showing = False

    def _show_queue(self) -> None:
        strip, queue = self.view.strip, self.queue
        wanted = queue.selected
        self.view.show_work(bool(queue.photos))
        keep_selection(strip, lambda: strip.frames.show_frames([self._frame(photo) for photo in queue.photos]))
        if wanted is None:
            queue.select(strip.current_key)
        elif strip.current_key != wanted.number:
            strip.go_to(wanted.number)
            queue.select(wanted.number)

    def _show_canvas(self, photo: QueuedPhoto | None) -> None:
        if photo is None or photo.pixels is None:
            self.pictures.follow(None)
            opening = photo is not None and photo.state is not State.FAILED
            self.view.canvas.show_message(self.tr("Opening…") if opening else "")
        else:
            self.pictures.follow(photo)

    def _show_banner(self, photo: QueuedPhoto | None) -> None:
        banner = self.view.banner
        failure = (photo.failure or photo.save_failure) if photo else ""
        if self._notice:
            banner.say(self._notice, self._notice_action)
        elif photo and failure and self._dismissed != (photo.number, failure):
            banner.say(failure, self.tr("Try again") if photo.failure else "")
        else:
            banner.hide()

    def _show_status(self) -> None:
        run = self.queue.run()
        if run is not None:
            self._status.show_run(run.position, run.total, run.fraction, run.seconds_left)
        elif self.queue.saving:
            self._status.rest(self.tr("Saving…"))
        elif any(photo.state is State.STOPPED for photo in self.queue.photos):
            self._status.rest(self.tr("Cancelled"), can_resume=True)
        else:
            unsaved, saved = len(self.queue.unsaved()), self.queue.selected and self.queue.selected.saved_as
            if unsaved:
                self._status.rest(self.tr("%1 not saved yet").replace("%1", str(unsaved)))
            else:
                self._status.rest(self.tr("Saved as %1").replace("%1", saved.name) if saved else "")

    def _enable(self, photo: QueuedPhoto | None) -> None:
        do, view = self.commands, self.view
        finished = photo is not None and photo.state in (State.DONE, State.SAVED)
        unsaved, photos = bool(self.queue.unsaved()), self.queue.photos
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
            State.FAILED: photo.failure,
        }[photo.state]
        return Frame(photo.number, photo.path.name, Mark(photo.state.value), words, photo.done_fraction)

    def _say(self, sentence: str, action: str = "") -> None:
        self._notice, self._notice_action = sentence, action
        self._show()

    def _dismiss(self) -> None:
        self._notice = ""
        photo = self.queue.selected
        if photo is not None:
            self._dismissed = (photo.number, photo.failure or photo.save_failure)
        self._show()

    def _menu(self, numbers: list[int], at: QPoint) -> None:
        if numbers:
            do, menu = self.commands, QMenu(self)
            menu.addActions([do.save, do.copy, do.again, do.apply_to_all])
            menu.addSeparator()
            menu.addAction(do.remove)
            menu.exec(at)

    # -- keys, ends -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused control leaves go to the picture."""
        if not self.view.canvas.hasFocus():
            self.view.canvas.keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.view.canvas.hasFocus():
            self.view.canvas.keyReleaseEvent(event)

    def unsaved(self) -> int:
        return len(self.queue.unsaved())

    def close_down(self) -> None:
        self.pictures.close()
        self.exports.close()
        self._background.close()

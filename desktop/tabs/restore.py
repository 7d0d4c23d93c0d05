"""The Restore tab: it hands events to the queue, the queue's asks to the engine, and what came back to the widgets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent, QUndoStack
from PySide6.QtWidgets import QMenu

from desktop import work_folder
from desktop.background import Background
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs import restore_kept
from desktop.tabs.restore_actions import RestoreActions
from desktop.tabs.restore_export import Exports
from desktop.tabs.restore_files import FileDialogs, free_target, suggested_name
from desktop.tabs.restore_photo import QueuedPhoto, State
from desktop.tabs.restore_pictures import RestorePictures
from desktop.tabs.restore_presets import SUFFIX, Presets
from desktop.tabs.restore_queue import RestoreQueue
from desktop.tabs.restore_show import RestoreShow
from desktop.tabs.restore_thumbnails import Thumbnails
from desktop.tabs.restore_view import RestoreView
from desktop.tabs.tab import Kept, ModelToUse, Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.drop import Dropped, read, store
from desktop.widgets.status import StatusLine
from engine import catalog, jobs
from engine.formats import find_photos
from engine.presets import Preset

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
        self.undo_stack.setUndoLimit(200)
        self.commands = RestoreActions(self, self.undo_stack)
        self.dialogs = FileDialogs(self, preferences, folder)
        self.view = RestoreView(self.commands, self)
        self.pictures = RestorePictures(self.view.canvas)
        self.exports = Exports(self.queue, folder, self._pump, self)
        self.thumbnails = Thumbnails(self.view.strip, self._background)
        self._save_rest_to: Path | None = None  # a folder for the results that are still to come
        self._taken: set[Path] = set()  # names in that folder that will be used
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self.presets = Presets(self.view.panel.presets, self.undo_stack, preferences, self)
        self._shown = RestoreShow(self, status)
        self.fill_with(self.view)
        self._connect()
        self._shown.show()

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
        view.empty.tried.connect(self.open)
        view.panel.edited.connect(self._edited)
        view.panel.apply_to_all_asked.connect(self._apply_to_all)
        view.panel.save_asked.connect(self.save)
        view.panel.save_all_asked.connect(self.save_all)
        row = view.panel.presets
        row.chosen.connect(self._use_preset)
        row.save_asked.connect(lambda: self.presets.save(self._settings))
        row.export_asked.connect(lambda: self.presets.export(self._settings))
        self.presets.failed.connect(self._shown.say)
        self.presets.changed.connect(self._shown.show)
        view.strip.current_changed.connect(self._select)
        view.strip.drag_asked.connect(lambda key: self.exports.drag(self.queue.photo(key), view.strip))
        view.strip.menu_asked.connect(self._menu)
        view.grip.pressed.connect(self._drag_from_grip)
        view.banner.acted.connect(self._try_again)
        view.banner.dismissed.connect(self._shown.dismiss)
        view.drops.dropped.connect(self._take_dropped)
        self._rest.timeout.connect(self._settle)
        self._status.stop_asked.connect(lambda: (self.queue.stop(), self._pump()))
        self._status.resume_asked.connect(lambda: (self.queue.resume(), self._pump()))
        self.exports.failed.connect(self._shown.say)
        self._engine.answered.connect(self._take)
        self._engine.broken.connect(self._broken)

    # -- photos come and go ---------------------------------------------------------------------

    def receive(self, things: list[Sent]) -> None:
        for thing in things:
            if isinstance(thing, ModelToUse):
                self._use_model(thing.model)
        self.open([thing for thing in things if isinstance(thing, Path)])

    def open(self, paths: list[Path]) -> None:
        """Queue photos, and those in folders. Folders are searched off the window's thread."""

        def found(photos: list[Path]) -> None:
            if photos:
                self._add(photos)
            else:
                self._shown.say(self.tr("There is no photo in “%1”.").replace("%1", paths[0].name))

        if paths:
            self.opened.emit(paths)
            self._background.run(lambda: find_photos(paths), found)

    def _add(self, paths: list[Path]) -> None:
        paths = [path.absolute() for path in paths]
        added = self.queue.add(paths)
        selected = self.queue.selected
        if selected is None or selected.state not in (State.WAITING, State.WORKING):
            first = next((photo for photo in self.queue.photos if photo.path == paths[0]), None)
            self.queue.select(first.number if first else None)
        self._shown.notice = ""
        for photo in added:
            self.thumbnails.make(photo)
        self._pump()

    def _take_dropped(self, dropped: Dropped) -> None:
        if dropped.image is not None:
            image = dropped.image
            self._background.run(
                lambda: store(image, self._folder / "pasted"),
                lambda path: self._add([path]),
                lambda error: self._shown.say(str(error)),
            )
        elif dropped.paths and all(path.suffix.lower() == SUFFIX for path in dropped.paths):
            self.presets.take_files(dropped.paths)
        elif dropped.paths:
            self.open(dropped.paths)
        elif dropped.elsewhere:
            self._shown.say(self.tr("Only pictures of this computer can be taken: save this one first."))
        else:
            self._shown.say(self.tr("There is no photo in what was dropped or pasted."))

    def _remove(self, numbers: list[int]) -> None:
        gone = [(place, photo) for place, photo in enumerate(self.queue.photos) if photo.number in numbers]
        if gone:
            words = self.tr("Remove from the queue")
            self.undo_stack.push(Change(words, (gone, True), (gone, False), self._set_queued))

    def _set_queued(self, wanted: tuple[list[tuple[int, QueuedPhoto]], bool]) -> None:
        photos, queued = wanted
        if queued:
            self.queue.put_back(photos)
            self.queue.select(photos[0][1].number)
        else:
            self.queue.remove(photo.number for _, photo in photos)
        for _, photo in photos:
            self.pictures.forget(photo.number)
            self.thumbnails.forget(photo.number)
            if queued:
                self.thumbnails.make(photo)
        self._pump()

    def _select(self, number: int | None) -> None:
        # Who walks along the strip does not stop the photo at work at every step.
        self.queue.select(number, resting=False)
        self._rest.start()
        if not self._shown.showing:
            self._shown.notice = ""
            self._pump()

    # -- settings -------------------------------------------------------------------------------

    def _edited(self, settings: jobs.RestoreSettings, field: str) -> None:
        photo = self.queue.selected
        self.queue.fresh = jobs.RestoreSettings(model=settings.model, quality=settings.quality)
        if photo is not None and settings != photo.settings:
            self._push(self.tr("Change settings"), field, {photo.number: settings})

    @property
    def _settings(self) -> jobs.RestoreSettings:
        """Those of the selected photo."""
        return self.queue.selected.settings if self.queue.selected else jobs.RestoreSettings()

    def _use_preset(self, preset: Preset) -> None:
        photo = self.queue.selected
        if photo is not None:
            self._push(self.tr("Use a preset"), "preset", {photo.number: preset.over(photo.settings)})

    def _use_model(self, model: str) -> None:
        """For all photos; a fast edition is a quality of the model it was made of."""
        full = catalog.full_edition(model)
        wanted = self.queue.with_model(full or model, "fast" if full else "normal")
        if wanted:
            self._push(self.tr("Use another model"), "model", wanted)

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
        if self._shown.notice:
            self._shown.notice = ""
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
        self._shown.show()

    def _take(self, answer: jobs.PhotoAnswer) -> None:
        photo = self.queue.take(answer)
        if photo is not None and isinstance(answer, jobs.Opened | jobs.Restored):
            self.thumbnails.make(photo)
            if self._save_rest_to and photo.state is State.DONE:
                self._save_to_folder(photo, self._save_rest_to)
        if photo is not None and isinstance(answer, jobs.Restored | jobs.Saved):
            self.keep_now.emit()
            if made := restore_kept.made(photo, answer):
                self.made.emit(*made)
        written = isinstance(answer, jobs.Saved | jobs.Failed)
        if written:
            self.exports.take(answer)
        self._pump()
        if written and not self.queue.saving:
            self.saves_done.emit()

    def _broken(self, sentence: str) -> None:
        self.queue.stop()
        self._shown.say(sentence, self.tr("Try again"))

    def _menu(self, numbers: list[int], at: QPoint) -> None:
        if numbers:
            do, menu = self.commands, QMenu(self)
            menu.addActions([do.save, do.copy, do.again, do.apply_to_all])
            menu.addSeparator()
            menu.addAction(do.remove)
            menu.exec(at)

    # -- keys, ends -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presets.load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused control leaves go to the picture."""
        if not self.view.canvas.hasFocus():
            self.view.canvas.keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.view.canvas.hasFocus():
            self.view.canvas.keyReleaseEvent(event)

    def kept(self, closing: bool = False) -> Kept | None:
        return restore_kept.kept(self.queue, self._folder, closing)

    def take_up(self, kept: Kept) -> None:
        for photo in restore_kept.take_up(self.queue, kept):
            self.thumbnails.make(photo)
        self._pump()

    def make_again(self, how: Kept) -> None:
        path, settings = restore_kept.how_to_make(how)
        if not path.exists():
            raise ValueError(self.tr("“{file}” is not there any more.").format(file=path.name))
        self._add([path])
        number = next(photo.number for photo in self.queue.photos if photo.path == path)
        self._push(self.tr("Make it again"), "again", {number: settings})

    def unsaved(self) -> int:
        return len(self.queue.unsaved())

    def close_down(self) -> None:
        self.pictures.close()
        self.exports.close()
        self.presets.close()
        self._background.close()

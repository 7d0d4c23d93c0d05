"""The Interpolate tab: it hands events to the plan, asks to the engine, and frames to the canvas."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QShowEvent, QUndoStack

from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs import interpolate_kept
from desktop.tabs.interpolate_actions import InterpolateActions
from desktop.tabs.interpolate_export import Films
from desktop.tabs.interpolate_files import FrameFiles, InterpolateDialogs, pixels_of
from desktop.tabs.interpolate_frames import PLACE, Frames
from desktop.tabs.interpolate_notices import Notices
from desktop.tabs.interpolate_pictures import KeyPictures
from desktop.tabs.interpolate_plan import MOST, Key, Models, Plan, Trouble
from desktop.tabs.interpolate_player import Player
from desktop.tabs.interpolate_view import InterpolateView
from desktop.tabs.tab import Kept, ModelToUse, Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.drop import Dropped, read
from desktop.widgets.picture import Picture
from desktop.widgets.status import StatusLine
from engine import jobs
from engine.recipes import Recipe

#: Milliseconds the scrubber must rest before its frame is drawn as well as can be.
REST = 150
#: Milliseconds between two looks at the clock while it plays.
TICK = 15


class InterpolateTab(Tab):
    """Two pictures or more, and everything between them."""

    name = "interpolate"

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path, status: StatusLine) -> None:
        super().__init__()
        self._engine = engine
        self.plan, self.frames, self.player = Plan(), Frames(), Player()
        self.models: Models | None = None  # known once the tab was seen
        self.t = 0.0  #: where the scrubber stands
        self.shown: jobs.Frame | None = None
        self._index: int | None = None  # of the round, while it plays
        self._trouble: Trouble | None = None
        self._message = ""
        self.undo_stack = QUndoStack(self)
        self.commands = InterpolateActions(self, self.undo_stack)
        self.dialogs = InterpolateDialogs(self, preferences, folder)
        self.view = InterpolateView(self.commands, self)
        self.pictures = KeyPictures(engine.ask, folder, self)
        self.files = FrameFiles(folder, self)
        self.films = Films(engine.ask, self.dialogs.place_for, self)
        self.notices = Notices(self.view.banner, status, self)
        self._rest, self._clock = QTimer(self), QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._clock.setInterval(TICK)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self.fill_with(self.view)
        self._connect(status)
        self._show()

    @property
    def menus(self) -> InterpolateActions:
        return self.commands

    def _connect(self, status: StatusLine) -> None:
        do, view = self.commands, self.view
        do.connect_all(
            {
                do.open: lambda: self.open(self.dialogs.photos_to_open()),
                do.paste: lambda: self.take_dropped(read(QGuiApplication.clipboard().mimeData())),
                do.export: self._export,
                do.save: self.save,
                do.show_folder: self.films.show_in_folder,
                do.clear: lambda: self._edit(self.tr("Remove all pictures"), self.plan.cleared()),
                do.copy: self._copy,
                do.to_restore: lambda: self._send_on("restore"),
                do.to_sliders: lambda: self._send_on("sliders"),
                do.play: lambda: self.pause() if self.player.playing else self.play(),
                do.previous: lambda: self._go_to(-(-self.t // 1) - 1),
                do.next: lambda: self._go_to(self.t // 1 + 1),
                do.fit: view.canvas.fit,
                do.real_pixels: lambda: view.canvas.zoom_to(1.0),
            }
        )
        view.row.dropped.connect(lambda place, dropped: self.take_dropped(dropped, place))
        view.row.choose_asked.connect(lambda place: self.open(self.dialogs.photos_to_open(), place))
        view.row.remove_asked.connect(self._remove)
        view.row.move_asked.connect(self._move)
        view.drops.dropped.connect(self.take_dropped)
        view.samples.tried.connect(self.open)
        view.scrubber.moved.connect(self._go_to)
        view.grip.pressed.connect(self._drag)
        view.panel.edited.connect(lambda plan, field: self._edit(self.tr("Change settings"), plan, field))
        self.notices.other_model_asked.connect(self._use_other_model)
        self.notices.again_asked.connect(self._try_again)
        self._rest.timeout.connect(self._rested)
        self._clock.timeout.connect(self._tick)
        status.stop_asked.connect(self._stop)
        status.resume_asked.connect(self._try_again)
        self.pictures.found.connect(self._add)
        self.pictures.changed.connect(self._show)
        for part in (self.pictures, self.files, self.films):
            part.failed.connect(self._say)
        self.films.changed.connect(self._show)
        self.files.saved.connect(lambda path: self._tell(self.tr("Saved as %1").replace("%1", path.name)))
        self._engine.answered_place.connect(self._take)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_for_models()
        self._set_out()

    def _look_for_models(self) -> Models:
        """Which there are, for the first time or again. Not while the window starts: it reads the disk."""
        self.view.panel.model.refresh()
        self.models = self.view.panel.model.installed()
        return self.models

    # -- pictures come and go ---------------------------------------------------------------------

    def receive(self, things: list[Sent]) -> None:
        models = self._look_for_models()
        for thing in things:
            if isinstance(thing, ModelToUse) and thing.model in models:
                self._edit(self.tr("Another model"), replace(self.plan, model=thing.model))
        self.pictures.receive([thing for thing in things if isinstance(thing, Recipe)], models)
        self.open([thing for thing in things if isinstance(thing, Path)])

    def open(self, paths: list[Path], at: int | None = None) -> None:
        """Take pictures, and those in folders; the first goes to the place ``at``."""
        if paths:
            self.take_dropped(Dropped(paths), at)

    def take_dropped(self, dropped: Dropped, at: int | None = None) -> None:
        """The same with anything that was dropped or pasted."""
        if dropped.paths:
            self.opened.emit(dropped.paths)
        if dropped:
            self.view.row.show_busy(self.plan.place_for(at))
        self.pictures.take_dropped(dropped, self.models or self._look_for_models(), at)

    def _add(self, keys: list[Key], at: int | None) -> None:
        self.view.row.show_busy(None)
        replaced = at is not None and at < len(self.plan.keys) and self.plan.keys[at] is not None
        if len(self.plan.pictures) + len(keys) - replaced > MOST:
            self._say(self.tr("There is room for %n picture(s); the last were left out.", "", MOST))
        if keys:
            self._edit(self.tr("Add pictures"), self.plan.taking(keys, at))

    def _remove(self, place: int) -> None:
        if place < len(self.plan.keys) and self.plan.keys[place] is not None:
            self._edit(self.tr("Remove a picture"), self.plan.without(place))

    def _move(self, at: int, to: int) -> None:
        self._edit(self.tr("Move a picture"), self.plan.moved(at, to))

    # -- the plan ---------------------------------------------------------------------------------

    def _edit(self, words: str, plan: Plan, field: str = "") -> None:
        if plan != self.plan:
            self.undo_stack.push(Change(words, self.plan, plan, self._apply, field))

    def _apply(self, plan: Plan) -> None:
        self.plan = plan
        self._set_out()

    def _set_out(self) -> None:
        """After any change of the plan: is it another journey, or the same one at another pace?"""
        planned = self.plan.journey(self.models) if self.models else None
        self._trouble = planned if isinstance(planned, Trouble) else None
        self.pictures.draw(self.plan.pictures)
        playing, on_its_way = self.player.playing, self.frames.busy
        self.pause()
        self.player.times = []
        if self.frames.set_out(planned if isinstance(planned, jobs.Journey) else None):
            self._message = ""
            self.t = min(self.t, float(self.frames.length))
            if self.frames.journey is not None:
                self.frames.want(self.t, draft=True)
                self._rest.start()
            elif on_its_way:
                self._engine.ask(jobs.Withdraw(place=PLACE))
        elif playing:
            self.play()
        self._pump()

    # -- the way ----------------------------------------------------------------------------------

    def _go_to(self, t: float) -> None:
        """The user goes somewhere: a draft at once, more when they rest."""
        self.pause()
        self.t = min(max(t, 0.0), float(self.frames.length))
        self.frames.want(self.t, draft=True)
        self._rest.start()
        self._show_frame(self.frames.at(self.t))
        self._pump()

    def _rested(self) -> None:
        if not self.player.playing:
            self.frames.want(self.t, draft=False)
            self._pump()

    def play(self) -> None:
        if self.frames.journey is None or not self.frames.prepared:
            return
        if not self.player.times:
            self.player.prepare(self.plan, self.frames.length, self.frames.room)
        self.player.play(time.monotonic(), self.t)
        self._index = None
        self._clock.start()
        self.commands.show_playing(True)
        self._tick()

    def pause(self) -> None:
        if self.player.playing:
            self.player.stop()
            self._clock.stop()
            self.commands.show_playing(False)
            self._rest.start()

    def _tick(self) -> None:
        index = self.player.index(time.monotonic())
        if index is None:
            self._go_to(self.player.times[-1])
        elif index != self._index:
            self._index, self.t = index, self.player.times[index]
            self._show_due()
            self._pump()

    def _show_due(self) -> None:
        """While it plays: the frame that is due, or the newest of those before it."""
        if self._index is not None:
            self._show_frame(self.frames.first_of(self.player.behind(self._index)))
            self.frames.want_of(self.player.ahead(self._index))

    # -- what comes of it -------------------------------------------------------------------------

    @property
    def _frame_title(self) -> str:
        return f"{self.plan.title}-{round(100 * self.t):03}"

    def save(self) -> None:
        """Ask for a place and save the frame that is seen there."""
        self.pause()
        place = self.dialogs.place_for_frame(self._frame_title) if self.shown else None
        if place is not None and self.shown is not None:
            self.files.save(self.shown, *place)

    def _copy(self) -> None:
        if self.shown is not None:
            self.files.copy(self.shown)

    def _drag(self) -> None:
        self.view.grip.setDown(False)
        if self.shown is not None:
            self.files.drag(self.shown, self._frame_title, self.view.grip)

    def _send_on(self, tab: str) -> None:
        if self.shown is not None:
            self.pause()
            self.files.pass_on(self.shown, self._frame_title, lambda path: self.sent.emit(tab, [path]))

    def _export(self) -> None:
        if self.frames.journey is not None:
            self._message = ""
            self.films.offer(self.plan, self.frames.journey)

    # -- the engine -------------------------------------------------------------------------------

    def _pump(self) -> None:
        """Send the engine what is due and show how things are."""
        ask = self.frames.due()
        if ask is not None:
            self._engine.ask(ask)
        self._show()

    def _take(self, answer: jobs.PlaceAnswer) -> None:
        self.pictures.take(answer)
        self.films.take(answer)
        if isinstance(answer, jobs.Exported) and self.films.written is not None:
            first = next(iter(self.plan.pictures), None)
            look = self.pictures.image(first) if first else None
            self.made.emit(interpolate_kept.made(self.plan, self.films.written), look or QImage())
        if answer.place != PLACE:
            return
        frame = self.frames.take(answer)
        if self.player.playing:
            self._show_due()
        elif frame is not None:
            # One that was on its way while the scrubber went on must not hide what was drawn already.
            self._show_frame(self.frames.at(self.t) or frame)
        self._pump()

    def _stop(self) -> None:
        if self.films.asked is not None:
            self.films.stop()
            self._tell(self.tr("Cancelled"))
        elif self.frames.stop():
            self._engine.ask(jobs.Withdraw(place=PLACE))
            self._show()

    def _use_other_model(self) -> None:
        self._edit(self.tr("Change settings"), replace(self.plan, model=""))

    def _try_again(self) -> None:
        self.frames.try_again()
        self._rest.start()
        self._pump()

    # -- showing ----------------------------------------------------------------------------------

    def _show_frame(self, frame: jobs.Frame | None) -> None:
        if frame is not None and frame is not self.shown:
            self.shown = frame
            self.view.canvas.show_pictures(Picture(pixels_of(frame)), None, None)

    def _show(self) -> None:
        plan, view, journey = self.plan, self.view, self.frames.journey
        view.show_work(plan.complete)
        view.row.show_keys(plan.keys, self.pictures.image, self.pictures.file, large=not plan.complete)
        if self.models is not None:
            view.panel.show_plan(plan, self.models)
        if journey is None:
            self.shown = None
            view.canvas.show_message("")
        elif self.shown is None:
            view.canvas.show_message(self.tr("Preparing the pictures…") if self.frames.busy else "")
        if view.scrubber.length != self.frames.length:
            view.scrubber.show_way(self.frames.length)
        view.scrubber.show_place(self.t)
        view.show_place(self.t, max(len(plan.pictures), 1))
        self.notices.show(self._trouble, self.frames.failure, self.models)
        self.notices.show_status(self.films, self.frames, self._message)
        written = self.films.written if self.films.asked is None else None
        view.panel.show_written(self.tr("%1 is written.").replace("%1", written.name) if written else "")
        self._enable()

    def _enable(self) -> None:
        do, seen, ready = self.commands, self.shown is not None, self.frames.prepared
        for action in (do.save, do.copy, do.to_restore, do.to_sliders, do.fit, do.real_pixels):
            action.setEnabled(seen)
        self.view.grip.setEnabled(seen)
        for action in (do.play, do.previous, do.next):
            action.setEnabled(ready)
        do.export.setEnabled(ready and self.films.asked is None)
        do.show_folder.setEnabled(self.films.written is not None)
        do.clear.setEnabled(bool(self.plan.pictures))
        self.view.scrubber.setEnabled(self.frames.journey is not None)

    def _tell(self, message: str) -> None:
        self._message = message
        self._show()

    def _say(self, sentence: str) -> None:
        self.view.row.show_busy(None)
        self.notices.say(sentence)

    # -- keys, ends -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused control leaves: that of playing, the others go to the picture."""
        if QKeySequence(event.keyCombination()) in self.commands.play.shortcuts() and not event.isAutoRepeat():
            self.commands.play.trigger()
        elif not self.view.canvas.hasFocus():
            self.view.canvas.keyPressEvent(event)

    def kept(self, closing: bool = False) -> Kept | None:
        return interpolate_kept.kept(self.plan, self.t)

    def take_up(self, kept: Kept) -> None:
        plan, self.t = interpolate_kept.plan_of(kept)
        self.undo_stack.clear()
        self._apply(replace(plan, keys=self.pictures.again(plan.keys)))

    def make_again(self, how: Kept) -> None:
        plan, _ = interpolate_kept.plan_of(how)
        self._edit(self.tr("Make it again"), replace(plan, keys=self.pictures.again(plan.keys)))

    def may_close(self) -> bool:
        return self.films.may_stop()

    def close_down(self) -> None:
        self._clock.stop()
        self.pictures.close()
        self.files.close()

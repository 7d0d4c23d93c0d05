"""The Models tab: it hands events to the state and files to the import; `ModelsShow` shows what came of both."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFile, QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QShowEvent, QUndoStack
from PySide6.QtWidgets import QMenu

from desktop.edition import why_no_converting
from desktop.engine_client import EngineClient
from desktop.preferences import Preferences
from desktop.tabs.models_actions import ModelsActions
from desktop.tabs.models_devices import DevicesAsk
from desktop.tabs.models_files import ModelsDialogs
from desktop.tabs.models_imports import Imports
from desktop.tabs.models_samples import PLACE, Samples
from desktop.tabs.models_shelf import ShelfWork
from desktop.tabs.models_show import ModelsShow
from desktop.tabs.models_state import Health, ModelsState, Page
from desktop.tabs.models_view import PAGES, ModelsView
from desktop.tabs.models_words import ModelsWords
from desktop.tabs.tab import ModelToUse, Sent, Tab
from desktop.tabs.undo import Change
from desktop.widgets.drop import Dropped, drag_out, mime_of, read
from desktop.widgets.status import StatusLine
from engine import jobs, shelf
from engine.errors import ModelError
from engine.imports import ONE_FILE, SUFFIXES, Imported, may_be_model
from engine.recipes import Recipe

#: Refusals that are said at once; of the rest, how many.
SAID = 3


class ModelsTab(Tab):
    """The models on this computer, and the devices they run on."""

    name = "models"

    def __init__(self, engine: EngineClient, preferences: Preferences, folder: Path, status: StatusLine) -> None:
        super().__init__()
        self._engine, self._status = engine, status
        self.state, self.samples = ModelsState(), Samples()
        self.undo_stack = QUndoStack(self)
        self.commands = ModelsActions(self, self.undo_stack)
        self.dialogs = ModelsDialogs(self, preferences)
        self.words = ModelsWords(self)
        self.view = ModelsView(self.commands, self.words, self)
        self.said = ""  #: in the last line, while nothing is done
        self.imports, self.work, self.devices = Imports(self), ShelfWork(self), DevicesAsk(self)
        self._shown = ModelsShow(self, status)
        self.fill_with(self.view)
        self._connect()
        self._show()

    @property
    def menus(self) -> ModelsActions:
        return self.commands

    def _connect(self) -> None:
        do, view = self.commands, self.view
        do.connect_all(
            {
                do.open: lambda: self.bring(self.dialogs.files_to_import()),
                do.open_folder: lambda: self.bring(self.dialogs.folder_to_import()),
                do.paste: lambda: self._take_dropped(read(QGuiApplication.clipboard().mimeData())),
                do.copy: self._copy,
                do.export: self._export,
                do.try_it: self._try,
                do.verify: self._verify,
                do.rename: self._ask_name,
                do.remove: self._remove,
                do.show_folder: self._show_folder,
                do.test_devices: self._test_devices,
                **{action: lambda page=page: self._turn_to(page) for page, action in zip(PAGES, do.pages, strict=True)},
            }
        )
        view.list.chosen.connect(self._choose)
        view.list.activated.connect(lambda _index: do.try_it.trigger())
        view.list.menu_asked.connect(self._menu)
        view.list.drag_asked.connect(self._drag)
        view.page.chosen.connect(lambda index: self._turn_to(PAGES[index]))
        view.drops.dropped.connect(self._take_dropped)
        view.banner.acted.connect(lambda: (view.banner.hide(), self.imports.resume()))
        self.imports.changed.connect(self._shown.show_work)
        self.imports.imported.connect(self._imported)
        self.imports.finished.connect(self._imports_finished)
        self.work.progressed.connect(self._progressed)
        self.work.verified.connect(self._verified)
        self.work.exported.connect(self._exported)
        self.work.failed.connect(lambda _model, sentence: self._work_ended(sentence))
        self.work.cancelled.connect(self._cancelled)
        self.devices.answered.connect(view.devices.show_devices)
        self.devices.failed.connect(view.devices.show_trouble)
        self._status.stop_asked.connect(self._stop)
        self._status.resume_asked.connect(self.imports.resume)
        self._engine.answered_place.connect(self._take)
        self._engine.ready.connect(view.devices.show_engine)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.devices.show_engine(self._engine.last_ready)
        self._refresh()

    # -- models come ------------------------------------------------------------------------------

    def receive(self, things: list[Sent]) -> None:
        """A recipe stands for its model, a path for a model to be imported."""
        for thing in things:
            if not isinstance(thing, Path):
                self._choose(thing.model)
        self.bring([thing for thing in things if isinstance(thing, Path)])

    def bring(self, paths: list[Path]) -> None:
        """Import files and folders, one after the other."""
        if not paths:
            return
        self.view.banner.hide()
        foreign = why_no_converting() and any(path.suffix.lower() != ONE_FILE for path in paths)
        self.opened.emit([path for path in paths if may_be_model(path)])
        rest = self.imports.add([path for path in paths if not foreign or path.suffix.lower() == ONE_FILE])
        if foreign:
            self._say(why_no_converting())
        elif rest:
            sentence = self.tr("“%1” is no model. Weights end in %2, or are a folder.")
            self._say(sentence.replace("%2", ", ".join(SUFFIXES)).replace("%1", rest[0].name))

    def _take_dropped(self, dropped: Dropped) -> None:
        if dropped.paths:
            self.bring(dropped.paths)
        elif dropped.elsewhere:
            self._say(self.tr("Only files of this computer can be imported: save this one first."))
        else:
            self._say(self.tr("There is no model in what was dropped or pasted."))

    def _imported(self, done: Imported) -> None:
        self.state.refresh()
        self.state.choose(done.model)
        self._turn_to("models")
        self._refresh()

    def _imports_finished(self) -> None:
        queue = self.imports.queue
        told = queue.refusals[:SAID]
        if len(queue.refusals) > SAID:
            more = self.tr("%n more were not imported.", "", len(queue.refusals) - SAID)
            told.append(more)
        if queue.stopped:
            told.append(
                self.tr("Cancelled: %1 not imported.").replace(
                    "%1", _names([weights[0].name for weights in queue.stopped])
                )
            )
        if told:
            self._say("\n".join(told), self.tr("Continue") if queue.stopped else "")
        elif queue.imported:
            self._say_imported(queue.imported)
        self._refresh()

    def _say_imported(self, done: list[Imported]) -> None:
        if len(done) > 1:
            words = self.tr("Imported: %1.").replace("%1", _names([one.name for one in done]))
        else:
            entry = self.state.of(done[0].model)
            words = self.tr("“%1” is imported.").replace("%1", done[0].name)
            if entry and entry.card:
                words += " " + self.words.can_and_cannot(entry.card)
        self.view.banner.say(words, sign="check")

    # -- one model --------------------------------------------------------------------------------

    def _choose(self, model: str) -> None:
        if self.state.choose(model):
            self._show()

    def _turn_to(self, page: Page) -> None:
        self.state.page = page
        if page == "devices" and not self.view.devices.shown:
            self._test_devices()
        self._show()

    def _try(self) -> None:
        entry = self.state.entry
        if entry is None or entry.card is None:
            return
        tab = self.words.try_it(entry.card)[1]
        count = {"generate": 9, "sliders": 1, "interpolate": 2}.get(tab, 0)
        drawn = [Recipe(model=entry.id, seed=seed) for seed in range(count)]
        self.sent.emit(tab, drawn if "sample" in entry.card.capabilities else [ModelToUse(entry.id)])

    def _ask_name(self) -> None:
        entry = self.state.entry
        if entry is None or entry.card is None:
            return
        if not entry.own:
            self._say(self.tr("“%1” came with the program and keeps its name.").replace("%1", self.words.name(entry)))
            return
        before, after = entry.card.name, self.dialogs.new_name(entry.card.name)
        if after and after != before:
            self.undo_stack.push(
                Change(self.tr("Rename"), before, after, lambda name, model=entry.id: self._rename(model, name))
            )

    def _rename(self, model: str, name: str) -> None:
        try:
            shelf.rename(model, name)
        except ModelError as error:
            self._say(str(error))
        self._refresh()

    def _remove(self) -> None:
        entry = self.state.entry
        if entry is None:
            return
        name = self.words.name(entry)
        if not entry.own:
            self._say(self.tr("“%1” came with the program and stays.").replace("%1", name))
            return
        if not self.dialogs.may_remove(name):
            return
        try:
            folder = shelf.removable(entry.id)
        except ModelError as error:
            self._say(str(error))
        else:
            if QFile.moveToTrash(str(folder)):
                self.said = self.tr("“%1” is in the bin").replace("%1", name)
            else:
                sentence = self.tr("“%1” could not be moved to the bin: there is none here, or a file of it is in use.")
                self._say(sentence.replace("%1", name))
        self._refresh()

    def _show_folder(self) -> None:
        if self.state.entry:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.state.entry.folder))

    def _copy(self) -> None:
        """The chosen model as a folder for a file manager, or for another window of this program."""
        if self.state.entry:
            QGuiApplication.clipboard().setMimeData(mime_of([Path(self.state.entry.folder)]))

    def _drag(self) -> None:
        if self.state.entry:
            drag_out(self.view.list, mime_of([Path(self.state.entry.folder)]))

    # -- work with its files ----------------------------------------------------------------------

    def _verify(self) -> None:
        entry = self.state.entry
        if entry is not None and entry.card is not None and not self.state.busy:
            self.state.checking, self.state.share = entry.id, 0.0
            self.state.note(entry.id, Health("checking"))
            self.work.verify(entry.id)
            self._show()

    def _export(self) -> None:
        entry = self.state.entry
        place = self.dialogs.place_to_export(entry.id) if entry and entry.card and not self.state.busy else None
        if entry is not None and place is not None:
            self.state.exporting, self.state.share = entry.id, 0.0
            self.work.export(entry.id, *place)
            self._show()

    def _progressed(self, model: str, share: float) -> None:
        self.state.share = share
        if model == self.state.checking:
            self.state.note(model, Health("checking", share))
        self._show()

    def _verified(self, model: str, trouble: str) -> None:
        self.state.note(model, Health("damaged", trouble=trouble) if trouble else Health("sound"))
        self._work_ended(trouble)

    def _exported(self, _model: str, name: str) -> None:
        self.said = self.tr("Saved as %1").replace("%1", name)
        self._work_ended("")

    def _cancelled(self, model: str) -> None:
        if model == self.state.checking:
            self.state.note(model, Health())
        self.said = self.tr("Cancelled")
        self._work_ended("")

    def _work_ended(self, trouble: str) -> None:
        self.state.checking = self.state.exporting = ""
        if trouble:
            self._say(trouble)
        self._refresh()

    def _stop(self) -> None:
        if self.imports.queue.running:
            self.imports.cancel()
        else:
            self.work.cancel()

    # -- the engine and the devices ---------------------------------------------------------------

    def _take(self, answer: jobs.PlaceAnswer) -> None:
        if answer.place == PLACE and self.samples.take(answer):
            self._show()

    def _test_devices(self) -> None:
        self.view.devices.show_testing()
        self.devices.start()

    # -- showing ----------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.state.refresh()
        self._show()

    def _show(self) -> None:
        self.samples.want(self.state.entries, self.state.entry)
        ask = self.samples.due() if self.isVisible() else None
        if ask is not None:
            self._engine.ask(ask)
        self._shown.show()

    def _say(self, sentence: str, action: str = "") -> None:
        self.view.banner.say(sentence, action)

    def _menu(self, at: QPoint) -> None:
        do, menu = self.commands, QMenu(self)
        menu.addActions([do.try_it, do.verify, do.copy, do.export, do.show_folder])
        menu.addSeparator()
        menu.addActions([do.rename, do.remove])
        menu.popup(at)

    def may_close(self) -> bool:
        return not self.imports.queue.running or self.dialogs.may_stop_import()

    def close_down(self) -> None:
        self.imports.close()
        self.devices.close()
        self.work.close()


def _names(names: list[str]) -> str:
    """Names one after the other; of many the first and how many there are."""
    quoted = [f"“{name}”" for name in names[:SAID]]
    return ", ".join(quoted) + (f" +{len(names) - SAID}" if len(names) > SAID else "")

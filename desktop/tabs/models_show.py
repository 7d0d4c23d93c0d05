"""Brings what the Models tab holds to its widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from desktop.sentences import local
from desktop.tabs.models_list import ModelCard
from desktop.tabs.models_samples import SEEDS
from desktop.tabs.models_state import Health, abilities, fingerprint
from desktop.tabs.models_words import ICONS
from desktop.widgets.rgb import image_of
from desktop.widgets.status import StatusLine
from engine.shelf import Entry

if TYPE_CHECKING:
    from desktop.tabs.models import ModelsTab


class ModelsShow(QObject):
    """Call `show` whenever something has changed."""

    def __init__(self, tab: ModelsTab, status: StatusLine) -> None:
        super().__init__(tab)
        self._tab, self._status = tab, status
        self._images: dict[str, list[QImage]] = {}

    def show(self) -> None:
        state, view, entry = self._tab.state, self._tab.view, self._tab.state.entry
        view.show_page(state.page)
        # Of a picture that went through the model and back, the card shows what came back.
        squares = {
            one.id: self._samples(one)[-1 if len(self._samples(one)) < len(SEEDS) else 0 :] for one in state.entries
        }
        view.list.show_cards([self._card(one) for one in state.entries], squares, state.chosen)
        images = self._samples(entry) if entry else []
        health = state.health(entry) if entry else Health()
        view.detail.show_entry(entry, health, images, self._about(len(images)))
        self._enable(entry)
        self.show_work()

    def _enable(self, entry: Entry | None) -> None:
        do, usable = self._tab.commands, bool(entry and entry.card)
        words, tab = self._tab.words.try_it(entry.card if entry else None)
        do.try_it.setText(words)
        do.try_it.setEnabled(bool(tab))
        for action in (do.verify, do.export):
            action.setEnabled(usable and not self._tab.state.busy)
        do.rename.setEnabled(usable)
        for action in (do.remove, do.show_folder):
            action.setEnabled(entry is not None)

    def show_work(self) -> None:
        """What is done at the moment, in the last line: an import before all else."""
        tab, state, queue = self._tab, self._tab.state, self._tab.imports.queue
        work = state.of(state.checking or state.exporting)
        if queue.current is not None:
            step = queue.step
            words = tab.words.importing(queue.current[0].name, step, queue.position, queue.total)
            self._status.show_work(words, queue.share, step.seconds_left if step else None)
        elif work is not None:
            words = self.tr("Checking “%1”") if state.checking else self.tr("Exporting “%1”")
            self._status.show_work(words.replace("%1", tab.words.name(work)), state.share, None)
        else:
            self._status.rest(tab.said, can_resume=bool(queue.stopped))

    # -- parts ------------------------------------------------------------------------------------

    def _card(self, entry: Entry) -> ModelCard:
        words, can = self._tab.words, abilities(entry.card) if entry.card else []
        return ModelCard(
            key=entry.id,
            name=words.name(entry),
            badge=self.tr("Yours") if entry.own else "",
            summary=local(entry.card.summary) if entry.card else "",
            icons=tuple(ICONS[ability] for ability in can),
            facts=words.facts(entry),
            words=words.accessible(entry),
            tip="\n".join(words.ability(ability) for ability in can),
            trouble=local(self._tab.state.health(entry).trouble),
        )

    def _samples(self, entry: Entry) -> list[QImage]:
        mark, pictures = fingerprint(entry), self._tab.samples.of(entry)
        if len(self._images.get(mark, ())) != len(pictures):
            self._images[mark] = [image_of(one.pixels, one.side, one.side) for one in pictures]
        return self._images.get(mark, [])

    def _about(self, count: int) -> str:
        if count == len(SEEDS):
            return self.tr("Four pictures that it drew at random")
        return self.tr("A picture, and the same after its way through the model and back")

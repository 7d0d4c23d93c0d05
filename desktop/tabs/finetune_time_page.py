"""Page 3 of the wizard: how long, on which device, and what the model is called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from desktop.numbers import size
from desktop.sentences import local
from desktop.tabs.finetune_page import WizardPage, quiet
from desktop.tabs.finetune_state import LONGEST_NAME, Length, TrialState
from desktop.tabs.finetune_words import FinetuneWords
from desktop.widgets.cards import CardButton, Cards
from desktop.widgets.note import Note
from engine.lessons import Estimated

LENGTHS: tuple[Length, ...] = ("quick", "normal", "thorough")


class TimePage(WizardPage):
    """A short trial, then three lengths with their times."""

    length_chosen = Signal(str)  #: a `Length`
    name_edited = Signal(str)
    try_again_asked = Signal()

    def __init__(self, words: FinetuneWords, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("TimePage", "How long may it take?"),
            QCoreApplication.translate("TimePage", "Ten seconds of learning tell how fast this computer is."),
            parent,
        )
        self._words = words
        self.lengths = Cards(self.question.text(), [CardButton(*words.length(length)) for length in LENGTHS])
        self.lengths.chosen.connect(lambda index: self.length_chosen.emit(LENGTHS[index]))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Trying the speed"))
        self._doing = quiet()
        self._trial = QWidget()
        trial = QVBoxLayout(self._trial)
        trial.setContentsMargins(0, 0, 0, 0)
        trial.addWidget(self._bar)
        trial.addWidget(self._doing)
        self.trouble = Note()
        self.trouble.acted.connect(self.try_again_asked)
        self.warnings = [Note() for _ in range(4)]
        self.device, self.room = quiet(), quiet()
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setMaximumWidth(320)
        self.name.setAccessibleName(self.tr("Name of the model"))
        self.name.textEdited.connect(self.name_edited)
        self._taken = quiet()
        label = QLabel(self.tr("The model is called"))
        label.setBuddy(self.name)
        naming = QHBoxLayout()
        naming.setSpacing(12)
        naming.addWidget(label)
        naming.addWidget(self.name, 1)
        naming.addWidget(self._taken, 1)
        self.column.addWidget(self.lengths)
        self.column.addSpacing(16)
        self.column.addWidget(self._trial)
        self.column.addWidget(self.trouble)
        self.column.addWidget(self.device)
        self.column.addSpacing(4)
        self.column.addWidget(self.room)
        for warning in self.warnings:
            self.column.addSpacing(8)
            self.column.addWidget(warning)
        self.column.addSpacing(20)
        self.column.addLayout(naming)
        self.column.addStretch()

    def show_answers(self, trial: TrialState, length: Length, name: str, free: bool) -> None:
        """``free``: nothing else is called so."""
        estimated, running = trial.estimated, trial.estimated is None and not trial.trouble
        offers = {offer.name: offer for offer in estimated.offers} if estimated else {}
        for card, which in zip(self.lengths.cards, LENGTHS, strict=True):
            card.setEnabled(which in offers)
            card.show_light(None, self._words.offer(offers[which]) if which in offers else "…")
        self.lengths.choose(LENGTHS.index(length) if length in offers else None)
        self._trial.setVisible(running)
        doing = trial.preparing
        self._bar.setRange(0, doing.total if doing else 0)
        self._bar.setValue(doing.done if doing else 0)
        self._doing.setText(local(doing.what) if doing else self.tr("Getting ready…"))
        self.trouble.say(trial.trouble, "warning", self.tr("Try again") if trial.trouble else "")
        self.device.setText(self._words.device(estimated.device, estimated.reason) if estimated else "")
        self.room.setText(self._room(estimated) if estimated else "")
        warnings = [*(note.text for note in trial.notes), *(estimated.warnings if estimated else ())]
        for note, sentence in zip(self.warnings, warnings + [""] * len(self.warnings), strict=False):
            note.say(sentence, "warning")
        if self.name.text() != name:
            self.name.setText(name)
        if not name.strip():
            self._taken.setText(self.tr("Give it a name."))
        else:
            self._taken.setText("" if free else self.tr("There is a model of this name already: choose another."))

    def _room(self, estimated: Estimated) -> str:
        words = [
            self.tr("Disk: needs %1, %2 are free.")
            .replace("%1", size(estimated.disk_needed))
            .replace("%2", size(estimated.disk_free)),
            self.tr("Memory: needs %1, %2 are free.")
            .replace("%1", size(estimated.memory_needed))
            .replace("%2", size(estimated.memory_free)),
        ]
        if estimated.battery is not None:
            charge = self.tr("Battery: %1 %, not charging.") if estimated.on_battery else self.tr("Battery: %1 %.")
            words.append(charge.replace("%1", str(estimated.battery)))
        return " ".join(words)

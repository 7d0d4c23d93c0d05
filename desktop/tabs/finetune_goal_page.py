"""Page 2 of the wizard: what for, and from which model on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.sentences import local
from desktop.tabs.finetune_folder import FolderState
from desktop.tabs.finetune_page import WizardPage, quiet
from desktop.tabs.finetune_words import FinetuneWords
from desktop.widgets.cards import CardButton, Cards
from desktop.widgets.model_choice import DropDown
from desktop.widgets.note import Note
from engine.catalog import Card
from engine.lessons import GOALS, Goal


class GoalPage(WizardPage):
    """Three cards and the base model."""

    goal_chosen = Signal(str)  #: a `Goal`
    base_chosen = Signal(str)  #: a model's id

    def __init__(self, words: FinetuneWords, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("GoalPage", "What shall it learn from them?"),
            QCoreApplication.translate("GoalPage", "The likely one is chosen already."),
            parent,
        )
        self._words = words
        self.goals = Cards(
            self.question.text(), [CardButton(words.goal(goal), words.about_goal(goal)) for goal in GOALS]
        )
        self.goals.chosen.connect(lambda index: self.goal_chosen.emit(GOALS[index]))
        self.base = DropDown(self.tr("The model to start from"))
        self.base.setMaximumWidth(320)
        self.base.activated.connect(lambda: self.base_chosen.emit(self.base.currentData()))
        self._reason = quiet()
        self.none = Note()
        label = QLabel(self.tr("It starts from"))
        label.setBuddy(self.base)
        self._start = QWidget()
        row = QHBoxLayout(self._start)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(label)
        row.addWidget(self.base, 1)
        row.addWidget(self._reason, 2)
        self.column.addWidget(self.goals)
        self.column.addSpacing(24)
        self.column.addWidget(self._start)
        self.column.addWidget(self.none)
        self.column.addStretch()

    def show_answers(self, folder: FolderState, goal: Goal | None, models: Sequence[Card], base: str) -> None:
        """``models``: those that could be the base for the goal; ``base``: the id of the chosen one."""
        for card, which in zip(self.goals.cards, GOALS, strict=True):
            light = folder.light(which)
            card.setEnabled(light is not None and light.colour != "red")
            if light is not None:
                card.show_light(light.colour, self._words.light(light))
        self.goals.choose(GOALS.index(goal) if goal else None)
        suggestion = folder.suggestion(goal) if goal else None
        self.base.clear()
        for model in models:
            recommended = suggestion is not None and suggestion.base == model.id
            words = self.tr("%1 (recommended)") if recommended else "%1"
            self.base.addItem(words.replace("%1", local(model.name)), model.id)
        self.base.setCurrentIndex(self.base.findData(base))
        chosen = next((model for model in models if model.id == base), None)
        fits = suggestion is not None and suggestion.base == base
        self._reason.setText(local(suggestion.reason if fits and suggestion else chosen.summary if chosen else ""))
        self._start.setVisible(bool(models))
        self.none.say("" if models else self.tr("No model that can learn this is installed."), "warning")

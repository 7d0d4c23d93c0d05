"""How much time a result may take, and the models to choose from: a fast edition is no model of its own here."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.choice import Choice
from desktop.widgets.model_choice import ModelChoice
from engine import catalog
from engine.jobs import Quality

_QUALITIES: tuple[Quality, ...] = get_args(Quality)


class RestoreModels(ModelChoice):
    """The models that restore or clean photos. Their fast editions are chosen as a quality."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("restore", "clean", parent=parent)
        self._with_fast: frozenset[str] = frozenset()

    def offered(self) -> list[catalog.Card]:
        cards = super().offered()
        pairs = catalog.editions(cards)
        self._with_fast = frozenset(full for full, _ in pairs)
        hidden = {fast for _, fast in pairs}
        return [card for card in cards if card.id not in hidden]

    def has_fast_edition(self, model: str) -> bool:
        """Whether a model restores fast, too."""
        return model in self._with_fast


class QualityChoice(Choice):
    """Fast, normal or best."""

    wanted = Signal(str)  #: by the user: a `Quality`

    def __init__(self, parent: QWidget | None = None) -> None:
        name = self.tr("Quality")
        super().__init__(name, [self.tr("Fast"), self.tr("Normal"), self.tr("Best")], parent=parent)
        self.set_tip(1, self.tr("The usual choice."))
        self.set_tip(2, self.tr("A little better, in eight times the time. Variants are drawn as at Normal."))
        self.chosen.connect(lambda index: self.wanted.emit(_QUALITIES[index]))
        self.show_quality("normal", can_be_fast=False)

    def show_quality(self, quality: Quality, can_be_fast: bool) -> None:
        """What is chosen; a model that cannot be fast works at normal quality instead."""
        if can_be_fast:
            tip = self.tr(
                "Half the time on most processors, hardly less good. No variants; no gain on a graphics card."
            )
        else:
            tip = self.tr("There is no fast edition of this model.")
        self.set_tip(0, tip)
        self.buttons()[0].setEnabled(can_be_fast)
        self.choose(_QUALITIES.index("normal" if quality == "fast" and not can_be_fast else quality))

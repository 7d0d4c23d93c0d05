"""The controls of the Interpolate tab: the model, the path, how it plays; and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args, get_type_hints

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.sentences import local
from desktop.tabs.interpolate_actions import InterpolateActions
from desktop.tabs.interpolate_plan import Loop, Models, Plan
from desktop.widgets.choice import Choice
from desktop.widgets.model_choice import DropDown, ModelChoice
from desktop.widgets.slider import LabelledSlider
from desktop.widgets.tools import SidePanel, lay_out, line
from engine import catalog

WIDTH = 300
#: Longest round in seconds.
LONGEST = 30
PATHS = get_args(get_type_hints(Plan)["path"])


class WayModels(ModelChoice):
    """The models that can walk: those for any photos first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("interpolate", parent=parent)

    def offered(self) -> list[catalog.Card]:
        walking = catalog.cards("interpolate")
        drawing = [card for card in walking if card.kind == "generate"]
        codecs = [card for card in walking if card.kind == "codec"]
        any_photos = [card for card in catalog.cards("encode") if card.kind == "restore"]
        return [*sorted(any_photos, key=lambda card: card.id != "photo-restore"), *codecs, *drawing]

    def words(self, card: catalog.Card) -> str:
        if card.id == "photo-restore":
            return self.tr("Any two photos")
        name = local(card.name)
        return name if card.kind == "generate" else self.tr("Any two photos · %1").replace("%1", name)

    def installed(self) -> Models:
        cards = list(self._cards.values())
        any_photos = next((card.id for card in cards if card.kind == "restore"), "")
        others = {card.id: local(card.name) for card in cards if card.kind == "generate"}
        more = frozenset(card.id for card in cards if card.kind != "generate") - {any_photos}
        return Models(any_photos, others, more)


class InterpolatePanel(SidePanel):
    """Shows a plan and says how the user changes it."""

    edited = Signal(object, str)  #: the new `Plan`, and the name of the field that changed

    def __init__(self, actions: InterpolateActions, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self._plan = Plan()
        self.model = WayModels()
        self._about = _quiet(QLabel())
        self.path = DropDown(self.tr("Path"))
        tips = [
            self.tr("Turns from one picture to the next and stays as far out as pictures lie: the usual choice."),
            self.tr("The shortest way: its middle is paler."),
            self.tr("Passes pictures that the model finds likely; takes longest."),
        ]
        names = [self.tr("Along the sphere"), self.tr("Straight"), self.tr("Through likely pictures")]
        for name, path, tip in zip(names, PATHS, tips, strict=True):
            self.path.addItem(name, path)
            self.path.setItemData(self.path.count() - 1, tip, 3)  # Qt.ItemDataRole.ToolTipRole
        self._path_name = _name(self.tr("Path"))
        self._path_name.setBuddy(self.path)
        self.loop = Choice(self.tr("At the end"), [self.tr("Stop"), self.tr("Go back"), self.tr("Around")])
        self.loop.set_tip(0, self.tr("Once, from the first picture to the last."))
        self.loop.set_tip(1, self.tr("Back and forth: home again the same way."))
        self.loop.set_tip(2, self.tr("On from the last picture to the first."))
        self.pace = Choice(self.tr("Pace"), [self.tr("Linger at pictures"), self.tr("Even")])
        self.seconds = LabelledSlider(
            self.tr("Time for all"),
            LONGEST - 1,
            lambda position: self.tr("%1 s").replace("%1", str(position + 1)),
            automatic=False,
            tip=self.tr("How many seconds one round takes."),
        )
        self.export = _button(actions.export, strong=True)
        self.save = _button(actions.save)
        self.show_folder = _button(actions.show_folder)
        self._written = _quiet(QLabel())
        self._lay_out()
        self._connect()
        self.show_written("")

    def _lay_out(self) -> None:
        model_name = _name(self.tr("Model"))
        model_name.setBuddy(self.model.box)
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        for widget in (model_name, self.model, self._about):
            column.addWidget(widget)
        column.addSpacing(12)
        column.addWidget(self._path_name)
        column.addWidget(self.path)
        self._gap = QWidget()
        self._gap.setFixedHeight(12)
        column.addWidget(self._gap)
        column.addWidget(line())
        column.addSpacing(16)
        column.addWidget(self.seconds)
        column.addSpacing(8)
        for name, choice in ((self.tr("At the end"), self.loop), (self.tr("Pace"), self.pace)):
            column.addWidget(_name(name))
            column.addWidget(choice)
            column.addSpacing(8)
        column.addStretch()
        column.addWidget(self._written)
        column.addWidget(self.show_folder)
        lay_out(self, column, self.export, self.save)

    def _connect(self) -> None:
        self.model.chosen.connect(lambda model: self._edit("model", model))
        self.path.activated.connect(lambda index: self._edit("path", PATHS[index]))
        self.loop.chosen.connect(lambda index: self._edit("loop", Loop(index)))
        self.pace.chosen.connect(lambda index: self._edit("smooth", index == 0))
        self.seconds.edited.connect(lambda position: self._edit("seconds", position + 1))

    def _edit(self, field: str, value: object) -> None:
        self.edited.emit(replace(self._plan, **{field: value}), field)

    def show_plan(self, plan: Plan, models: Models) -> None:
        self._plan = plan
        model = plan.model_in(models)
        self.model.choose(model)
        card = self.model.card
        if card is not None and card.kind == "restore":
            self._about.setText(self.tr("Pictures melt into each other, at up to 512 pixels."))
        else:
            self._about.setText(local(card.summary) if card else "")
        drawing = model in models.drawing
        for widget in (self._path_name, self.path, self._gap):
            widget.setVisible(drawing)
        self.path.setCurrentIndex(PATHS.index(plan.path))
        self.path.setToolTip(str(self.path.currentData(3)))
        self.loop.choose(plan.loop.value)
        self.pace.choose(0 if plan.smooth else 1)
        self.seconds.show_value(plan.seconds - 1, None)

    def show_written(self, sentence: str) -> None:
        """What was exported last."""
        self._written.setText(sentence)
        self._written.setVisible(bool(sentence))
        self.show_folder.setVisible(bool(sentence))


def _button(action: QAction, strong: bool = False) -> QPushButton:
    """A push button for an action: it is possible when the action is."""
    button = QPushButton(action.text())
    button.setAccessibleName(action.text().rstrip("…"))
    button.setToolTip(action.toolTip())
    button.setProperty("strong", strong)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _name(words: str) -> QLabel:
    label = QLabel(words)
    label.setContentsMargins(2, 0, 2, 0)
    return label


def _quiet(label: QLabel) -> QLabel:
    label.setProperty("quiet", True)
    label.setWordWrap(True)
    label.setContentsMargins(2, 0, 2, 0)
    return label

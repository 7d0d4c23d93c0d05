"""The controls of the Generate tab: what to draw, and what to do with the pictures that are chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QAction, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.numbers import number
from desktop.tabs.generate_actions import GenerateActions
from desktop.tabs.generate_state import MOST_VARIETY, Settings
from desktop.widgets.choice import Choice
from desktop.widgets.model_choice import ModelChoice
from desktop.widgets.slider import LabelledSlider
from desktop.widgets.tools import SidePanel, lay_out, line, scrolled

WIDTH = 300
#: How many pictures can be drawn at once.
COUNTS = (4, 9, 16, 36)
#: Steps of the sliders from 0 to 1.
STEPS = 20
#: Largest seed, as in `engine.recipes`.
LAST_SEED = 2**63 - 1


class GeneratePanel(SidePanel):
    """Shows the settings and says when the user changes them."""

    edited = Signal(object, str)  #: the new `Settings`, and the name of the control

    def __init__(self, actions: GenerateActions, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self._settings = Settings()
        self.model = ModelChoice("sample")
        self.count = Choice(self.tr("How many"), [str(count) for count in COUNTS])
        self.variety = LabelledSlider(
            self.tr("Variety"),
            round(MOST_VARIETY * STEPS),
            lambda position: number(position / STEPS, 2),
            automatic=False,
            tip=self.tr(
                "How unlike each other the pictures are. At 0 all are the most expected one; above 1 odd ones."
            ),
        )
        self.seed = QLineEdit()
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("The number a set of pictures grows from: the same number, the same pictures."))
        self.seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,19}"), self))
        self.dice = QToolButton()
        self.dice.setDefaultAction(actions.new_seed)
        self.dice.setAccessibleName(self.tr("Another seed"))
        self.dice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dice.setIconSize(QSize(18, 18))
        self.dice.setStyleSheet("padding: 5px;")
        self.draw = _button(actions.draw)
        self.draw.setProperty("strong", True)
        self.draw.setToolTip(self.tr("Draw with this seed; once more takes another. (Ctrl+Enter)"))
        self._about = QLabel()
        self._about.setProperty("quiet", True)
        self._about.setWordWrap(True)
        self._about.setContentsMargins(2, 0, 2, 0)
        self.distance = LabelledSlider(
            self.tr("Distance"),
            STEPS,
            lambda position: number(position / STEPS, 2),
            automatic=False,
            tip=self.tr("How far “More like this” goes: near 0 they hardly differ, at 1 they are other pictures."),
        )
        self.distance.show_value(round(0.3 * STEPS), None)
        self.more_like = _button(actions.more_like)
        self.to_sliders = _button(actions.to_sliders)
        self.to_interpolate = _button(actions.to_interpolate)
        self.save, self.save_all = _button(actions.save), _button(actions.save_all)
        self._lay_out()
        self.show_settings(self._settings)
        self.model.chosen.connect(lambda model: self._edit("model", replace(self._settings, model=model)))
        self.count.chosen.connect(lambda index: self._edit("count", replace(self._settings, count=COUNTS[index])))
        self.variety.edited.connect(
            lambda position: self._edit("variety", replace(self._settings, variety=position / STEPS))
        )
        self.seed.textEdited.connect(self._typed)
        self.seed.editingFinished.connect(lambda: self.seed.setText(str(self._settings.seed)))
        self.seed.returnPressed.connect(actions.draw.trigger)

    def _lay_out(self) -> None:
        controls = QWidget()
        column = QVBoxLayout(controls)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(0)
        column.addLayout(_line_of(self.tr("Model"), self.model))
        column.addSpacing(12)
        column.addLayout(_line_of(self.tr("How many"), self.count))
        column.addSpacing(12)
        column.addLayout(_line_of(self.tr("Seed"), self.seed, self.dice))
        column.addSpacing(16)
        column.addWidget(self.variety)
        column.addSpacing(16)
        column.addWidget(self.draw)
        column.addSpacing(20)
        column.addWidget(line())
        column.addSpacing(16)
        column.addWidget(self._about)
        column.addSpacing(16)
        column.addWidget(self.distance)
        column.addSpacing(8)
        column.addWidget(self.more_like)
        column.addSpacing(20)
        for button in (self.to_sliders, self.to_interpolate):
            column.addWidget(button)
            column.addSpacing(8)
        column.addStretch()
        lay_out(self, scrolled(controls), self.save, self.save_all)

    # -- showing --------------------------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        """Show settings without telling that they were edited."""
        self._settings = settings
        self.model.choose(settings.model)
        if settings.count in COUNTS:
            self.count.choose(COUNTS.index(settings.count))
        self.variety.show_value(round(settings.variety * STEPS), None)
        if self.seed.text() != str(settings.seed) and not (self.seed.hasFocus() and not self.seed.text()):
            self.seed.setText(str(settings.seed))

    def show_about(self, words: str) -> None:
        """What is said of the chosen pictures."""
        self._about.setText(words)

    @property
    def chosen_distance(self) -> float:
        """0..1, of "More like this"."""
        return self.distance.track.value() / STEPS

    # -- editing --------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if text:  # while it is empty the seed stays
            self._edit("seed", replace(self._settings, seed=min(int(text), LAST_SEED)))

    def _edit(self, control: str, settings: Settings) -> None:
        self._settings = settings
        self.edited.emit(settings, control)


def _button(action: QAction) -> QPushButton:
    """A button that does what an action does and is possible when that is."""
    button = QPushButton(action.text())
    button.setAccessibleName(action.text().rstrip("…"))
    button.setToolTip(action.toolTip())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: action.trigger())
    action.enabledChanged.connect(button.setEnabled)
    return button


def _line_of(name: str, control: QWidget, more: QWidget | None = None) -> QHBoxLayout:
    label = QLabel(name)
    label.setMinimumWidth(78)
    label.setContentsMargins(2, 0, 0, 0)
    label.setBuddy(control)
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(label)
    row.addWidget(control, 1)
    if more is not None:
        row.addWidget(more)
    return row

"""The controls of the Restore tab: what to remove, how much of it, which variant; and saving."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.numbers import number
from desktop.tabs.restore_presets import PresetRow
from desktop.tabs.restore_quality import QualityChoice, RestoreModels
from desktop.widgets.choice import Choice, Switch
from desktop.widgets.slider import LabelledSlider
from desktop.widgets.tools import SidePanel, lay_out, line, scrolled
from engine.jobs import Estimate, Quality, RestoreSettings

#: What Automatic leaves to the model.
AUTOMATIC = ("noise", "blur", "jpeg", "scratches", "fading")
#: Estimates at or above these are worth a word: noise and blur as in the settings, the others as shares.
_WORTH_SAYING = {"noise": 3.0, "blur": 0.4, "scratches": 0.005, "fading": 0.01}
WIDTH = 300


class RestorePanel(SidePanel):
    """Shows the settings of one photo and says when the user changes them."""

    edited = Signal(object, str)  #: the new `RestoreSettings`, and the name of the field that changed
    apply_to_all_asked = Signal()
    save_asked = Signal()
    save_all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self._settings = RestoreSettings()
        self._estimate: Estimate | None = None
        self.model = RestoreModels()
        self.presets = PresetRow()
        self.automatic = Switch(self.tr("Automatic"))
        self.automatic.setAccessibleName(self.tr("Automatic"))
        self.automatic.setToolTip(self.tr("The model judges for itself what to remove from this photo."))
        self._found = QLabel()
        self._found.setProperty("quiet", True)
        self._found.setWordWrap(True)
        self._found.setContentsMargins(2, 0, 2, 0)
        self.noise = LabelledSlider(
            self.tr("Noise"), 100, str, tip=self.tr("How grainy the photo is. 0: not at all, 25: clearly, 50: very.")
        )
        self.blur = LabelledSlider(
            self.tr("Blur"), 50, self._blur_words, tip=self.tr("How soft the photo is: radius of the blur in pixels.")
        )
        self.jpeg = LabelledSlider(
            self.tr("JPEG"),
            100,
            self._jpeg_words,
            tip=self.tr("Blocky marks of strong compression. Farther right: stronger marks."),
        )
        answers = [self.tr("Auto"), self.tr("On"), self.tr("Off")]
        self.scratches = Choice(self.tr("Scratches"), answers)
        self.scratches.setToolTip(self.tr("Mend scratches, dust and folds."))
        self.fading = Choice(self.tr("Fading"), answers)
        self.fading.setToolTip(self.tr("Bring back contrast and colours that have faded."))
        self.strength = LabelledSlider(
            self.tr("Strength"),
            100,
            lambda value: self.tr("%1 %").replace("%1", str(value)),
            automatic=False,
            tip=self.tr("How much of the result is blended over the photo as it was."),
        )
        self.detail = LabelledSlider(
            self.tr("Detail"),
            100,
            lambda value: self.tr("%1 %").replace("%1", str(value)),
            automatic=False,
            tip=self.tr("Adds likely texture where the photo is unclear: crisper, but made up."),
        )
        self.quality = QualityChoice()
        self.variant = Choice(self.tr("Variant"), [self.tr("Mean"), "1", "2", "3", "4"])
        self.variant.set_tip(0, self.tr("The mean of everything the photo may have shown: smooth and safe."))
        for index in range(1, 5):
            self.variant.set_tip(index, self.tr("One photo that may have been: crisper, its details made up."))
        self.apply_to_all = self._button(self.tr("Use for all photos"), self.apply_to_all_asked)
        self.apply_to_all.setToolTip(self.tr("Give these settings to every photo of the queue. (Ctrl+Shift+A)"))
        self.save = self._button(self.tr("Save…"), self.save_asked)
        self.save.setProperty("strong", True)
        self.save.setToolTip(self.tr("Save this result with everything its file carried. (Ctrl+S)"))
        self.save_all = self._button(self.tr("Save all…"), self.save_all_asked)
        self.save_all.setToolTip(self.tr("Save every result to a folder. (Ctrl+Shift+S)"))
        self._lay_out()
        self._connect()

    def _button(self, words: str, asked: SignalInstance) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.rstrip("…"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: asked.emit())
        return button

    def _lay_out(self) -> None:
        controls = self._controls = QWidget()
        column = QVBoxLayout(controls)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(0)
        self._models = QWidget()
        models = self._line_of(self.tr("Model"), self.model)
        models.setContentsMargins(0, 0, 0, 12)
        self._models.setLayout(models)
        self._models.hide()
        column.addWidget(self._models)
        column.addLayout(self._line_of(self.tr("Preset"), self.presets))
        column.addSpacing(16)
        column.addWidget(self.automatic)
        column.addSpacing(2)
        column.addWidget(self._found)
        column.addSpacing(16)
        for slider in (self.noise, self.blur, self.jpeg):
            column.addWidget(slider)
            column.addSpacing(8)
        column.addSpacing(6)
        for name, choice in ((self.tr("Scratches"), self.scratches), (self.tr("Fading"), self.fading)):
            column.addLayout(self._line_of(name, choice))
            column.addSpacing(8)
        column.addSpacing(8)
        column.addWidget(line())
        column.addSpacing(16)
        column.addWidget(self.strength)
        column.addSpacing(8)
        column.addWidget(self.detail)
        column.addSpacing(12)
        column.addLayout(self._line_of(self.tr("Quality"), self.quality))
        column.addSpacing(8)
        column.addLayout(self._line_of(self.tr("Variant"), self.variant))
        column.addSpacing(16)
        column.addWidget(self.apply_to_all)
        column.addStretch()
        lay_out(self, scrolled(controls), self.save, self.save_all)

    @staticmethod
    def _line_of(name: str, choice: QWidget) -> QHBoxLayout:
        label = QLabel(name)
        label.setMinimumWidth(78)
        label.setContentsMargins(2, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label)
        row.addWidget(choice, 1)
        return row

    def _connect(self) -> None:
        # The track of JPEG runs from "none" to "quality 1": farther right removes more, as with the others.
        positions: dict[str, tuple[LabelledSlider, Callable[[int], float]]] = {
            "noise": (self.noise, float),
            "blur": (self.blur, lambda position: position / 10),
            "jpeg": (self.jpeg, lambda position: 101 - position if position else 0),
        }
        for field, (slider, value) in positions.items():
            slider.edited.connect(
                lambda position, field=field, value=value: self._edit(
                    field, None if position is None else value(position)
                )
            )
        for field, slider in (("strength", self.strength), ("detail", self.detail)):
            slider.edited.connect(lambda position, field=field: self._edit(field, position / 100))
        for field, choice in (("scratches", self.scratches), ("fading", self.fading)):
            choice.chosen.connect(lambda index, field=field: self._edit(field, (None, True, False)[index]))
        self.variant.chosen.connect(lambda index: self._edit("variant", index))
        self.quality.wanted.connect(self._choose_quality)
        self.automatic.clicked.connect(self._switch_automatic)
        self.model.chosen.connect(lambda model: self._edit("model", model))

    # -- showing --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Models come and go in other tabs. Where there is one alone, nothing is to be chosen."""
        super().showEvent(event)
        self.model.refresh()
        self.model.choose(self._settings.model)
        self._show_possible(self._settings)
        self._models.setVisible(len(self.model.ids) > 1)

    def show_unusable(self) -> None:
        """The photo could not be opened: there is nothing to set."""
        self.show_settings(RestoreSettings(), None)
        self._found.clear()
        self._controls.setEnabled(False)

    def show_settings(self, settings: RestoreSettings, estimate: Estimate | None) -> None:
        """Show a photo's settings; what is Automatic shows the estimate."""
        self._controls.setEnabled(True)
        self._settings, self._estimate = settings, estimate
        self.presets.show_settings(settings)
        self.automatic.setChecked(all(getattr(settings, field) is None for field in AUTOMATIC))
        self._found.setText(self._words_for(estimate))
        known = estimate is not None
        self.noise.show_value(_position(settings.noise), round(estimate.noise) if known else None)
        self.blur.show_value(_position(settings.blur, 10), round(estimate.blur * 10) if known else None)
        self.jpeg.show_value(_jpeg_position(settings.jpeg), _jpeg_position(estimate.jpeg) if known else None)
        for choice, value in ((self.scratches, settings.scratches), (self.fading, settings.fading)):
            choice.choose((None, True, False).index(value))
        self.strength.show_value(round(settings.strength * 100), None)
        self.detail.show_value(round(settings.detail * 100), None)
        self.variant.choose(settings.variant)
        self.model.choose(settings.model)
        self._show_possible(settings)

    def _show_possible(self, settings: RestoreSettings) -> None:
        """Of all that can be set, only the strength counts for a model that draws the photo again."""
        card, model = self.model.card, settings.model
        able = card.capabilities if card is not None and card.id == model else ("restore", "detail")
        draws_again = "restore" not in able
        for control in (
            self.presets,
            self.automatic,
            self.noise,
            self.blur,
            self.jpeg,
            self.scratches,
            self.fading,
            self.quality,
        ):
            control.setEnabled(not draws_again)
        can_be_fast = self.model.has_fast_edition(model)
        self.quality.show_quality(settings.quality, can_be_fast)
        self.variant.setEnabled(not draws_again and not (can_be_fast and settings.quality == "fast"))
        self.detail.setEnabled("detail" in able)
        if draws_again:
            self._found.setText(self.tr("This model draws the whole photo anew: noise goes, and perhaps fine detail."))

    def _words_for(self, estimate: Estimate | None) -> str:
        """One quiet line that says what was found."""
        if estimate is None:
            return self.tr("Looking at the photo…")
        names = {
            "noise": self.tr("noise"),
            "blur": self.tr("blur"),
            "scratches": self.tr("scratches"),
            "fading": self.tr("fading"),
        }
        found = [name for field, name in names.items() if getattr(estimate, field) >= _WORTH_SAYING[field]]
        if estimate.jpeg:
            found.insert(min(2, len(found)), self.tr("compression"))
        if not found:
            return self.tr("Found little to repair.")
        return self.tr("Found: %1.").replace("%1", ", ".join(found))

    def _blur_words(self, position: int) -> str:
        return self.tr("%1 px").replace("%1", number(position / 10, 1))

    def _jpeg_words(self, position: int) -> str:
        return self.tr("quality %1").replace("%1", str(101 - position)) if position else self.tr("none")

    # -- editing --------------------------------------------------------------------------------

    def _edit(self, field: str, value: float | bool | str | None) -> None:
        self._tell(msgspec.structs.replace(self._settings, **{field: value}), field)

    def _choose_quality(self, quality: Quality) -> None:
        """A fast edition draws no variants."""
        variant = 0 if quality == "fast" else self._settings.variant
        self._tell(msgspec.structs.replace(self._settings, quality=quality, variant=variant), "quality")

    def _switch_automatic(self, on: bool) -> None:
        """On: everything is left to the model. Off: what it does becomes the user's; who so tells of
        scratches in a rough photo may get more of them mended."""
        from engine.deblur import handed_over  # numpy, which the window can do without at the start

        values: dict[str, float | bool | None] = dict.fromkeys(AUTOMATIC)
        estimate = self._estimate
        if not on and estimate is not None:
            values = {
                "noise": round(estimate.noise),
                "blur": handed_over(estimate.blur, estimate.noise, estimate.jpeg),
                "jpeg": estimate.jpeg,
                # A few scratches are mended as well: only a photo full of them is known to have some.
                "scratches": True if estimate.scratches >= _WORTH_SAYING["scratches"] else None,
                "fading": estimate.fading > 0,
            }
        self._tell(msgspec.structs.replace(self._settings, **values), "automatic")

    def _tell(self, settings: RestoreSettings, field: str) -> None:
        self.show_settings(settings, self._estimate)
        self.edited.emit(settings, field)


def _position(value: float | None, steps: int = 1) -> int | None:
    return None if value is None else round(value * steps)


def _jpeg_position(quality: int | None) -> int | None:
    if quality is None:
        return None
    return 101 - quality if quality else 0

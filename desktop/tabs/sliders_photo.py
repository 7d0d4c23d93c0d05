"""The user's own photo in the Sliders tab: as the model sees it, what the model makes of it, and how well it does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.numbers import number
from desktop.tabs.sliders_actions import SlidersActions
from desktop.tabs.sliders_desk import Photo
from desktop.widgets.action_button import action_button
from desktop.widgets.rgb import image_of
from desktop.widgets.slot import Slot

#: Points of each of the two pictures.
SIDE = 124


class PhotoCard(QWidget):
    """Two pictures side by side, a plain verdict, and what can be done about it."""

    def __init__(self, actions: SlidersActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen = Slot(self.tr("Your photo"), self.tr("Your photo"))
        self.drawn = Slot(self.tr("The photo as the model draws it"), "")
        self.verdict, self._likeness = QLabel(), QLabel()
        self.verdict.setWordWrap(True)
        self._likeness.setProperty("quiet", True)
        self._likeness.setToolTip(
            self.tr("PSNR: how like the photo the model's picture is, pixel by pixel. 30 dB is hard to tell apart.")
        )
        pictures = QGridLayout()
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setHorizontalSpacing(12)
        pictures.setVerticalSpacing(4)
        captions = (self.tr("Your photo"), self.tr("The model’s picture"))
        for column, (slot, caption) in enumerate(zip((self.seen, self.drawn), captions, strict=True)):
            slot.setFixedSize(SIDE, SIDE)
            label = QLabel(caption)
            label.setProperty("quiet", True)
            pictures.addWidget(slot, 0, column)
            pictures.addWidget(label, 1, column, Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        tip = self.tr("Choose the part of the photo that the model sees. (Ctrl+Shift+A)")
        self.align = action_button(actions.align, self.tr("Align…"), tip)
        actions.align.toggled.connect(lambda on: self.align.setText(self.tr("Done") if on else self.tr("Align…")))
        tip = self.tr("Look closer for a few seconds, so that the picture comes nearer. (Ctrl+E)")
        self.refine = action_button(actions.refine, tip=tip)
        buttons.addWidget(self.align, 1)
        buttons.addWidget(self.refine, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(pictures)
        column.addSpacing(12)
        self.verdict.setContentsMargins(2, 0, 2, 0)
        self._likeness.setContentsMargins(2, 0, 2, 0)
        column.addWidget(self.verdict)
        column.addSpacing(2)
        column.addWidget(self._likeness)
        column.addSpacing(12)
        column.addLayout(buttons)
        self._photo: Photo | None = None

    def show_photo(self, photo: Photo | None, busy: bool) -> None:
        """``busy``: a better picture is on its way."""
        self.drawn.show_busy(busy)
        if photo is self._photo:
            return
        self._photo = photo
        if photo is None:
            return
        for slot, picture in ((self.seen, photo.seen), (self.drawn, photo.drawn)):
            slot.show_image(image_of(picture.pixels, picture.side, picture.side))
        path = photo.path
        self.seen.file_for_drag = lambda: path if path.exists() else None
        self.seen.setToolTip(path.name)
        self.verdict.setText(
            {
                "well": self.tr("This model knows such pictures well."),
                "roughly": self.tr("This model knows such pictures roughly."),
                "not": self.tr("This model does not know such pictures."),
            }[photo.verdict.known]
        )
        self._likeness.setText(self.tr("Likeness %1 dB").replace("%1", number(photo.verdict.psnr, 1)))

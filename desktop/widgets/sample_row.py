""" "Try one of these": pictures that came with the program, each a button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImageReader, QPainter, QPainterPath, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.samples import Sample

#: Points of a picture, and of its corners.
WIDE, HIGH, ROUND = 132, 88, 6


class SampleRow(QWidget):
    """Nothing where there are no samples. The pictures are read once the row has been seen."""

    tried = Signal(list)  #: paths to open

    def __init__(self, samples: Sequence[Sample], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = list(samples)
        self.buttons = [self._button(sample) for sample in self._samples]
        self._read = False
        words = QLabel(self.tr("Try one of these") if len(self._samples) > 1 else self.tr("Try this"))
        words.setProperty("quiet", True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words)
        column.addLayout(row)
        if not self._samples:  # else it is shown with its parent: alone it would be a window of its own
            self.hide()

    def _button(self, sample: Sample) -> QToolButton:
        button = QToolButton()
        button.setProperty("bare", True)
        button.setIconSize(QSize(WIDE, HIGH))
        button.setAccessibleName(sample.words)
        button.setToolTip(sample.words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setMinimumSize(WIDE + 12, HIGH + 12)
        button.clicked.connect(lambda: self.tried.emit(list(sample.paths)))
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._read:
            self._read = True
            QTimer.singleShot(0, self, self._read_pictures)  # the window is painted first

    def _read_pictures(self) -> None:
        for sample, button in zip(self._samples, self.buttons, strict=True):
            button.setIcon(QIcon(mosaic(sample.shown, self.devicePixelRatioF())))


def mosaic(paths: Sequence[Path], ratio: float) -> QPixmap:
    """Pictures side by side, four in two rows, each cut to its place; ``ratio`` pixels to a point."""
    whole = QPixmap(round(WIDE * ratio), round(HIGH * ratio))
    whole.setDevicePixelRatio(ratio)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, WIDE, HIGH), ROUND, ROUND)
    painter.setClipPath(path)
    columns = 2 if len(paths) == 4 else max(len(paths), 1)
    rows = -(-len(paths) // columns)
    for number, picture in enumerate(paths):
        left, right = (WIDE * (number % columns + d) // columns for d in (0, 1))
        top, bottom = (HIGH * (number // columns + d) // rows for d in (0, 1))
        place = QRect(left, top, right - left, bottom - top)
        reader = QImageReader(str(picture))
        size = reader.size()
        if size.isValid():
            fitted = size.scaled(place.size() * ratio, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            reader.setScaledSize(fitted)
            image = reader.read()
            cut = QRect(0, 0, round(place.width() * ratio), round(place.height() * ratio))
            cut.moveCenter(image.rect().center())
            painter.drawImage(place, image, cut)
    painter.end()
    return whole

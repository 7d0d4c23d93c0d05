"""A tab's first screen: one place to drop things on, and what else can be done, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.samples import Sample
from desktop.scale import SMALL, TITLE, sized
from desktop.widgets.sample_row import SampleRow

#: Points of height from which the sign is shown, too.
ROOMY = 520


class EmptyState(QWidget):
    """A calm invitation, shown while there is nothing to work on."""

    open_asked = Signal()
    tried = Signal(list)  #: paths of a sample

    def __init__(
        self,
        invitation: str,
        sentence: str,
        button_words: str,
        keys: str,
        inset: int = 24,
        samples: Sequence[Sample] = (),
    ) -> None:
        """``inset``: points around the dashed frame; ``samples``: what can be tried at once."""
        super().__init__()
        self._inset = inset
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(invitation)
        title.setFont(sized(title.font(), TITLE))
        below = QLabel(sentence)
        below.setProperty("quiet", True)
        button = QPushButton(button_words)
        button.setProperty("strong", True)
        button.setAccessibleName(button_words.rstrip("…"))
        button.setMinimumWidth(160)
        button.clicked.connect(self.open_asked)
        hint = QLabel(keys)
        hint.setProperty("quiet", True)
        hint.setFont(sized(hint.font(), SMALL))
        hint.setWordWrap(True)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.addStretch(5)
        column.addWidget(self._sign)
        column.addSpacing(16)
        for label in (title, below):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
            column.addSpacing(6)
        column.addSpacing(20)
        column.addLayout(row)
        self.samples = SampleRow(samples)
        self.samples.tried.connect(self.tried)
        column.addSpacing(32)
        column.addWidget(self.samples)
        column.addStretch(4)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(hint)
        self._draw_sign()

    def _draw_sign(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self._sign.setPixmap(theme.pixmap("invite", colour, 64, self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window there is room for words and samples, not for the sign."""
        super().resizeEvent(event)
        self._sign.setVisible(self.height() >= ROOMY)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_sign()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.Dark), 1.5)
        pen.setDashPattern([5, 5])
        painter.setPen(pen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        side = self._inset
        painter.drawRoundedRect(self.rect().adjusted(side, max(side - 4, 1), -side, -side), 12, 12)

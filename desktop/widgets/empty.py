"""The first screen: one place to drop photos on, and what else can be done, in a few words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme


class EmptyState(QWidget):
    """A calm invitation, shown while there is no photo."""

    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(self.tr("Drop old photos here"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        title.setFont(font)
        sentence = QLabel(self.tr("They come back clean, beside the original, and never leave this computer."))
        sentence.setProperty("quiet", True)
        button = QPushButton(self.tr("Open photos…"))
        button.setProperty("strong", True)
        button.setAccessibleName(self.tr("Open photos"))
        button.setMinimumWidth(160)
        button.clicked.connect(self.open_asked)
        hint = QLabel(self.tr("Ctrl+O opens · Ctrl+V pastes · folders are welcome"))
        hint.setProperty("quiet", True)
        small = hint.font()
        small.setPointSizeF(small.pointSizeF() * 0.9)
        hint.setFont(small)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.addStretch(5)
        column.addWidget(self._sign)
        column.addSpacing(18)
        for label in (title, sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
            column.addSpacing(6)
        column.addSpacing(20)
        column.addLayout(row)
        column.addStretch(4)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(hint)
        self._draw_sign()

    def _draw_sign(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self._sign.setPixmap(theme.pixmap("invite", colour, 64, self.devicePixelRatioF()))

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
        painter.drawRoundedRect(self.rect().adjusted(24, 20, -24, -24), 12, 12)

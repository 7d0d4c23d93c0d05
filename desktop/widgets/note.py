"""A sentence within a page that is worth reading: a sign, the words, and one thing to do about it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import theme
from desktop.sentences import local

Sign = Literal["info", "warning", "check"]


class Note(QFrame):
    """Stands in the flow of a page, where a `Banner` floats over pictures. Hidden until `say`."""

    acted = Signal()  #: the button was pressed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._sign, self._text, self._action = QLabel(), QLabel(), QPushButton()
        self._drawing: Sign = "info"
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action.setAccessibleName(self.tr("Act on this notice"))
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        self._action.clicked.connect(self.acted)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, sign: Sign = "info", action: str = "") -> None:
        """Show a sentence, with a button that says ``action`` if there is one; without a sentence nothing."""
        self._drawing, text = sign, local(text)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action.setText(action)
        self._action.setAccessibleName(action or self.tr("Act on this notice"))
        self._action.setVisible(bool(action))
        self._draw_sign()
        self.setVisible(bool(text))

    def _draw_sign(self) -> None:
        role = QPalette.ColorRole.PlaceholderText if self._drawing == "info" else QPalette.ColorRole.Accent
        self._sign.setPixmap(theme.pixmap(self._drawing, self.palette().color(role), 18, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.text:
            self._draw_sign()

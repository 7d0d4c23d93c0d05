"""A question in a quiet line above the pictures, with two answers. It waits; the rest of the window works meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

#: Words of a button, and what it does.
Answer = tuple[str, Callable[[], object]]


class Offer(QFrame):
    """Hidden until `ask`, and again after an answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self.setAccessibleName(self.tr("Question"))
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._yes, self._no = QPushButton(), QPushButton()
        self._answers: tuple[Callable[[], object], ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        self._yes.setProperty("strong", True)
        for number, button in enumerate((self._yes, self._no)):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(self.tr("Answer"))
            button.clicked.connect(lambda _checked=False, number=number: self._answer(number))
            row.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def ask(self, sentence: str, yes: Answer, no: Answer) -> None:
        """Show a sentence and its two answers."""
        self._text.setText(sentence)
        self._text.setAccessibleName(sentence)
        for button, (words, _) in ((self._yes, yes), (self._no, no)):
            button.setText(words)
            button.setAccessibleName(f"{words}: {sentence}")
        self._answers = (yes[1], no[1])
        self.show()

    def _answer(self, number: int) -> None:
        self.hide()
        self._answers[number]()

"""What all pages of the wizard share: a question at the top, room below it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.scale import TITLE, sized


class WizardPage(QWidget):
    """One page: its question, a sentence that helps to answer it, and ``column`` for the rest."""

    def __init__(self, question: str, help_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question, self.help = QLabel(question), QLabel(help_words)
        self.question.setFont(sized(self.question.font(), TITLE))
        self.help.setProperty("quiet", True)
        for label in (self.question, self.help):
            label.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(40, 20, 40, 20)
        self.column.setSpacing(0)
        self.column.addWidget(self.question)
        self.column.addSpacing(6)
        self.column.addWidget(self.help)
        self.column.addSpacing(20)
        self.setAccessibleName(question)


def quiet(words: str = "") -> QLabel:
    """A label of secondary text that wraps."""
    label = QLabel(words)
    label.setProperty("quiet", True)
    label.setWordWrap(True)
    return label


def plain(words: str = "") -> QLabel:
    """A label that wraps."""
    label = QLabel(words)
    label.setWordWrap(True)
    return label

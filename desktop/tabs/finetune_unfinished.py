"""Lessons that were stopped, by the user, a crash or a power cut: each can be gone on with or thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.tabs.finetune_page import quiet
from desktop.tabs.finetune_words import FinetuneWords
from desktop.widgets.tools import scrolled
from engine.lessons import Unfinished


class UnfinishedList(QWidget):
    """A card each. Not there while there is none."""

    go_on_asked = Signal(object)  #: an `Unfinished`
    find_asked = Signal(object)  #: the same, whose folder is gone
    discard_asked = Signal(object)

    def __init__(self, words: FinetuneWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.lessons: list[Unfinished] = []
        self.buttons: list[QPushButton] = []
        title = QLabel(self.tr("Or go on with what was begun"))
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 8, 0)
        self._cards.setSpacing(8)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._cards)
        whole.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(scrolled(inside), 1)
        self.hide()

    def show_lessons(self, lessons: Sequence[Unfinished]) -> None:
        """Show these; what is shown already stays as it is, with the keyboard's focus."""
        self.setVisible(bool(lessons))
        if list(lessons) == self.lessons:
            return
        self.lessons = list(lessons)
        self.buttons.clear()
        while (item := self._cards.takeAt(0)) is not None:
            if card := item.widget():
                card.deleteLater()
        for lesson in self.lessons:
            self._cards.addWidget(self._card(lesson))

    def _card(self, lesson: Unfinished) -> QWidget:
        card = QFrame()
        card.setObjectName("banner")
        name = QLabel(lesson.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        state = quiet(self._words.unfinished(lesson))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        if lesson.folder_there or lesson.finished:
            words = self.tr("See the result") if lesson.finished else self.tr("Go on")
            buttons.addWidget(self._button(words, lesson, self.go_on_asked))
        else:
            buttons.addWidget(self._button(self.tr("Find the folder…"), lesson, self.find_asked))
        buttons.addWidget(self._button(self.tr("Throw away…"), lesson, self.discard_asked))
        buttons.addStretch()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(name)
        column.addWidget(state)
        column.addSpacing(6)
        column.addLayout(buttons)
        return card

    def _button(self, words: str, lesson: Unfinished, asked: SignalInstance) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(f"{lesson.name}: {words.rstrip('…')}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: asked.emit(lesson))
        self.buttons.append(button)
        return button

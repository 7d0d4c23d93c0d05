"""The menu of languages, each in its own words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.language import LANGUAGES
from desktop.preferences import Preferences


class LanguageMenu(QMenu):
    """What is chosen is kept, and told."""

    chosen = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        words = self.tr("Language")
        # Who does not understand the language of the window finds this menu all the same.
        self.setTitle(words if words == "Language" else f"{words} (Language)")
        group = QActionGroup(self)
        for name, words in {"system": self.tr("As the system"), **LANGUAGES}.items():
            action = QAction(words, self)
            action.setCheckable(True)
            action.setChecked(preferences.language == name)
            action.triggered.connect(lambda _checked=False, name=name: self.choose(name))
            group.addAction(action)
            self.addAction(action)

    def choose(self, name: str) -> None:
        """ "system" or one of `LANGUAGES`."""
        if name != self._preferences.language:
            self._preferences.language = name
            self.chosen.emit()

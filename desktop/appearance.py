"""How the window looks and moves, as the user or the system wants it: the menu for it, and what follows the system."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop import motion, theme
from desktop.preferences import Preferences
from desktop.widgets.question import agreed


class AppearanceMenu(QMenu):
    """Theme and motion, and all settings as on the first day. What is chosen holds at once and is kept."""

    was_reset = Signal()  #: the settings are others now

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setTitle(self.tr("Appearance"))
        group = QActionGroup(self)
        choices = {
            "system": self.tr("Theme as the system"),
            "dark": self.tr("Dark theme"),
            "light": self.tr("Light theme"),
        }
        for name, words in choices.items():
            action = QAction(words, self)
            action.setCheckable(True)
            action.setChecked(preferences.theme == name)
            action.triggered.connect(lambda _checked=False, name=name: self.choose_theme(name))
            group.addAction(action)
            self.addAction(action)
        self.addSeparator()
        still = QAction(self.tr("Less motion"), self)
        still.setToolTip(self.tr("Nothing moves but what you play. Also on where the system asks for it."))
        still.setCheckable(True)
        still.setChecked(preferences.less_motion)
        still.triggered.connect(self.choose_motion)
        self.addAction(still)
        self.addSeparator()
        self.addAction(self.tr("Reset all settings…"), self.ask_to_reset)
        self.setToolTipsVisible(True)

    def choose_theme(self, name: str) -> None:
        """ "system", "dark" or "light"."""
        self._preferences.theme = name
        theme.apply(name)

    def ask_to_reset(self) -> None:
        window = self.parentWidget()
        assert isinstance(window, QWidget)
        question = self.tr("Reset all settings?")
        more = self.tr(
            "Theme, language, keys, folders and recent files become as they were on the first day. "
            "Photos, models, presets, favourites and the history stay."
        )
        if agreed(window, question, more, self.tr("Reset"), destructive=True):
            self._preferences.reset()
            dress(self._preferences)
            self.was_reset.emit()

    def choose_motion(self, less: bool) -> None:
        self._preferences.less_motion = less
        motion.choose(less)


def begin(preferences: Preferences) -> None:
    """Look as the user chose, and from now on follow the system where they left it to it."""

    def follow(scheme: Qt.ColorScheme) -> None:
        if preferences.theme == "system":
            theme.dress(scheme)

    dress(preferences)
    QGuiApplication.styleHints().colorSchemeChanged.connect(follow)


def dress(preferences: Preferences) -> None:
    """Look as the preferences say."""
    theme.apply(preferences.theme)
    motion.choose(preferences.less_motion)

"""A push button that does what an action does, and is possible and pressed when it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton


def action_button(action: QAction, words: str = "", tip: str = "") -> QPushButton:
    """``words`` and ``tip`` stand for the action's own where they are given."""
    button = QPushButton(words or action.text())
    button.setAccessibleName(action.text().rstrip("…"))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCheckable(action.isCheckable())

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(tip or action.toolTip())  # it names the keys, which may be changed
        button.setChecked(action.isChecked())

    button.clicked.connect(lambda: action.trigger())
    action.changed.connect(follow)
    follow()
    return button

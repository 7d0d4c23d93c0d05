"""Small parts that every tab is put together from: bare buttons, thin lines, the panel at the side."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget


def bare(button: QToolButton) -> QToolButton:
    """A button that is only its drawing."""
    button.setProperty("bare", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setIconSize(QSize(18, 18))
    return button


def tool(action: QAction) -> QToolButton:
    """A bare button for an action, called what the action is called at the moment."""
    button = bare(QToolButton())
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    action.changed.connect(lambda: button.setAccessibleName(action.text()))
    return button


def line() -> QFrame:
    """A thin line across."""
    drawn = QFrame()
    drawn.setProperty("line", True)
    drawn.setFixedHeight(1)
    return drawn


def edge() -> QFrame:
    """A thin line from top to bottom."""
    drawn = QFrame()
    drawn.setProperty("line", True)
    drawn.setFixedWidth(1)
    return drawn


def scrolled(controls: QWidget) -> QScrollArea:
    """Controls that scroll where there are more than fit, on the panel's own ground."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(controls)
    area.viewport().setAutoFillBackground(False)
    controls.setAutoFillBackground(False)
    return area


def lay_out(panel: QWidget, body: QWidget | QLayout, *buttons: QWidget) -> None:
    """Fill a panel: its body, and below a line the buttons that end the work, side by side."""
    foot = QHBoxLayout()
    foot.setContentsMargins(22, 12, 22, 16)
    foot.setSpacing(10)
    for button in buttons:
        foot.addWidget(button, 1)
    whole = QVBoxLayout(panel)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    if isinstance(body, QLayout):
        whole.addLayout(body, 1)
    else:
        whole.addWidget(body, 1)
    whole.addWidget(line())
    whole.addLayout(foot)

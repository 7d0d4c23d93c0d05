"""Small parts that every tab is put together from: bare buttons, thin lines, the panel at the side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget


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


def add_picture_tools(row: QHBoxLayout, fit: QAction, real_pixels: QAction, copy: QAction, grip: QWidget) -> None:
    """What every large picture has at the end of its bar: its sizes, copy, and a grip to drag it out by."""
    for action in (fit, real_pixels):
        row.addWidget(tool(action))
    row.addSpacing(8)
    row.addWidget(tool(copy))
    row.addWidget(grip)


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


class SidePanel(QWidget):
    """Controls beside the pictures, so many points wide; wider where the words of a language need it."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        needed = min(self.minimumSizeHint().width(), round(1.4 * self._width))  # a file's name may be endless
        return QSize(max(self._width, needed), super().sizeHint().height())


class _Scrolled(QScrollArea):
    """Scrolls up and down only: as wide as what is in it needs."""

    def minimumSizeHint(self) -> QSize:
        inside: QWidget | None = self.widget()
        needed = inside.minimumSizeHint().width() if inside else 0
        return super().minimumSizeHint().expandedTo(QSize(needed, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(controls: QWidget) -> QScrollArea:
    """Controls that scroll where there are more than fit, on the panel's own ground."""
    area = _Scrolled()
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
    foot.setContentsMargins(20, 12, 20, 16)
    foot.setSpacing(8)
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

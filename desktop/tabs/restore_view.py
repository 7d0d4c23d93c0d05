"""The Restore tab as it looks: pictures, the bar under them, the queue, the panel. What happens is in `restore.py`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop import samples, theme
from desktop.tabs.restore_actions import RestoreActions
from desktop.tabs.restore_panel import RestorePanel
from desktop.widgets.banner import Banner
from desktop.widgets.canvas import Canvas, Mode
from desktop.widgets.choice import Choice
from desktop.widgets.drop import DropTarget
from desktop.widgets.empty import EmptyState
from desktop.widgets.filmstrip import Filmstrip
from desktop.widgets.tools import add_picture_tools, bare, edge


class RestoreView(QWidget):
    """The widgets and their places. Without a photo there is only the invitation to drop some."""

    def __init__(self, actions: RestoreActions, parent: QWidget) -> None:
        super().__init__(parent)
        stage = QWidget()
        self.empty = EmptyState(
            self.tr("Drop old photos here"),
            self.tr("They come back clean, beside the original, and never leave this computer."),
            self.tr("Open photos…"),
            self.tr("Ctrl+O opens · Ctrl+V pastes · folders are welcome"),
            samples=samples.old_photos(),
        )
        self.canvas = Canvas()
        self._pages = QStackedLayout(stage)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.canvas)
        self.banner = Banner(stage)
        self.strip = Filmstrip(self.tr("Queue of photos"))
        self.panel = RestorePanel()
        self.compare = Choice(
            self.tr("Compare"),
            [self.tr("Split"), self.tr("Side by side"), self.tr("Hold"), self.tr("Uncertainty")],
            stretch=False,
        )
        self.compare.follow(actions.modes)
        self._zoom = QLabel()
        self._zoom.setProperty("quiet", True)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.grip = bare(QToolButton())
        theme.set_icon(self.grip, "drag")
        self.grip.setAccessibleName(self.tr("Drag the result out"))
        self.grip.setToolTip(self.tr("Drag from here to a folder or another app: the result goes there as a file."))
        self._work = [bar := self._bar(actions), room := self._strip_room(), side := edge(), self.panel]
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(stage, 1)
        left.addWidget(bar)
        left.addWidget(room)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(side)
        row.addWidget(self.panel)
        self.drops = DropTarget(self)
        self.compare.chosen.connect(self.set_mode)
        self.canvas.zoomed.connect(
            lambda zoom: self._zoom.setText(self.tr("%1 %").replace("%1", str(round(zoom * 100))) if zoom else "")
        )
        self.show_work(False)

    def _bar(self, actions: RestoreActions) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 16, 4)
        row.setSpacing(4)
        row.addWidget(self.compare)
        row.addStretch()
        row.addWidget(self._zoom)
        row.addSpacing(4)
        add_picture_tools(row, actions.fit, actions.real_pixels, actions.copy, self.grip)
        return bar

    def _strip_room(self) -> QWidget:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.strip)
        return room

    def show_work(self, work: bool) -> None:
        """The pictures and their controls, or the invitation."""
        self._pages.setCurrentWidget(self.canvas if work else self.empty)
        for widget in self._work:
            widget.setVisible(work)

    def set_mode(self, index: int) -> None:
        """Compare in one of the ways of `Mode`, by its place in the row."""
        self.compare.choose(index)
        self.canvas.set_mode(list(Mode)[index])

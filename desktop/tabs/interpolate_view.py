"""The Interpolate tab as it looks: the picture, the scrubber, the row of pictures, the panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import samples, theme
from desktop.scale import SMALL, TITLE, sized
from desktop.tabs.interpolate_actions import InterpolateActions
from desktop.tabs.interpolate_panel import InterpolatePanel
from desktop.tabs.interpolate_row import KeyRow
from desktop.widgets.banner import Banner
from desktop.widgets.canvas import Canvas
from desktop.widgets.drop import DropTarget
from desktop.widgets.sample_row import SampleRow
from desktop.widgets.scrubber import Scrubber
from desktop.widgets.tools import add_picture_tools, bare, edge, tool

#: Drawn pictures may be as small as 32 pixels and are looked at as large as the window allows.
ENLARGES = 32.0
#: Points of height from which there is room for samples.
ROOMY = 580


class FrameCanvas(Canvas):
    """One picture at a time, without a comparison. Space is for playing."""

    def __init__(self) -> None:
        super().__init__()
        self.captions = False
        self.view.enlarges = ENLARGES
        self.setAccessibleDescription(self.tr("Arrow keys move, plus and minus zoom, 0 fits, 1 shows real pixels."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_B):
            event.ignore()
        else:
            super().keyPressEvent(event)


class InterpolateView(QWidget):
    """The widgets and their places. Until there are two pictures, only their places are there, large."""

    def __init__(self, actions: InterpolateActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.left = QWidget()
        self.canvas = FrameCanvas()
        self.scrubber = Scrubber(self.tr("Place on the way"))
        self.row = KeyRow()
        self.panel = InterpolatePanel(actions)
        self.place = QLabel()
        self.place.setProperty("quiet", True)
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance("10 → 11 · 100 %") + 4)
        self.grip = bare(QToolButton())
        theme.set_icon(self.grip, "drag")
        self.grip.setAccessibleName(self.tr("Drag this picture out"))
        self.grip.setToolTip(self.tr("Drag from here to a folder or another app: the picture goes there as a file."))
        self._title, self._invitation, self._hint = self._words()
        self._work = [self.canvas, bar := self._bar(actions), side := edge(), self.panel]
        self.samples = SampleRow([*samples.faces(), *samples.photos_to_walk()])
        self._teaching = [self._title, self._invitation, self.samples, self._hint]
        self._column = column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(0)
        for widget in (self._title, self._invitation):
            column.addWidget(widget)
        column.addWidget(self.canvas, 1)
        column.addWidget(bar)
        column.addWidget(self.row)
        column.addWidget(self.samples)
        column.addStretch(0)
        column.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left, 1)
        row.addWidget(side)
        row.addWidget(self.panel)
        self.banner = Banner(self.left)
        self.drops = DropTarget(self)
        self.show_work(False)

    def _words(self) -> tuple[QLabel, QLabel, QLabel]:
        title = QLabel(self.tr("From one picture to another"))
        title.setFont(sized(title.font(), TITLE))
        title.setContentsMargins(0, 0, 0, 8)
        invitation = QLabel(
            self.tr("Drop two photos, or two pictures that a model drew, and watch the way between them.")
        )
        invitation.setContentsMargins(24, 0, 24, 24)
        hint = QLabel(self.tr("Ctrl+O opens · Ctrl+V pastes · more pictures can be added later"))
        hint.setContentsMargins(24, 0, 24, 32)
        hint.setFont(sized(hint.font(), SMALL))
        for label in (title, invitation, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        for label in (invitation, hint):
            label.setProperty("quiet", True)
        return title, invitation, hint

    def _bar(self, actions: InterpolateActions) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 6)
        row.setSpacing(4)
        row.addWidget(tool(actions.play))
        row.addSpacing(6)
        row.addWidget(self.scrubber, 1)
        row.addSpacing(8)
        row.addWidget(self.place)
        add_picture_tools(row, actions.fit, actions.real_pixels, actions.copy, self.grip)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A low window has room for the places of pictures, not for samples below them."""
        self.samples.setVisible(not self._title.isHidden() and self.height() >= ROOMY)

    def show_work(self, work: bool) -> None:
        """The picture and its controls, or the invitation."""
        for widget in self._work:
            widget.setVisible(work)
        for widget in self._teaching:
            widget.setVisible(not work)
        self._make_room()
        for stretch in (0, self._column.count() - 2):
            self._column.setStretch(stretch, 0 if work else 1)
        self._column.setContentsMargins(0 if work else 24, 0, 0 if work else 24, 0)

    def show_place(self, t: float, pictures: int) -> None:
        """Where the scrubber stands, in words."""
        whole = round(t)
        if abs(t - whole) < 0.005:
            text = self.tr("Picture %1").replace("%1", str(whole % pictures + 1))
        else:
            start = int(t)
            share = (
                self.tr("%1 → %2 · %3 %").replace("%1", str(start + 1)).replace("%2", str((start + 1) % pictures + 1))
            )
            text = share.replace("%3", str(round(100 * (t - start))))
        self.place.setText(text)
        self.scrubber.say(text)

"""The Sliders tab as it looks: the picture, the bar under it, the kept states, the panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.sliders_actions import SlidersActions
from desktop.tabs.sliders_panel import SlidersPanel
from desktop.widgets.banner import Banner
from desktop.widgets.canvas import Canvas, Mode
from desktop.widgets.choice import Choice
from desktop.widgets.crop_frame import CropFrame
from desktop.widgets.drop import DropTarget
from desktop.widgets.filmstrip import Filmstrip
from desktop.widgets.tools import add_picture_tools, bare, edge

#: The ways to compare, in the order of the row.
MODES = (Mode.HOLD, Mode.SPLIT, Mode.SIDE_BY_SIDE)


class SlidersView(QWidget):
    """The widgets and their places. What happens is in `sliders.py`."""

    def __init__(self, actions: SlidersActions, parent: QWidget) -> None:
        super().__init__(parent)
        stage = QWidget()
        self.canvas, self.crop = Canvas(), CropFrame(self.tr("The part of the photo that the model sees"))
        self.canvas.view.enlarges = 100.0  # the pictures are small, and there is nothing else to show
        self._pages = QStackedLayout(stage)
        self._pages.addWidget(self.canvas)
        self._pages.addWidget(self.crop)
        self.banner = Banner(stage)
        self.strip = Filmstrip(self.tr("Kept states"))
        self.panel = SlidersPanel(actions)
        words = [self.tr("Hold to see the start"), self.tr("Split"), self.tr("Side by side")]
        self.compare = Choice(self.tr("Compare with the start"), words, stretch=False)
        self.compare.follow(actions.modes)
        self._zoom = QLabel()
        self._zoom.setProperty("quiet", True)
        self.grip = bare(QToolButton())
        theme.set_icon(self.grip, "drag")
        self.grip.setAccessibleName(self.tr("Drag the picture out"))
        self.grip.setToolTip(self.tr("Drag from here to a folder or another app: the picture goes there as a file."))
        self.send = QToolButton()
        self.send.setText(self.tr("Interpolate"))
        self.send.setAccessibleName(self.tr("Send to Interpolate"))
        self.send.setToolTip(self.tr("Walk from the start to this picture, or through the kept states."))
        self.send.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.send.setStyleSheet("padding: 5px 12px;")
        self.send.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.send)
        menu.addActions([actions.send, actions.send_kept])
        self.send.setMenu(menu)
        self.done = QToolButton()
        self.done.setText(self.tr("Done"))
        self.done.setAccessibleName(self.tr("Done with the frame"))
        self.done.setToolTip(self.tr("Back to the picture (Enter)"))
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.done.setStyleSheet("padding: 5px 16px;")
        self.done.clicked.connect(actions.align.trigger)
        self._bar, self._crop_bar = self._picture_bar(actions), self._frame_bar()
        self._room = self._strip_room()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(stage, 1)
        left.addWidget(self._bar)
        left.addWidget(self._crop_bar)
        left.addWidget(self._room)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(edge())
        row.addWidget(self.panel)
        self.drops = DropTarget(self)
        self.compare.chosen.connect(self.set_mode)
        self.canvas.zoomed.connect(
            lambda zoom: self._zoom.setText(self.tr("%1 %").replace("%1", str(round(zoom * 100))) if zoom else "")
        )
        self.set_mode(0)
        self.show_crop(False)
        self.show_strip(False)

    def _picture_bar(self, actions: SlidersActions) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(54)
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(4)
        row.addWidget(self.compare)
        row.addStretch()
        row.addWidget(self._zoom)
        row.addSpacing(4)
        add_picture_tools(row, actions.fit, actions.real_pixels, actions.copy, self.grip)
        row.addSpacing(8)
        row.addWidget(self.send)
        return bar

    def _frame_bar(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(54)
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 16, 8)
        words = QLabel(self.tr("Drag the frame to the part that the model should see; the wheel resizes it."))
        words.setProperty("quiet", True)
        row.addWidget(words, 1)
        row.addWidget(self.done)
        return bar

    def _strip_room(self) -> QWidget:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.strip)
        return room

    @property
    def cropping(self) -> bool:
        return self._pages.currentWidget() is self.crop

    def show_crop(self, crop: bool) -> None:
        """The photo with its frame, or the picture."""
        self._pages.setCurrentWidget(self.crop if crop else self.canvas)
        self._bar.setVisible(not crop)
        self._crop_bar.setVisible(crop)
        if crop:
            self.crop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_strip(self, strip: bool) -> None:
        self._room.setVisible(strip)

    def set_mode(self, index: int) -> None:
        """Compare in one of the ways of `MODES`."""
        self.compare.choose(index)
        self.canvas.set_mode(MODES[index])

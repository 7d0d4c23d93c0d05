"""The controls of the Sliders tab: the model, where the picture comes from, the sliders; and saving."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.sliders_actions import SlidersActions
from desktop.tabs.sliders_desk import REACH, Desk
from desktop.tabs.sliders_photo import PhotoCard
from desktop.widgets.action_button import action_button
from desktop.widgets.centred_slider import CentredSlider
from desktop.widgets.model_choice import ModelChoice
from desktop.widgets.tools import SidePanel, lay_out, line, scrolled
from engine.directions import Direction

WIDTH = 312


class SlidersPanel(SidePanel):
    """Shows the desk and says when the user moves a slider."""

    slid = Signal(str, float, bool)  #: a slider's name, its new value, whether the mouse still holds it
    remove_asked = Signal(str)  #: a slider of the user

    def __init__(self, actions: SlidersActions, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self.model = ModelChoice("directions")
        self._from = QLabel()
        self._from.setProperty("quiet", True)
        self._from.setTextFormat(Qt.TextFormat.PlainText)
        self._from.setContentsMargins(2, 0, 2, 0)
        self.photo = PhotoCard(actions)
        self.sliders: dict[str, CentredSlider] = {}
        self.shown_model = ""  #: whose sliders these are
        self._known: list[Direction] = []
        self.more = QToolButton()
        self.more.setProperty("bare", True)
        self.more.setCheckable(True)
        self.more.setText(self.tr("More"))
        self.more.setStyleSheet("padding: 5px 8px 5px 0;")
        self.more.setToolTip(self.tr("What the model varies beside this. These have no names: try them out."))
        self.more.setAccessibleName(self.tr("More sliders"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.toggled.connect(self._fold)
        self.more.clicked.connect(lambda: QTimer.singleShot(0, self, self._show_rest))
        self._named, self._own, self._rest = _Group(), _Group(self.tr("Made by you")), _Group()
        self._none = QLabel(self.tr("This model has no sliders of its own."))
        self._none.setProperty("quiet", True)
        self._none.setWordWrap(True)
        self._lay_out(actions)
        self._none.hide()
        self.more.hide()
        for group in (self._named, self._own, self._rest):
            group.hide()

    def _lay_out(self, actions: SlidersActions) -> None:
        controls = QWidget()
        column = QVBoxLayout(controls)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(0)
        column.addWidget(self.model)
        column.addSpacing(8)
        begin = QHBoxLayout()
        begin.setSpacing(8)
        tip = self.tr("Begin with a picture that the model makes up. (Ctrl+R)")
        self.random = action_button(actions.random, self.tr("Random"), tip)
        theme.set_icon(self.random, "dice")
        tip = self.tr("Begin with a picture of yours: open it, or drop or paste it here. (Ctrl+O)")
        self.open = action_button(actions.open, self.tr("Photo…"), tip)
        theme.set_icon(self.open, "open")
        begin.addWidget(self.random, 1)
        begin.addWidget(self.open, 1)
        column.addLayout(begin)
        column.addSpacing(8)
        column.addWidget(self._from)
        column.addSpacing(8)
        column.addWidget(self.photo)
        column.addSpacing(16)
        column.addWidget(line())
        column.addSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 0, 0)
        title = QLabel(self.tr("Sliders"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self.reset = QToolButton()
        self.reset.setProperty("bare", True)
        self.reset.setDefaultAction(actions.reset)
        self.reset.setAccessibleName(actions.reset.text())
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self.reset)
        column.addLayout(head)
        column.addSpacing(6)
        self.learn = action_button(actions.learn)
        for widget in (self._none, self._named, self._own):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.learn)
        column.addSpacing(8)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(self._rest)
        column.addStretch()
        self._area = scrolled(controls)
        tip = self.tr("Save the picture and how to make it again as a PNG. (Ctrl+S)")
        self.save = action_button(actions.save, tip=tip)
        self.save.setProperty("strong", True)
        tip = self.tr("Keep this state in the strip below the picture, to come back to. (Ctrl+K)")
        self.keep = action_button(actions.keep, self.tr("Keep"), tip)
        lay_out(self, self._area, self.save, self.keep)

    # -- showing --------------------------------------------------------------------------------

    def show_sliders(self, known: Sequence[Direction], model: str) -> None:
        """The sliders of a model: the named ones, the user's, and the rest, which is folded."""
        same = model == self.shown_model and list(known) == self._known
        self.shown_model, self._known = model, list(known)
        if same:
            return
        self.sliders = {}
        for group, sources in ((self._named, ("label", "picture")), (self._own, ("user",)), (self._rest, ())):
            mine = [d for d in known if d.source in sources or (not sources and d.source == "component")]
            group.show_sliders([self._slider(direction) for direction in mine])
        self._none.setVisible(all(direction.source == "component" for direction in known))
        self.more.setVisible(any(direction.source == "component" for direction in known))
        self._fold(self.more.isChecked())

    def _slider(self, direction: Direction) -> CentredSlider:
        own = direction.source == "user"
        tip = self.tr("Less on the left, more on the right. At 1 the picture differs as much as pictures usually do.")
        slider = CentredSlider(direction.name, REACH, tip, removable=own)
        slider.edited.connect(lambda value, held: self.slid.emit(direction.name, value, held))
        slider.remove_asked.connect(lambda: self.remove_asked.emit(direction.name))
        self.sliders[direction.name] = slider
        return slider

    def _fold(self, unfolded: bool) -> None:
        self._rest.setVisible(unfolded and not self.more.isHidden())
        self.more.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)

    def _show_rest(self) -> None:
        """Scroll to what has just been unfolded, once it has its place."""
        if self.more.isChecked():
            self._area.ensureWidgetVisible(self._rest)

    def show_desk(self, desk: Desk, origin: str, busy: bool) -> None:
        """``origin``: where the picture comes from, in words; ``busy``: its photo is being looked at."""
        for name, slider in self.sliders.items():
            slider.show_value(desk.value(name))
            slider.setEnabled(desk.now is not None)
        room = WIDTH - 52
        self._from.setText(self._from.fontMetrics().elidedText(origin, Qt.TextElideMode.ElideMiddle, room))
        self._from.setVisible(bool(origin))
        self.photo.show_photo(desk.photo, busy)
        self.photo.setVisible(desk.photo is not None)


class _Group(QWidget):
    """Sliders under each other, with a heading where there are any."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._heading = QLabel(heading)
        self._heading.setProperty("quiet", True)
        self._heading.setContentsMargins(2, 8, 0, 0)
        self._column.addWidget(self._heading)
        self._heading.setVisible(bool(heading))
        self._sliders: list[CentredSlider] = []

    def show_sliders(self, sliders: list[CentredSlider]) -> None:
        for slider in self._sliders:
            self._column.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        self._sliders = sliders
        for slider in sliders:
            self._column.addWidget(slider)
        self.setVisible(bool(sliders))

"""A slider made from pictures: the user puts some on one side and some on the other and names what tells them apart."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.background import Background
from desktop.tabs.sliders_files import Example, examples
from desktop.widgets.drop import Dropped, DropTarget, read, store
from desktop.widgets.focus import FocusRing
from engine.jobs import Learn

ICON, CELL = QSize(80, 80), QSize(92, 106)
#: Fewest pictures on both sides together.
FEWEST = 3
LONGEST_NAME = 60


class Pile(QListWidget):
    """The pictures of one side. Delete removes the chosen ones."""

    dropped = Signal(object)  #: a `Dropped`, dropped or pasted
    changed = Signal()

    def __init__(self, name: str, invite: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invite, self._ring = invite, FocusRing(self)
        self.setAccessibleName(name)
        self.setAccessibleDescription(invite)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(ICON)
        self.setGridSize(CELL)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(310, 250)
        self.setViewportMargins(10, 10, 10, 10)
        DropTarget(self.viewport(), also_ours=True).dropped.connect(self.dropped)

    @property
    def examples(self) -> list[Example]:
        return [self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count())]

    def add(self, more: list[Example]) -> None:
        """Pictures that are not there yet."""
        known = {example.key for example in self.examples}
        for example in more:
            if example.key in known:
                continue
            known.add(example.key)
            item = QListWidgetItem(_icon(example), example.name)
            item.setData(Qt.ItemDataRole.UserRole, example)
            item.setToolTip(example.name)
            self.addItem(item)
        self.changed.emit()

    def remove_chosen(self) -> None:
        for item in self.selectedItems():
            self.takeItem(self.row(item))
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.dropped.emit(read(QGuiApplication.clipboard().mimeData()))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Also the place around the pictures: Qt hands its painting to nobody else."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint:
            # Not its own palette: there the stylesheet has made the background clear.
            painter, colours = QPainter(self), QGuiApplication.palette()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colours.color(QPalette.ColorRole.Mid))
            painter.setBrush(colours.color(QPalette.ColorRole.Base))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)
            self._ring.draw(painter, radius=8)
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        """Also the invitation where there are no pictures."""
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            room = self.viewport().rect().adjusted(12, 12, -12, -12)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._invite)


class LearnDialog(QDialog):
    """Stays beside the window, so that pictures can be dragged into it. The tab sends what is ``asked``."""

    asked = Signal(object)  #: a `Learn` without place and number
    open_asked = Signal(object)  #: the `Pile` for which files are to be chosen

    def __init__(self, model: str, model_name: str, taken: Collection[str], work_folder: Path, parent: QWidget) -> None:
        """``taken``: names of sliders that there are."""
        super().__init__(parent)
        self._model, self._folder = model, work_folder
        self._taken = {name.casefold() for name in taken}
        self._background = Background(parent=self)
        self._busy = False
        self._now: Example | None = None
        self.setWindowTitle(self.tr("Make a slider from pictures"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Name of the slider"))
        self.name.setPlaceholderText(self.tr("What tells them apart, such as: smiling"))
        self.those = Pile(self.tr("Those: less of it"), self.tr("Drop pictures here that have none of it"))
        self.these = Pile(self.tr("These: more of it"), self.tr("Drop pictures here that have it"))
        self._notice = QLabel()
        self._notice.setWordWrap(True)
        self._notice.setMinimumHeight(36)
        self._notice.setAccessibleName(self.tr("Notice"))
        self.make = QPushButton(self.tr("Make the slider"))
        self.make.setProperty("strong", True)
        self.make.setAccessibleName(self.make.text())
        self.make.setDefault(True)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAccessibleName(cancel.text())
        cancel.setAutoDefault(False)
        intro = QLabel(
            self.tr("Put pictures on both sides, three at least. The slider leads from those to these. (%1)").replace(
                "%1", model_name
            )
        )
        intro.setWordWrap(True)
        intro.setProperty("quiet", True)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        self._with_now: list[QPushButton] = []
        for pile in (self.those, self.these):
            sides.addLayout(self._side(pile))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._notice, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(intro)
        column.addWidget(self.name)
        column.addLayout(sides, 1)
        column.addLayout(foot)
        self.make.clicked.connect(self._ask)
        cancel.clicked.connect(self.reject)
        self.name.textEdited.connect(lambda: self._notice.clear())
        self.show_now(None)

    def _side(self, pile: Pile) -> QVBoxLayout:
        title = QLabel(pile.accessibleName())
        choose, now = QPushButton(self.tr("Add…")), QPushButton(self.tr("Add the picture shown"))
        for button in (choose, now):
            button.setAccessibleName(f"{pile.accessibleName()}: {button.text().rstrip('…')}")
            button.setAutoDefault(False)
        choose.clicked.connect(lambda: self.open_asked.emit(pile))
        now.clicked.connect(lambda: pile.add([self._now] if self._now else []))
        self._with_now.append(now)
        pile.dropped.connect(lambda dropped: self.take(pile, dropped))
        pile.changed.connect(self._notice.clear)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(choose)
        buttons.addWidget(now, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(pile, 1)
        column.addLayout(buttons)
        return column

    # -- pictures ---------------------------------------------------------------------------------

    def show_now(self, now: Example | None) -> None:
        """The picture of the tab, which can be added to a side if the dialog's model drew it."""
        self._now = now
        for button in self._with_now:
            button.setEnabled(now is not None)

    def take(self, pile: Pile, dropped: Dropped) -> None:
        """Files, folders or a picture for one side."""
        image, paths = dropped.image, dropped.paths
        if not dropped:
            self.say(self.tr("There is no picture in what was dropped or pasted."))
            return

        def work() -> tuple[list[Example], list[str]]:
            files = paths if image is None else [store(image, self._folder / "pasted")]
            return examples(files, self._model, ICON * 2)

        def then(found: tuple[list[Example], list[str]]) -> None:
            pile.add(found[0])
            if found[1]:
                self.say(found[1][0])
            elif not found[0]:
                self.say(self.tr("There is no picture in “%1”.").replace("%1", paths[0].name))

        self._background.run(work, then, lambda error: self.say(str(error)))

    # -- asking -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        name, these, those = self.name.text().strip(), self.these.examples, self.those.examples
        problem = self._problem(name, these, those)
        if problem:
            self.say(problem)
            return
        self.show_busy(True)
        stops = [tuple(example.stop for example in side) for side in (these, those)]
        self.asked.emit(Learn(place="", ask=0, model=self._model, name=name, these=stops[0], those=stops[1]))

    def _problem(self, name: str, these: list[Example], those: list[Example]) -> str:
        if not these or not those or len(these) + len(those) < FEWEST:
            return self.tr("Three pictures are needed at least, and some on both sides.")
        both = {example.key for example in these} & {example.key for example in those}
        if both:
            twice = next(example.name for example in these if example.key in both)
            return self.tr("“%1” is on both sides: take it away from one.").replace("%1", twice)
        if not name:
            return self.tr("Give the slider a name.")
        if name.casefold() in self._taken:
            return self.tr("There is a slider “%1” already: choose another name.").replace("%1", name)
        return ""

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.make.setEnabled(not busy)
        self._notice.setText(self.tr("Looking at the pictures…") if busy else "")

    def say(self, sentence: str) -> None:
        """What is wrong, in one sentence; the dialog stays as it is."""
        self.show_busy(False)
        self._notice.setText(sentence)

    def done(self, result: int) -> None:
        self._background.close()
        super().done(result)


def _icon(example: Example) -> QIcon:
    """Small pictures are enlarged: an icon would not be."""
    if example.image.isNull():
        return QIcon()
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QIcon(QPixmap.fromImage(example.image.scaled(ICON * 2, keep, smooth)))

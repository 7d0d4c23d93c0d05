"""Held-out pictures as the base model and the new one make them, and pictures drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.tabs.finetune_actions import FinetuneActions
from desktop.tabs.finetune_page import quiet
from desktop.widgets.choice import Choice
from desktop.widgets.grid import PictureGrid, Tile
from desktop.widgets.pairs import Pane, Panes
from desktop.widgets.tools import tool
from engine.lessons import Pair


class LessonPictures(QWidget):
    """One of the pairs at a time, or all samples."""

    def __init__(self, actions: FinetuneActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: tuple[Pair, ...] = ()
        self._samples: tuple[bytes, ...] = ()
        self.index = 0
        self.kind = Choice(self.tr("Which pictures"), [self.tr("Held-out"), self.tr("By chance")], stretch=False)
        self.kind.chosen.connect(self._turn_to)
        self.panes = Panes(self.tr("A held-out picture"))
        self.panes.stepped.connect(self.step)
        self.samples = PictureGrid(self.tr("Pictures drawn by chance"))
        self.samples.setDragEnabled(False)
        self._where = quiet()
        self._where.setWordWrap(False)
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stepping = QWidget()
        stepping = QHBoxLayout(self._stepping)
        stepping.setContentsMargins(0, 0, 0, 0)
        stepping.setSpacing(4)
        stepping.addWidget(tool(actions.previous_pictures))
        stepping.addWidget(self._where)
        stepping.addWidget(tool(actions.next_pictures))
        bar = QHBoxLayout()
        bar.addWidget(self.kind)
        bar.addStretch()
        bar.addWidget(self._stepping)
        stage = QWidget()
        self._stack = QStackedLayout(stage)
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self.samples)
        self._waiting = quiet(self.tr("The first pictures come soon."))
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(stage, 1)
        self._show()

    @property
    def many(self) -> bool:
        """Whether there is another pair to step to."""
        return len(self._pairs) > 1

    def show_pictures(self, pairs: Sequence[Pair], samples: Sequence[bytes]) -> None:
        if (tuple(pairs), tuple(samples)) != (self._pairs, self._samples):
            self._pairs, self._samples = tuple(pairs), tuple(samples)
            self._show()

    def step(self, by: int) -> None:
        """To another pair; after the last comes the first."""
        if self._pairs:
            self.index = (self.index + by) % len(self._pairs)
            self._turn_to(0)

    def _turn_to(self, kind: int) -> None:
        self.kind.choose(kind)
        self._show()

    def _show(self) -> None:
        self.kind.setVisible(bool(self._samples))
        sampled = self.kind.index == 1 and bool(self._samples)
        self._stepping.setVisible(not sampled and self.many)
        if sampled:
            self._show_samples()
        elif self._pairs:
            self._show_pair()
        else:
            self._stack.setCurrentWidget(self._waiting)

    def _show_samples(self) -> None:
        name = self.tr("Drawn by chance, number %1")
        self.samples.show_tiles([Tile(str(n), name.replace("%1", str(n + 1))) for n in range(len(self._samples))])
        for number, png in enumerate(self._samples):
            self.samples.tiles.set_picture(str(number), QImage.fromData(png))
        self._stack.setCurrentWidget(self.samples)

    def _show_pair(self) -> None:
        self.index = min(self.index, len(self._pairs) - 1)
        pair, count = self._pairs[self.index], len(self._pairs)
        named = [
            (self.tr("Original"), pair.original),
            (self.tr("Made worse"), pair.given),
            (self.tr("Base model"), pair.base),
            (self.tr("Now"), pair.now),
        ]
        words = self.tr("%1 of %2").replace("%1", str(self.index + 1)).replace("%2", str(count))
        self.panes.show_panes([Pane(name, QImage.fromData(png)) for name, png in named if png], f"{pair.file}, {words}")
        self.panes.setToolTip(pair.file)
        self._where.setText(words)
        self._stack.setCurrentWidget(self.panes)

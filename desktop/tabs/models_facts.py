"""Everything a model's card says, as rows of words under headings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.numbers import size
from desktop.sentences import local
from desktop.tabs.models_state import abilities, lacks
from desktop.tabs.models_words import ICONS, ModelsWords
from engine.shelf import Entry


class ModelFacts(QWidget):
    """Made anew for each model that is shown."""

    def __init__(self, entry: Entry, words: ModelsWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        if entry.card is not None:
            self._show_abilities(entry)
            self._show_card(entry)
            self._pairs(self.tr("Measured"), words.numbers(entry.card))
        self._show_files(entry)

    def _show_abilities(self, entry: Entry) -> None:
        assert entry.card is not None
        self._heading(self.tr("What it can do"))
        ink = self.palette().color(QPalette.ColorRole.WindowText).name()
        for ability in abilities(entry.card):
            sign = QLabel()
            sign.setPixmap(theme.pixmap(ICONS[ability], ink, 17, self.devicePixelRatioF()))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(sign)
            row.addWidget(_text(self._words.ability(ability)), 1)
            self._column.addLayout(row)
            self._column.addSpacing(4)
        missing = [self._words.lack(ability, entry.card) for ability in lacks(entry.card)]
        if missing:
            self._column.addSpacing(4)
            self._column.addWidget(_text("\n".join(missing), quiet=True))

    def _show_card(self, entry: Entry) -> None:
        card = entry.card
        assert card is not None
        words = self._words
        scale = f"({card.shift:g}, {card.scaling:g})" if (card.scaling, card.shift) != (1.0, 0.0) else ""
        self._pairs(
            self.tr("About it"),
            [
                (self.tr("Licence"), local(card.licence) or self.tr("Not stated")),
                (self.tr("Came from"), words.came_from(card)),
                (self.tr("Learnt from"), local("\n".join(card.training_data))),
                (self.tr("How it was trained"), local(card.training)),
                (self.tr("Latent"), local("\n".join(card.latents))),
                (self.tr("Shift and scale of the latent"), scale),
                (self.tr("Version"), card.version),
            ],
        )

    def _show_files(self, entry: Entry) -> None:
        names = sorted(entry.card.sha256) if entry.card else []
        if not names:
            return
        folder = Path(entry.folder)
        self._heading(self.tr("Files"))
        grid = _grid()
        for row, name in enumerate(names):
            path, digest = folder / name, entry.card.sha256[name] if entry.card else ""
            bytes_of_it = size(path.stat().st_size) if path.is_file() else self.tr("missing")
            print_of = _text(f"{bytes_of_it} · {digest[:12]}…", quiet=True)
            print_of.setToolTip(f"sha256 {digest}")
            grid.addWidget(_text(name), row, 0)
            grid.addWidget(print_of, row, 1)
        self._column.addLayout(grid)

    # -- rows -------------------------------------------------------------------------------------

    def _heading(self, words: str) -> None:
        label = QLabel(words)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        self._column.addSpacing(16)
        self._column.addWidget(label)
        self._column.addSpacing(8)

    def _pairs(self, heading: str, pairs: Sequence[tuple[str, str]]) -> None:
        told = [(name, value) for name, value in pairs if value]
        if not told:
            return
        self._heading(heading)
        grid = _grid()
        for row, (name, value) in enumerate(told):
            grid.addWidget(_text(name, quiet=True), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_text(value), row, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(grid)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    return grid


def _text(words: str, quiet: bool = False) -> QLabel:
    label = QLabel(words)
    label.setProperty("quiet", quiet)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)  # a card is anybody's text
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

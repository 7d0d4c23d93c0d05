"""The pane at the side of the Models tab: the chosen model with its samples, all of its card, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.numbers import size
from desktop.scale import TITLE, sized
from desktop.sentences import local
from desktop.tabs.models_actions import ModelsActions
from desktop.tabs.models_facts import ModelFacts
from desktop.tabs.models_state import Health, fingerprint
from desktop.tabs.models_words import ModelsWords
from desktop.widgets.action_button import action_button
from desktop.widgets.tools import SidePanel, lay_out, scrolled
from engine.shelf import Entry

WIDTH = 400


class ModelDetail(SidePanel):
    """Shows a model, or a sentence that there is none."""

    def __init__(self, actions: ModelsActions, words: ModelsWords, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self._words = words
        self._shown = ""
        self._entry: Entry | None = None
        self._name, self._origin, self._summary, self._trouble, self._health = (QLabel() for _ in range(5))
        self._name.setFont(sized(self._name.font(), TITLE))
        for label in (self._name, self._origin, self._summary, self._trouble, self._health):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._origin, self._health):
            label.setProperty("quiet", True)
        self.samples = SampleRow()
        self.try_it, self.verify = action_button(actions.try_it), action_button(actions.verify)
        self.try_it.setProperty("strong", True)
        actions.try_it.changed.connect(lambda: self.try_it.setText(actions.try_it.text()))
        actions.try_it.changed.connect(lambda: self.try_it.setAccessibleName(actions.try_it.text()))
        self._others = [
            action_button(action) for action in (actions.export, actions.show_folder, actions.rename, actions.remove)
        ]
        self._facts = QWidget()
        self._body = QVBoxLayout()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._model_page())
        self._none = QLabel(self.tr("No model is installed. Drop weights anywhere on this tab to import them."))
        self._none.setProperty("quiet", True)
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setContentsMargins(40, 40, 40, 40)
        self._pages.addWidget(self._none)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        lay_out(self, column, self.try_it, self.verify)

    def _model_page(self) -> QWidget:
        whole = QWidget()
        self._body = QVBoxLayout(whole)
        self._body.setContentsMargins(20, 20, 20, 20)
        self._body.setSpacing(0)
        for widget, gap in (
            (self._name, 2),
            (self._origin, 8),
            (self._summary, 4),
            (self._trouble, 8),
            (self.samples, 12),
        ):
            self._body.addWidget(widget)
            self._body.addSpacing(gap)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        for number, button in enumerate(self._others):
            button.setStyleSheet("padding: 6px 8px;")
            buttons.addWidget(button, number // 2, number % 2)
        self._body.addLayout(buttons)
        self._body.addSpacing(8)
        self._body.addWidget(self._health)
        self._body.addWidget(self._facts)
        self._body.addStretch()
        self.reading = scrolled(whole)
        self.reading.setObjectName("reading")
        self.reading.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # arrow keys read on
        self.reading.setAccessibleName(self.tr("All about the chosen model"))
        return self.reading

    # -- showing ----------------------------------------------------------------------------------

    def show_entry(self, entry: Entry | None, health: Health, pictures: Sequence[QImage], words: str) -> None:
        """Bring the pane to a model; ``words`` say what the pictures are."""
        self._pages.setCurrentIndex(0 if entry else 1)
        self._entry = entry
        if entry is None:
            self._shown = ""
            return
        self._health.setText(self._words.health(health))
        self.samples.show_images(pictures, words)
        mark = f"{fingerprint(entry)}\n{self._words.name(entry)}"
        if mark != self._shown:
            self._shown = mark
            self._name.setText(self._words.name(entry))
            self._origin.setText(f"{self._words.origin(entry)} · {size(entry.bytes)}")
            self._summary.setText(local(entry.card.summary) if entry.card else "")
            self._trouble.setText(local(entry.trouble))
            self._trouble.setVisible(bool(entry.trouble))
            self.reading.verticalScrollBar().setValue(0)
            self._show_facts(entry)

    def _show_facts(self, entry: Entry) -> None:
        facts = ModelFacts(entry, self._words)
        self._body.replaceWidget(self._facts, facts)
        self._facts.deleteLater()
        self._facts = facts

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._entry is not None:
            self._show_facts(self._entry)  # its drawings have the colours of the theme
        super().changeEvent(event)

    @property
    def text(self) -> str:
        """All that is said, for tests."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if label.text())


class SampleRow(QFrame):
    """A few square pictures side by side; no room is taken where there are none."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_images(self, images: Sequence[QImage], words: str) -> None:
        """``words`` say what they are."""
        self._images = list(images)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setVisible(bool(self._images))
        self.updateGeometry()
        self.update()

    def spoken_value(self) -> str:
        return self.tr("%n picture(s)", "", len(self._images))

    @property
    def count(self) -> int:
        return len(self._images)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 44, 84 if len(self._images) > 2 else 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        gap, count = 6.0, max(len(self._images), 1)
        side = min((self.width() - gap * (count - 1)) / count, float(self.height()))
        for number, image in enumerate(self._images):
            painter.drawImage(QRectF(number * (side + gap), 0, side, side), image)

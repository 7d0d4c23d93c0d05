"""Page 5 of the wizard: what came of it, beside the base model, in numbers and pictures."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.sentences import local
from desktop.tabs.finetune_actions import FinetuneActions
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.finetune_page import WizardPage, plain, quiet
from desktop.tabs.finetune_pictures import LessonPictures
from desktop.tabs.finetune_words import FinetuneWords
from desktop.widgets.choice import Switch
from desktop.widgets.note import Note
from desktop.widgets.tools import line, scrolled
from engine.lessons import Result

#: Points of the column of numbers, at least.
WIDTH = 300


class ResultPage(WizardPage):
    """Numbers on the left, pictures on the right."""

    def __init__(self, actions: FinetuneActions, words: FinetuneWords, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("ResultPage", "What came of it"), "", parent)
        self._words = words
        self._shown: Result | None = None
        self.figures = QGridLayout()
        self.figures.setContentsMargins(0, 0, 0, 0)
        self.figures.setHorizontalSpacing(12)
        self.figures.setVerticalSpacing(8)
        self.figures.setColumnStretch(0, 1)
        self._spent = quiet()
        self.with_pictures = Switch(self.tr("Put the held-out pictures into the model"))
        self.with_pictures.setAccessibleName(self.with_pictures.text())
        self.with_pictures.setToolTip(
            self.tr("They go along when the model is given away. Without them it holds no picture at all.")
        )
        self.pictures = LessonPictures(actions)
        self.kept, self.tryable = Note(), Note()
        self._open_action = actions.to_generate
        self._actions = actions
        self.tryable.acted.connect(lambda: self._open_action.trigger())
        numbers = QWidget()
        left = QVBoxLayout(numbers)
        left.setContentsMargins(0, 0, 16, 0)
        left.setSpacing(12)
        left.addLayout(self.figures)
        left.addWidget(line())
        left.addWidget(self._spent)
        left.addWidget(self.with_pictures)
        left.addStretch()
        area = scrolled(numbers)
        area.setMinimumWidth(WIDTH)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(area, 2)
        row.addWidget(self.pictures, 5)
        notes = QVBoxLayout()
        notes.setSpacing(8)
        for note in (self.kept, self.tryable):
            notes.addWidget(note)
        self.column.addLayout(notes)
        self.column.addSpacing(16)
        self.column.addLayout(row, 1)

    def show_lesson(self, lesson: LessonState) -> None:
        result, kept = lesson.result, lesson.phase == "kept"
        if result is None:
            return
        if kept:
            self.question.setText(self.tr("“%1” is kept").replace("%1", result.name))
        elif result.better:
            self.question.setText(self.tr("“%1” got better").replace("%1", result.name))
        else:
            self.question.setText(self.tr("Nothing got better"))
        self.help.setText(local(result.text))
        words = self.tr("It lies beside the other models, and every tab can use it now.")
        self.kept.say(words if kept else "", "check")
        self._show_tryable(lesson)
        self.with_pictures.setVisible(result.better and not kept)
        spent = self.tr("%Ln step(s) in %2; the best came after %3.", "", result.steps)
        spent = spent.replace("%2", self._words.minutes(result.minutes)).replace("%3", str(result.best_step))
        self._spent.setText(spent)
        self.pictures.show_pictures(result.pairs, result.samples)
        if result is not self._shown:
            self._shown = result
            self.with_pictures.setChecked(False)
            self._show_figures(result)

    def _show_tryable(self, lesson: LessonState) -> None:
        self._open_action = self._actions.to_generate if lesson.goal == "draw" else self._actions.to_restore
        if lesson.tryable and lesson.phase == "result":
            words = self.tr("It can be tried before you decide: it is among the models of the other tabs.")
            self.tryable.say(words, "check", self._open_action.text())
        else:
            self.tryable.say("")

    def _show_figures(self, result: Result) -> None:
        while (item := self.figures.takeAt(0)) is not None:
            if label := item.widget():
                label.deleteLater()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, words in ((1, self.tr("Base")), (2, self.tr("Now"))):
            self.figures.addWidget(quiet(words), 0, column, right)
        for row, figure in enumerate(result.figures, start=1):
            self.figures.addWidget(_stacked(plain(local(figure.text)), quiet(self._words.gain(figure))), row, 0)
            for column, value in ((1, figure.base), (2, figure.tuned)):
                number = QLabel(self._words.value(figure, value))
                number.setAccessibleName(f"{local(figure.text)}: {number.text()}")
                if column == 1:
                    number.setProperty("quiet", True)
                self.figures.addWidget(number, row, column, right)


def _stacked(first: QLabel, second: QLabel) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(first)
    column.addWidget(second)
    second.setVisible(bool(second.text()))
    return both

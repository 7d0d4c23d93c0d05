"""Page 4 of the wizard: the model learns. Its curve, its pictures, how long it still takes, what is worth knowing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.numbers import number
from desktop.tabs.finetune_actions import FinetuneActions
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.finetune_page import WizardPage, quiet
from desktop.tabs.finetune_pictures import LessonPictures
from desktop.tabs.finetune_words import FinetuneWords
from desktop.widgets.chart import Chart, Curve
from desktop.widgets.choice import Choice
from desktop.widgets.note import Note
from engine.lessons import Scored

#: dB that the curve of the likeness spans at least: less can hardly be seen on pictures.
CALM = 0.5


class LearnPage(WizardPage):
    """Shows a `LessonState` while it is alive, and why it ended before its result."""

    def __init__(self, actions: FinetuneActions, words: FinetuneWords, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LearnPage", "It is learning"), "", parent)
        self._words = words
        self.which = Choice(
            self.tr("What the curve shows"),
            [self.tr("Likeness"), self.tr("Redrawing"), self.tr("Tidiness")],
            stretch=False,
        )
        self.which.chosen.connect(lambda _index: self._show_curve())
        self.chart = Chart(self.tr("Curve of the lesson"))
        self._meaning = quiet()
        self._meaning.setMinimumHeight(44)
        self.pictures = LessonPictures(actions)
        self.trouble, self.tryable = Note(), Note()
        self.tryable.acted.connect(lambda: self._open_action.trigger())
        self._open_action = actions.to_generate
        self._actions = actions
        self.notes = [Note() for _ in range(3)]
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the lesson"))
        self._doing, self._left = QLabel(), quiet()
        self._left.setWordWrap(False)
        self._lesson: LessonState | None = None
        left = QVBoxLayout()
        left.setSpacing(8)
        choosing = QHBoxLayout()
        choosing.addWidget(self.which)
        choosing.addStretch()
        left.addLayout(choosing)
        left.addWidget(self.chart, 1)
        left.addWidget(self._meaning)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(left, 1)
        middle.addWidget(self.pictures, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._doing, 1)
        foot.addWidget(self._left)
        notes = QVBoxLayout()
        notes.setSpacing(8)
        for note in (self.trouble, *self.notes, self.tryable):
            notes.addWidget(note)
        self.column.addWidget(self.bar)
        self.column.addSpacing(6)
        self.column.addLayout(foot)
        self.column.addSpacing(16)
        self.column.addLayout(notes)
        self.column.addSpacing(16)
        self.column.addLayout(middle, 1)

    def show_lesson(self, lesson: LessonState) -> None:
        self._lesson = lesson
        self.question.setText(self._headline(lesson))
        if lesson.alive:
            meanwhile = self.tr("You can use the other tabs meanwhile.")
            self.help.setText(" ".join(filter(None, (self._words.about(lesson), meanwhile))))
        else:
            self.help.setText("")
        trouble = "" if lesson.alive else self._words.trouble(lesson)
        self.trouble.say(trouble, "info" if lesson.phase == "stopped" else "warning")
        newest = list(lesson.notes.values())[-len(self.notes) :]
        for note, said in zip(self.notes, (*newest, *[None] * len(self.notes)), strict=False):
            note.say(said.text if said else "", said.severity if said else "info")
        self._show_tryable(lesson)
        self.bar.setValue(round(1000 * lesson.fraction))
        self._doing.setText(self._words.progress(lesson))
        self._left.setText(self._words.left(lesson))
        self.pictures.show_pictures(lesson.shown.pairs if lesson.shown else (), lesson.samples)
        self._show_curve()

    def _headline(self, lesson: LessonState) -> str:
        match lesson.phase:
            case "waiting":
                words = self.tr("“%1” waits for its turn")
            case "preparing" | "judging":
                words = (
                    self.tr("“%1” is being prepared")
                    if lesson.phase == "preparing"
                    else self.tr("“%1” is being judged")
                )
            case "paused":
                words = self.tr("“%1” takes a break")
            case _:
                words = self.tr("“%1” is learning") if lesson.alive else self.tr("“%1” has stopped")
        return words.replace("%1", lesson.name)

    def _show_tryable(self, lesson: LessonState) -> None:
        draws = lesson.goal == "draw"
        self._open_action = self._actions.to_generate if draws else self._actions.to_restore
        if not lesson.tryable or not lesson.alive:
            self.tryable.say("")
            return
        words = self.tr("What it knows so far can be tried: it is among the models of the other tabs.")
        self.tryable.say(words, "check", self._open_action.text())

    def _show_curve(self) -> None:
        if self._lesson is None:
            return
        scores, best = self._lesson.scores, self._lesson.best
        unit = self._lesson.begun.unit if self._lesson.begun else "dB"
        now, base = self.tr("now"), self.tr("base model")
        which = self.which.index
        values = [_values(scored, which) for scored in scores]
        curves = [
            Curve(base, tuple((s.seconds, value[1]) for s, value in zip(scores, values, strict=True)), plain=True),
            Curve(now, tuple((s.seconds, value[0]) for s, value in zip(scores, values, strict=True))),
        ]
        digits = 2 if which == 0 else 3
        tail = f" {unit}" if which == 0 else ""
        self.chart.show_curves(
            curves,
            lambda value: f"{value:.{digits}f}{tail}",
            best.seconds if best else None,
            self.tr("the best so far, which is kept"),
            least=CALM if which == 0 else 0.0,
        )
        self._meaning.setText(self._meaning_of(which, scores[-1] if scores else None, unit))

    def _meaning_of(self, which: int, last: Scored | None, unit: str) -> str:
        """What the curve shows, for people who know nothing of training."""
        if which == 1:
            return self.tr(
                "How well it redraws: what is wrong with pictures that it has never seen, once it has drawn them "
                "again. Lower is better."
            )
        if which == 2:
            return self.tr(
                "How tidy the latent is: how much it must note down about a picture to draw it again. Lower is "
                "tidier; near 0 it notes nothing, and sliders do nothing."
            )
        words = self.tr("How like the originals its pictures are, on pictures it has never seen. Higher is better.")
        if last is None or last.learnt is None:
            return words
        learnt = self.tr("On those it learns from: %1.").replace("%1", f"{number(last.learnt, 2)} {unit}")
        return f"{words} {learnt}"


def _values(scored: Scored, which: int) -> tuple[float, float]:
    """What a curve shows at a point: of the model now, and of the base."""
    return (
        (scored.score, scored.base),
        (scored.redraw, scored.base_redraw),
        (scored.tidy, scored.base_tidy),
    )[which]

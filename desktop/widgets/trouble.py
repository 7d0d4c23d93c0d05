"""Something went wrong: what happened, what can be done, and on demand the details and a report to copy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop import crash_log, theme
from desktop.scale import HEADING, sized

#: Points: how wide the box is, and how high its details are.
WIDTH, DETAILS = 520, 220


class TroubleBox(QDialog):
    """``details`` are shown on demand; ``report`` makes the text that "Copy report" puts on the clipboard."""

    def __init__(
        self,
        what: str,
        remedy: str,
        details: str = "",
        report: Callable[[], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle("Latent Darkroom")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sign = QLabel()
        accent = self.palette().color(QPalette.ColorRole.Accent)
        sign.setPixmap(theme.pixmap("warning", accent, 24, self.devicePixelRatioF()))
        self.what, self.remedy = QLabel(what), QLabel(remedy)
        font = sized(self.what.font(), HEADING)
        font.setBold(True)
        self.what.setFont(font)
        self.remedy.setProperty("quiet", True)
        for label in (self.what, self.remedy):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFixedHeight(DETAILS)
        self.details.hide()
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.what)
        words.addWidget(self.remedy)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        column.addLayout(head)
        column.addWidget(self.details)
        column.addLayout(self._buttons(bool(details)))
        self.what.setFixedWidth(WIDTH - 84)
        self.remedy.setFixedWidth(WIDTH - 84)

    def _buttons(self, has_details: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.more = self._button(self.tr("Details"), self.show_details)
        self.more.setVisible(has_details)
        self.copy = self._button(self.tr("Copy report"), self._copy)
        logs = self._button(self.tr("Open the folder of logs"), open_logs)
        close = self._button(self.tr("Close"), self.close)
        close.setProperty("strong", True)
        close.setDefault(True)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in (self.copy, logs):
            button.setVisible(self._report is not None)
        for button in (self.more, self.copy, logs):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(close)
        return row

    def _button(self, words: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())
        return button

    def show_details(self) -> None:
        """The details, or no longer."""
        self.details.setVisible(self.details.isHidden())

    def _copy(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(self._report())
            self.copy.setText(self.tr("Copied"))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(WIDTH, 0))


def open_logs() -> None:
    """Show the folder of logs in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash_log.folder())))

"""A sentence over the pictures that waits until it is read: what happened, and one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop import theme
from desktop.sentences import local


class Banner(QFrame):
    """Floats at the top of its parent. Hidden until `say`."""

    acted = Signal()  #: the button was pressed
    dismissed = Signal()  #: the user has read it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("Notice"))
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName(self.tr("Notice"))
        self._action = QPushButton()
        self._action.setAccessibleName(self.tr("Act on this notice"))
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close = QToolButton()
        self._close.setProperty("bare", True)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.set_icon(self._close, "close")
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._action.clicked.connect(self.acted)
        self._close.clicked.connect(self.dismissed)
        self._close.clicked.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, action: str = "", sign: str = "warning") -> None:
        """Show a sentence after a drawing, with a button that says ``action`` if there is one."""
        colour = self.palette().color(self.palette().ColorRole.Accent)
        self._sign.setPixmap(theme.pixmap(sign, colour, 18, self.devicePixelRatioF()))
        self._text.setText(local(text))
        self._action.setText(action)
        if action:
            self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        room = self._stage.width() - 32
        buttons = 110 + (self._action.sizeHint().width() + 12 if self._action.text() else 0)
        text = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 12
        width = min(text + buttons, room, 720)
        self.setGeometry((self._stage.width() - width) // 2, 14, width, self.heightForWidth(width))

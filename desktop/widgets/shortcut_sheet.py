"""The sheet of keys on F1: everything that can be done, found by a word or a key, its keys changed in place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.shortcuts import EVERYWHERE, Entry, Group, Shortcuts, shown
from desktop.widgets.note import Note

WHAT, KEYS = 0, 1
_ENTRY = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class ShortcutSheet(QDialog):
    """``scope``: what the user is doing at the moment; its keys come first."""

    def __init__(self, shortcuts: Shortcuts, scope: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.setWindowTitle(self.tr("Keys and shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 640)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find by a word or a key"))
        self.search.setAccessibleName(self.tr("Find by a word or a key"))
        self.search.setClearButtonEnabled(True)
        self.note = Note()
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Keys and shortcuts"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(0)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(KEYS, QHeaderView.ResizeMode.Fixed)
        self.tree.header().resizeSection(KEYS, 210)
        self._delegate = _KeyDelegate(self)
        self.tree.setItemDelegate(self._delegate)
        hint = QLabel(self.tr("Enter or a double click, then the new keys. Delete takes the keys away."))
        hint.setProperty("quiet", True)
        hint.setWordWrap(True)
        self.reset_one = QPushButton(self.tr("Reset"))
        self.reset_one.setAccessibleName(self.tr("Reset the keys of the chosen line"))
        self.reset_all = QPushButton(self.tr("Reset all"))
        self.reset_all.setAccessibleName(self.tr("Reset all keys"))
        close = QPushButton(self.tr("Close"))
        close.setAccessibleName(self.tr("Close"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(hint, 1)
        for button in (self.reset_one, self.reset_all, close):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (self.search, self.note):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        column.addLayout(foot)
        self._fill(scope)
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.tree.installEventFilter(self)
        self.tree.currentItemChanged.connect(lambda *_: self._enable())
        self.reset_one.clicked.connect(self._reset_one)
        self.reset_all.clicked.connect(lambda: (self._shortcuts.reset_all(), self._say("")))
        close.clicked.connect(self.close)
        shortcuts.changed.connect(self._refresh)
        self._enable()

    # -- the lines ------------------------------------------------------------------------------

    def _fill(self, scope: str) -> None:
        order = {scope: 0, EVERYWHERE: 1}
        for group in sorted(self._shortcuts.groups(), key=lambda group: order.get(group.scope, 2)):
            head = self._head(group)
            for entry in group.entries:
                line = QTreeWidgetItem(head, [entry.text.rstrip("…"), ""])
                line.setData(KEYS, _ENTRY, entry)
                line.setFlags(line.flags() | Qt.ItemFlag.ItemIsEditable)
            for keys, what in group.fixed:
                line = QTreeWidgetItem(head, [what, keys])
                line.setForeground(KEYS, self.palette().placeholderText())
                line.setToolTip(KEYS, self.tr("These keys belong to the picture and stay."))
            head.setExpanded(True)
        self._refresh()

    def _head(self, group: Group) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self.tree, [group.title])
        font = head.font(WHAT)
        font.setBold(True)
        head.setFont(WHAT, font)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setFirstColumnSpanned(True)
        return head

    def lines(self) -> list[QTreeWidgetItem]:
        """Every line that is not a heading."""
        lines = (head.child(number) for head in self._heads() for number in range(head.childCount()))
        return [line for line in lines if line is not None]

    def _heads(self) -> list[QTreeWidgetItem]:
        heads = (self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount()))
        return [head for head in heads if head is not None]

    @staticmethod
    def entry(line: QTreeWidgetItem | None) -> Entry | None:
        """What a line stands for; None for a heading and for keys that stay."""
        entry = line.data(KEYS, _ENTRY) if line else None
        return entry if isinstance(entry, Entry) else None

    def _refresh(self) -> None:
        for line in self.lines():
            entry = self.entry(line)
            if entry is None:
                continue
            line.setText(KEYS, shown(self._shortcuts.keys(entry)))
            font = line.font(KEYS)
            font.setBold(self._shortcuts.is_changed(entry))
            line.setFont(KEYS, font)
            default = shown(entry.defaults) or self.tr("none")
            line.setToolTip(KEYS, self.tr("By default: {keys}").format(keys=default))
        self._enable()

    def _enable(self) -> None:
        entry = self.entry(self.tree.currentItem())
        self.reset_one.setEnabled(entry is not None and self._shortcuts.is_changed(entry))

    def _find(self, words: str) -> None:
        wanted = words.casefold().split()
        found = []
        for line in self.lines():
            said = f"{line.text(WHAT)} {line.text(KEYS)}".casefold()
            line.setHidden(not all(word in said for word in wanted))
            if not line.isHidden():
                found.append(line)
        for head in self._heads():
            head.setHidden(not any(line.parent() is head for line in found))
        if found and self.tree.currentItem() not in found:
            self.tree.setCurrentItem(found[0])

    # -- changes --------------------------------------------------------------------------------

    def change(self, entry: Entry, keys: str) -> None:
        """Give an action other keys, or say who has them."""
        self._say(self._shortcuts.change(entry, keys))

    def _reset_one(self) -> None:
        entry = self.entry(self.tree.currentItem())
        if entry is not None:
            self._say(self._shortcuts.reset(entry))

    def _say(self, sentence: str) -> None:
        self.note.say(sentence, "warning")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search to the lines; Enter and Delete act on the line at hand."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, line = event.key(), self.tree.currentItem()
        if watched is self.search:
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.tree.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            return False
        entry = self.entry(line)
        if entry is None or line is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tree.editItem(line, KEYS)
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.change(entry, "")
            return True
        return False


class _KeyDelegate(QStyledItemDelegate):
    """Records keys in the place of a line's keys. Escape leaves them as they are."""

    def __init__(self, sheet: ShortcutSheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        if index.column() != KEYS or not isinstance(index.data(_ENTRY), Entry):
            return None  # type: ignore[return-value]  # Qt takes it for "not to be edited"
        editor = QKeySequenceEdit(parent)
        editor.setMaximumSequenceLength(1)
        editor.setAccessibleName(self.tr("Press the new keys"))
        editor.keySequenceChanged.connect(lambda keys: keys.isEmpty() or self._finish(editor))
        return editor

    def _finish(self, editor: QKeySequenceEdit) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """It begins empty: what is pressed replaces what was."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        entry = index.data(_ENTRY)
        if isinstance(editor, QKeySequenceEdit) and isinstance(entry, Entry) and not editor.keySequence().isEmpty():
            self._sheet.change(entry, editor.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab, Enter and their like are keys like others here; only Escape alone is not."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            escape = event.key() == Qt.Key.Key_Escape and not event.modifiers()
            return super().eventFilter(editor, event) if escape else False
        return super().eventFilter(editor, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), 30))

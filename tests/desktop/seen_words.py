"""Every word that widgets show or say to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.finetune_state import PAGES
from desktop.tabs.tab import Tab
from desktop.window import MainWindow


def whole(tab: Tab) -> Tab:
    """A tab with all its pages: some are built when they are wanted."""
    if isinstance(tab, FinetuneTab):
        for page in PAGES:
            tab.view.at(page)
    return tab


def words_of(top: QWidget) -> set[str]:
    """Of a widget and all in it, whether it is seen at the moment or not."""
    found: set[str] = set()
    for widget in [top, *top.findChildren(QWidget)]:
        found |= set(_of(widget))
        for action in widget.actions():
            found |= set(_of_action(action))
    return {words.strip() for words in found if words.strip()}


def words_of_menus(window: MainWindow) -> set[str]:
    """Of every menu, whichever tab is seen."""
    found: set[str] = set()
    for menu in window.findChildren(QMenu):
        found.add(menu.title())
        for action in menu.actions():
            found |= set(_of_action(action))
    return {words.strip() for words in found if words.strip()}


def _of(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip())
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(number) for number in range(widget.count()))
        yield from (widget.tabToolTip(number) for number in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget, QModelIndex())
    for painted in ("_words", "_message", "_names", "_empty", "title"):  # of widgets that draw their own
        value = getattr(widget, painted, None)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from (word for word in value if isinstance(word, str))


def _of_model(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for row in range(min(model.rowCount(parent), 50)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(said) for role in roles if isinstance(said := index.data(role), str))
        yield from _of_model(view, model.index(row, 0, parent))


def _of_action(action: QAction) -> Iterator[str]:
    yield from (action.text(), action.toolTip(), action.statusTip())

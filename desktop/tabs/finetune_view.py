"""The Fine-tune tab as it looks: the steps, the pages, and at the foot the ways back and on."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.tabs.finetune_actions import FinetuneActions
from desktop.tabs.finetune_folder_page import FolderPage
from desktop.tabs.finetune_goal_page import GoalPage
from desktop.tabs.finetune_learn_page import LearnPage
from desktop.tabs.finetune_page import WizardPage
from desktop.tabs.finetune_result_page import ResultPage
from desktop.tabs.finetune_state import PAGES, Page
from desktop.tabs.finetune_time_page import TimePage
from desktop.tabs.finetune_words import FinetuneWords
from desktop.widgets.action_button import action_button
from desktop.widgets.banner import Banner
from desktop.widgets.drop import Dropped, DropTarget
from desktop.widgets.steps import Steps
from desktop.widgets.tools import line, scrolled

SomePage = TypeVar("SomePage", bound=WizardPage)


class FinetuneView(QWidget):
    """The widgets and their places. What happens is in `finetune.py`.

    Pages after the first are built when they are wanted: the tab is there the sooner. What the user does on them is
    told by signals of the view.
    """

    goal_chosen = Signal(str)  #: a `Goal`
    base_chosen = Signal(str)  #: a model's id
    length_chosen = Signal(str)  #: a `Length`
    name_edited = Signal(str)
    try_again_asked = Signal()

    def __init__(self, actions: FinetuneActions, words: FinetuneWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._words = actions, words
        names = (
            self.tr("Folder"),
            self.tr("Goal"),
            self.tr("Time"),
            self.tr("Learning"),
            self.tr("Result"),
        )
        self.steps = Steps(names)
        head = QHBoxLayout()
        head.setContentsMargins(40, 16, 40, 0)
        head.addWidget(self.steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(stage := QWidget(), 1)
        inside = QVBoxLayout(stage)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(stack := QStackedWidget())
        self._stack = stack
        self._areas: dict[WizardPage, QWidget] = {}
        self.buttons: dict[QAction, QPushButton] = {}
        self.folder = self._put(FolderPage(actions, words))
        self.banner = Banner(stage)
        column.addWidget(line())
        column.addLayout(self._foot(actions))
        self.drops = DropTarget(self, takes=takes)

    @cached_property
    def goal(self) -> GoalPage:
        page = self._put(GoalPage(self._words))
        page.goal_chosen.connect(self.goal_chosen)
        page.base_chosen.connect(self.base_chosen)
        return page

    @cached_property
    def time(self) -> TimePage:
        page = self._put(TimePage(self._words))
        page.length_chosen.connect(self.length_chosen)
        page.name_edited.connect(self.name_edited)
        page.try_again_asked.connect(self.try_again_asked)
        return page

    @cached_property
    def learn(self) -> LearnPage:
        return self._put(LearnPage(self._actions, self._words))

    @cached_property
    def result(self) -> ResultPage:
        return self._put(ResultPage(self._actions, self._words))

    def _put(self, page: SomePage) -> SomePage:
        """A page that has just been built."""
        area = self._areas[page] = scrolled(page)
        self._stack.addWidget(area)
        # The keyboard comes to what is new at the end of the window, but to the foot after the page.
        before = self.window().previousInFocusChain() or page
        for button in self.buttons.values():
            QWidget.setTabOrder(before, button)
            before = button
        return page

    def at(self, page: Page) -> WizardPage:
        match page:
            case "folder":
                return self.folder
            case "goal":
                return self.goal
            case "time":
                return self.time
            case "learning":
                return self.learn
            case "result":
                return self.result

    def _foot(self, do: FinetuneActions) -> QHBoxLayout:
        """All buttons there are; a page shows some of them."""
        back = (do.back, do.again, do.throw_away)
        forth = (do.more, do.try_now, do.pause, do.stop, do.to_restore, do.to_sliders, do.to_generate)
        foot = QHBoxLayout()
        foot.setContentsMargins(40, 12, 40, 12)
        foot.setSpacing(8)
        for action in back:
            foot.addWidget(self._button(action))
        foot.addStretch()
        for action in (*forth, do.next, do.start, do.go_on, do.keep):
            foot.addWidget(self._button(action))
        return foot

    def _button(self, action: QAction) -> QPushButton:
        button = self.buttons[action] = action_button(action)
        return button

    def show_page(self, page: Page) -> None:
        """Another page; the keyboard goes on at its first control."""
        self.steps.go_to(PAGES.index(page))
        shown_page = self.at(page)
        if self._stack.currentWidget() is self._areas[shown_page]:
            return
        self._stack.setCurrentWidget(self._areas[shown_page])
        if self.isVisible():
            first = self.steps.nextInFocusChain()
            while first is not None and first is not self.steps:
                shown = first.isVisibleTo(self) and first.isEnabled() and shown_page.isAncestorOf(first)
                if shown and first.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    first.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
                first = first.nextInFocusChain()

    def show_foot(self, actions: Collection[QAction], strong: QAction | None) -> None:
        """Only these buttons; ``strong`` is what most people want next."""
        held = next((action for action, button in self.buttons.items() if button.hasFocus()), None)
        for action, button in self.buttons.items():
            button.setVisible(action in actions)
            if bool(button.property("strong")) != (action is strong):
                button.setProperty("strong", action is strong)
                button.style().unpolish(button)
                button.style().polish(button)
        if held is not None and held not in actions:  # the keyboard goes on with what took its place
            shown = [action for action in self.buttons if action in actions and action.isEnabled()]
            if shown:
                self.buttons[strong if strong in shown else shown[-1]].setFocus(Qt.FocusReason.OtherFocusReason)


def takes(dropped: Dropped) -> bool:
    """Whether something held over the tab is welcome: a folder, or a file of one."""
    return bool(dropped.paths)

"""What can be done in the Fine-tune tab at the moment, and which of it stands at the foot of the page."""

from __future__ import annotations

from PySide6.QtGui import QAction

from desktop.tabs.finetune_actions import FinetuneActions
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.finetune_state import FinetuneState


def possible(do: FinetuneActions, state: FinetuneState, answered: bool) -> dict[QAction, bool]:
    """Each action that depends on the state alone. ``answered``: the page's question is."""
    lesson, page = state.lesson, state.page
    looked = page == "folder" and state.folder.folder is not None
    return {
        do.open: lesson is None or not lesson.alive,
        do.paste: lesson is None or not lesson.alive,
        do.look_again: looked,
        do.choose_all: looked,
        do.back: page in ("goal", "time") or _never_begun(lesson),
        do.next: page in ("folder", "goal") and answered,
        do.start: page == "time" and answered,
        **_of_lesson(do, lesson),
    }


def _never_begun(lesson: LessonState | None) -> bool:
    """It is over, and there is nothing to go on with: the answers can be changed."""
    return lesson is not None and not lesson.alive and not lesson.run


def _of_lesson(do: FinetuneActions, lesson: LessonState | None) -> dict[QAction, bool]:
    actions = (do.pause, do.go_on, do.try_now, do.stop, do.keep, do.more, do.throw_away, do.again)
    if lesson is None:
        return dict.fromkeys((*actions, do.to_generate, do.to_sliders, do.to_restore), False)
    phase, over = lesson.phase, not lesson.alive
    usable = bool(lesson.kept or (lesson.tryable and lesson.alive))
    draws = lesson.goal == "draw"
    return {
        do.pause: phase == "learning",
        do.go_on: phase == "paused" or (over and bool(lesson.run) and phase != "kept"),
        do.try_now: phase in ("learning", "paused", "result") and lesson.begun is not None,
        do.stop: phase in ("learning", "paused"),
        do.keep: phase == "result" and lesson.better,
        do.more: phase == "result",
        do.throw_away: lesson.alive,
        do.again: over,
        do.to_generate: usable and draws,
        do.to_sliders: usable and draws,
        do.to_restore: usable and not draws,
    }


def foot(do: FinetuneActions, state: FinetuneState) -> tuple[set[QAction], QAction | None]:
    """The buttons at the foot of the page, and the one that most people want next."""
    lesson = state.lesson
    if lesson is None:
        pages = {"folder": ({do.next}, do.next), "goal": ({do.back, do.next}, do.next)}
        return pages.get(state.page, ({do.back, do.start}, do.start))
    if lesson.phase == "kept":
        first, *others = (do.to_generate, do.to_sliders) if lesson.goal == "draw" else (do.to_restore,)
        return {do.again, first, *others}, first
    if lesson.phase == "result":
        always = {do.throw_away, do.more}
        return (always | {do.try_now, do.keep}, do.keep) if lesson.better else (always, None)
    if not lesson.alive:
        return ({do.again, do.go_on}, do.go_on) if lesson.run else ({do.back}, None)
    if lesson.phase == "paused":
        return {do.throw_away, do.try_now, do.go_on, do.stop}, do.go_on
    return {do.throw_away, do.try_now, do.pause, do.stop}, None
